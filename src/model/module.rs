//! A coping-skills module: a folder of handouts that teach skills which belong together.

use std::sync::Arc;

use super::{Handout, Slug, Title};
use crate::audience::{Facilitator, Member, Prose};
use crate::source::SourcePath;

/// The names of the colours that a theme gives to modules, in the order in which they are given out.
pub const THREADS: [&str; 6] = ["moss", "fjord", "iris", "heather", "clay", "gorse"];

/// A coping-skills module.
#[derive(Clone, Debug)]
pub struct Module {
    /// Its address: the folder's name.
    pub slug: Slug,
    /// Its folder.
    pub folder: SourcePath,
    /// Its name.
    pub title: Title,
    /// What it teaches, in a sentence.
    pub summary: Option<Prose<Member>>,
    /// Its handouts, in order.
    pub handouts: Vec<Arc<Handout>>,
    /// The name of its colour, where the author chose one.
    pub thread: Option<String>,
    /// Whether its handouts are used one to one, outside the sessions.
    pub outside_sessions: bool,
    /// What facilitators should know.
    pub notes: ModuleNotes,
}

/// What facilitators should know of a module.
#[derive(Clone, Default, Debug)]
pub struct ModuleNotes {
    /// What it is for.
    pub purpose: Option<Prose<Facilitator>>,
    /// What shows that it helps.
    pub evidence: Option<Prose<Facilitator>>,
    /// What to watch for.
    pub watch_for: Option<Prose<Facilitator>>,
}
