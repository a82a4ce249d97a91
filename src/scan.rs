//! The last proof: looks for facilitators' passages in every byte that members get.
//!
//! A passage is a text for facilitators as a run of words, without case, punctuation, numbers, marks and entities. Every eight
//! words of it in a row (a shorter text as a whole, from five words) that no text for members and no word of the theme shares
//! are looked for in every file of the member site: in what is shown, and inside tags. Types and templates make a hit
//! impossible; this would find a mistake in them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::BuildHasherDefault;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::diagnostic::{Code, Diagnostic};
use crate::markdown;
use crate::model::Curriculum;
use crate::source::Span;
use crate::texts::each_text;

/// How many words make a run. Shorter ones stand in many texts by chance.
const RUN: usize = 8;
/// How many words a shorter text must have to be looked for as a whole.
const SHORTEST: usize = 5;

/// What the scan found.
#[derive(Debug)]
pub struct Scan {
    /// How many passages for facilitators were looked for.
    pub passages: usize,
    /// How many files for members were looked through.
    pub files: usize,
    /// Passages that were found there.
    pub leaks: Vec<Leak>,
}

/// A passage for facilitators in a file for members.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Leak {
    /// Where it was written.
    pub span: Span,
    /// The address of the file that shows it.
    pub file: String,
}

impl Leak {
    /// The leak as a problem that stops the build.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic::new(Code::Leak, self.span.clone(), format!("this text is for facilitators, but the page {} for members shows it", self.file))
            .help("nothing was written. If a theme of your own says this, take it out there; if not, this is a mistake in copebook: please report it")
    }
}

/// Looks for every passage of the curricula in files for members, one after the other or many at once.
pub struct Scanner {
    passages: Passages,
    files: AtomicUsize,
    leaks: Mutex<BTreeSet<Leak>>,
}

impl Scanner {
    /// Learns the passages. `editions` are the curricula in their other languages; `theme_words` are what copebook's own
    /// themes say to members: they excuse nothing that an author's theme says.
    pub fn new<'w>(curricula: &'w [Curriculum], editions: impl Iterator<Item = &'w Curriculum>, theme_words: impl Iterator<Item = &'w str>) -> Self {
        Self { passages: Passages::of(curricula, editions, theme_words), files: AtomicUsize::new(0), leaks: Mutex::default() }
    }

    /// Looks through a file.
    pub fn look(&self, file: &str, bytes: &[u8]) {
        self.files.fetch_add(1, Ordering::Relaxed);
        let found = self.passages.found_in(bytes);
        if !found.is_empty() {
            let leaks = found.into_iter().map(|span| Leak { span: span.clone(), file: file.to_owned() });
            self.leaks.lock().unwrap_or_else(PoisonError::into_inner).extend(leaks);
        }
    }

    /// What was found in all files.
    pub fn done(self) -> Scan {
        let leaks = self.leaks.into_inner().unwrap_or_else(PoisonError::into_inner);
        Scan { passages: self.passages.count, files: self.files.into_inner(), leaks: leaks.into_iter().collect() }
    }
}

/// The runs of words that only facilitators may read, each with the place of its text.
#[derive(Default)]
struct Passages {
    /// Runs, by how many words they have.
    runs: BTreeMap<usize, HashMap<u64, Span, BuildHasherDefault<Itself>>>,
    /// The first words of all runs: nearly every place of a page is passed over by a look at this.
    beginnings: Beginnings,
    count: usize,
    /// What members read, text by text, and the theme's own words: they stand side by side on members' pages, in many orders.
    theirs: BTreeSet<Vec<u64>>,
}

impl Passages {
    fn of<'w>(curricula: &'w [Curriculum], editions: impl Iterator<Item = &'w Curriculum>, theme_words: impl Iterator<Item = &'w str>) -> Self {
        let mut private: Vec<(Vec<u64>, Span)> = Vec::new();
        // Members' texts in one row: what stands one below the other on a page, such as titles or days, is theirs as well.
        let mut shared: Vec<u64> = Vec::new();
        let mut theirs: BTreeSet<Vec<u64>> = BTreeSet::new();
        let mut learn = |words: Vec<u64>| {
            shared.extend(&words);
            theirs.insert(words);
        };
        for curriculum in curricula.iter().chain(editions) {
            titles_of(curriculum).for_each(|title| learn(words_of(title)));
            each_text(curriculum, &mut |text, for_members| {
                // An edition has the facilitators' texts of its curriculum.
                if !for_members && curriculum.is_edition() {
                    return;
                }
                let words = words_of(&markdown::plain(&text.value, false));
                if for_members {
                    learn(words);
                } else if words.len() >= SHORTEST {
                    private.push((words, text.span.clone()));
                }
            });
        }
        theme_words.for_each(|said| learn(words_of(said)));
        theirs.remove([].as_slice());
        let mut passages = Self { theirs, ..Self::default() };
        private.iter().for_each(|(words, span)| passages.add(words, span));
        // What members read as well is nobody's secret.
        let known: Vec<(usize, u64)> = passages.hits(&shared).map(|(window, number, _)| (window.len(), number)).collect();
        for (length, number) in known {
            passages.runs.get_mut(&length).and_then(|runs| runs.remove(&number));
        }
        let is_left = |words: &[u64]| {
            let length = words.len().min(RUN);
            passages.runs.get(&length).is_some_and(|runs| words.windows(length).any(|window| runs.contains_key(&run(window))))
        };
        passages.count = private.iter().filter(|(words, _)| is_left(words)).count();
        passages
    }

    /// Adds the runs of a text.
    fn add(&mut self, words: &[u64], span: &Span) {
        let length = words.len().min(RUN);
        let runs = self.runs.entry(length).or_default();
        for window in words.windows(length) {
            runs.entry(run(window)).or_insert_with(|| span.clone());
            self.beginnings.add(run(window.get(..SHORTEST).unwrap_or(window)));
        }
    }

    /// Every run that stands in a row of words, with its number and the place of its text.
    fn hits<'p, 'w>(&'p self, words: &'w [u64]) -> impl Iterator<Item = (&'w [u64], u64, &'p Span)> {
        let starts = words.windows(SHORTEST).enumerate().filter(|(_, start)| self.beginnings.may_hold(run(start)));
        starts.flat_map(move |(at, _)| {
            self.runs.iter().filter_map(move |(length, runs)| {
                let window = words.get(at..at + length)?;
                let number = run(window);
                Some((window, number, runs.get(&number)?))
            })
        })
    }

    /// Whether words are nothing but members' texts side by side, the first and the last perhaps in part: a plan that lists two
    /// handouts, or quotes a question of a worksheet, says the same words as a page for members where one stands below the other.
    fn is_side_by_side(&self, words: &[u64]) -> bool {
        fn follow(texts: &BTreeSet<Vec<u64>>, words: &[u64]) -> bool {
            // In order, whatever begins with these words comes right after them.
            let begins = texts.range(words.to_vec()..).next().is_some_and(|text| text.starts_with(words));
            begins || (1..words.len()).any(|at| words.split_at_checked(at).is_some_and(|(whole, rest)| texts.contains(whole) && follow(texts, rest)))
        }
        (1..words.len()).any(|at| {
            let (first, rest) = words.split_at(at);
            follow(&self.theirs, rest) && self.theirs.iter().any(|text| text.ends_with(first))
        })
    }

    /// The places of the passages that a file shows.
    fn found_in(&self, bytes: &[u8]) -> BTreeSet<&Span> {
        let mut found = BTreeSet::new();
        for words in apart(&String::from_utf8_lossy(bytes)) {
            found.extend(self.hits(&words).filter(|(window, ..)| !self.is_side_by_side(window)).map(|(.., span)| span));
        }
        found
    }
}

/// A set that never misses a number of its own, and takes few others for one: a bit for each, by a part of the number.
struct Beginnings(Vec<u64>);

impl Beginnings {
    /// How many bits there are: about twenty for each run of a large course, and few enough to stay near the processor.
    const BITS: u64 = 1 << 20;

    fn place(number: u64) -> (usize, u64) {
        let bit = (number ^ (number >> 32)) % Self::BITS;
        (usize::try_from(bit / 64).unwrap_or_default(), 1 << (bit % 64))
    }

    fn add(&mut self, number: u64) {
        let (at, bit) = Self::place(number);
        if let Some(bits) = self.0.get_mut(at) {
            *bits |= bit;
        }
    }

    fn may_hold(&self, number: u64) -> bool {
        let (at, bit) = Self::place(number);
        self.0.get(at).is_some_and(|bits| bits & bit != 0)
    }
}

impl Default for Beginnings {
    fn default() -> Self {
        Self(vec![0; usize::try_from(Self::BITS / 64).unwrap_or_default()])
    }
}

/// The titles of a curriculum, which are for both.
fn titles_of(curriculum: &Curriculum) -> impl Iterator<Item = &str> {
    let sessions = curriculum.sessions.iter().map(|session| &session.title);
    let modules = curriculum.modules.iter().map(|module| &module.title);
    let handouts = curriculum.handouts().map(|(_, handout)| &handout.title);
    let pages = curriculum.pages.iter().map(|page| &page.title);
    [&curriculum.title].into_iter().chain(sessions).chain(modules).chain(handouts).chain(pages).map(|title| title.value.as_str())
}

/// A text as hashes of its words, in small letters. Numbers are left out: a scale from 0 to 10 is nobody's words.
fn words_of(text: &str) -> Vec<u64> {
    let mut words = Words::default();
    text.chars().for_each(|c| words.read(c));
    words.end()
}

/// Words as they are read, letter by letter.
#[derive(Default)]
struct Words {
    read: Vec<u64>,
    hash: Hasher,
    is_begun: bool,
    has_letter: bool,
}

impl Words {
    fn read(&mut self, c: char) {
        if c.is_ascii_lowercase() {
            // Nearly every letter of a page, so it has the short way.
            self.add(c, true);
        } else if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                self.add(c.to_ascii_lowercase(), c.is_ascii_alphabetic());
            } else if c != '\'' {
                self.part();
            }
        } else if c.is_alphanumeric() {
            c.to_lowercase().for_each(|small| self.add(small, c.is_alphabetic()));
        } else if !matches!(c, '’' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}') {
            self.part();
        }
    }

    fn add(&mut self, letter: char, is_letter: bool) {
        self.hash.add(u64::from(u32::from(letter)));
        self.is_begun = true;
        self.has_letter |= is_letter;
    }

    /// Ends a word, if one has begun.
    fn part(&mut self) {
        if std::mem::take(&mut self.is_begun) {
            let hash = std::mem::take(&mut self.hash).0;
            if std::mem::take(&mut self.has_letter) {
                self.read.push(hash);
            }
        }
    }

    fn end(mut self) -> Vec<u64> {
        self.part();
        self.read
    }
}

/// Words in a row as one number.
fn run(words: &[u64]) -> u64 {
    let mut hash = Hasher::default();
    words.iter().for_each(|word| hash.add(*word));
    hash.0
}

/// A table's key that is a hash already.
#[derive(Default)]
struct Itself(u64);

impl std::hash::Hasher for Itself {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, value: u64) {
        // The table looks at the highest bits and at the lowest.
        self.0 = (self.0 ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32);
    }
}

/// FNV-1a, a word at a time: quick, and the same on every machine.
struct Hasher(u64);

impl Default for Hasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher {
    fn add(&mut self, value: u64) {
        self.0 = (self.0 ^ value).wrapping_mul(0x0100_0000_01b3).rotate_left(23);
    }
}

/// The words that a page shows, and those inside its tags, with entities written out.
fn apart(html: &str) -> [Vec<u64>; 2] {
    let (mut shown, mut in_tags) = (Words::default(), Words::default());
    let mut inside = false;
    let mut letters = html.char_indices();
    while let Some((at, c)) = letters.next() {
        let stream = if inside { &mut in_tags } else { &mut shown };
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                // Tags part words in their own stream, and not in the text around them.
                in_tags.part();
                if !letters.clone().next().is_some_and(|(_, after)| after.is_alphanumeric()) {
                    shown.part();
                }
            }
            '&' => {
                let (letter, length) = entity(html.get(at..).unwrap_or_default());
                stream.read(letter);
                // A name that is known has plain letters only, each of one byte.
                letters.by_ref().take(length - 1).for_each(|_| {});
            }
            c => stream.read(c),
        }
    }
    [shown.end(), in_tags.end()]
}

/// The letter of an entity at the start of a text, and its length in bytes.
fn entity(text: &str) -> (char, usize) {
    // An entity is short; a page of `&` must not be walked to its end for each of them.
    let Some((name, _)) = text.get(1..text.floor_char_boundary(12)).and_then(|near| near.split_once(';')) else { return ('&', 1) };
    let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    });
    let letter = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => number.and_then(char::from_u32),
    };
    letter.map_or(('&', 1), |letter| (letter, name.len() + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passages(text: &str) -> Passages {
        let span = Span::of_file(&crate::source::SourcePath::new("session.yml"));
        let mut passages = Passages::default();
        passages.add(&words_of(text), &span);
        passages
    }

    #[test]
    fn a_passage_is_found_in_any_dress() {
        let passages = passages("Watch for anyone who doesn't look safe today.");
        for dress in [
            "<p>Watch for anyone who doesn't look safe today</p>",
            "<p>WATCH for <b>anyone</b> who doesn&#39;t&nbsp;look 10 safe, today</p>",
            "<p title=\"Watch for anyone who doesn’t look safe today\">x</p>",
            "copebookIndex({\"t\":\"watch for anyone who doesn't look safe today\"})",
            "<!-- watch for anyone, who doesn't: look safe today -->",
            "<p>Watch for any<b>one</b> who doesn't look safe today</p>",
        ] {
            assert_eq!(passages.found_in(dress.as_bytes()).len(), 1, "{dress}");
        }
        for harmless in ["<p>Watch for anyone.</p>", "<p>Watch for anyone who doesn't look tired today</p>", ""] {
            assert!(passages.found_in(harmless.as_bytes()).is_empty(), "{harmless}");
        }
    }

    #[test]
    fn names_side_by_side_are_no_leak() {
        let mut passages = passages("Bring five senses and feet on the floor for a log");
        passages.theirs = ["Five senses and", "Feet on the floor", "For a steady day", "A log of your own"].map(words_of).into();
        let found = |html: &str| passages.found_in(html.as_bytes()).len();
        // Two titles, and the first words of what stands below the second.
        assert_eq!(found("<h3>Five senses and</h3><h3>Feet on the floor</h3><p>For a steady day</p>"), 0);
        assert_eq!(found("<p>Bring five senses and feet on the floor</p>"), 1);
        assert_eq!(found("<h3>Feet on the floor</h3>"), 0);
    }

    #[test]
    fn a_question_behind_a_word_of_the_theme_is_no_leak() {
        // Found by the fuzzer: a note for facilitators quoted the question, and its word before was the theme's as well.
        let mut passages = passages("Ask, from zero to ten, how far to, how sure are you that you will do it, under seven make it smaller");
        passages.theirs = ["Lines to", "How sure are you that you will do it?", "not sure"].map(words_of).into();
        let found = |html: &str| passages.found_in(html.as_bytes()).len();
        assert_eq!(found("<h3>Lines to</h3><p>How sure are you that you will do it?</p><p>not sure</p>"), 1, "the question itself has not been taken out here");
        assert_eq!(found("<h3>Lines to</h3><p>How sure are you that you will</p>"), 0);
        assert_eq!(found("<p>how far to how sure are you that you will</p>"), 1);
    }

    #[test]
    fn entities_are_written_out() {
        assert_eq!(apart("a&amp;b&#x41;&unknown;& c")[0], words_of("a&bA&unknown;& c"));
        assert_eq!(apart("<i class=\"x y\">z</i>"), [words_of("z"), words_of("i class x y i")]);
        assert_eq!(apart("one<b>two</b> three")[0], words_of("onetwo three"));
    }
}
