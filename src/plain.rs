//! A text as its readers read it: runs of words without marks and addresses, each with the way back to its bytes. Knows no
//! curriculum and no audience.

use std::borrow::Cow;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use crate::markdown;

/// What a run of words is on the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// A paragraph, or a text of one line.
    Paragraph,
    /// An item of a list.
    Item,
    /// A heading.
    Heading,
    /// A cell of a table.
    Cell,
    /// The words for a picture.
    Picture,
}

/// Words that stand together.
#[derive(PartialEq, Eq, Debug)]
pub struct Run<'t> {
    /// What they are on the page.
    pub form: Form,
    /// Whether they stand in a quote (`>`).
    pub quoted: bool,
    /// The words; lines end where they end in the Markdown.
    pub text: Cow<'t, str>,
    /// Where the words begin in the Markdown, in bytes, and where further pieces of them begin, here and there.
    start: usize,
    pieces: Vec<(usize, usize)>,
}

impl Run<'_> {
    /// The byte of the Markdown at which a byte of the words stands.
    pub fn written_at(&self, offset: usize) -> usize {
        let next = self.pieces.partition_point(|(here, _)| *here <= offset);
        let (here, there) = next.checked_sub(1).and_then(|last| self.pieces.get(last)).copied().unwrap_or((0, self.start));
        there + (offset - here)
    }
}

/// The runs of a text. `one_line` is for texts that are shown inside a line, whose first letters are no marks.
pub fn runs(text: &str, one_line: bool) -> Vec<Run<'_>> {
    if one_line && markdown::is_bare(text.trim(), false) { bare(text) } else { parsed(text, one_line) }
}

/// The one run of a line without marks; none of an empty one.
fn bare(text: &str) -> Vec<Run<'_>> {
    let words = text.trim();
    let start = text.len() - text.trim_start().len();
    let run = || Run { form: Form::Paragraph, quoted: false, text: words.into(), start, pieces: Vec::new() };
    if words.is_empty() { Vec::new() } else { vec![run()] }
}

/// The runs of a text as Markdown reads it.
fn parsed(text: &str, one_line: bool) -> Vec<Run<'static>> {
    let read = if one_line { markdown::as_line(text) } else { text.into() };
    // What reading as a line takes away or puts before the text moves its bytes.
    let cut = if one_line { text.len() - text.trim_start().len() } else { 0 };
    let put = if one_line && read.starts_with(markdown::NO_MARK) { markdown::NO_MARK.len_utf8() } else { 0 };
    let mut reading = Reading::default();
    for (event, range) in Parser::new_ext(&read, markdown::options(false)).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                if let Tag::Image { title, .. } = &tag {
                    // The caption stands behind the address, within the picture's own bytes.
                    let before = read.get(range.clone()).and_then(|written| written.rfind(title.as_ref())).unwrap_or_default();
                    reading.caption = Some((title.to_string(), (range.start + before).saturating_sub(put) + cut));
                }
                reading.open(&tag);
            }
            Event::End(tag) => reading.close(tag),
            Event::Text(words) | Event::Code(words) => {
                let shift = if range.start == 0 { put } else { 0 };
                let words = words.trim_start_matches(markdown::NO_MARK);
                reading.add(words, (range.start + shift).saturating_sub(put) + cut);
            }
            Event::SoftBreak | Event::HardBreak => reading.add("\n", range.start.saturating_sub(put) + cut),
            _ => {}
        }
    }
    reading.end();
    reading.runs
}

#[derive(Default)]
struct Reading {
    runs: Vec<Run<'static>>,
    form: Option<Form>,
    /// How many lists, quotes and the like are open.
    lists: usize,
    quotes: usize,
    /// How many code blocks and bare addresses are open, whose words nobody reads as words.
    hidden: usize,
    /// The caption of the picture that is open, and where it was written.
    caption: Option<(String, usize)>,
    text: String,
    start: usize,
    pieces: Vec<(usize, usize)>,
}

impl Reading {
    fn add(&mut self, words: &str, at: usize) {
        if self.hidden > 0 || words.is_empty() {
            return;
        }
        if self.text.is_empty() {
            self.start = at;
        } else {
            self.pieces.push((self.text.len(), at));
        }
        self.text.push_str(words);
    }

    fn end(&mut self) {
        let text = std::mem::take(&mut self.text);
        let pieces = std::mem::take(&mut self.pieces);
        if !text.trim().is_empty() {
            let form = self.form.unwrap_or(if self.lists > 0 { Form::Item } else { Form::Paragraph });
            self.runs.push(Run { form, quoted: self.quotes > 0, text: text.into(), start: self.start, pieces });
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => self.hidden += 1,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } => {}
            Tag::Image { .. } => {
                self.end();
                self.form = Some(Form::Picture);
            }
            other => {
                self.end();
                match other {
                    Tag::Heading { .. } => self.form = Some(Form::Heading),
                    Tag::TableCell => self.form = Some(Form::Cell),
                    Tag::List(_) => self.lists += 1,
                    Tag::BlockQuote(_) => self.quotes += 1,
                    Tag::CodeBlock(_) | Tag::HtmlBlock => self.hidden += 1,
                    _ => {}
                }
            }
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link => self.hidden = self.hidden.saturating_sub(1),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {}
            other => {
                self.end();
                self.form = None;
                if let Some((caption, at)) = self.caption.take() {
                    self.add(&caption, at);
                    self.end();
                }
                match other {
                    TagEnd::List(_) => self.lists = self.lists.saturating_sub(1),
                    TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
                    TagEnd::CodeBlock | TagEnd::HtmlBlock => self.hidden = self.hidden.saturating_sub(1),
                    _ => {}
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, one_line: bool) -> Vec<(Form, String)> {
        runs(text, one_line).into_iter().map(|run| (run.form, run.text.into_owned())).collect()
    }

    #[test]
    fn marks_and_addresses_are_left_out() {
        let text = "# Why\n\nSee *it* in [any](a.md)one,\nat <https://example.org> or\n\n- one\n- two **big**\n\n| a | b |\n| - | - |\n| c | d |\n\n```\ncode\n```\n\n![A cup](c.png \"One a day\")\n";
        let expected = [
            (Form::Heading, "Why"),
            (Form::Paragraph, "See it in anyone,\nat  or"),
            (Form::Item, "one"),
            (Form::Item, "two big"),
            (Form::Cell, "a"),
            (Form::Cell, "b"),
            (Form::Cell, "c"),
            (Form::Cell, "d"),
            (Form::Picture, "A cup"),
            (Form::Paragraph, "One a day"),
        ];
        assert_eq!(shown(text, false), expected.map(|(form, text)| (form, text.to_owned())));
    }

    #[test]
    fn a_line_keeps_its_first_letters() {
        assert_eq!(shown("1. What?", true), [(Form::Paragraph, "1. What?".to_owned())]);
        assert_eq!(shown("1. What?", false), [(Form::Item, "What?".to_owned())]);
    }

    #[test]
    fn a_line_without_marks_is_read_as_markdown_reads_it() {
        let signs = || (' '..='~').chain(['é', '’', '\u{a0}', '\u{2060}', '\u{2028}']);
        for (one, other) in signs().flat_map(|one| signs().map(move |other| (one, other))) {
            for line in [format!("{one}{other}"), format!("{one}{other} a"), format!("a{one}{other}b"), format!(" a {one}{other} ")] {
                assert_eq!(runs(&line, true), parsed(&line, true), "{line:?}");
            }
        }
    }

    #[test]
    fn words_know_where_they_were_written() {
        for (text, one_line) in [
            ("A *bold* &amp; **plain** word\nand the next", false),
            ("  1. *bold* and a word", true),
            ("> - a *b* word", false),
            ("![a word](a.svg 'the word')", false),
        ] {
            for run in runs(text, one_line) {
                let found = run.text.find("word").unwrap();
                assert_eq!(text.get(run.written_at(found)..).map(|rest| rest.starts_with("word")), Some(true), "{text}");
            }
        }
    }

    #[test]
    fn a_quote_is_known() {
        assert_eq!(runs("> said\n\nplain", false).iter().map(|run| run.quoted).collect::<Vec<_>>(), [true, false]);
    }
}
