//! Text with an address: every word an author wrote, and where it stands. No disk here.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// The file in an output folder that lists what copebook wrote there; a folder that has it is no source.
pub const MANIFEST: &str = ".copebook.json";

/// Whether a sign turns the letters around it, unseen: a text may then say something else than it shows.
pub fn turns_letters(c: char) -> bool {
    matches!(c, '\u{202d}' | '\u{202e}')
}

/// Whether a sign has no place in a text: nobody sees it, and terminals and browsers may take it for an order.
pub fn is_hidden_sign(c: char) -> bool {
    turns_letters(c) || c.is_control() && !matches!(c, '\n' | '\t')
}

/// The first sign of a text that has no place in it, and its byte.
pub fn hidden_sign(text: &str) -> Option<(usize, char)> {
    // Most texts have no byte with which such a sign could begin, and all bytes are looked at faster than one letter after the other.
    let may_begin_one = |byte: u8| byte < b' ' && !matches!(byte, b'\n' | b'\t') || matches!(byte, 0x7f | 0xc2 | 0xe2);
    let may_have_one = text.bytes().fold(false, |found, byte| found | may_begin_one(byte));
    if may_have_one { text.char_indices().find(|(_, c)| is_hidden_sign(*c)) } else { None }
}

/// The path of a source file as the author would name it: `/` between names, no `.` and no `a/..`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// Makes a path from what the author or the system wrote, folding `.`, `..`, `//` and `\`.
    pub fn new(path: &str) -> Self {
        let path = path.replace('\\', "/");
        let rooted = path.starts_with('/');
        let mut names: Vec<&str> = Vec::new();
        for name in path.split('/') {
            match name {
                "" | "." => {}
                ".." if names.last().is_some_and(|last| *last != "..") => {
                    names.pop();
                }
                ".." if rooted => {}
                name => names.push(name),
            }
        }
        let joined = names.join("/");
        Self(if rooted { format!("/{joined}") } else { joined }.into())
    }

    /// The path as text; the folder copebook runs in is the empty text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that this file or folder is in.
    pub fn parent(&self) -> Self {
        if self.0.is_empty() || self.0.ends_with("..") {
            return self.join("..");
        }
        match self.0.rsplit_once('/') {
            Some(("", _)) => Self("/".into()),
            Some((parent, _)) => Self(parent.into()),
            None => Self("".into()),
        }
    }

    /// The path that `relative` means when it is written in this folder.
    pub fn join(&self, relative: &str) -> Self {
        if self.0.is_empty() { Self::new(relative) } else { Self::new(&format!("{}/{relative}", self.0)) }
    }

    /// The way from this folder to a path, as a link would be written: `../grounding/five-senses.md`.
    pub fn way_to(&self, path: &Self) -> String {
        let here: Vec<&str> = self.0.split('/').filter(|name| !name.is_empty()).collect();
        let there: Vec<&str> = path.0.split('/').filter(|name| !name.is_empty()).collect();
        let shared = here.iter().zip(&there).take_while(|(a, b)| a == b).count();
        let up = vec![".."; here.len() - shared];
        let down = there.get(shared..).unwrap_or_default();
        up.iter().chain(down).copied().collect::<Vec<_>>().join("/")
    }

    /// The last name of the path: `five-senses.md`.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// The last name without its ending: `five-senses`.
    pub fn stem(&self) -> &str {
        let name = self.name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The ending of the last name, in small letters and without its dot: `md`.
    pub fn ending(&self) -> String {
        self.name().rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
    }

    /// The language of a translation, the code before its ending: `es` of `five-senses.es.md`. The file of a text says which
    /// language the text is in; one without a code is in the curriculum's own.
    pub fn language(&self) -> Option<&str> {
        // Asked for every text, and few names have a second dot.
        let name = self.0.bytes().rev().take_while(|byte| *byte != b'/');
        name.filter(|byte| *byte == b'.').nth(1)?;
        self.stem().rsplit_once('.').map(|(_, code)| code).filter(|code| is_language(code))
    }

    /// The file that a translation translates: `five-senses.md` of `five-senses.es.md`. Any other file is its own.
    pub fn original(&self) -> Self {
        let Some(language) = self.language() else { return self.clone() };
        let bare = self.stem().strip_suffix(language).unwrap_or_default();
        self.parent().join(&format!("{bare}{}", self.name().rsplit('.').next().unwrap_or_default()))
    }

    /// The file that translates this one: `five-senses.es.md` beside `five-senses.md`.
    pub fn translated(&self, language: &str) -> Self {
        self.parent().join(&format!("{}.{language}.{}", self.stem(), self.name().rsplit('.').next().unwrap_or_default()))
    }

    /// Whether this path lies somewhere inside `folder`.
    pub fn is_inside(&self, folder: &Self) -> bool {
        if folder.0.is_empty() {
            return !self.0.starts_with("..") && !self.0.starts_with('/');
        }
        self.0.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/') || folder.0.ends_with('/'))
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "." } else { &self.0 })
    }
}

impl fmt::Debug for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Whether a word has the form of a language's code, two or three letters and what may follow them: `es`, `pt-BR`.
pub fn is_language(code: &str) -> bool {
    code.split('-').enumerate().all(|(n, part)| {
        if n == 0 {
            (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic())
        } else {
            (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        }
    })
}

/// A place in a source file. Lines and columns count from 1, columns and `len` in characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Span {
    /// The file.
    pub file: SourcePath,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
    /// How many characters the place covers, on this line; 0 is a point.
    pub len: u32,
}

impl Span {
    /// A place that stands for a whole file: its first character.
    pub fn of_file(file: &SourcePath) -> Self {
        Self { file: file.clone(), line: 1, column: 1, len: 0 }
    }
}

/// A value and where it was written.
#[derive(Clone, Debug)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

/// A text and how its characters map to its file: what Markdown says about an offset becomes a line and a column.
#[derive(Clone, Debug)]
pub struct Text {
    /// The text itself.
    pub value: String,
    /// Where its first character stands.
    pub span: Span,
    /// The column, from 1, at which its second and later lines start in the file.
    pub indent: u32,
    /// Whether its lines are the file's lines. A folded text's are not: its places are its first line.
    pub by_line: bool,
}

impl Text {
    /// The place of `len` bytes of this text from byte `offset`.
    pub fn at(&self, offset: usize, len: usize) -> Span {
        self.places().at(offset, len)
    }

    /// Places of this text, for many in a row.
    pub fn places(&self) -> Places<'_> {
        Places { text: self, is_folded: !self.by_line && self.value.contains('\n'), offset: 0, line: 0, column: 0 }
    }
}

/// Finds places of a text. Each is found from the one before it, so that a long text is walked once and not for each place.
pub struct Places<'t> {
    text: &'t Text,
    /// Whether the text's lines are not the file's.
    is_folded: bool,
    offset: usize,
    line: usize,
    column: usize,
}

impl Places<'_> {
    /// The place of `len` bytes from byte `offset`.
    pub fn at(&mut self, offset: usize, len: usize) -> Span {
        let Text { value, span, indent, .. } = self.text;
        if self.is_folded {
            return span.clone();
        }
        if offset < self.offset {
            (self.offset, self.line, self.column) = (0, 0, 0);
        }
        let between = value.get(self.offset..offset).or_else(|| value.get(self.offset..)).unwrap_or_default();
        match between.rsplit_once('\n') {
            Some((lines, last)) => {
                self.line += lines.matches('\n').count() + 1;
                self.column = last.chars().count();
            }
            None => self.column += between.chars().count(),
        }
        self.offset += between.len();
        let start = if self.line == 0 { span.column } else { *indent };
        let covered = value.get(offset..offset.saturating_add(len)).or_else(|| value.get(offset..)).unwrap_or_default();
        let covered = covered.split('\n').next().unwrap_or_default().chars().count();
        Span { file: span.file.clone(), line: span.line + count(self.line), column: start + count(self.column), len: count(covered) }
    }
}

/// A length as the 32 bits that places are kept in; a file is never longer (`read` refuses it).
pub fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// What is read from disk: texts and pictures, by path.
#[derive(Clone, Default, Debug)]
pub struct Sources {
    /// The folders that hold a `curriculum.yml`, in order.
    pub curricula: Vec<SourcePath>,
    /// The texts (`.yml`, `.yaml`, `.md`), without a byte order mark and with `\n` line ends.
    pub texts: BTreeMap<SourcePath, Arc<str>>,
    /// The pictures.
    pub pictures: BTreeMap<SourcePath, Arc<[u8]>>,
    /// Texts and pictures that are there and could not be read. They have been told, so nothing else says that they are missing.
    pub unread: BTreeSet<SourcePath>,
}

impl Sources {
    /// The text of a file, where there is one.
    pub fn text(&self, path: &SourcePath) -> Option<&str> {
        self.texts.get(path).map(AsRef::as_ref)
    }

    /// The paths of the texts inside a folder, in order.
    pub fn texts_in<'a>(&'a self, folder: &'a SourcePath) -> impl Iterator<Item = &'a SourcePath> {
        let is_above = folder.0.is_empty();
        let first = if is_above || folder.0.ends_with('/') { folder.clone() } else { SourcePath(format!("{folder}/").into()) };
        let near = self.texts.range(first..).map(|(path, _)| path).take_while(move |path| is_above || path.is_inside(folder));
        near.filter(move |path| path.is_inside(folder))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_fold() {
        let check = |path: &str, folded: &str| assert_eq!(SourcePath::new(path).as_str(), folded);
        check("./a//b/../c.md", "a/c.md");
        check("../a", "../a");
        check("../../a/..", "../..");
        check("/a/../../b", "/b");
        check("a\\b", "a/b");
        assert_eq!(SourcePath::new("a/b").parent().as_str(), "a");
        assert_eq!(SourcePath::new("a").parent().as_str(), "");
        assert_eq!(SourcePath::new("").parent().as_str(), "..");
        assert_eq!(SourcePath::new("..").parent().as_str(), "../..");
        assert_eq!(SourcePath::new("a").join("../b").as_str(), "b");
        assert!(SourcePath::new("a/b/c").is_inside(&SourcePath::new("a/b")));
        assert!(!SourcePath::new("a/bc").is_inside(&SourcePath::new("a/b")));
        assert_eq!(SourcePath::new("a/b").way_to(&SourcePath::new("a/c/d.md")), "../c/d.md");
        assert_eq!(SourcePath::new("").way_to(&SourcePath::new("a.md")), "a.md");
    }

    #[test]
    fn hidden_signs_are_found() {
        let signs = (0..0x300).chain(0x2000..0x2100).filter_map(char::from_u32);
        for (sign, text) in signs.map(|sign| (sign, format!("a\n\té{sign}b"))) {
            assert_eq!(hidden_sign(&text), is_hidden_sign(sign).then_some((5, sign)), "{sign:?}");
        }
    }

    #[test]
    fn a_translation_is_known_by_its_name() {
        let check = |path: &str, language: Option<&str>, original: &str| {
            let path = SourcePath::new(path);
            assert_eq!((path.language(), path.original().as_str()), (language, original), "{path}");
        };
        check("a/five-senses.es.md", Some("es"), "a/five-senses.md");
        check("module.pt-BR.yml", Some("pt-BR"), "module.yml");
        check("a.b/five-senses.md", None, "a.b/five-senses.md");
        check("01-hello.v2.yml", None, "01-hello.v2.yml");
        check("es.md", None, "es.md");
        assert_eq!(SourcePath::new("a/five-senses.md").translated("es").as_str(), "a/five-senses.es.md");
    }

    #[test]
    fn a_text_knows_its_places() {
        let span = Span { file: SourcePath::new("f"), line: 4, column: 5, len: 3 };
        let text = Text { value: "one\ntwo ä three\n".into(), span, indent: 3, by_line: true };
        let at = |offset, len| {
            let span = text.at(offset, len);
            (span.line, span.column, span.len)
        };
        assert_eq!(at(0, 3), (4, 5, 3));
        assert_eq!(at(4, 3), (5, 3, 3));
        assert_eq!(at(text.value.find("three").unwrap(), 90), (5, 9, 5));
        let mut places = text.places();
        let mut next = |offset, len| {
            let span = places.at(offset, len);
            (span.line, span.column, span.len)
        };
        assert_eq!(next(4, 3), (5, 3, 3));
        assert_eq!(next(8, 2), (5, 7, 1));
        assert_eq!(next(0, 3), (4, 5, 3));
        assert_eq!(next(999, 3), (6, 3, 0));
    }
}
