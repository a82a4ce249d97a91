//! Every text: its links and pictures lead somewhere that its readers may go, and nothing in it is HTML or a lost block.

use std::collections::BTreeSet;
use std::ops::Range;

use super::links::{Pages, picture_problem};
use super::subject::{Looked, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::Found;
use crate::model::BlockKind;

/// How many problems are told in one text. Who has so many mends the first ones, and looks again.
pub const MOST: usize = 200;

/// How many quotes and lists may stand inside one another on a line. What is deeper, no browser shows.
const DEEPEST: usize = 16;

/// The first beginning of a line that opens too many quotes and lists at once.
fn too_deep(text: &str) -> Option<Range<usize>> {
    // Each that is opened takes one of these, and most texts have too few.
    let opens = |byte: &&u8| matches!(byte, b'>' | b'-' | b'*' | b'+' | b'.' | b')');
    if text.as_bytes().iter().filter(opens).count() <= DEEPEST {
        return None;
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let (depth, length) = opened_by(line);
        // A row of marks and nothing else is a line across the page.
        let is_rule = !line.contains('>') && line.get(length..).is_none_or(|rest| rest.trim().is_empty());
        if depth > DEEPEST && !is_rule {
            return Some(start..start + length);
        }
        start += line.len();
    }
    None
}

/// How many quotes and lists the beginning of a line opens, and its length in bytes.
fn opened_by(line: &str) -> (usize, usize) {
    let (mut depth, mut rest) = (0, line.trim_start_matches([' ', '\t']));
    loop {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let after_number = rest.get(digits..).filter(|_| digits > 0).and_then(|rest| rest.strip_prefix(['.', ')']));
        let after_mark = after_number.or_else(|| rest.strip_prefix(['-', '*', '+'])).filter(|rest| rest.starts_with([' ', '\t']));
        let Some(inner) = rest.strip_prefix('>').or(after_mark) else { break };
        depth += 1;
        rest = inner.trim_start_matches([' ', '\t']);
    }
    (depth, line.len() - rest.len())
}

/// Checks every text of a curriculum.
pub fn texts(Subject { curriculum, sources, texts }: &Subject<'_>) -> Vec<Diagnostic> {
    let mut pages = Pages::of(curriculum);
    let mut problems = Vec::new();
    for Looked { text, for_members, found } in texts {
        let mut places = text.places();
        let before = problems.len();
        problems.extend(too_deep(&text.value).map(|range| {
            Diagnostic::new(Code::WrongValue, places.at(range.start, range.len()), "quotes and lists are nested too deep here")
                .help(format!("no more than {DEEPEST} may stand inside one another"))
        }));
        let mut opened = BTreeSet::new();
        // Nothing is wrong with these here, so their places are not looked for.
        for (found, range) in found.iter().filter(|(found, _)| !matches!(found, Found::Heading(..) | Found::TableWithoutHeads)) {
            if problems.len() - before >= MOST {
                break;
            }
            let place = places.at(range.start, range.len());
            let problem = match found {
                Found::Heading(..) | Found::TableWithoutHeads => None,
                Found::Html(html) => html_problem(html, &mut opened, place),
                Found::Colons => Some(
                    Diagnostic::new(Code::MisplacedBlock, place, "this looks like the start or end of a block, but it cannot be one here")
                        .help("a block starts and ends with three colons at the very beginning of a line, in a handout or a page for members"),
                ),
                Found::Callout(word) => Some(
                    Diagnostic::new(Code::UnknownBlock, place, format!("`[!{word}]` would be shown to readers as it stands"))
                        .help(format!("write a block this way:\n::: {}\n…\n:::", block_for(word))),
                ),
                Found::Hidden => {
                    Some(Diagnostic::new(Code::WrongValue, place, "this writes an invisible sign that no text needs").help("take it away, from `&` to `;`"))
                }
                Found::Comment => Some(
                    Diagnostic::new(Code::PrivateMark, place, "`%%` hides a text in Obsidian, but here readers would see it")
                        .help("take it away; a note to yourself can stand in YAML behind `#`, or in another file"),
                ),
                Found::Marks(what, help) => {
                    Some(Diagnostic::new(Code::MarksShown, place, format!("this is {what}, and readers would see it as it stands")).help(*help))
                }
                Found::Unused(label) => Some(
                    Diagnostic::new(Code::LostText, place, format!("no link here uses `[{label}]:`, so this line would not be shown"))
                        .help("put the address behind the words that link, `[words](five-senses.md)`; if this is text, take the brackets away"),
                ),
                Found::Link(address, _) => {
                    pages.link_problem(address, text, *for_members, sources).map(|(code, message, help)| Diagnostic::new(code, place, message).help(help))
                }
                Found::Picture(address, words) => {
                    picture_problem(address, words, text, sources).map(|(code, message, help)| Diagnostic::new(code, place, message).help(help))
                }
            };
            problems.extend(problem);
        }
    }
    problems
}

/// The block that a callout of another program becomes.
fn block_for(word: &str) -> &'static str {
    let word = word.to_lowercase();
    let own = BlockKind::WORDS.iter().map(|(name, _)| *name).find(|name| *name == word);
    own.or_else(|| BlockKind::meant_by(&word)).unwrap_or("tip")
}

/// What is wrong with HTML; nothing for the end of a piece whose start is among `opened`, since it goes with it.
fn html_problem(html: &str, opened: &mut BTreeSet<String>, place: crate::source::Span) -> Option<Diagnostic> {
    if html.starts_with("<!--") {
        let problem = Diagnostic::new(Code::RawHtml, place, "a comment of HTML stands in this text, and everybody could read it");
        return Some(problem.help("a note to yourself cannot stand in a text; write it as a comment in YAML (`# …`), or in another file"));
    }
    let name: String = html.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    if html.starts_with("</") && opened.contains(&name) {
        return None;
    }
    let line = html.lines().next().unwrap_or_default();
    let shown = line.char_indices().nth(40).map_or_else(|| line.to_owned(), |(end, _)| format!("{}…", line.get(..end).unwrap_or_default()));
    let problem = Diagnostic::new(Code::RawHtml, place, format!("`{}` is HTML, which copebook does not take", shown.replace('`', "'")));
    let help = match name.as_str() {
        "b" | "strong" => "for bold, write `**word**`".to_owned(),
        "i" | "em" => "for emphasis, write `*word*`".to_owned(),
        "br" => "for a new line, end the line above with a backslash `\\`; for a new paragraph, leave a line empty".to_owned(),
        "img" => "for a picture, write `![what it shows](assets/picture.png)`".to_owned(),
        "a" => "for a link, write `[words](address)`".to_owned(),
        "u" | "ins" | "mark" => "readers take underlined words for links; for what matters, write `**word**`".to_owned(),
        "s" | "del" | "strike" => "for a word that is struck out, write `~~word~~`".to_owned(),
        "ul" | "ol" | "li" => "for a list, begin each line with a hyphen and a space: `- one`".to_owned(),
        "p" => "for a new paragraph, leave a line empty".to_owned(),
        "hr" => "for a line across the page, write `* * *` between two empty lines".to_owned(),
        "table" | "tr" | "td" | "th" => "write the table so:\n| Day | What |\n| --- | --- |\n| Monday | … |".to_owned(),
        "h1" | "h2" | "h3" | "h4" => "for a heading, write `## Why it helps`".to_owned(),
        "center" | "font" | "span" | "div" | "small" | "big" | "sub" | "sup" | "style" => "take it away: how a text looks is the theme's affair".to_owned(),
        _ if !html.contains(['=', '/']) => format!("to show a word between brackets, use square ones: `[{}]`", html.trim_matches(['<', '>'])),
        _ => "take it away, or write it in Markdown".to_owned(),
    };
    opened.insert(name);
    Some(problem.help(help))
}

#[cfg(test)]
mod tests {
    use super::too_deep;

    #[test]
    fn deep_lines_are_found_and_rules_across_the_page_are_not() {
        let deep = format!("a\n{}a\n", "> ".repeat(17));
        assert_eq!(too_deep(&deep), Some(2..36));
        for text in [">".repeat(17), format!("{}a", "- ".repeat(17)), format!("{}a", "1. ".repeat(17)), format!("{}a", ">- ".repeat(9))] {
            assert!(too_deep(&text).is_some(), "{text}");
        }
        for text in [
            format!("{}a", "> ".repeat(16)),
            "* ".repeat(40),
            "-".repeat(40),
            "- - - -\n".repeat(40),
            "> a\n".repeat(40),
            "1.2.3.4.5.6.7.8.9.1.2.3.4.5.6.7.8.9".into(),
        ] {
            assert!(too_deep(&text).is_none(), "{text}");
        }
    }
}
