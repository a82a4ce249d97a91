//! Handouts that are harder to read than the curriculum wants them to be.

use super::passage::Passage;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Handout;
use crate::reading::{Reading, is_read, reading};

/// The last grade of school.
const LAST_AT_SCHOOL: u32 = 12;

/// A warning for a handout, cut, that asks for a higher grade than `most`.
pub(super) fn problem(handout: &Handout, row: &[Passage<'_>], most: u32, language: &str) -> Option<Diagnostic> {
    let mut places = Vec::new();
    let mut read = Vec::new();
    for passage in row {
        for run in &passage.runs {
            for range in &run.sentences {
                let sentence = run.plain.text.get(range.clone()).unwrap_or_default();
                if is_read(passage.text.role, run.plain.form, sentence) {
                    places.push((passage, run, range));
                    read.push(sentence);
                }
            }
        }
    }
    let Reading { grade, formula, hardest } = reading(&read, language).filter(|reading| reading.grade > most)?;
    let like = if grade > LAST_AT_SCHOOL { "a text for university".to_owned() } else { format!("school grade {grade}") };
    let message = format!("this handout reads like {like}, and the curriculum asks for grade {most} at the most");
    let problem = Diagnostic::new(Code::ReadingGrade, handout.title.span.clone(), message)
        .help(format!("cut its hardest sentences in two, and take shorter words; the grade is an estimate by the formula {formula}"));
    let hardest = hardest.into_iter().filter_map(|n| places.get(n)).map(|(passage, run, range)| passage.place(run, (*range).clone()));
    Some(hardest.fold(problem, |problem, place| problem.related(place, "one of its hardest sentences")))
}
