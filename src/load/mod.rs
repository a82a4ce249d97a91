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
mod limits;
mod lines;
mod memory;
mod module;
mod names;
mod notes;
mod session;
mod settings;
mod syntax;
mod translation;
mod unlisted;
mod worksheet;
pub(crate) mod yaml;

pub use curriculum::named_modules;
pub use memory::Memory;

use crate::diagnostic::{Checked, Code, Diagnostic};
use crate::model::Curriculum;
use crate::source::{Sources, Span};

/// Loads every curriculum that was read.
pub fn load(sources: &Sources) -> Checked<Vec<Curriculum>> {
    load_again(sources, &Memory::default())
}

/// The same, with what was made of files before.
pub fn load_again(sources: &Sources, memory: &Memory) -> Checked<Vec<Curriculum>> {
    let mut diagnostics = Vec::new();
    let curricula = sources.curricula.iter().filter_map(|folder| {
        let mut problems = Vec::new();
        let curriculum = curriculum::curriculum(folder, sources, memory, &mut problems);
        diagnostics.extend(match &curriculum {
            Some(curriculum) => curriculum.heed(problems),
            None => problems,
        });
        curriculum
    });
    let curricula: Vec<Curriculum> = curricula.collect();
    for (n, curriculum) in curricula.iter().enumerate() {
        // One would hide the other on both sites.
        if let Some(first) = curricula.iter().take(n).find(|first| first.slug == curriculum.slug) {
            let file = curriculum.folder.join("curriculum.yml");
            let message = format!("two curricula would have the address `{}`", curriculum.slug);
            diagnostics.push(
                Diagnostic::new(Code::DuplicateAddress, Span::of_file(&file), message)
                    .help(format!("the other one is in the folder {}; give one of the two folders another name, or take them one by one", first.folder)),
            );
        }
    }
    Checked { value: curricula, diagnostics }
}
