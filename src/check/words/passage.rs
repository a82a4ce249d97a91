//! What the checks on words look at: the texts of one file, cut once into runs, sentences and words.

use std::cell::OnceCell;
use std::ops::Range;

use ahash::AHashMap;

use super::lexicon::Vocabulary;
use crate::plain::{self, Form};
use crate::reading::{Formula, Word, formula, letters, sentences, words};
use crate::source::Span;
use crate::texts::{MemberText, Role};

/// A text for members, cut.
pub(super) struct Passage<'t> {
    pub(super) text: &'t MemberText<'t>,
    pub(super) runs: Vec<Run<'t>>,
}

/// Words that stand together. Most of them hold nothing that is looked for, so they are cut further when something asks for it.
pub(super) struct Run<'t> {
    pub(super) plain: plain::Run<'t>,
    pub(super) words: Vec<Word>,
    /// The number of each word in the vocabulary, 0 for one that no list has.
    pub(super) numbers: Vec<usize>,
    elides: bool,
    sentences: OnceCell<Vec<Range<usize>>>,
    cut: OnceCell<Cut>,
}

/// The words of a run, each with what rules ask of it.
struct Cut {
    tokens: Vec<Token>,
    /// The words in small letters: byte for byte as in the run, save those letters that are not of ASCII. The words that have
    /// such letters stand once more behind.
    small: String,
    /// Whether most words begin with a capital, as in English titles.
    in_capitals: bool,
}

/// A word.
#[derive(Debug)]
pub(super) struct Token {
    /// Its bytes among the small letters of the run.
    small: Range<usize>,
    /// Its bytes in the run.
    pub(super) range: Range<usize>,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
    /// Whether a sentence begins with it.
    pub(super) starts: bool,
    /// Whether it is in quotes.
    pub(super) quoted: bool,
}

/// What is known of a word, wherever it stands.
#[derive(Clone, Copy)]
struct Known {
    /// Its number in the vocabulary.
    number: usize,
    syllables: u32,
    letters: usize,
}

/// Cuts texts of one language.
pub(super) struct Cutter<'v> {
    vocabulary: &'v Vocabulary,
    formula: Option<&'static Formula>,
    /// Whether what is elided is no part of a word, as in French and Italian: l'alcoolique.
    elides: bool,
    /// What is known of words that have been met: most come again, in every handout.
    known: AHashMap<String, Known>,
    /// A run in small letters, while its words are looked up.
    small: String,
}

impl<'v> Cutter<'v> {
    /// For texts in this language, in which these words are looked for.
    pub(super) fn of(language: &str, vocabulary: &'v Vocabulary) -> Self {
        let elides = language.starts_with("fr") || language.starts_with("it");
        Self { vocabulary, formula: formula(language), elides, known: AHashMap::new(), small: String::new() }
    }

    /// Cuts a text.
    pub(super) fn passage<'t>(&mut self, text: &'t MemberText<'t>) -> Passage<'t> {
        let runs = plain::runs(&text.text.value, text.is_one_line()).into_iter().map(|run| self.run(run)).collect();
        Passage { text, runs }
    }

    fn run<'t>(&mut self, plain: plain::Run<'t>) -> Run<'t> {
        self.small.clear();
        self.small.push_str(&plain.text);
        self.small.make_ascii_lowercase();
        // A word and its space take four letters at the least, in nearly every text.
        let about = plain.text.len() / 4;
        let (of_words, numbers) = (Vec::with_capacity(about), Vec::with_capacity(about));
        let mut run = Run { words: of_words, numbers, elides: self.elides, sentences: OnceCell::new(), cut: OnceCell::new(), plain };
        for range in words(&run.plain.text) {
            let word = self.small.get(range.clone()).unwrap_or_default();
            let Known { number, syllables, letters } = match self.known.get(word) {
                Some(known) => *known,
                None => self.meet(&range),
            };
            run.words.push(Word { range, syllables, letters });
            run.numbers.push(number);
        }
        run
    }

    /// Looks up a word of the run that is being cut, for the first time.
    fn meet(&mut self, range: &Range<usize>) -> Known {
        let written = self.small.get(range.clone()).unwrap_or_default().to_owned();
        let place = folded(&written, range, self.elides, &mut self.small);
        let number = self.small.get(place).map_or(0, |word| self.vocabulary.number(word));
        let syllables = self.formula.map_or(0, |formula| (formula.syllables)(&written));
        let known = Known { number, syllables, letters: letters(&written) };
        self.known.insert(written, known);
        known
    }
}

impl Passage<'_> {
    /// The place of bytes of a run.
    pub(super) fn place(&self, run: &Run<'_>, range: Range<usize>) -> Span {
        let start = run.plain.written_at(range.start);
        let end = run.plain.written_at(range.end.saturating_sub(1)) + 1;
        self.text.text.at(start, end.saturating_sub(start))
    }

    /// Whether these are the author's own words, and no source's or member's.
    pub(super) fn is_own_words(&self) -> bool {
        !matches!(self.text.role, Role::Voice | Role::Citation | Role::Contact)
    }
}

impl Run<'_> {
    /// The words as they stand.
    pub(super) fn text(&self) -> &str {
        &self.plain.text
    }

    /// The sentences.
    pub(super) fn sentences(&self) -> &[Range<usize>] {
        self.sentences.get_or_init(|| sentences(self.text()))
    }

    /// The words of a sentence.
    pub(super) fn words_in(&self, sentence: &Range<usize>) -> &[Word] {
        let before = |at: usize| self.words.partition_point(|word| word.range.start < at);
        self.words.get(before(sentence.start)..before(sentence.end)).unwrap_or_default()
    }

    /// The words one by one, with what lists ask of them.
    pub(super) fn tokens(&self) -> &[Token] {
        &self.cut().tokens
    }

    /// Whether only spaces or a hyphen part the nth word from the one before.
    pub(super) fn is_joined(&self, n: usize) -> bool {
        let pair = n.checked_sub(1).and_then(|before| self.words.get(before..=n));
        let between = pair.and_then(|pair| self.text().get(pair.first()?.range.end..pair.last()?.range.start));
        between.is_some_and(|between| between.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '‑' | '\u{2010}')))
    }

    /// A word in small letters, with a straight apostrophe.
    pub(super) fn word(&self, token: &Token) -> &str {
        self.cut().small.get(token.small.clone()).unwrap_or_default()
    }

    /// Whether these tokens are a part of a name: with a capital inside a sentence, or beside another word with one. Not in
    /// a title in which all words have capitals.
    pub(super) fn is_in_a_name(&self, tokens: &Range<usize>) -> bool {
        if self.cut().in_capitals {
            return false;
        }
        let all = self.tokens();
        let named = |n: usize| all.get(n).is_some_and(|token| token.capital && !token.starts && self.word(token) != "i");
        let beside = self.is_joined(tokens.end) && named(tokens.end);
        let begins = all.get(tokens.start).is_some_and(|token| token.capital);
        tokens.clone().any(named) || begins && beside
    }

    fn cut(&self) -> &Cut {
        self.cut.get_or_init(|| Cut::of(self))
    }
}

impl Cut {
    fn of(run: &Run<'_>) -> Self {
        let text = run.text();
        let mut quotes = quotes(text).into_iter().peekable();
        let mut small = text.to_ascii_lowercase();
        let mut tokens: Vec<Token> = Vec::with_capacity(run.words.len());
        let mut starts = run.sentences().iter().map(|sentence| sentence.start).peekable();
        for range in run.words.iter().map(|word| word.range.clone()) {
            let written = text.get(range.clone()).unwrap_or_default();
            let mut begins = false;
            while starts.next_if(|start| *start <= range.start).is_some() {
                begins = true;
            }
            while quotes.next_if(|quote| quote.end <= range.start).is_some() {}
            tokens.push(Token {
                small: folded(written, &range, run.elides, &mut small),
                capital: written.starts_with(char::is_uppercase),
                starts: begins,
                quoted: quotes.peek().is_some_and(|quote| quote.contains(&range.start)),
                range,
            });
        }
        let is_weighty = |token: &&Token| small.get(token.small.clone()).is_some_and(|word| word.chars().nth(3).is_some());
        let weighty = tokens.iter().filter(is_weighty);
        let (all, capitals) = weighty.fold((0, 0), |(all, capitals), token| (all + 1, capitals + usize::from(token.capital)));
        // A paragraph is no title, however many names it has.
        let in_capitals = all > 1 && capitals * 3 >= all * 2 && (run.plain.form != Form::Paragraph || !text.ends_with('.'));
        Self { tokens, small, in_capitals }
    }
}

/// Where a word stands among the small letters of its run, with a straight apostrophe and without the `'s` of whoever has
/// something; where `elides`, without what is elided before it. A word with other letters than those of ASCII is put there.
fn folded(written: &str, range: &Range<usize>, elides: bool, small: &mut String) -> Range<usize> {
    let mut place = range.clone();
    if !written.is_ascii() {
        place.start = small.len();
        small.push_str(&written.replace('’', "'").replace('\u{ad}', "").to_lowercase());
        place.end = small.len();
    }
    let word = small.get(place.clone()).unwrap_or_default();
    if word.ends_with("'s") {
        place.end -= 2;
    }
    if elides && let Some(elided) = small.get(place.clone()).and_then(|word| word.rfind('\'')) {
        place.start += elided + 1;
    }
    place
}

/// What stands between quotation marks, of the kinds that authors use. A straight mark without its other half quotes nothing;
/// a curly one opens a quote that goes on in the next paragraph.
fn quotes(text: &str) -> Vec<Range<usize>> {
    let mut quotes = Vec::new();
    // Most texts have no such mark; those outside of ASCII begin with one of two bytes.
    if !text.bytes().any(|byte| matches!(byte, b'"' | b'\'' | 0xc2 | 0xe2)) {
        return quotes;
    }
    let mut open: Option<(usize, &str)> = None;
    let mut before = ' ';
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let after = letters.peek().map_or(' ', |(_, c)| *c);
        // One that stands inside a word is an apostrophe.
        let single = matches!(c, '\'' | '’' | '‘');
        match open {
            Some((start, ends)) if ends.contains(c) && !(single && after.is_alphanumeric()) => {
                quotes.push(start..at);
                open = None;
            }
            Some(_) => {}
            None => {
                let ends = match c {
                    '"' => "\"",
                    '“' => "”",
                    '„' => "“”",
                    '«' => "»",
                    '»' => "«",
                    '‘' => "’",
                    '\'' if !before.is_alphanumeric() && after.is_alphanumeric() => "'",
                    _ => "",
                };
                open = (!ends.is_empty()).then_some((at, ends));
            }
        }
        before = c;
    }
    if let Some((start, ends)) = open
        && !matches!(ends, "\"" | "'")
    {
        quotes.push(start..text.len());
    }
    quotes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_found() {
        let quoted = |text: &str| quotes(text).into_iter().map(|range| text.get(range).unwrap().chars().skip(1).collect::<String>()).collect::<Vec<_>>();
        assert_eq!(quoted("he said “a b” and \"c d\", «e» and ‘I don’t’"), ["a b", "c d", "e", "I don’t"]);
        assert_eq!(quoted("the boys' room, don't, 5\" wide"), [] as [&str; 0]);
        assert_eq!(quoted("a 'b c' d „e“ f “and on"), ["b c", "e", "and on"]);
    }

    fn run(text: &str) -> Run<'_> {
        Cutter::of("en", &Vocabulary::default()).run(plain::runs(text, true).remove(0))
    }

    #[test]
    fn names_are_known() {
        let named = |text: &str, word: &str| {
            let run = run(text);
            let n = run.tokens().iter().position(|token| run.word(token) == word).unwrap();
            run.is_in_a_name(&(n..n + 1))
        };
        assert!(named("I go to Addicts Together on Monday.", "addicts"));
        assert!(named("Addicts Together meets on Monday.", "addicts"));
        assert!(!named("Addicts can get well.", "addicts"));
        assert!(!named("We are addicts. You know.", "addicts"));
        assert!(!named("How Addicts Get Well", "addicts"));
    }
}
