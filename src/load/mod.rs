//! From what was read to what it means. Loading never fails: it tells what is wrong, and goes on.

mod block_names;
mod blocks;
mod curriculum;
mod disguise;
mod fences;
pub(crate) mod fields;
mod group;
mod handout;
pub mod known;
mod lines;
mod module;
mod names;
mod session;
mod settings;
mod syntax;
mod translation;
mod unlisted;
mod worksheet;
pub(crate) mod yaml;

pub use curriculum::named_modules;

use crate::diagnostic::Checked;
use crate::model::Curriculum;
use crate::source::Sources;

/// Loads every curriculum that was read.
pub fn load(sources: &Sources) -> Checked<Vec<Curriculum>> {
    let mut diagnostics = Vec::new();
    let curricula = sources.curricula.iter().filter_map(|folder| {
        let mut problems = Vec::new();
        let curriculum = curriculum::curriculum(folder, sources, &mut problems);
        diagnostics.extend(match &curriculum {
            Some(curriculum) => curriculum.heed(problems),
            None => problems,
        });
        curriculum
    });
    Checked { value: curricula.collect(), diagnostics }
}
