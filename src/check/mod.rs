//! What is wrong with a curriculum that loads: rules, each a pure function from what it means to problems.

mod access;
mod care;
pub mod contrast;
mod course;
mod crisis;
mod links;
mod lists;
mod placeholders;
mod texts;
mod thread;
mod time;
pub mod tokens;
mod words;

use crate::diagnostic::Diagnostic;
use crate::model::Curriculum;
use crate::source::Sources;

/// A rule.
type Rule = fn(&Curriculum, &Sources) -> Vec<Diagnostic>;

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
];

pub use crisis::crisis_lines_checked;

/// Runs every rule on every curriculum.
pub fn check(curricula: &[Curriculum], sources: &Sources) -> Vec<Diagnostic> {
    curricula.iter().flat_map(|curriculum| curriculum.heed(RULES.iter().flat_map(|rule| rule(curriculum, sources)).collect())).collect()
}
