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
use crate::texts::{MemberTexts, member_texts};
use passage::Passage;

/// Checks the words of a curriculum's texts for members. Each text is cut once, for all of these rules.
pub(super) fn words(curriculum: &Curriculum) -> Vec<Diagnostic> {
    let language = curriculum.language.to_lowercase();
    let terms = terms::Terms::of(curriculum, &language);
    let voice = voice::Voice::of(&language);
    // Where `reading_grade` is left out, nothing is too hard.
    let most = curriculum.reading_grade.and_then(|grade| u32::try_from(grade).ok());
    let rows = member_texts(curriculum);
    let told = rows.into_par_iter().flat_map_iter(|MemberTexts { handout, texts }| {
        let row: Vec<Passage<'_>> = texts.into_iter().map(|text| Passage::of(text, &language)).collect();
        let mut problems = terms.problems(&row);
        problems.extend(voice.problems(&row));
        problems.extend(length::problem(&row));
        problems.extend(unfinished::problems(&row, &language));
        problems.extend(personal::problems(&row));
        problems.extend(handout.zip(most).and_then(|(handout, most)| grade::problem(handout, &row, most, &language)));
        problems
    });
    told.collect()
}
