//! What is wrong with a curriculum that loads: rules, each a pure function from what it means to problems.

mod access;
mod care;
pub mod contrast;
mod course;
mod crisis;
mod links;
mod lists;
mod placeholders;
mod subject;
mod texts;
mod thread;
mod time;
pub mod tokens;
mod translations;
mod words;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::kept::OfTexts;
use crate::model::Curriculum;
use crate::source::Sources;
use subject::{Finds, Subject};

/// A rule.
type Rule = fn(&Subject<'_>) -> Vec<Diagnostic>;

const RULES: &[Rule] = &[
    course::titles,
    course::handouts_given_out,
    course::handouts_listed,
    thread::practice_reviewed,
    thread::given_in_time,
    time::sessions_fit,
    time::breaks,
    care::safety,
    care::limits,
    care::newcomers,
    care::practice_with_care,
    crisis::crisis_lines,
    crisis::numbers_in_texts,
    texts::texts,
    access::access,
    translations::translations,
];

/// The rules of texts: they hold in every language, each looked at through the eyes of its own readers.
const OF_TEXTS: &[Rule] = &[course::titles, care::limits, crisis::crisis_lines, crisis::numbers_in_texts, texts::texts, access::access];

pub use crisis::crisis_lines_checked;
pub use words::OfWords;

/// Runs every rule on every curriculum, and those of texts on its editions in other languages.
pub fn check(curricula: &[Curriculum], sources: &Sources) -> Vec<Diagnostic> {
    let (mut all, of_words) = rayon::join(|| but_words(curricula, sources, &Known::default()), || words(curricula));
    all.extend(of_words.told);
    all
}

/// What was found in texts before.
pub type Known = OfTexts<Finds>;

/// Runs every rule but those on words. All errors are among what they tell.
pub fn but_words(curricula: &[Curriculum], sources: &Sources, known: &Known) -> Vec<Diagnostic> {
    let of = |curriculum: &Curriculum| {
        let subject = Subject::of(curriculum, sources, known);
        let own = RULES.par_iter().flat_map_iter(|rule| rule(&subject));
        let others = of_editions(curriculum, |edition| {
            let subject = Subject::of(edition, sources, known);
            OF_TEXTS.par_iter().flat_map_iter(|rule| rule(&subject)).collect()
        });
        curriculum.heed(own.chain(others).collect())
    };
    curricula.iter().flat_map(of).collect()
}

/// Runs the rules on the words of what members read. They take as long as all others together, and tell warnings only.
pub fn words(curricula: &[Curriculum]) -> OfWords {
    let mut all = OfWords::default();
    for curriculum in curricula {
        let of_others = || of_editions(curriculum, |edition| words::words(edition).told).collect::<Vec<_>>();
        let (OfWords { mut told, grades }, others) = rayon::join(|| words::words(curriculum), of_others);
        told.extend(others);
        all.told.extend(curriculum.heed(told));
        all.grades.join(grades);
    }
    all
}

/// What is told of the editions of a curriculum in other languages. What stands in the main files has been told of these.
fn of_editions(curriculum: &Curriculum, told: impl Fn(&Curriculum) -> Vec<Diagnostic> + Send + Sync) -> impl ParallelIterator<Item = Diagnostic> {
    curriculum.editions().into_par_iter().flat_map(move |edition| {
        let mut told = told(&edition);
        told.retain(|problem| problem.span.file.language() == Some(&edition.language));
        told
    })
}
