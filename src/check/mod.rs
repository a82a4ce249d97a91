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
use crate::model::Curriculum;
use crate::source::Sources;
use subject::Subject;

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
    words::words,
    translations::translations,
];

/// The rules of words: they hold in every language, each looked at through the eyes of its own readers.
const OF_WORDS: &[Rule] = &[course::titles, care::limits, crisis::crisis_lines, crisis::numbers_in_texts, texts::texts, access::access, words::words];

pub use crisis::crisis_lines_checked;

/// Runs every rule on every curriculum, and those of words on its editions in other languages.
pub fn check(curricula: &[Curriculum], sources: &Sources) -> Vec<Diagnostic> {
    let of = |curriculum: &Curriculum| {
        let subject = Subject::of(curriculum, sources);
        let own = RULES.par_iter().flat_map_iter(|rule| rule(&subject));
        let editions = curriculum.editions();
        // What stands in the main files has been told of these.
        let others = editions.par_iter().flat_map(|edition| {
            let subject = Subject::of(edition, sources);
            let told = OF_WORDS.par_iter().flat_map_iter(|rule| rule(&subject));
            told.filter(|problem| problem.span.file.language() == Some(&edition.language)).collect::<Vec<_>>()
        });
        own.chain(others).collect()
    };
    curricula.iter().flat_map(|curriculum| curriculum.heed(of(curriculum))).collect()
}
