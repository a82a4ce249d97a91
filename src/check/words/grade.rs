//! Handouts that are harder to read than the curriculum wants them to be.

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Curriculum;
use crate::reading::{Reading, of_handout};
use crate::source::Sources;

/// The last grade of school.
const LAST_AT_SCHOOL: u32 = 12;

/// No handout asks for a higher grade than `reading_grade`. Where that is left out, nothing is too hard.
pub(in crate::check) fn grades(curriculum: &Curriculum, _: &Sources) -> Vec<Diagnostic> {
    let Some(most) = curriculum.reading_grade.and_then(|grade| u32::try_from(grade).ok()) else { return Vec::new() };
    let handouts: Vec<_> = curriculum.handouts().collect();
    let told = handouts.into_par_iter().filter_map(|(_, handout)| {
        let (Reading { grade, formula, .. }, hardest) = of_handout(handout, &curriculum.language)?;
        let like = if grade > LAST_AT_SCHOOL { "a text for university".to_owned() } else { format!("school grade {grade}") };
        let message = format!("this handout reads like {like}, and the curriculum asks for grade {most} at the most");
        let problem = Diagnostic::new(Code::ReadingGrade, handout.title.span.clone(), message)
            .help(format!("cut its hardest sentences in two, and take shorter words; the grade is an estimate by the formula {formula}"));
        (grade > most).then(|| hardest.into_iter().fold(problem, |problem, place| problem.related(place, "one of its hardest sentences")))
    });
    told.collect()
}
