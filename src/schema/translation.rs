//! Files with a language in their names, such as `module.es.yml`: what members read, in another language.

use schemars::JsonSchema;

use super::kinds::{PhoneNumber, Text, TextNumber, Web};

/// What members read of `curriculum.yml`, in another language. All of it is for members.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "A translation of curriculum.yml")]
pub struct Course {
    /// The name of the course.
    pub title: Option<Text>,
    /// What the course is, in a sentence.
    pub summary: Option<Text>,
    /// Whom the course is for.
    pub r#for: Option<Text>,
    /// What the group agrees on: the same as in `curriculum.yml`, in the same order.
    pub agreements: Option<Vec<Text>>,
    /// What stays private, and the limits of that.
    pub confidentiality: Option<Text>,
    /// How the crisis lines are told, and reached, in this language.
    pub crisis: Option<Vec<Line>>,
    /// What members read of what opens and closes every session.
    pub defaults: Option<Defaults>,
    /// From which text this was made. `copebook check` tells what to write here.
    pub translates: Option<Text>,
}

/// What members read of what every session has.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Defaults {
    /// One line for each item with `members` under `open`, in the same order.
    pub open: Option<Vec<Text>>,
    /// One line for each item with `members` under `close`, in the same order.
    pub close: Option<Vec<Text>>,
}

/// A crisis line in this language. What is left out stays as `curriculum.yml` says it.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Which line: its name in `curriculum.yml`.
    pub line: Text,
    /// Who answers, in this language.
    pub name: Option<Text>,
    /// When someone answers, and in which language.
    pub hours: Option<Text>,
    /// The number to call, where this language has its own.
    pub call: Option<PhoneNumber>,
    /// The number to text, or the word and the number, where this language has its own: `AYUDA to 988`.
    pub text: Option<TextNumber>,
    /// Their website in this language.
    pub web: Option<Web>,
}

/// What members read of `module.yml`, in another language.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "A translation of module.yml")]
pub struct Module {
    /// The name of the module.
    pub title: Option<Text>,
    /// What it teaches, in a sentence.
    pub summary: Option<Text>,
    /// From which text this was made. `copebook check` tells what to write here.
    pub translates: Option<Text>,
}

/// What members read of a session plan, in another language. All of it is for members.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "A translation of a session plan")]
pub struct Session {
    /// The name of the session.
    pub title: Option<Text>,
    /// What it is about.
    pub summary: Option<Text>,
    /// Its goals, spoken to members.
    pub goals: Option<Vec<Text>>,
    /// What members try until the next session.
    pub practice: Option<Text>,
    /// One line for each item of the agenda with `members`, in the same order.
    pub agenda: Option<Vec<Text>>,
    /// The same for the session's own `open`.
    pub open: Option<Vec<Text>>,
    /// The same for the session's own `close`.
    pub close: Option<Vec<Text>>,
    /// From which text this was made. `copebook check` tells what to write here.
    pub translates: Option<Text>,
}

/// The head of a translated handout or page, between its two lines `---`.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "The head of a translation")]
pub struct Page {
    /// Its name.
    pub title: Option<Text>,
    /// What it is, in a sentence.
    pub summary: Option<Text>,
    /// Where it comes from, where that can be said in this language.
    pub source: Option<Text>,
    /// From which text this was made. `copebook check` tells what to write here.
    pub translates: Option<Text>,
}
