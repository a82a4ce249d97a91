//! `curriculum.yml`.

use schemars::JsonSchema;

use super::kinds::{Date, Language, Minutes, OneOrMore, PhoneNumber, Rule, Text, TextNumber, Web};
use super::session::{Adaptations, AgendaItem};

/// A curriculum: what the course is, and what it is made of.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "A curriculum")]
pub struct Curriculum {
    /// The name of the course. Members see it on every page.
    pub title: Text,
    /// What the course is, in a sentence. For members too.
    pub summary: Option<Text>,
    /// The code of the language of your texts, such as `en`, `es` or `pt-BR`. `en` where left out.
    pub language: Option<Language>,
    /// The languages that members get beside it, such as `[ es ]`: files with the language in their names stand beside the others.
    pub translations: Option<OneOrMore<Language>>,
    /// `true` keeps the course's name out of the tabs and addresses of the members' site.
    pub discreet: Option<bool>,
    /// The address at which you publish the members' site. The guide then shows codes that a phone can be pointed at.
    pub publish_at: Option<Web>,
    /// Whom the course is for. Members read it.
    pub r#for: Option<Text>,
    /// The group that the course is made for. For facilitators only.
    pub group: Option<GroupOfCourse>,
    /// What the first and the second facilitator are called; two names at the most.
    #[schemars(extend("maxItems" = 2))]
    pub leads: Option<OneOrMore<Text>>,
    /// How long the group meets, in minutes: a number, or a range such as `75-90`. You are told when a session is planned for longer.
    pub session_minutes: Option<Minutes>,
    /// What every session has, unless it says otherwise. For facilitators only, save `members` of an item.
    pub defaults: Option<Defaults>,
    /// Moments that are hard for a facilitator, and what helps. For facilitators only.
    pub hard_moments: Option<Vec<HardMoment>>,
    /// What a person who joins later needs; an open group must say. For facilitators only.
    pub newcomers: Option<Text>,
    /// How to change the course for some people or places. For facilitators only.
    pub adapt: Option<Adaptations>,
    /// The folders of its modules, in the order of both sites, as ways from this file: `modules/grounding`, `../modules/breathing`.
    pub modules: Option<OneOrMore<Text>>,
    /// Its pages for members, as ways from this file: `pages/about.md`.
    pub pages: Option<OneOrMore<Text>>,
    /// Its pages for facilitators only, as ways from this file: `guide/before-you-start.md`.
    pub guide: Option<OneOrMore<Text>>,
    /// What the group agrees on. Members read it.
    pub agreements: Option<Vec<Text>>,
    /// What stays private, and the limits of that. Members read it.
    pub confidentiality: Option<Text>,
    /// Whom members call when they are not safe. The lines stand on every page for members, in your order. Try each number yourself.
    #[schemars(length(min = 1))]
    pub crisis: Vec<CrisisLine>,
    /// What facilitators do when someone is not safe. For facilitators only.
    pub distress_protocol: Option<Text>,
    /// The school grade, 1 to 18, above which a handout is hard to read.
    #[schemars(range(min = 1, max = 18))]
    pub reading_grade: Option<i32>,
    /// Terms that your texts for members leave out, and what you write instead.
    pub terms: Option<Vec<OwnTerm>>,
    /// Rules that do not fit this course, each with the reason, which stands on the guide's health page.
    pub checks: Option<Vec<RuleSetting>>,
    /// How the sites look: `calm`, or the way to a folder with a theme.
    pub theme: Option<Text>,
    /// Who wrote it.
    pub authors: Option<OneOrMore<Text>>,
    /// The licence of your texts, such as `CC-BY-4.0`.
    pub license: Option<Text>,
    /// The day on which you last looked the course over, such as `2026-11-01`.
    pub reviewed: Option<Date>,
    /// What it is based on.
    pub references: Option<Vec<Text>>,
}

/// The group that a course is made for.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupOfCourse {
    /// `closed`: the same people from first to last. `open`: newcomers may join in any week.
    pub kind: Option<GroupKind>,
    /// How many members, such as `6 to 10`. The largest number is how many copies the guide asks for.
    pub size: Option<Text>,
    /// How many facilitators. With `1` the guide does not say who leads.
    pub facilitators: Option<Text>,
}

/// The kind of group.
#[derive(JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GroupKind {
    /// The same people from first to last.
    Closed,
    /// Newcomers may join in any week.
    Open,
}

/// What every session has, unless it says otherwise.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Defaults {
    /// Agenda items before each agenda, such as the check-in.
    pub open: Option<Vec<AgendaItem>>,
    /// Agenda items after each agenda, such as the check-out.
    pub close: Option<Vec<AgendaItem>>,
    /// What you do before each session.
    pub prepare: Option<Vec<Text>>,
    /// What you ask yourselves after each session.
    pub after: Option<Vec<Text>>,
}

/// A moment that is hard for a facilitator, and what helps.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HardMoment {
    /// What happens.
    pub when: Text,
    /// What helps.
    pub r#do: Text,
}

/// A rule that does not fit this course.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleSetting {
    /// The rule: its name stands below each problem that it finds.
    pub rule: Rule,
    /// `off`, or `warn` where it is to stay a warning.
    pub is: RuleIs,
    /// The file that this is for, or a list of them; all where left out. Ways from this file: `pages/about.md`.
    pub r#in: Option<OneOrMore<Text>>,
    /// Why it does not fit here. Your supervisor reads it.
    pub because: Text,
}

/// What becomes of a rule.
#[derive(JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleIs {
    /// It is not looked at.
    Off,
    /// It stays a warning, with `--strict` too.
    Warn,
}

/// A term that texts for members leave out.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnTerm {
    /// The term that you leave out.
    pub not: Text,
    /// What you write instead.
    pub rather: Text,
    /// Why, if you like to say it.
    pub because: Option<Text>,
}

/// Whom to call when not safe: a name, and at least one of `call`, `text` and `web`.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("anyOf" = [{ "required": ["call"] }, { "required": ["text"] }, { "required": ["web"] }]))]
pub struct CrisisLine {
    /// Who answers.
    pub name: Text,
    /// The number to call, in quotes: `"988"`.
    pub call: Option<PhoneNumber>,
    /// The number to text, in quotes, or the word to send and the number: `HOME to 741741`.
    pub text: Option<TextNumber>,
    /// Their website, the whole address: `https://988lifeline.org`.
    pub web: Option<Web>,
    /// When someone answers.
    pub hours: Option<Text>,
    /// The day on which you last called it, or looked it up where its owners publish it. After a year you are asked to check it again.
    pub checked: Option<Date>,
}
