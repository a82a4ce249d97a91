//! How hard a text is to read, by a published formula for its language; its words, sentences and syllables.

mod formulas;
mod sentences;
mod syllables;

pub use formulas::{Counts, Formula, formula};
pub use sentences::{counted, sentences, words};

use std::ops::Range;

use ahash::AHashMap;

use crate::plain::Form;
use crate::source::SourcePath;
use crate::texts::Role;
use sentences::parts_counted;

/// How many words a text must have for a formula to say something of it.
const FEWEST: usize = 100;
/// How many of the hardest sentences are named.
const HARDEST: usize = 3;
/// How many words a sentence must have to be named as hard: a short one with one long word is not what makes a text hard.
const HARD: usize = 10;
/// How many words without a mark at their end make a label and no sentence.
const LABEL: usize = 5;

/// How hard a text is to read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    /// The school grade that it asks for, as an estimate.
    pub grade: u32,
    /// The name of the formula.
    pub formula: &'static str,
    /// The hardest sentences, the hardest first, by their place in the list.
    pub hardest: Vec<usize>,
}

/// The name of the formula for a language, where there is one.
pub fn formula_name(language: &str) -> Option<&'static str> {
    formula(language).map(|formula| formula.name)
}

/// The school grades that the handouts of curricula ask for, by the folder of the curriculum and the file of the handout. Those that
/// are too short are left out.
#[derive(Default, Debug)]
pub struct Grades(AHashMap<(SourcePath, SourcePath), u32>);

impl Grades {
    /// Takes in the grade of a handout.
    pub fn add(&mut self, folder: &SourcePath, handout: &SourcePath, grade: u32) {
        self.0.insert((folder.clone(), handout.clone()), grade);
    }

    /// Takes in the grades of other handouts.
    pub fn join(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// The grade of a handout.
    pub fn of(&self, folder: &SourcePath, handout: &SourcePath) -> Option<u32> {
        self.0.get(&(folder.clone(), handout.clone())).copied()
    }
}

/// A word of a text.
#[derive(Clone, Debug)]
pub struct Word {
    /// Its bytes.
    pub range: Range<usize>,
    /// How many syllables it has.
    pub syllables: u32,
    /// How many letters and digits it has.
    pub letters: usize,
}

/// How hard a text is to read, from what was counted in its sentences. Nothing for fewer than 100 words.
pub fn reading(each: &[Counts], formula: &Formula) -> Option<Reading> {
    let mut all = Counts::default();
    each.iter().for_each(|counts| all += *counts);
    if all.words < FEWEST as f64 {
        return None;
    }
    let mut hardest: Vec<(usize, f64)> =
        each.iter().enumerate().filter(|(_, counts)| counts.words >= HARD as f64).map(|(n, counts)| (n, (formula.hardness)(counts))).collect();
    hardest.sort_by(|(a, hard), (b, harder)| harder.total_cmp(hard).then(a.cmp(b)));
    let hardest = hardest.into_iter().take(HARDEST).map(|(n, _)| n).collect();
    Some(Reading { grade: (formula.grade)((formula.hardness)(&all)), formula: formula.name, hardest })
}

/// Whether sentences of a text may be read as such. Headings and tables are not, nor are other people's words.
pub fn may_be_read(role: Role, form: Form) -> bool {
    matches!(role, Role::Body | Role::Voice | Role::Line | Role::Label) && matches!(form, Form::Paragraph | Form::Item)
}

/// Whether a sentence of such a text is read as one. A label is not.
pub fn is_read(role: Role, sentence: &str) -> bool {
    let ended = sentence.ends_with(['.', '!', '?', '…', ':', '"', '”', '»', ')']);
    ended || role != Role::Label && counted(sentence).count() >= LABEL
}

/// Counts a sentence of a text, with these words. Names of people and places are as easy as they are well known, so words that
/// begin with a capital inside a sentence are left out; in German these are all nouns, and are counted. What is one word as one
/// counts them (`self-care`) may be several here.
pub fn counts<'w>(text: &str, words: impl IntoIterator<Item = &'w Word>, formula: &Formula) -> Counts {
    let mut counts = Counts { sentences: 1.0, ..Counts::default() };
    let mut words = words.into_iter().peekable();
    let mut is_first = true;
    while let Some(first) = words.next() {
        let mut last = first;
        let (mut syllables, mut letters) = (first.syllables, first.letters);
        while let Some(next) = words.next_if(|next| !text.get(last.range.end..next.range.start).unwrap_or_default().contains(parts_counted)) {
            syllables += next.syllables;
            letters += next.letters;
            last = next;
        }
        let first = text.get(first.range.clone()).unwrap_or_default();
        let capital = first.starts_with(char::is_uppercase) && first.chars().nth(1).is_some() && !first.starts_with("I'") && !first.starts_with("I’");
        if !std::mem::take(&mut is_first) && capital && formula.language != "de" {
            continue;
        }
        counts += Counts::of_word(syllables, letters);
    }
    counts
}

/// How many letters and digits a word has.
pub fn letters(word: &str) -> usize {
    word.chars().filter(|c| c.is_alphanumeric()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EASY: [&str; 2] = ["Put both feet on the floor and feel how it holds you up.", "Then look at one thing near you and name it."];
    const HARD: [&str; 2] = [
        "Psychophysiological activation frequently precipitates catastrophic misinterpretation of interoceptive sensations in vulnerable individuals.",
        "Consequently, systematic desensitization facilitates habituation of conditioned emotional responses across heterogeneous situations.",
    ];

    fn counted_in(sentence: &str, formula: &Formula) -> Counts {
        let word = |range: Range<usize>| {
            let written = sentence.get(range.clone()).unwrap();
            Word { syllables: (formula.syllables)(written), letters: letters(written), range }
        };
        counts(sentence, &words(sentence).map(word).collect::<Vec<_>>(), formula)
    }

    fn read(sentences: &[&str], language: &str) -> Option<Reading> {
        let formula = formula(language)?;
        reading(&sentences.iter().map(|sentence| counted_in(sentence, formula)).collect::<Vec<_>>(), formula)
    }

    fn grade(sentences: &[&str], times: usize, language: &str) -> Option<u32> {
        read(&sentences.repeat(times), language).map(|reading| reading.grade)
    }

    #[test]
    fn easy_is_easier_than_hard() {
        // By hand: 23 words and as many syllables in 2 sentences, 0.39 × 11.5 + 11.8 × 1 − 15.59 = 0.7.
        assert_eq!(grade(&EASY, 10, "en"), Some(1));
        assert_eq!(grade(&HARD, 10, "en"), Some(18));
        assert_eq!(grade(&EASY, 10, "en-GB"), Some(1));
    }

    #[test]
    fn other_languages_have_their_formula() {
        let plain = [
            ("es", "Pon los pies en el suelo y nota cómo te sostiene. Luego mira una cosa y di su nombre."),
            ("fr", "Pose tes pieds sur le sol et sens comme il te porte. Puis regarde une chose et dis son nom."),
            ("de", "Stell beide Füße auf den Boden und spüre, wie er dich trägt. Dann sieh ein Ding an und nenne es."),
            ("it", "Metti i piedi a terra e senti come ti regge. Poi guarda una cosa e di' il suo nome."),
        ];
        let hard = [
            (
                "es",
                "La reestructuración cognitiva posibilita la identificación sistemática de interpretaciones catastróficas característicamente automatizadas.",
            ),
            ("fr", "La restructuration cognitive permet l'identification systématique des interprétations catastrophiques caractéristiquement automatisées."),
            (
                "de",
                "Die kognitive Umstrukturierung ermöglicht die systematische Identifizierung charakteristischerweise automatisierter Katastrophenbewertungen.",
            ),
            (
                "it",
                "La ristrutturazione cognitiva consente l'identificazione sistematica delle interpretazioni catastrofiche caratteristicamente automatizzate.",
            ),
        ];
        let of = |text: &str, language| grade(&sentences(text).into_iter().map(|range| text.get(range).unwrap()).collect::<Vec<_>>(), 12, language).unwrap();
        for ((language, plain), (_, hard)) in plain.into_iter().zip(hard) {
            let (plain, hard) = (of(plain, language), of(hard, language));
            assert!(plain <= 6 && hard >= 13, "{language}: {plain}, {hard}");
        }
    }

    #[test]
    fn nothing_is_said_of_short_texts_and_other_languages() {
        assert_eq!(grade(&EASY, 4, "en"), None);
        assert_eq!(grade(&EASY, 10, "ar"), None);
        assert_eq!(formula_name("pt-BR"), None);
    }

    #[test]
    fn the_hardest_sentences_are_known() {
        let sentences = [EASY[0], HARD[0], EASY[1], HARD[1], "Unquestionably extraordinary."].repeat(3);
        assert_eq!(read(&sentences, "en").unwrap().hardest, [1, 6, 11]);
    }

    #[test]
    fn names_are_not_counted() {
        let counted = counted_in("I saw Valentina Gonzalez-Alvarado in Massachusetts and I'm glad.", formula("en").unwrap());
        assert_eq!(counted.words, 6.0);
    }

    /// The same by the words as one counts them, each cut anew.
    fn simply(sentence: &str, formula: &Formula) -> Counts {
        let mut counts = Counts { sentences: 1.0, ..Counts::default() };
        for (n, word) in counted(sentence).enumerate() {
            let parts: Vec<&str> = words(word).filter_map(|range| word.get(range)).collect();
            let first = parts[0];
            if n > 0 && first.starts_with(char::is_uppercase) && first.chars().count() > 1 && !first.starts_with("I'") && !first.starts_with("I’") {
                continue;
            }
            let syllables: u32 = parts.iter().map(|part| (formula.syllables)(part)).sum();
            let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
            counts += Counts::of_word(syllables, letters);
        }
        counts
    }

    proptest::proptest! {
        #[test]
        fn sentences_are_counted_as_by_their_words(sentence in "([a-cIé’'0 .,/–…-]|Ana|over|\u{ad}|\u{301}|ه){0,24}") {
            let formula = formula("en").unwrap();
            let (fast, simple) = (counted_in(&sentence, formula), simply(&sentence, formula));
            proptest::prop_assert_eq!(format!("{fast:?}"), format!("{simple:?}"));
        }
    }

    #[test]
    fn words_are_counted_as_one_counts_them() {
        let counted = counted_in("Self-care for 4-2-6 days/nights – don't “rest…now”.", formula("en").unwrap());
        assert_eq!((counted.words, counted.letters), (8.0, 35.0));
    }
}
