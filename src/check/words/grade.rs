//! Handouts that are harder to read than the curriculum wants them to be.

use std::ops::Range;

use super::passage::{Passage, Run};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Handout;
use crate::reading::{Counts, Formula, Reading, counts, formula, is_read, may_be_read, reading};

/// The last grade of school.
const LAST_AT_SCHOOL: u32 = 12;

/// The sentences of a handout that are read as such.
#[derive(Default)]
struct Read<'r> {
    counts: Vec<Counts>,
    places: Vec<(&'r Passage<'r>, &'r Run<'r>, &'r Range<usize>)>,
}

impl<'r> Read<'r> {
    fn of(row: &'r [Passage<'r>], formula: &Formula) -> Self {
        let mut read = Self::default();
        for passage in row {
            for run in passage.runs.iter().filter(|run| may_be_read(passage.text.role, run.plain.form)) {
                for range in run.sentences() {
                    if is_read(passage.text.role, run.text().get(range.clone()).unwrap_or_default()) {
                        read.counts.push(counts(run.text(), run.words_in(range), formula));
                        read.places.push((passage, run, range));
                    }
                }
            }
        }
        read
    }
}

/// The grade that a handout, cut, asks for, and a warning where that is a higher one than `most`.
pub(super) fn grade(handout: &Handout, row: &[Passage<'_>], most: Option<u32>, language: &str) -> Option<(u32, Option<Diagnostic>)> {
    let formula = formula(language)?;
    let read = Read::of(row, formula);
    let reading = reading(&read.counts, formula)?;
    let too_hard = most.filter(|most| reading.grade > *most);
    Some((reading.grade, too_hard.map(|most| problem(handout, &read, most, &reading))))
}

fn problem(handout: &Handout, read: &Read<'_>, most: u32, Reading { grade, formula, hardest }: &Reading) -> Diagnostic {
    let like = if *grade > LAST_AT_SCHOOL { "a text for university".to_owned() } else { format!("school grade {grade}") };
    let message = format!("this handout reads like {like}, and the curriculum asks for grade {most} at the most");
    let problem = Diagnostic::new(Code::ReadingGrade, handout.title.span.clone(), message)
        .help(format!("cut its hardest sentences in two, and take shorter words; the grade is an estimate by the formula {formula}"));
    let hardest = hardest.iter().filter_map(|n| read.places.get(*n)).map(|(passage, run, range)| passage.place(run, (*range).clone()));
    hardest.fold(problem, |problem, place| problem.related(place, "one of its hardest sentences"))
}
