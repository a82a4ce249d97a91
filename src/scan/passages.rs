//! The passages that only facilitators may read, and where they stand among other words.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::BuildHasherDefault;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::words::Reading;
use crate::kept::OfTexts;
use crate::markdown;
use crate::model::Curriculum;
use crate::source::Span;
use crate::texts::each_text;

/// How many words make a run. Shorter ones stand in many texts by chance.
const RUN: usize = 8;
/// How many words a shorter text must have to be looked for as a whole.
const SHORTEST: usize = 5;
/// A row of words is cut into pieces of so many: any `SHORTEST` words of it hold a whole piece.
const PIECE: usize = SHORTEST.div_ceil(2);

/// The runs of words that only facilitators may read, and the places of their texts.
#[derive(Default)]
pub(super) struct Passages {
    /// How many passages there are.
    pub(super) count: usize,
    /// Runs, by how many words they have, each with the number of its text's place. There are as many as words, so each is small.
    runs: BTreeMap<usize, HashMap<u64, usize, BuildHasherDefault<Itself>>>,
    places: Vec<Span>,
    /// The first words of all runs, and each piece that these may hold: nearly every place of a page is passed over by a look at this.
    beginnings: Beginnings,
    theirs: Theirs,
}

/// The words of texts that were learnt before.
pub type Known = OfTexts<Vec<u64>>;

/// A text as it is learnt.
struct Said<'c> {
    text: &'c str,
    is_markdown: bool,
    /// Where it stands, if it is for facilitators.
    private: Option<&'c Span>,
}

impl Said<'_> {
    fn words(&self, reading: &mut Reading, known: &Known) -> Arc<Vec<u64>> {
        if self.is_markdown {
            known.of(self.text, |text| reading.text(|see| markdown::each_plain(text, see)))
        } else {
            Arc::new(reading.text(|see| see(self.text)))
        }
    }
}

impl Passages {
    /// Learns all texts of curricula, and the words of themes.
    pub(super) fn of<'c>(
        curricula: &'c [Curriculum],
        editions: impl Iterator<Item = &'c Curriculum>,
        theme_words: impl Iterator<Item = &'c str>,
        known: &Known,
    ) -> Self {
        let mut all: Vec<Said<'_>> = Vec::new();
        for curriculum in curricula.iter().chain(editions) {
            all.extend(titles_of(curriculum).map(|text| Said { text, is_markdown: false, private: None }));
            each_text(curriculum, &mut |text, for_members| {
                // An edition has the facilitators' texts of its curriculum.
                if for_members || !curriculum.is_edition() {
                    all.push(Said { text: &text.value, is_markdown: true, private: (!for_members).then_some(&text.span) });
                }
            });
        }
        all.extend(theme_words.map(|text| Said { text, is_markdown: false, private: None }));
        let words: Vec<Arc<Vec<u64>>> = all.par_iter().with_min_len(64).map_init(Reading::default, |reading, said| said.words(reading, known)).collect();
        let mut private: Vec<(Arc<Vec<u64>>, &Span)> = Vec::new();
        let mut passages = Self::default();
        for (words, said) in words.into_iter().zip(&all) {
            match said.private {
                Some(span) if words.len() >= SHORTEST => private.push((words, span)),
                Some(_) => {}
                None => passages.theirs.texts.push(words),
            }
        }
        let long = private.iter().map(|(words, _)| (words.len() + 1).saturating_sub(RUN)).sum();
        passages.runs.entry(RUN).or_default().reserve(long);
        private.iter().for_each(|(words, span)| passages.add(words, span));
        // What members read as well is nobody's secret, nor is what stands one below the other on a page, such as titles or days.
        let shared = passages.theirs.texts.iter().map(|words| words.as_slice()).collect::<Vec<_>>().concat();
        let known: Vec<(usize, u64)> = passages.hits(&shared).map(|(window, number, _)| (window.len(), number)).collect();
        for (length, number) in known {
            passages.runs.get_mut(&length).and_then(|runs| runs.remove(&number));
        }
        // Pages for members are full of what has been taken out: nothing need be looked up for it any more.
        passages.beginnings = Beginnings::default();
        for (words, _) in &private {
            let length = words.len().min(RUN);
            let runs = passages.runs.get(&length);
            let left = words.windows(length).filter(|window| runs.is_some_and(|runs| runs.contains_key(&run(window))));
            let left = left.map(|window| passages.beginnings.begin(window)).count();
            passages.count += usize::from(left > 0);
        }
        passages
    }

    /// Adds the runs of a text.
    fn add(&mut self, words: &[u64], span: &Span) {
        let length = words.len().min(RUN);
        let runs = self.runs.entry(length).or_default();
        for window in words.windows(length) {
            runs.entry(run(window)).or_insert(self.places.len());
            self.beginnings.begin(window);
        }
        self.places.push(span.clone());
    }

    /// Every run that stands in a row of words, with its number and the place of its text.
    fn hits<'p, 'w>(&'p self, words: &'w [u64]) -> impl Iterator<Item = (&'w [u64], u64, &'p Span)> {
        let pieces = words.chunks_exact(PIECE).enumerate().filter(|(_, piece)| self.beginnings.may_hold(run(piece)));
        // A run that holds a piece among its first words begins with it, or a little before.
        let starts = pieces.flat_map(|(nth, _)| (nth * PIECE).saturating_sub(SHORTEST - PIECE)..=nth * PIECE);
        let starts = starts.filter(|at| words.get(*at..at + SHORTEST).is_some_and(|start| self.beginnings.may_hold(run(start))));
        starts.flat_map(move |at| {
            self.runs.iter().filter_map(move |(length, runs)| {
                let window = words.get(at..at + length)?;
                let number = run(window);
                Some((window, number, self.places.get(*runs.get(&number)?)?))
            })
        })
    }

    /// The places of the passages that a file shows.
    pub(super) fn found_in(&self, bytes: &[u8]) -> BTreeSet<&Span> {
        let mut found = BTreeSet::new();
        Reading::default().page(bytes, RUN, &mut |words| {
            found.extend(self.hits(words).filter(|(window, ..)| !self.theirs.is_side_by_side(window)).map(|(.., span)| span));
        });
        found
    }
}

/// What members read, text by text, and the theme's own words: they stand side by side on members' pages, in many orders.
#[derive(Default)]
struct Theirs {
    texts: Vec<Arc<Vec<u64>>>,
    /// The texts in order of their words. Few courses ever need it.
    ordered: OnceLock<Vec<usize>>,
}

impl Theirs {
    /// Whether words are nothing but members' texts side by side, the first and the last perhaps in part: a plan that lists two
    /// handouts, or quotes a question of a worksheet, says the same words as a page for members where one stands below the other.
    fn is_side_by_side(&self, words: &[u64]) -> bool {
        (1..words.len()).any(|at| {
            let (first, rest) = words.split_at(at);
            self.follow(rest) && self.texts.iter().any(|text| text.ends_with(first))
        })
    }

    fn follow(&self, words: &[u64]) -> bool {
        // In order, whatever begins with these words comes right after them.
        let next = self.from(words);
        let begins = next.is_some_and(|text| text.starts_with(words));
        begins || (1..words.len()).any(|at| words.split_at_checked(at).is_some_and(|(whole, rest)| self.from(whole) == Some(whole) && self.follow(rest)))
    }

    /// The first text that is not before these words.
    fn from(&self, words: &[u64]) -> Option<&[u64]> {
        let text = |nth: usize| self.texts.get(nth).map(|words| words.as_slice()).unwrap_or_default();
        let ordered = self.ordered.get_or_init(|| {
            let mut ordered: Vec<usize> = (0..self.texts.len()).collect();
            // Not on all threads: one that waits might look through another page, and ask for this again.
            ordered.sort_unstable_by_key(|nth| text(*nth));
            ordered
        });
        ordered.get(ordered.partition_point(|nth| text(*nth) < words)).map(|nth| text(*nth))
    }
}

/// A set that never misses a number of its own, and takes few others for one: a bit for each, by a part of the number.
struct Beginnings(Vec<u64>);

impl Beginnings {
    /// How many bits there are: few enough to stay near the processor.
    const BITS: u64 = 1 << 20;

    /// Adds the first words of a run.
    fn begin(&mut self, window: &[u64]) {
        let start = window.get(..SHORTEST).unwrap_or(window);
        self.add(run(start));
        start.windows(PIECE).for_each(|piece| self.add(run(piece)));
    }

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

/// Words in a row as one number.
fn run(words: &[u64]) -> u64 {
    // Their bits are mixed already; how far they are turned tells their places.
    words.iter().fold(0, |number, word| number.rotate_left(9) ^ word)
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words_of(text: &str) -> Vec<u64> {
        Reading::default().text(|see| see(text))
    }

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
        passages.theirs.texts = ["Five senses and", "Feet on the floor", "For a steady day", "A log of your own"].map(|text| Arc::new(words_of(text))).into();
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
        passages.theirs.texts = ["Lines to", "How sure are you that you will do it?", "not sure"].map(|text| Arc::new(words_of(text))).into();
        let found = |html: &str| passages.found_in(html.as_bytes()).len();
        assert_eq!(found("<h3>Lines to</h3><p>How sure are you that you will do it?</p><p>not sure</p>"), 1, "the question itself has not been taken out here");
        assert_eq!(found("<h3>Lines to</h3><p>How sure are you that you will</p>"), 0);
        assert_eq!(found("<p>how far to how sure are you that you will</p>"), 1);
    }

    proptest! {
        // The filter passes over no run.
        #[test]
        fn every_run_is_hit(texts in proptest::collection::vec("([ab] ){5,12}", 1..4), row in "([ab] ){0,60}") {
            let span = Span::of_file(&crate::source::SourcePath::new("session.yml"));
            let mut passages = Passages::default();
            texts.iter().for_each(|text| passages.add(&words_of(text), &span));
            let row = words_of(&row);
            let hits = passages.hits(&row).map(|(window, ..)| window).collect::<BTreeSet<_>>();
            let all = passages.runs.iter().flat_map(|(length, runs)| row.windows(*length).filter(|window| runs.contains_key(&run(window))));
            prop_assert_eq!(hits, all.collect());
        }
    }
}
