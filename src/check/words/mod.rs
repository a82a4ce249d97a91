//! The words of what members read: how hard they are, whether they hurt, and whether they are meant for somebody else.
//! Warnings only, and few: one that is wrong costs more trust than ten that are right bring.

mod grade;
mod length;
mod lexicon;
mod passage;
mod personal;
mod terms;
mod unfinished;
mod voice;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::model::Curriculum;
use crate::reading::Grades;
use crate::texts::{MemberTexts, member_texts};
use lexicon::Vocabulary;
use passage::{Cutter, Passage};

/// What is told of words, and what was counted on the way.
#[derive(Default, Debug)]
pub struct OfWords {
    /// The warnings.
    pub told: Vec<Diagnostic>,
    /// How hard each handout is to read.
    pub grades: Grades,
}

/// Checks the words of a curriculum's texts for members. Each text is cut once, for all of these rules.
pub(super) fn words(curriculum: &Curriculum) -> OfWords {
    let language = curriculum.language.to_lowercase();
    let mut vocabulary = Vocabulary::default();
    let terms = terms::Terms::of(curriculum, &language, &mut vocabulary);
    let voice = voice::Voice::of(&language, &mut vocabulary);
    // Where `reading_grade` is left out, nothing is too hard.
    let most = curriculum.reading_grade.and_then(|grade| u32::try_from(grade).ok());
    let cutter = || Cutter::of(&language, &vocabulary);
    let rows = member_texts(curriculum).into_par_iter().map_init(cutter, |cutter, MemberTexts { handout, texts }| {
        let row: Vec<Passage<'_>> = texts.iter().map(|text| cutter.passage(text)).collect();
        let mut problems = terms.problems(&row);
        problems.extend(voice.problems(&row));
        problems.extend(length::problem(&row));
        problems.extend(unfinished::problems(&row, &language));
        problems.extend(personal::problems(&row));
        let graded = handout.and_then(|handout| Some((handout, grade::grade(handout, &row, most, &language)?)));
        let graded = graded.map(|(handout, (grade, too_hard))| {
            problems.extend(too_hard);
            (handout, grade)
        });
        (problems, graded)
    });
    let mut all = OfWords::default();
    for (told, graded) in rows.collect::<Vec<_>>() {
        all.told.extend(told);
        graded.into_iter().for_each(|(handout, grade)| all.grades.add(&curriculum.folder, &handout.file, grade));
    }
    all
}
