//! From what was read to what it means. Loading never fails: it tells what is wrong, and goes on.

mod block_names;
mod blocks;
mod curriculum;
mod disguise;
mod fences;
mod fields;
mod group;
mod handout;
mod lines;
mod module;
mod names;
mod notes;
mod session;
mod syntax;
mod unlisted;
mod worksheet;
mod yaml;

pub use curriculum::named_modules;

use crate::diagnostic::Checked;
use crate::model::Curriculum;
use crate::source::Sources;

/// Loads every curriculum that was read.
pub fn load(sources: &Sources) -> Checked<Vec<Curriculum>> {
    let mut diagnostics = Vec::new();
    let curricula = sources.curricula.iter().filter_map(|folder| curriculum::curriculum(folder, sources, &mut diagnostics)).collect();
    Checked { value: curricula, diagnostics }
}
