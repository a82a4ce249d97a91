//! Lists of phrases, and how they are found in a text: word by word, the longest at each place, with the harmless ones
//! (names that hold a term) in the same list, so that they win over what they hold.

use std::collections::BTreeMap;
use std::ops::Range;

use ahash::AHashMap;
use serde::Deserialize;

use super::passage::{Passage, Run};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// How many places of a phrase are shown in one file.
const MOST_PLACES: usize = 5;

/// A list as its file has it: by language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    /// Where terms are advised against, by short names.
    #[serde(default)]
    pub(super) sources: BTreeMap<String, String>,
    /// Phrases that are left alone, in every language.
    keep: Vec<String>,
    #[serde(default)]
    en: Vec<Listed>,
    #[serde(default)]
    es: Vec<Listed>,
    #[serde(default)]
    fr: Vec<Listed>,
    #[serde(default)]
    de: Vec<Listed>,
}

/// A line of a list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Listed {
    /// The phrases.
    not: Vec<String>,
    /// What to write.
    #[serde(default)]
    pub(super) rather: String,
    /// The short name of the source.
    #[serde(default)]
    pub(super) source: String,
    /// Why, where that is not plain.
    #[serde(default)]
    pub(super) because: Option<String>,
    /// Whether it is meant only where no other noun follows.
    #[serde(default)]
    noun: bool,
    /// Whether it is meant only at the start of a sentence.
    #[serde(default)]
    start: bool,
    /// Whether the text belongs somewhere else.
    #[serde(default, rename = "move")]
    pub(super) belongs_elsewhere: bool,
}

impl List {
    /// Reads a list that is built in. That each can be read is tested; one that could not would find nothing.
    pub(super) fn read(text: &str) -> Option<Self> {
        serde_yaml::from_str(text).ok()
    }

    /// The lines for a language, by its code.
    pub(super) fn lines(&self, language: &str) -> &[Listed] {
        match language.split('-').next().unwrap_or_default() {
            "en" => &self.en,
            "es" => &self.es,
            "fr" => &self.fr,
            "de" => &self.de,
            _ => &[],
        }
    }

    /// What finds the lines for a language; a line's number is its place among [`List::lines`].
    pub(super) fn lexicon(&self, language: &str, vocabulary: &mut Vocabulary) -> Lexicon {
        let mut lexicon = Lexicon::default();
        self.keep.iter().for_each(|phrase| lexicon.add(phrase, Meant { line: None, noun: false, start: false }, vocabulary));
        for (n, line) in self.lines(language).iter().enumerate() {
            line.not.iter().for_each(|phrase| lexicon.add(phrase, Meant { line: Some(n), noun: line.noun, start: line.start }, vocabulary));
        }
        lexicon
    }
}

/// What a phrase means: a line of the list, or nothing for one that is left alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meant {
    pub(super) line: Option<usize>,
    pub(super) noun: bool,
    pub(super) start: bool,
}

/// The words of all phrases, each with a number from 1: a word of a text is looked up once, however many lists there are.
#[derive(Default, Debug)]
pub(super) struct Vocabulary(AHashMap<String, usize>);

impl Vocabulary {
    /// The number of a word in small letters; 0 where no phrase has it.
    pub(super) fn number(&self, word: &str) -> usize {
        self.0.get(word).copied().unwrap_or_default()
    }

    /// The number of a word, which is new where no other phrase has it.
    fn learn(&mut self, word: &str) -> usize {
        let known = self.number(word);
        if known > 0 {
            return known;
        }
        let new = self.0.len() + 1;
        self.0.insert(word.to_owned(), new);
        new
    }
}

/// Phrases, word by word: those that begin alike share the steps of their common words.
#[derive(Default, Debug)]
pub(super) struct Lexicon {
    /// The steps that words lead to where phrases begin, by their numbers; 0 for a word that begins none.
    first: Vec<usize>,
    /// The step that a word leads to from another step.
    steps: AHashMap<(usize, usize), usize>,
    /// What phrases mean that end on a step, by its number less one.
    meant: Vec<Vec<Meant>>,
}

/// A phrase in a run of words.
struct Found {
    /// Which line of the list it is from.
    line: usize,
    /// Which words it is, of the run's tokens.
    tokens: Range<usize>,
}

/// Words that can follow a noun, where another noun cannot: after “the homeless are” somebody is meant.
const FOLLOWS_A_NOUN: &str = "a about after against all also always among an and are aren't as at be because before but by can can't cannot could did didn't do \
    does doesn't don't during feel feels for from get gets had has have he her him his how i if in into is isn't it its just live lives may me might \
    must my near need needs never not now of often on or our out over rarely she should since so sometimes still than that the their them then they \
    through to today too under until up us usually was we were what when where whether which while who whom whose why will with without won't would \
    yet you your";

impl Lexicon {
    /// Takes in a phrase, with its either-ors, and its words into the vocabulary.
    pub(super) fn add(&mut self, phrase: &str, meant: Meant, vocabulary: &mut Vocabulary) {
        for words in expanded(phrase) {
            let letters = |c: char| c.is_alphanumeric() || c == '\'';
            let words = words.split(|c| !letters(c)).filter(|word| !word.is_empty()).map(str::to_lowercase);
            // As in a text, without the ending of whoever has something: Alzheimer's.
            let words: Vec<String> = words.map(|word| word.strip_suffix("'s").map(str::to_owned).unwrap_or(word)).collect();
            let Some((last, before)) = words.split_last() else { continue };
            let before = before.iter().fold(0, |step, word| self.new_step(step, vocabulary.learn(word)));
            // The last word is found in the plural as well, so it stands under all three forms.
            for last in ["", "s", "es"].map(|ending| format!("{last}{ending}")) {
                let end = self.new_step(before, vocabulary.learn(&last));
                self.meant.get_mut(end - 1).into_iter().for_each(|step| step.push(meant));
            }
        }
    }

    /// The step that a word leads to, 0 where no phrase goes on with it.
    fn step(&self, from: usize, word: usize) -> usize {
        let step = match (from, word) {
            (_, 0) => None,
            (0, _) => self.first.get(word),
            _ => self.steps.get(&(from, word)),
        };
        step.copied().unwrap_or_default()
    }

    /// The step that a word leads to, which is new where no other phrase has it.
    fn new_step(&mut self, from: usize, word: usize) -> usize {
        let known = self.step(from, word);
        if known > 0 {
            return known;
        }
        self.meant.push(Vec::new());
        let step = self.meant.len();
        if from > 0 {
            self.steps.insert((from, word), step);
        } else {
            self.first.resize(self.first.len().max(word + 1), 0);
            self.first.get_mut(word).into_iter().for_each(|first| *first = step);
        }
        step
    }

    /// Where the phrases stand in the author's own words of a file, outside of quotes: by their line, what is written there,
    /// and the place. `passed_over` says which are left alone for another reason.
    pub(super) fn places(&self, row: &[Passage<'_>], passed_over: impl Fn(&Run<'_>, &Range<usize>) -> bool) -> BTreeMap<usize, Vec<(String, Span)>> {
        let mut places: BTreeMap<usize, Vec<(String, Span)>> = BTreeMap::new();
        for passage in row.iter().filter(|passage| passage.is_own_words()) {
            for run in passage.runs.iter().filter(|run| !run.plain.quoted) {
                for Found { line, tokens } in self.find(run) {
                    let Some((first, last)) = run.tokens().get(tokens.start).zip(run.tokens().get(tokens.end - 1)) else { continue };
                    let known = places.get(&line).map_or(0, Vec::len);
                    if first.quoted || known >= MOST_PLACES || passed_over(run, &tokens) {
                        continue;
                    }
                    let range = first.range.start..last.range.end;
                    let written = run.text().get(range.clone()).unwrap_or_default().replace('\n', " ");
                    places.entry(line).or_default().push((written, passage.place(run, range)));
                }
            }
        }
        places
    }

    /// The phrases in a run of words, in order.
    fn find(&self, run: &Run<'_>) -> Vec<Found> {
        let mut found = Vec::new();
        let mut n = 0;
        while n < run.numbers.len() {
            let Some((length, meant)) = self.longest(run, n) else {
                n += 1;
                continue;
            };
            let tokens = n..n + length;
            n = tokens.end;
            if let Some(line) = meant.line {
                found.push(Found { line, tokens });
            }
        }
        found
    }

    /// The longest phrase that begins with the nth word, with nothing but spaces and hyphens between its words: how many it
    /// has, and what it means. Of two that are as long, one that is left alone wins, and then the later one.
    fn longest(&self, run: &Run<'_>, n: usize) -> Option<(usize, Meant)> {
        let mut longest = None;
        let mut step = 0;
        for (length, word) in (1..).zip(run.numbers.get(n..)?) {
            step = self.step(step, *word);
            if step == 0 || length > 1 && !run.is_joined(n + length - 1) {
                break;
            }
            let meant = self.meant.get(step - 1).into_iter().flatten().filter(|meant| fits(run, n, length, **meant));
            longest = meant.max_by_key(|meant| meant.line.is_none()).map(|meant| (length, *meant)).or(longest);
        }
        longest
    }
}

/// A problem with its further places.
pub(super) fn also_at(problem: Diagnostic, others: &[(String, Span)]) -> Diagnostic {
    others.iter().fold(problem, |problem, (_, place)| problem.related(place.clone(), "here as well"))
}

fn may_follow_a_noun(word: &str) -> bool {
    FOLLOWS_A_NOUN.split_whitespace().any(|follows| follows == word)
}

fn fits(run: &Run<'_>, n: usize, length: usize, meant: Meant) -> bool {
    // That it is joined is asked first, since then the run need not be cut.
    let noun_follows = || run.is_joined(n + length) && run.tokens().get(n + length).is_some_and(|token| !may_follow_a_noun(run.word(token)));
    let noun = !meant.noun || !noun_follows();
    let start = !meant.start || run.tokens().get(n).is_some_and(|token| token.starts);
    noun && start
}

/// A phrase with its either-ors written out: `(a|the) drunk`.
fn expanded(phrase: &str) -> Vec<String> {
    let Some((before, rest)) = phrase.split_once('(') else { return vec![phrase.to_owned()] };
    let Some((inside, after)) = rest.split_once(')') else { return vec![phrase.to_owned()] };
    let ends = expanded(after);
    inside.split('|').flat_map(|choice| ends.iter().map(move |end| format!("{before}{choice}{end}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_can_be_read() {
        for text in [include_str!("terms.yml"), include_str!("voice.yml")] {
            let list: List = serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}"));
            for line in list.en.iter().chain(&list.es).chain(&list.fr).chain(&list.de) {
                let known = line.source.is_empty() || list.sources.contains_key(&line.source);
                assert!(known && line.rather.is_empty() == line.belongs_elsewhere && !line.not.is_empty(), "{:?}", line.not);
            }
        }
    }

    #[test]
    fn there_are_many_terms_and_each_has_a_source() {
        let list = List::read(include_str!("terms.yml")).unwrap();
        let phrases: usize = list.en.iter().flat_map(|line| &line.not).map(|phrase| expanded(phrase).len()).sum();
        assert!(list.en.len() >= 70 && phrases >= 300, "{} lines, {phrases} phrases", list.en.len());
        assert!(list.en.iter().chain(&list.es).chain(&list.fr).chain(&list.de).all(|line| !line.source.is_empty()));
        let used = |name: &str| list.en.iter().chain(&list.es).chain(&list.fr).chain(&list.de).any(|line| line.source == name);
        assert!(list.sources.keys().all(|name| used(name)), "every source is used");
    }

    #[test]
    fn either_ors_are_written_out() {
        assert_eq!(expanded("(a|the) b(c|)"), ["a bc", "a b", "the bc", "the b"]);
        assert_eq!(expanded("plain"), ["plain"]);
    }
}
