//! The search index of a site: which words stand in which part of which page. Made from what the site's readers may read.

use ahash::AHashMap;
use serde::Serialize;

use super::view::{PageWriter, Tongue};
use crate::audience::Member;
use crate::model::{Block, FieldKind, Rows};

/// The address of the index on a site.
pub const URL: &str = "static/search-index.js";

/// Words that stand in more than this share of all parts say nothing of where to look.
const COMMON: f64 = 0.35;
/// How many parts a site must have before any word can be called common.
const FEW_PARTS: usize = 20;

/// What can be found: pages, each in parts under headings.
#[derive(Default)]
pub struct Index {
    pages: Vec<PageEntry>,
    parts: Vec<PartEntry>,
    words: AHashMap<String, Vec<u32>>,
}

/// A page as a search result shows it.
#[derive(Serialize)]
struct PageEntry {
    /// Its address from the root of the site.
    u: String,
    /// Its title.
    t: String,
    /// Where it belongs: its session or module.
    p: String,
}

/// A part of a page.
#[derive(Serialize)]
struct PartEntry(usize, String, String);

/// What the page to search on is given, on both sites.
#[derive(Serialize)]
pub struct SearchPage {
    /// The pages that can be found.
    pages: Vec<Found>,
    /// The address of the index.
    index: &'static str,
}

impl SearchPage {
    /// The page over these pages, from A to Z.
    pub fn new(mut pages: Vec<Found>) -> Self {
        pages.sort_by_key(|page| page.title.to_lowercase());
        Self { pages, index: URL }
    }
}

/// A page that can be found, as it stands in the list.
#[derive(Serialize)]
pub struct Found {
    /// Its title.
    pub title: String,
    /// The language of its title, where that is not the page's.
    pub tongue: Option<Tongue>,
    /// The number of a session, or the module of a handout; empty for others.
    pub place: String,
    /// The colour of its module, where it has one.
    pub thread: Option<String>,
    /// Where it is.
    pub href: String,
}

/// A part of a page on its way into the index.
pub struct Part {
    /// Its heading, empty for what comes before the first.
    pub heading: String,
    /// The name of its heading on the page, empty where there is none.
    pub anchor: String,
    /// Its words.
    pub text: String,
}

impl Index {
    /// Adds a page with its parts.
    pub fn add(&mut self, url: &str, title: &str, place: &str, parts: Vec<Part>) {
        self.add_page(url, title, place);
        parts.iter().for_each(|part| self.add_part(part, ""));
    }

    /// Adds the page of a body, which has been read into parts; `lead` are the words above its text.
    pub fn add_body(&mut self, url: &str, title: &str, place: &str, lead: &str, parts: &[Part]) {
        self.add_page(url, title, place);
        parts.iter().enumerate().for_each(|(n, part)| self.add_part(part, if n == 0 { lead } else { "" }));
    }

    fn add_page(&mut self, url: &str, title: &str, place: &str) {
        self.pages.push(PageEntry { u: url.to_owned(), t: title.to_owned(), p: place.to_owned() });
    }

    /// Adds a part to the last page; `lead` are words above its text.
    fn add_part(&mut self, part: &Part, lead: &str) {
        let number = u32::try_from(self.parts.len()).unwrap_or(u32::MAX);
        let mut see = |word: &str| match self.words.get_mut(word) {
            Some(places) if places.last() == Some(&number) => {}
            Some(places) => places.push(number),
            None => drop(self.words.insert(word.to_owned(), vec![number])),
        };
        for text in [&part.heading, lead, &part.text] {
            each_word(text, &mut see);
        }
        self.parts.push(PartEntry(self.pages.len().saturating_sub(1), part.heading.clone(), part.anchor.clone()));
    }

    /// The index as a script: one call with plain data, since a page opened from a disk can load nothing else.
    pub fn script(&self) -> Vec<u8> {
        #[derive(Serialize)]
        struct Data<'i> {
            pages: &'i [PageEntry],
            parts: &'i [PartEntry],
            words: String,
        }
        let most = self.parts.len() as f64 * COMMON;
        let mut words = String::new();
        let mut all: Vec<(&String, &Vec<u32>)> = self.words.iter().collect();
        all.sort_unstable();
        for (word, places) in all {
            if self.parts.len() >= FEW_PARTS && places.len() as f64 > most {
                continue;
            }
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(word);
            // Each place as the distance from the one before, in base 36: short, and quick to read back.
            let mut before = 0;
            for place in places {
                words.push(',');
                push_base36(&mut words, place - before);
                before = *place;
            }
        }
        let data = Data { pages: &self.pages, parts: &self.parts, words };
        let mut json = serde_json::to_string(&data).unwrap_or_default();
        // A script may hold nothing that could end it, or that old browsers take for the end of a line.
        for (sign, written) in [('<', "\\u003c"), ('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029")] {
            if json.contains(sign) {
                json = json.replace(sign, written);
            }
        }
        ["copebookIndex(", &json, ");\n"].concat().into_bytes()
    }
}

fn push_base36(text: &mut String, n: u32) {
    if n >= 36 {
        push_base36(text, n / 36);
    }
    text.extend(char::from_digit(n % 36, 36));
}

/// How many letters a word must have to be looked for, and may have.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=30;

/// Calls `see` with the words of a text, in small letters: runs of letters and digits of any script, with their accents.
fn each_word(text: &str, see: &mut impl FnMut(&str)) {
    let small = text.to_ascii_lowercase();
    let is_mark = |byte: &u8| byte.is_ascii() && !byte.is_ascii_lowercase() && !byte.is_ascii_digit() && *byte != b'\'';
    let mut start = 0;
    for bytes in small.as_bytes().split(is_mark) {
        let piece = small.get(start..start + bytes.len()).unwrap_or_default();
        start += bytes.len() + 1;
        // Nearly all is plain letters.
        if bytes.len() < *LETTERS.start() {
            continue;
        }
        if !bytes.is_ascii() {
            each_word_of_any_script(piece, see);
            continue;
        }
        let in_quotes = bytes.first() == Some(&b'\'') || bytes.last() == Some(&b'\'');
        let word = if in_quotes { piece.trim_matches('\'') } else { piece };
        if LETTERS.contains(&word.len()) {
            see(word);
        }
    }
}

fn each_word_of_any_script(text: &str, see: &mut impl FnMut(&str)) {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}');
    for word in text.split(move |c: char| !is_word(c) && c != '\'' && c != '’') {
        let small = word.trim_matches(['\'', '’']).replace('’', "'").to_lowercase();
        if LETTERS.contains(&small.chars().count()) {
            see(&small);
        }
    }
}

/// The parts of a text made of blocks. Each heading of the text itself begins a new one; the first has none.
pub fn parts(writer: &mut PageWriter<'_, Member>, blocks: &[Block]) -> Vec<Part> {
    let mut parts = vec![Part { heading: String::new(), anchor: String::new(), text: String::new() }];
    add_blocks(writer, blocks, &mut parts);
    parts
}

fn add_blocks(writer: &mut PageWriter<'_, Member>, blocks: &[Block], parts: &mut Vec<Part>) {
    for block in blocks {
        match block {
            Block::Text(prose) => {
                for section in writer.plain_sections(prose) {
                    match section.heading {
                        Some((anchor, heading)) => parts.push(Part { heading, anchor, text: section.text }),
                        None => say(parts, &section.text),
                    }
                }
            }
            Block::Titled { title, blocks, .. } => {
                title.iter().for_each(|title| say(parts, &writer.plain(title)));
                add_blocks(writer, blocks, parts);
            }
            Block::Breathe { blocks, .. } => add_blocks(writer, blocks, parts),
            Block::Worksheet(worksheet) => {
                worksheet.title.iter().for_each(|title| say(parts, &writer.plain(title)));
                for field in &worksheet.fields {
                    say(parts, &writer.plain(&field.label));
                    let choices: Vec<_> = match &field.kind {
                        FieldKind::Check { options, .. } | FieldKind::Choose { options, .. } => options.iter().collect(),
                        FieldKind::Plan(slots) => slots.iter().collect(),
                        FieldKind::Grid { items, .. } => items.iter().collect(),
                        FieldKind::Table { columns, rows: Rows::Labelled(rows) } => columns.iter().chain(rows).collect(),
                        FieldKind::Table { columns, rows: Rows::Empty(_) } => columns.iter().collect(),
                        _ => Vec::new(),
                    };
                    choices.iter().for_each(|choice| say(parts, &writer.plain(choice)));
                }
            }
        }
    }
}

/// Adds words to the last part.
fn say(parts: &mut [Part], words: &str) {
    if let Some(last) = parts.last_mut() {
        last.text.push(' ');
        last.text.push_str(words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_is_one_call_with_plain_data() {
        let mut index = Index::default();
        let part = |heading: &str, text: &str| Part { heading: heading.into(), anchor: "s-x".into(), text: text.into() };
        index.add("a.html", "A </script>", "Session 1", vec![part("", "Breathe out, don’t breathe in"), part("Why", "breathe")]);
        let script = String::from_utf8(index.script()).unwrap();
        assert_eq!(
            script,
            "copebookIndex({\"pages\":[{\"u\":\"a.html\",\"t\":\"A \\u003c/script>\",\"p\":\"Session 1\"}],\"parts\":[[0,\"\",\"s-x\"],[0,\"Why\",\"s-x\"]],\
             \"words\":\"breathe,0,1 don't,0 out,0 why,1\"});\n"
        );
    }

    proptest::proptest! {
        /// Words of plain letters are found as those of any script are.
        #[test]
        fn words_of_plain_letters_are_words_of_any_script(text in "([a-cZÉ’'0 .,<–-]|don't|Émile){0,16}") {
            let (mut fast, mut simple) = (Vec::new(), Vec::new());
            each_word(&text, &mut |word: &str| fast.push(word.to_owned()));
            each_word_of_any_script(&text, &mut |word: &str| simple.push(word.to_owned()));
            proptest::prop_assert_eq!(fast, simple);
        }
    }

    #[test]
    fn places_are_short() {
        let written = |n: u32| {
            let mut text = String::new();
            push_base36(&mut text, n);
            text
        };
        assert_eq!([0, 35, 36, 1295, u32::MAX].map(written), ["0", "z", "10", "zz", "1z141z3"]);
    }
}
