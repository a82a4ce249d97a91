//! What is wrong with a curriculum that loads: rules, each a pure function from what it means to problems.

mod care;
mod course;
mod links;
mod texts;
mod time;
mod words;

use crate::diagnostic::Diagnostic;
use crate::model::Curriculum;
use crate::source::Sources;

/// A rule.
type Rule = fn(&Curriculum, &Sources) -> Vec<Diagnostic>;

const RULES: &[Rule] =
    &[course::titles, course::handouts_given_out, course::handouts_listed, time::sessions_fit, time::breaks, care::safety, texts::texts, words::words];

pub use care::crisis_lines_tried;

/// Runs every rule on every curriculum.
pub fn check(curricula: &[Curriculum], sources: &Sources) -> Vec<Diagnostic> {
    curricula.iter().flat_map(|curriculum| RULES.iter().flat_map(move |rule| rule(curriculum, sources))).collect()
}
