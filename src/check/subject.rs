//! What rules look at: a curriculum, the files that it was read from, and its texts.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::kept::OfTexts;
use crate::markdown::{Found, look};
use crate::model::Curriculum;
use crate::source::{Sources, Text};
use crate::texts::each_text;

/// A curriculum as rules look at it. Markdown reads each text once, for all of them.
pub struct Subject<'c> {
    /// The curriculum.
    pub curriculum: &'c Curriculum,
    /// The files.
    pub sources: &'c Sources,
    /// Every text of the curriculum, in order.
    pub texts: Vec<Looked<'c>>,
}

/// A text, looked through.
pub struct Looked<'c> {
    /// The text.
    pub text: &'c Text,
    /// Whether members read it.
    pub for_members: bool,
    /// What Markdown found in it, in the order of the text.
    pub found: Arc<Finds>,
}

/// What Markdown found in a text, with its bytes.
pub type Finds = Vec<(Found, Range<usize>)>;

impl<'c> Subject<'c> {
    /// Looks through a curriculum. `known` is what was found in texts before.
    pub fn of(curriculum: &'c Curriculum, sources: &'c Sources, known: &OfTexts<Finds>) -> Self {
        let mut texts = Vec::new();
        each_text(curriculum, &mut |text, for_members| texts.push((text, for_members)));
        let texts = texts.into_par_iter().map(|(text, for_members)| {
            let found = known.of(&text.value, |text| {
                let mut found = look(text);
                found.sort_by_key(|(_, range)| range.start);
                found
            });
            Looked { text, for_members, found }
        });
        Self { curriculum, sources, texts: texts.collect() }
    }
}
