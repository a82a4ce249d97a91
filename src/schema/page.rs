//! `module.yml`, and the heads of handouts and pages.

use schemars::JsonSchema;

use super::kinds::{Minutes, OneOrMore, Text};

/// A module: a folder of handouts that teach skills which belong together.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "A module")]
pub struct Module {
    /// Its name. Members see it too.
    pub title: Text,
    /// What it teaches, in a sentence. Members read it.
    pub summary: Option<Text>,
    /// Its handouts, in order: the names of the files without `.md`.
    pub handouts: OneOrMore<Text>,
    /// Its colour. Given out in this order where left out.
    pub thread: Option<Thread>,
    /// `true` where its handouts are used one to one, so that no session has to name them.
    pub outside_sessions: Option<bool>,
    /// Notes for facilitators only.
    pub facilitator: Option<ModuleNotes>,
}

/// The colour of a module.
#[derive(JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Thread {
    /// Green.
    Moss,
    /// Blue.
    Fjord,
    /// Violet.
    Iris,
    /// Pink.
    Heather,
    /// Brown.
    Clay,
    /// Yellow.
    Gorse,
}

/// Notes on a module, for facilitators only.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ModuleNotes {
    /// What the module is for.
    pub purpose: Option<Text>,
    /// What is known about it.
    pub evidence: Option<Text>,
    /// What to look out for.
    pub watch_for: Option<Text>,
}

/// The head of a handout, between its two lines `---`. The title may also stand below it, as `# Title`.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "The head of a handout")]
pub struct Handout {
    /// Its name. Members see it.
    pub title: Option<Text>,
    /// What it is, in a sentence. Members read it below the title.
    pub summary: Option<Text>,
    /// How long it takes: a number of minutes, or a range.
    pub minutes: Option<Minutes>,
    /// Where it comes from. It stands at the end.
    pub source: Option<Text>,
    /// Notes for facilitators, which members never see.
    pub facilitator: Option<Text>,
}

/// The head of a page for members or of the guide, between its two lines `---`. The title may also stand below it, as `# Title`.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "The head of a page")]
pub struct Page {
    /// Its name.
    pub title: Option<Text>,
    /// What it is, in a sentence.
    pub summary: Option<Text>,
}
