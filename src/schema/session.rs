//! Session plans.

use schemars::JsonSchema;

use super::kinds::{Minutes, OneOrMore, Text};

/// A session plan. All of it is for facilitators, save the title and what stands under `members`.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "A session plan")]
pub struct SessionPlan {
    /// Its name. Members see it too.
    pub title: Text,
    /// What to know before you choose or open this session.
    pub about: Option<Text>,
    /// `true` for a session that can take the place of any other. Its file needs no number.
    pub elective: Option<bool>,
    /// What the session is to reach.
    pub goals: Option<Vec<Text>>,
    /// What members see of this session.
    pub members: Option<ForMembers>,
    /// How you set the practice, and what to say to those who did not do the last one.
    pub practice: Option<Text>,
    /// What to bring. The handouts are added by themselves.
    pub materials: Option<Vec<Text>>,
    /// What to do before this session. Takes the place of what curriculum.yml says.
    pub prepare: Option<Vec<Text>>,
    /// What happens, in order.
    #[schemars(length(min = 1))]
    pub agenda: Vec<AgendaItem>,
    /// Agenda items before the agenda, in place of those in curriculum.yml. `[]` for none.
    pub open: Option<Vec<AgendaItem>>,
    /// Agenda items after the agenda, in place of those in curriculum.yml. `[]` for none.
    pub close: Option<Vec<AgendaItem>>,
    /// How to change this session for some people or places.
    pub adapt: Option<Adaptations>,
    /// What may be hard in this session.
    pub safety: Option<Text>,
    /// What a person who joins today needs. Takes the place of what curriculum.yml says.
    pub newcomers: Option<Text>,
    /// What you ask yourselves afterwards. Takes the place of what curriculum.yml says.
    pub after: Option<Vec<Text>>,
}

/// What members see of a session.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForMembers {
    /// What the session is about. Members read it.
    pub summary: Option<Text>,
    /// The goals, spoken to members.
    pub goals: Option<Vec<Text>>,
    /// What is given out: each as its module and its file without `.md`, such as `grounding/five-senses`.
    pub handouts: Option<OneOrMore<Text>>,
    /// What members do until next time.
    pub practice: Option<Text>,
}

/// A stretch of a session.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgendaItem {
    /// Its name. Only facilitators see it.
    pub title: Text,
    /// What it is for.
    pub kind: Option<ItemKind>,
    /// How long it takes: a number, or a range such as `20-30`. Without it the item is not timed.
    pub minutes: Option<Minutes>,
    /// Who leads it. `both` where left out.
    pub lead: Option<Lead>,
    /// The fewest minutes that it can be cut to when you are late.
    #[schemars(range(min = 1, max = 999))]
    pub at_least: Option<i32>,
    /// `true` where it may be left out when you are late.
    pub can_drop: Option<bool>,
    /// A line about it that members read.
    pub members: Option<Text>,
    /// The handout that it uses, or a list of them, such as `grounding/five-senses`.
    pub handout: Option<OneOrMore<Text>>,
    /// What to say, ask and do, in order.
    pub steps: Option<Vec<Step>>,
    /// Topics that share its minutes.
    pub parts: Option<Vec<Part>>,
}

/// What a stretch of a session is for.
#[derive(JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// How everyone arrives.
    CheckIn,
    /// The last practice is looked at.
    Review,
    /// A skill is explained.
    Teach,
    /// A skill is tried.
    Practise,
    /// Members talk.
    Discuss,
    /// A pause.
    Break,
    /// How everyone leaves; it is never cut.
    Close,
}

/// Who leads.
#[derive(JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Lead {
    /// The first facilitator.
    First,
    /// The second facilitator.
    Second,
    /// Both.
    Both,
}

/// One thing to say, ask, do or notice. A step may hold several, such as a question and what to listen for.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("anyOf" = [
    { "required": ["say"] }, { "required": ["ask"] }, { "required": ["do"] },
    { "required": ["listen_for"] }, { "required": ["watch_for"] }, { "required": ["note"] }
]))]
pub struct Step {
    /// Words to say.
    pub say: Option<Text>,
    /// A question to ask.
    pub ask: Option<Text>,
    /// Something to do.
    pub r#do: Option<Text>,
    /// What to hear in answers.
    pub listen_for: Option<Text>,
    /// What to see in people.
    pub watch_for: Option<Text>,
    /// Something to know.
    pub note: Option<Text>,
    /// Who does it, where it is not the one who leads the item.
    pub lead: Option<Lead>,
}

/// A topic inside an agenda item.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its name. Only facilitators see it.
    pub title: Text,
    /// The handout that it uses, or a list of them.
    pub handout: Option<OneOrMore<Text>>,
    /// What to say, ask and do, in order.
    pub steps: Option<Vec<Step>>,
}

/// How to change something for some people or places. You may use a name of your own: `large_group` becomes the heading "Large group".
#[derive(JsonSchema)]
#[schemars(extend("additionalProperties" = { "type": ["string", "number", "boolean"] }))]
pub struct Adaptations {
    /// For a group that meets on a screen.
    pub online: Option<Text>,
    /// For people who find reading hard.
    pub low_literacy: Option<Text>,
    /// For teenagers.
    pub teens: Option<Text>,
    /// For one facilitator alone.
    pub one_facilitator: Option<Text>,
}
