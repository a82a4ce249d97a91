//! What the preview shows: the last pages that were good, and what is wrong now.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use hyper::body::Bytes;
use serde::Serialize;

use super::watch::Wanted;
use crate::link::decoded;
use crate::site::Origin;
use crate::source::SourcePath;

/// The pages of both sites by their address, each below the name of its audience, and where they come from.
#[derive(Default)]
pub struct Pages {
    /// The files.
    pub files: BTreeMap<String, Bytes>,
    /// Where pages come from.
    pub origins: BTreeMap<String, Origin>,
}

/// Something that is wrong, as the preview tells it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Problem {
    /// `error`, or `warning`.
    pub severity: &'static str,
    /// All of it in words, with the line of the file.
    pub text: String,
    /// The file, where there is one.
    pub file: Option<String>,
    /// The line, from 1.
    pub line: u32,
}

impl Problem {
    /// An error that has no place in a file.
    pub fn elsewhere(text: String) -> Self {
        Self { severity: "error", text, file: None, line: 1 }
    }
}

/// What came of making the sites once.
#[derive(Default)]
pub struct Made {
    /// The pages; none where an error stopped them.
    pub pages: Option<Pages>,
    /// What is wrong, errors and warnings.
    pub problems: Vec<Problem>,
    /// How much is wrong, in words; empty where nothing is.
    pub summary: String,
    /// The texts that the sites are made from: what the preview may open in an editor.
    pub texts: BTreeSet<SourcePath>,
    /// What to watch from now on; none where it could not be found out.
    pub wanted: Option<Wanted>,
}

/// Pages that are made before all others, since someone looks at them.
pub struct Ahead {
    /// The pages.
    pub pages: Pages,
    /// What is known to be wrong by now: no error, and not every warning.
    pub problems: Vec<Problem>,
    /// How much that is, in words.
    pub summary: String,
}

/// What the preview shows now.
#[derive(Default)]
pub struct Shown {
    /// Counts what has been shown; a browser that has seen this number has seen all.
    pub number: u64,
    pages: Arc<Pages>,
    /// Whether the pages are from before what is wrong now.
    is_old: bool,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// How much is wrong, in words.
    pub summary: String,
    texts: BTreeSet<SourcePath>,
}

impl Shown {
    /// What is shown after this; nothing new where it comes to the same.
    pub fn next(&self, made: Made) -> Option<Self> {
        let is_old = made.pages.is_none();
        // A text that is not read just now, for it is half saved, may still be what a page shown comes from.
        let texts = if is_old { made.texts.union(&self.texts).cloned().collect() } else { made.texts };
        let same_pages = made.pages.as_ref().is_none_or(|pages| pages.files == self.pages.files);
        if self.number > 0 && same_pages && is_old == self.is_old && made.problems == self.problems && texts == self.texts {
            return None;
        }
        let pages = made.pages.map_or_else(|| Arc::clone(&self.pages), Arc::new);
        Some(Self { number: self.number + 1, pages, is_old, problems: made.problems, summary: made.summary, texts })
    }

    /// What is shown when some pages are there before the others; nothing where none of them has changed.
    pub fn ahead(&self, ahead: Ahead) -> Option<Self> {
        // One that was not there before may have neighbours that are not there either.
        let new = |(url, bytes): &(&String, &Bytes)| self.pages.files.get(*url).is_some_and(|old| old != *bytes);
        let changed: Vec<(&String, &Bytes)> = ahead.pages.files.iter().filter(new).collect();
        if changed.is_empty() {
            return None;
        }
        let mut pages = Pages { files: self.pages.files.clone(), origins: self.pages.origins.clone() };
        for (url, bytes) in changed {
            pages.files.insert(url.clone(), bytes.clone());
        }
        pages.origins.extend(ahead.pages.origins);
        // All warnings come with the other pages; until then those stand that did, unless an error stood among them.
        let (problems, summary) = if self.is_old { (ahead.problems, ahead.summary) } else { (self.problems.clone(), self.summary.clone()) };
        Some(Self { number: self.number + 1, pages: Arc::new(pages), is_old: false, problems, summary, texts: self.texts.clone() })
    }

    /// Whether the pages are from before what is wrong now.
    pub fn is_old(&self) -> bool {
        self.is_old
    }

    /// A file of one of the sites, by its way from the root of the preview.
    pub fn file(&self, url: &str) -> Option<&Bytes> {
        self.pages.files.get(url)
    }

    /// The text of this name that the sites are made from.
    pub fn text(&self, name: &str) -> Option<&SourcePath> {
        self.texts.iter().find(|text| text.as_str() == name)
    }

    /// A mark that changes when the page would look different: with its own bytes, and with those of its styles, scripts and pictures.
    fn mark(&self, url: &str) -> Option<String> {
        let page = self.file(url)?;
        let mut hasher = blake3::Hasher::new();
        hasher.update(page);
        let html = std::str::from_utf8(page).unwrap_or_default();
        let folder = SourcePath::new(url).parent();
        let linked = html.split("src=\"").skip(1).chain(html.split("<link rel=\"stylesheet\" href=\"").skip(1));
        for address in linked.filter_map(|rest| rest.split('"').next()) {
            if let Some(bytes) = self.file(folder.join(&decoded(address)).as_str()) {
                hasher.update(bytes);
            }
        }
        Some(hasher.finalize().to_hex().get(..16).unwrap_or_default().to_owned())
    }

    /// The page of the other site that comes from the same file, where there is one.
    fn twin(&self, url: &str, origin: &Origin) -> Option<&str> {
        let (site, rest) = url.split_once('/')?;
        if origin.file.name() == "curriculum.yml" {
            return None;
        }
        // A module may belong to several curricula: the page of the same one is meant.
        let alike = |other: &str| other.split_once('/').map_or(0, |(_, other)| other.bytes().zip(rest.bytes()).take_while(|(a, b)| a == b).count());
        let others = self.pages.origins.iter().filter(|(other, found)| found.file == origin.file && other.split('/').next() != Some(site));
        others.map(|(other, _)| other.as_str()).max_by_key(|other| alike(other))
    }

    /// What a browser is told that shows these two pages.
    pub fn now(&self, guide: &str, members: &str) -> Now<'_> {
        let has_pages = !self.pages.files.is_empty();
        Now {
            number: self.number,
            pages: match (has_pages, self.is_old) {
                (false, _) => "none",
                (true, true) => "old",
                (true, false) => "new",
            },
            summary: &self.summary,
            problems: self
                .problems
                .iter()
                .map(|problem| ProblemNow { problem, opens: problem.file.as_ref().is_some_and(|file| self.text(file).is_some()) })
                .collect(),
            guide: self.page(guide),
            members: self.page(members),
        }
    }

    fn page(&self, url: &str) -> PageNow<'_> {
        let origin = self.pages.origins.get(url);
        PageNow {
            mark: self.mark(url),
            place: origin.map(|origin| PlaceNow::new(&origin.file, 1)),
            note: origin.and_then(|origin| in_obsidian(&origin.file)),
            twin: origin.and_then(|origin| self.twin(url, origin)),
            parts: origin
                .map(|origin| origin.parts().map(|(id, span)| PartNow { id, place: PlaceNow::new(&span.file, span.line) }).collect())
                .unwrap_or_default(),
        }
    }
}

/// The address at which Obsidian opens a file.
fn in_obsidian(file: &SourcePath) -> Option<String> {
    if file.ending() != "md" {
        return None;
    }
    let path = std::path::absolute(file.as_str()).ok()?;
    let mut address = String::from("obsidian://open?path=");
    for byte in path.to_str()?.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(address)
}

/// What a browser is told.
#[derive(Serialize)]
pub struct Now<'s> {
    number: u64,
    /// `new`, `old` where errors stand in the way of new ones, `none` where there were never any.
    pages: &'static str,
    summary: &'s str,
    problems: Vec<ProblemNow<'s>>,
    guide: PageNow<'s>,
    members: PageNow<'s>,
}

#[derive(Serialize)]
struct ProblemNow<'s> {
    #[serde(flatten)]
    problem: &'s Problem,
    /// Whether its file can be opened.
    opens: bool,
}

#[derive(Serialize)]
struct PageNow<'s> {
    /// Changes when the page does; none where there is no such page.
    mark: Option<String>,
    place: Option<PlaceNow<'s>>,
    /// The page's file in Obsidian.
    note: Option<String>,
    twin: Option<&'s str>,
    parts: Vec<PartNow<'s>>,
}

#[derive(Serialize)]
struct PlaceNow<'s> {
    file: &'s str,
    line: u32,
}

impl<'s> PlaceNow<'s> {
    fn new(file: &'s SourcePath, line: u32) -> Self {
        Self { file: file.as_str(), line }
    }
}

#[derive(Serialize)]
struct PartNow<'s> {
    id: String,
    #[serde(flatten)]
    place: PlaceNow<'s>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(files: &[(&str, &str)]) -> Made {
        let files = files.iter().map(|(url, text)| ((*url).to_owned(), Bytes::from((*text).to_owned()))).collect();
        Made { pages: Some(Pages { files, ..Pages::default() }), ..Made::default() }
    }

    #[test]
    fn nothing_new_is_not_shown() {
        let page = [("members/a.html", "<p>One</p>")];
        let first = Shown::default().next(made(&page)).unwrap();
        assert!(first.next(made(&page)).is_none());
        assert!(first.next(made(&[("members/a.html", "<p>Two</p>")])).is_some());
    }

    #[test]
    fn the_last_good_pages_stay_while_something_is_wrong() {
        let first = Shown::default().next(made(&[("members/a.html", "<p>One</p>")])).unwrap();
        let wrong = || Made { problems: vec![Problem::elsewhere("wrong".into())], ..Made::default() };
        let second = first.next(wrong()).unwrap();
        assert_eq!(second.now("", "").pages, "old");
        assert!(second.file("members/a.html").is_some());
        assert!(second.next(wrong()).is_none());
        let third = second.next(made(&[("members/a.html", "<p>One</p>")])).unwrap();
        assert_eq!(third.now("", "").pages, "new");
    }

    #[test]
    fn pages_that_are_looked_at_may_come_ahead() {
        let first = Shown::default().next(made(&[("members/a.html", "<p>One</p>"), ("members/b.html", "<p>B</p>")])).unwrap();
        let ahead = |files: &[(&str, &str)]| {
            let pages = made(files).pages.unwrap();
            Ahead { pages, problems: Vec::new(), summary: String::new() }
        };
        assert!(first.ahead(ahead(&[("members/a.html", "<p>One</p>"), ("members/new.html", "")])).is_none());
        let second = first.ahead(ahead(&[("members/a.html", "<p>Two</p>")])).unwrap();
        assert_eq!((second.file("members/a.html").unwrap().as_ref(), second.number), (&b"<p>Two</p>"[..], 2));
        assert!(second.file("members/b.html").is_some());
        // When all pages are there, they are nothing new.
        assert!(second.next(made(&[("members/a.html", "<p>Two</p>"), ("members/b.html", "<p>B</p>")])).is_none());
    }

    #[test]
    fn warnings_stay_until_all_are_known_and_errors_that_are_mended_go() {
        let page = |text| [("members/a.html", text)];
        let problem = |severity| Problem { severity, ..Problem::elsewhere(severity.into()) };
        let first = Shown::default().next(Made { problems: vec![problem("warning")], ..made(&page("1")) }).unwrap();
        let ahead = |text| Ahead { pages: made(&page(text)).pages.unwrap(), problems: Vec::new(), summary: String::new() };
        assert_eq!(first.ahead(ahead("2")).unwrap().problems, [problem("warning")]);
        let broken = first.next(Made { problems: vec![problem("error")], ..Made::default() }).unwrap();
        let mended = broken.ahead(ahead("2")).unwrap();
        assert!(mended.problems.is_empty() && !mended.is_old());
    }

    #[test]
    fn a_page_changes_with_its_style_and_not_with_another_page() {
        let page = "<link rel=\"stylesheet\" href=\"../s.css\"><img src=\"../p.png\">";
        let mark = |style: &str, picture: &str, other: &str| {
            let files = [("members/a/b.html", page), ("members/s.css", style), ("members/p.png", picture), ("members/c.html", other)];
            Shown::default().next(made(&files)).unwrap().mark("members/a/b.html").unwrap()
        };
        let first = mark("a", "b", "c");
        assert_eq!(first, mark("a", "b", "C"));
        assert_ne!(first, mark("A", "b", "c"));
        assert_ne!(first, mark("a", "B", "c"));
    }
}
