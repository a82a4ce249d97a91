//! Texts as a reader sees them, and which of their sentences differ.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::found::Differs;
use crate::audience::{Audience, Facilitator, MayRead, Prose, Reader};
use crate::markdown;
use crate::source::Text;

/// How many words of what is the same stand around what differs.
const AROUND: usize = 4;
/// How many words of a place are shown at the most.
const MOST: usize = 40;

/// The eyes of the author, who may read it all.
pub struct Eyes(Reader<Facilitator>);

impl Eyes {
    /// The author's eyes.
    pub fn new() -> Self {
        Self(Reader::new())
    }

    /// A text as it was written.
    pub fn open<'p, A: Audience>(&self, prose: &'p Prose<A>) -> &'p Text
    where
        Facilitator: MayRead<A>,
    {
        self.0.open(prose)
    }

    /// The words of a text, without marks: bold letters or another kind of quotation mark are no reason to print or read again.
    pub fn words<A: Audience>(&self, prose: &Prose<A>) -> String
    where
        Facilitator: MayRead<A>,
    {
        bare(&markdown::plain(&self.open(prose).value, false))
    }

    /// The same where there may be none.
    pub fn maybe<A: Audience>(&self, prose: Option<&Prose<A>>) -> Option<String>
    where
        Facilitator: MayRead<A>,
    {
        prose.map(|prose| self.words(prose))
    }

    /// The same for several.
    pub fn all<A: Audience>(&self, prose: &[Prose<A>]) -> Vec<String>
    where
        Facilitator: MayRead<A>,
    {
        prose.iter().map(|prose| self.words(prose)).collect()
    }
}

/// A text with single spaces, plain quotation marks and nothing invisible.
fn bare(text: &str) -> String {
    let plain: String = text.chars().filter(|c| *c != '\u{2060}').map(plain_mark).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plain_mark(c: char) -> char {
    match c {
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        c => c,
    }
}

/// A text, sentence by sentence.
pub fn sentences(text: &str) -> Vec<String> {
    let mut sentences: Vec<Vec<&str>> = vec![Vec::new()];
    for word in text.split_whitespace() {
        if let Some(last) = sentences.last_mut() {
            last.push(word);
        }
        if word.trim_end_matches(['"', '\'', ')']).ends_with(['.', '!', '?', ':', '…']) {
            sentences.push(Vec::new());
        }
    }
    sentences.into_iter().filter(|words| !words.is_empty()).map(|words| words.join(" ")).collect()
}

/// A piece of what is printed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Piece {
    /// Its words.
    pub words: String,
    /// What tells two pieces with the same words apart: the look of a picture.
    pub look: Option<[u8; 32]>,
}

impl Piece {
    /// A piece that is words only.
    pub fn of(words: impl Into<String>) -> Self {
        Self { words: words.into(), look: None }
    }
}

/// The places in which two rows of pieces differ.
pub fn differences(was: &[Piece], now: &[Piece]) -> Vec<Differs> {
    let words = |pieces: Option<&[Piece]>| pieces.unwrap_or_default().iter().map(|piece| piece.words.as_str()).collect::<Vec<_>>().join(" ");
    let ops = capture_diff_slices(Algorithm::Myers, was, now).into_iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    ops.map(|op| differs(&words(was.get(op.old_range())), &words(now.get(op.new_range())))).collect()
}

/// Two texts as a place that differs, cut to what differs in it.
pub fn differs(was: &str, now: &str) -> Differs {
    let (was, now): (Vec<&str>, Vec<&str>) = (was.split_whitespace().collect(), now.split_whitespace().collect());
    let head = was.iter().zip(&now).take_while(|(a, b)| a == b).count();
    let tail = was.iter().rev().zip(now.iter().rev()).take_while(|(a, b)| a == b).count().min(was.len().min(now.len()) - head);
    let cut = |words: &[&str]| {
        let from = head.saturating_sub(AROUND);
        let to = (words.len() - tail.saturating_sub(AROUND)).min(from + MOST);
        let shown = words.get(from..to).unwrap_or_default().join(" ");
        let (before, after) = (if from > 0 { "… " } else { "" }, if to < words.len() { " …" } else { "" });
        (!words.is_empty()).then(|| format!("{before}{shown}{after}"))
    };
    Differs { was: cut(&was), now: cut(&now) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_shown() {
        let long = |n: u32| format!("Begin here and look around the whole room until you have named {n} things that you can see from where you sit now.");
        let place = differs(&long(5), &long(4));
        assert_eq!(place.was.as_deref(), Some("… until you have named 5 things that you can …"));
        assert_eq!(place.now.as_deref(), Some("… until you have named 4 things that you can …"));
        assert_eq!(differs("", "New."), Differs { was: None, now: Some("New.".into()) });
        assert_eq!(differs("a a", "a a a").now.as_deref(), Some("a a a"));
        let longer = "word ".repeat(100);
        assert!(differs("", &longer).now.unwrap().len() < 250);
    }

    #[test]
    fn sentences_end_where_they_end() {
        assert_eq!(sentences("Stop. Why? \"Because.\" And so on"), ["Stop.", "Why?", "\"Because.\"", "And so on"]);
        assert_eq!(bare("It’s\u{2060}  “so”\n"), "It's \"so\"");
    }

    #[test]
    fn pieces_that_differ_are_paired() {
        let pieces = |text: &str| sentences(text).into_iter().map(Piece::of).collect::<Vec<_>>();
        let found = differences(&pieces("One. Two. Three."), &pieces("One. Too. Three. Four."));
        assert_eq!(
            found.iter().map(|place| (place.was.as_deref(), place.now.as_deref())).collect::<Vec<_>>(),
            [(Some("Two."), Some("Too.")), (None, Some("Four."))]
        );
        let picture = |byte| vec![Piece { words: "a picture: A hill".into(), look: Some([byte; 32]) }];
        assert_eq!(differences(&picture(1), &picture(2)).len(), 1);
        assert!(differences(&picture(1), &picture(1)).is_empty());
    }
}
