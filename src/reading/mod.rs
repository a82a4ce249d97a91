//! How hard a text is to read, by a published formula for its language; its words, sentences and syllables.

mod formulas;
mod sentences;
mod syllables;

pub use sentences::{counted, sentences, words};

use ahash::AHashMap;

use crate::model::Handout;
use crate::plain::{Form, runs};
use crate::texts::{Role, handout_texts};
use formulas::{Counts, Formula, formula};

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

/// How hard a text is to read, from its sentences. Nothing for languages without a formula, and for fewer than 100 words.
pub fn reading(sentences: &[impl AsRef<str>], language: &str) -> Option<Reading> {
    formula(language).and_then(|formula| by(formula, sentences, &mut Syllables::default()))
}

/// How many syllables words have that have been met: most come again, in every handout.
#[derive(Default)]
pub struct Syllables(AHashMap<String, u32>);

impl Syllables {
    fn of(&mut self, word: &str, formula: &Formula) -> u32 {
        if let Some(known) = self.0.get(word) {
            return *known;
        }
        let syllables = (formula.syllables)(word);
        self.0.insert(word.to_owned(), syllables);
        syllables
    }
}

fn by(formula: &Formula, sentences: &[impl AsRef<str>], known: &mut Syllables) -> Option<Reading> {
    let each: Vec<Counts> = sentences.iter().map(|sentence| counts(sentence.as_ref(), formula, known)).collect();
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

/// How hard a handout is to read. `known` may come from other handouts in the same language.
pub fn of_handout(handout: &Handout, language: &str, known: &mut Syllables) -> Option<Reading> {
    let formula = formula(language)?;
    let mut read = Vec::new();
    for text in handout_texts(handout) {
        for run in runs(&text.text.value, text.is_one_line()) {
            let cut = sentences(&run.text).into_iter().filter_map(|range| run.text.get(range));
            read.extend(cut.filter(|sentence| is_read(text.role, run.form, sentence)).map(str::to_owned));
        }
    }
    by(formula, &read, known)
}

/// Whether a sentence is read as such. Headings, tables and labels are not, nor are other people's words.
pub fn is_read(role: Role, form: Form, sentence: &str) -> bool {
    let text = matches!(role, Role::Body | Role::Voice | Role::Line | Role::Label) && matches!(form, Form::Paragraph | Form::Item);
    let ended = || sentence.ends_with(['.', '!', '?', '…', ':', '"', '”', '»', ')']);
    text && (ended() || role != Role::Label && counted(sentence).count() >= LABEL)
}

/// Counts a sentence. Names of people and places are as easy as they are well known, so words that begin with a capital inside a
/// sentence are left out; in German these are all nouns, and are counted.
fn counts(sentence: &str, formula: &Formula, known: &mut Syllables) -> Counts {
    let mut counts = Counts { sentences: 1.0, ..Counts::default() };
    for (n, word) in counted(sentence).enumerate() {
        // Nearly all words are plain letters with a mark before or behind them.
        let inner = word.trim_matches(|c: char| c.is_ascii_punctuation());
        let is_plain = inner.bytes().all(|byte| byte.is_ascii_alphabetic());
        let parts = || words(word).filter_map(|range| word.get(range));
        let first = if is_plain { inner } else { parts().next().unwrap_or_default() };
        let capital = first.starts_with(char::is_uppercase) && first.chars().nth(1).is_some() && !first.starts_with("I'") && !first.starts_with("I’");
        if n > 0 && capital && formula.language != "de" {
            continue;
        }
        let syllables: u32 = if is_plain { known.of(inner, formula) } else { parts().map(|part| known.of(part, formula)).sum() };
        let letters = if is_plain { inner.len() } else { word.chars().filter(|c| c.is_alphanumeric()).count() };
        counts.words += 1.0;
        counts.syllables += f64::from(syllables);
        counts.letters += letters as f64;
        counts.short += f64::from(u8::from(syllables == 1));
        counts.many += f64::from(u8::from(syllables >= 3));
        counts.long += f64::from(u8::from(letters > 6));
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    const EASY: [&str; 2] = ["Put both feet on the floor and feel how it holds you up.", "Then look at one thing near you and name it."];
    const HARD: [&str; 2] = [
        "Psychophysiological activation frequently precipitates catastrophic misinterpretation of interoceptive sensations in vulnerable individuals.",
        "Consequently, systematic desensitization facilitates habituation of conditioned emotional responses across heterogeneous situations.",
    ];

    fn grade(sentences: &[&str], times: usize, language: &str) -> Option<u32> {
        reading(&sentences.repeat(times), language).map(|reading| reading.grade)
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
        assert_eq!(reading(&sentences, "en").unwrap().hardest, [1, 6, 11]);
    }

    #[test]
    fn names_are_not_counted() {
        let formula = formula("en").unwrap();
        let counted = counts("I saw Valentina Gonzalez-Alvarado in Massachusetts and I'm glad.", formula, &mut Syllables::default());
        assert_eq!(counted.words, 6.0);
    }
}
