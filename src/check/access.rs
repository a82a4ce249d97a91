//! Access: headings in order, links and pictures whose words say something, tables with heads.

use std::collections::BTreeSet;

use super::lists::Lists;
use super::subject::{Looked, Subject};
use super::texts::MOST;
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::Found;
use crate::source::{Span, Text};

/// The longest address, in characters, that someone can say aloud or type from paper.
const SAYABLE: usize = 40;

/// Looks at every text through the ears of a screen reader.
pub fn access(Subject { curriculum, texts, .. }: &Subject<'_>) -> Vec<Diagnostic> {
    let lists = Lists::of(&curriculum.language);
    // In what a course or a handout is based on, addresses stand as they are: that is how sources are told.
    let of_handouts = curriculum.handouts().filter_map(|(_, handout)| handout.source.as_ref());
    let sources: BTreeSet<&Span> = curriculum.references.iter().chain(&curriculum.authors).chain(of_handouts).map(|text| text.span()).collect();
    let mut problems = Vec::new();
    for Looked { text, found, .. } in texts.iter().filter(|looked| !looked.found.is_empty()) {
        let before = problems.len();
        problems.extend(skipped(text, found).into_iter().take(MOST));
        let mut places = text.places();
        for (found, range) in found.iter() {
            if problems.len() - before >= MOST {
                break;
            }
            let problem = match found {
                Found::Link(address, words) => link(address, words, lists, sources.contains(&text.span)),
                Found::Picture(address, words) => picture(address, words, lists),
                Found::TableWithoutHeads => Some((
                    Code::TableWithoutHeads,
                    "the columns of this table have no heads, so nobody hears what a cell is about".to_owned(),
                    "write a word over each column:\n| Day | What |\n| --- | --- |".to_owned(),
                )),
                _ => None,
            };
            problems.extend(problem.map(|(code, message, help)| Diagnostic::new(code, places.at(range.start, range.len()), message).help(help)));
        }
    }
    problems
}

/// A kind of problem, what is wrong, and what to do.
type Told = (Code, String, String);

/// Headings that are more than one step below the one above them. The highest level of a text is its first, whatever it is:
/// pages begin their headings at the level that fits them.
fn skipped(text: &Text, found: &[(Found, std::ops::Range<usize>)]) -> Vec<Diagnostic> {
    let headings = || {
        found.iter().filter_map(|(found, range)| match found {
            Found::Heading(level, _) => Some((*level, range.clone())),
            _ => None,
        })
    };
    let Some(highest) = headings().map(|(level, _)| level).min() else { return Vec::new() };
    let mut above = highest - 1;
    let mut places = text.places();
    let mut problems = Vec::new();
    for (level, range) in headings() {
        if level > above + 1 {
            let place = places.at(range.start, range.len());
            let marks = |n: u8| "#".repeat(usize::from(n));
            let (message, wanted) = if above < highest {
                (format!("the first heading here is smaller than a later one, which has `{}`", marks(highest)), highest)
            } else {
                (format!("this heading has `{}`, and the one above it has `{}`, so a step is left out", marks(level), marks(above)), above + 1)
            };
            problems.push(
                Diagnostic::new(Code::HeadingSkipped, place, message)
                    .help(format!("begin it with `{}`: people who listen go from heading to heading", marks(wanted))),
            );
        }
        above = level;
    }
    problems
}

fn link(address: &str, words: &str, lists: Option<&Lists>, is_source: bool) -> Option<Told> {
    let said = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = said.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let help = "write what is behind it: `[how to slow your breath](breathing.md)`";
    if said.is_empty() {
        return Some((Code::LinkWords, "this link has no words, so nobody sees it".into(), help.into()));
    }
    if lists.is_some_and(|lists| lists.empty_links.contains(&bare.as_str())) {
        return Some((Code::LinkWords, format!("`{said}` does not say where this link leads"), help.into()));
    }
    let is_web = address.starts_with("http:") || address.starts_with("https:");
    let is_address = ["http://", "https://", "www."].iter().any(|start| said.starts_with(start));
    (is_web && is_address && !is_source && said.chars().count() > SAYABLE).then(|| {
        (
            Code::LinkWords,
            "the words of this link are a long address, which is hard to hear and to type".to_owned(),
            format!("write what is behind it: `[the name of the page]({address})`"),
        )
    })
}

fn picture(address: &str, words: &str, lists: Option<&Lists>) -> Option<Told> {
    let said = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    // One without words has been told.
    if said.is_empty() {
        return None;
    }
    let help = "say what it shows, as you would on the phone: `![Hands around a warm cup](…)`";
    let file = address.rsplit('/').next().unwrap_or_default().to_lowercase();
    let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem);
    let is_file = said == file || [".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg", ".heic"].iter().any(|ending| said.ends_with(ending));
    // `img_1234`, and a file's own name where it is no plain word: `cup` may well be what `cup.png` shows.
    let is_made = said == stem && stem.contains(|c: char| c.is_ascii_digit() || c == '_');
    if is_file || is_made {
        return Some((Code::PictureWords, format!("`{words}` is the name of a file, and says nothing of what the picture shows"), help.into()));
    }
    let lists = lists?;
    let bare = said.trim_end_matches(|c: char| c.is_ascii_digit() || !c.is_alphanumeric());
    if lists.picture_names.contains(&bare) {
        return Some((Code::PictureWords, format!("`{words}` says nothing of what the picture shows"), help.into()));
    }
    let opening = lists
        .picture_openings
        .iter()
        .find(|opening| said.strip_prefix(**opening).is_some_and(|rest| opening.ends_with(['’', '\'', 'ل']) || rest.starts_with(' ')))?;
    Some((
        Code::PictureWords,
        format!("`{opening}` need not be said: those who listen are told that it is a picture"),
        "leave these words out, and begin with what it shows".into(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::look;

    fn codes(markdown: &str) -> Vec<Code> {
        let span = Span { file: crate::source::SourcePath::new("a.md"), line: 1, column: 1, len: 0 };
        let text = Text { value: markdown.into(), span, indent: 1, by_line: true };
        let found = look(markdown);
        let lists = Lists::of("en");
        let mut codes: Vec<Code> = skipped(&text, &found).into_iter().map(|problem| problem.code).collect();
        codes.extend(found.iter().filter_map(|(found, _)| match found {
            Found::Link(address, words) => Some(link(address, words, lists, false)?.0),
            Found::Picture(address, words) => Some(picture(address, words, lists)?.0),
            _ => None,
        }));
        codes
    }

    #[test]
    fn headings() {
        for fine in ["## A\n### B\n## C\n### D\n#### E\n## F", "### A\n### B", "# A\n## B\n# C", ""] {
            assert_eq!(codes(fine), [], "{fine}");
        }
        for skips in ["## A\n#### B", "### A\n## B", "# A\n## B\n#### C"] {
            assert_eq!(codes(skips), [Code::HeadingSkipped], "{skips}");
        }
    }

    #[test]
    fn links() {
        for fine in
            ["[here is how](a.md)", "<https://988lifeline.org>", "[findahelpline.com](https://findahelpline.com)", "<a@example.org>", "[more on sleep](a.md)"]
        {
            assert_eq!(codes(fine), [], "{fine}");
        }
        for empty in ["[here](a.md)", "[Click here!](a.md)", "[**this page**](a.md)", "<https://example.org/a/long/way/to/a/page?with=much&in=it>", "[](a.md)"]
        {
            assert_eq!(codes(empty), [Code::LinkWords], "{empty}");
        }
    }

    #[test]
    fn pictures() {
        for fine in ["![A cup](cup.png)", "![cup](cup.png)", "![Image and word go together](a.png)", "![Figure skating](a.png)", "![](a.png)"] {
            assert_eq!(codes(fine), [], "{fine}");
        }
        for empty in [
            "![cup.png](cup.png)",
            "![IMG_2041](IMG_2041.jpg)",
            "![Image](a.png)",
            "![picture 1](a.png)",
            "![Image of a cup](a.png)",
            "![A photo of a cup](a.png)",
        ] {
            assert_eq!(codes(empty), [Code::PictureWords], "{empty}");
        }
    }
}
