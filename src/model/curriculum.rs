//! A curriculum: what its own file says, and all that it is made of.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::{AgendaItem, Block, Date, Handout, HandoutId, Minutes, Module, RuleSetting, RunningGroup, SessionPlan, Slug, Title, Translation};
use crate::audience::{Facilitator, Member, Prose};
use crate::source::{SourcePath, Spanned};

/// A course of sessions with its skills.
#[derive(Clone, Debug)]
pub struct Curriculum {
    /// The folder that holds its `curriculum.yml`.
    pub folder: SourcePath,
    /// The folder's name as an address, for sites that list several curricula.
    pub slug: Slug,
    /// Its name.
    pub title: Title,
    /// What it is, in a sentence.
    pub summary: Option<Prose<Member>>,
    /// The language of its readers, as a code: `en`, `es`, `pt-BR`.
    pub language: String,
    /// The languages in which members can read it, that of its main files first.
    pub languages: Vec<String>,
    /// Members' texts in the other languages.
    pub translations: Vec<Arc<Translation>>,
    /// In an edition for readers of another language: the main files whose translations were made from an earlier text.
    pub outdated: BTreeSet<SourcePath>,
    /// Whether the tabs and addresses of the member site say nothing of what it is about.
    pub discreet: bool,
    /// Whom it is for.
    pub for_whom: Option<Prose<Member>>,
    /// The group that it is made for.
    pub group: Group,
    /// What the two facilitators are called.
    pub leads: Leads,
    /// How long the group meets.
    pub session_minutes: Option<Spanned<Minutes>>,
    /// What every session has unless it says otherwise.
    pub defaults: Defaults,
    /// Moments that are hard for a facilitator, and what helps.
    pub hard_moments: Vec<HardMoment>,
    /// What a person who joins later needs.
    pub newcomers: Option<Prose<Facilitator>>,
    /// How to adapt the whole course.
    pub adapt: Vec<Adaptation>,
    /// The coping-skills modules, in the order of both sites.
    pub modules: Vec<Module>,
    /// Member pages that belong to no module.
    pub pages: Vec<MemberPage>,
    /// Facilitator pages.
    pub guide: Vec<GuidePage>,
    /// What the group agrees on.
    pub agreements: Vec<Prose<Member>>,
    /// What stays private, and the limits of that.
    pub confidentiality: Option<Prose<Member>>,
    /// Whom to call when not safe.
    pub crisis: Vec<CrisisLine>,
    /// What facilitators do when someone is not safe.
    pub distress_protocol: Option<Prose<Facilitator>>,
    /// The school grade above which a handout is hard to read.
    pub reading_grade: Option<i32>,
    /// Terms that its texts for members leave out.
    pub terms: Vec<OwnTerm>,
    /// The theme that its sites wear: a name, or a folder beside its file.
    pub theme: Option<Spanned<String>>,
    /// Who wrote it.
    pub authors: Vec<Prose<Member>>,
    /// The licence of its texts.
    pub license: Option<String>,
    /// When it was last looked over.
    pub reviewed: Option<Date>,
    /// What it is based on.
    pub references: Vec<Prose<Member>>,
    /// The rules that its author turns off, or keeps as warnings.
    pub checks: Vec<RuleSetting>,
    /// The sessions, in order; electives last.
    pub sessions: Vec<SessionPlan>,
    /// The groups that run it.
    pub groups: Vec<RunningGroup>,
    /// The group that the sites are made for, by its place among `groups`; none for the course itself.
    pub running: Option<usize>,
    /// The address at which the member site is published.
    pub publish_at: Option<Spanned<String>>,
    /// Files that belong to it and could not be read; their own problems have been told.
    pub unread: Vec<SourcePath>,
}

impl Curriculum {
    /// The handout with this name.
    pub fn handout(&self, id: &HandoutId) -> Option<(&Module, &Handout)> {
        let module = self.modules.iter().find(|module| module.slug == id.module)?;
        module.handouts.iter().find(|handout| handout.id == *id).map(|handout| (module, &**handout))
    }

    /// Every handout with its module, in the order of both sites.
    pub fn handouts(&self) -> impl Iterator<Item = (&Module, &Handout)> {
        self.modules.iter().flat_map(|module| module.handouts.iter().map(move |handout| (module, &**handout)))
    }

    /// A session's whole agenda: what opens every session, its own items, what closes every session.
    pub fn agenda<'c>(&'c self, session: &'c SessionPlan) -> impl Iterator<Item = &'c AgendaItem> {
        let open = session.open.as_ref().unwrap_or(&self.defaults.open);
        let close = session.close.as_ref().unwrap_or(&self.defaults.close);
        open.iter().chain(&session.agenda).chain(close)
    }

    /// What is prepared before a session.
    pub fn prepare<'c>(&'c self, session: &'c SessionPlan) -> &'c [Prose<Facilitator>] {
        session.prepare.as_ref().unwrap_or(&self.defaults.prepare)
    }

    /// What is asked after a session.
    pub fn after<'c>(&'c self, session: &'c SessionPlan) -> &'c [Prose<Facilitator>] {
        session.after.as_ref().unwrap_or(&self.defaults.after)
    }

    /// The group that the sites are made for.
    pub fn running_group(&self) -> Option<&RunningGroup> {
        self.running.and_then(|place| self.groups.get(place))
    }

    /// Whom to call when not safe: the lines of the group's place, then the course's.
    pub fn crisis_lines(&self) -> impl Iterator<Item = &CrisisLine> {
        self.running_group().into_iter().flat_map(|group| &group.crisis).chain(&self.crisis)
    }

    /// The sessions that members see: all, or those that have been released to the group. Electives have no number, so they
    /// are not released by one.
    pub fn sessions_for_members(&self) -> impl Iterator<Item = &SessionPlan> {
        let released = self.running_group().and_then(|group| group.released);
        self.sessions.iter().filter(move |session| released.is_none_or(|last| session.number.is_some_and(|number| number <= last)))
    }

    /// The handouts that members see, with their modules: all, or those of the sessions that have been released to the group.
    pub fn handouts_for_members(&self) -> Vec<(&Module, &Handout)> {
        let released: Option<HashSet<&HandoutId>> = self.released().map(Iterator::collect);
        self.handouts().filter(|(_, handout)| released.as_ref().is_none_or(|released| released.contains(&handout.id))).collect()
    }

    /// Whether members see a handout by now.
    pub fn is_for_members(&self, id: &HandoutId) -> bool {
        self.released().is_none_or(|mut released| released.any(|given| given == id))
    }

    /// The handouts that have been released to the group; nothing where all are.
    fn released(&self) -> Option<impl Iterator<Item = &HandoutId>> {
        self.running_group()?.released?;
        Some(self.sessions_for_members().flat_map(|session| &session.members.handouts).map(|given| &given.value))
    }

    /// Where all its handouts stand.
    pub fn places(&self) -> Places<'_> {
        let handouts = self.handouts().map(|(module, handout)| (&handout.id, (module, handout))).collect();
        let mut places = Places { handouts, sessions: HashMap::new(), of_modules: HashMap::new() };
        for session in &self.sessions {
            let once = |giving: &mut Vec<_>| {
                if giving.last().is_none_or(|last: &&SessionPlan| last.slug != session.slug) {
                    giving.push(session);
                }
            };
            for given in &session.members.handouts {
                once(places.sessions.entry(&given.value).or_default());
                once(places.of_modules.entry(&given.value.module).or_default());
            }
        }
        places
    }

    /// The day on which the group has a session.
    pub fn day_of(&self, session: &SessionPlan) -> Option<Date> {
        let group = self.running_group()?;
        let nth = self.sessions.iter().filter(|session| !session.elective).position(|other| other.slug == session.slug)?;
        group.day(nth)
    }

    /// The first session that gives out a handout.
    pub fn session_of(&self, id: &HandoutId) -> Option<&SessionPlan> {
        self.sessions.iter().find(|session| session.members.handouts.iter().any(|given| given.value == *id))
    }
}

/// Where the handouts of a curriculum stand: for whoever looks up many of them.
pub struct Places<'c> {
    handouts: HashMap<&'c HandoutId, (&'c Module, &'c Handout)>,
    sessions: HashMap<&'c HandoutId, Vec<&'c SessionPlan>>,
    of_modules: HashMap<&'c Slug, Vec<&'c SessionPlan>>,
}

impl<'c> Places<'c> {
    /// The handout with this name, and its module.
    pub fn handout(&self, id: &HandoutId) -> Option<(&'c Module, &'c Handout)> {
        self.handouts.get(id).copied()
    }

    /// The sessions that give out a handout, in their order.
    pub fn sessions_of(&self, id: &HandoutId) -> &[&'c SessionPlan] {
        self.sessions.get(id).map_or(&[], Vec::as_slice)
    }

    /// The sessions that give out a handout of a module, in their order.
    pub fn sessions_with(&self, module: &Module) -> &[&'c SessionPlan] {
        self.of_modules.get(&module.slug).map_or(&[], Vec::as_slice)
    }

    /// The first that gives out a handout.
    pub fn session_of(&self, id: &HandoutId) -> Option<&'c SessionPlan> {
        self.sessions_of(id).first().copied()
    }
}

/// A term that a curriculum's texts for members leave out. Nobody reads it on a site.
#[derive(Clone, Debug)]
pub struct OwnTerm {
    /// The term.
    pub not: Spanned<String>,
    /// What they say instead.
    pub rather: String,
    /// Why.
    pub because: Option<String>,
}

/// The kind of group.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GroupKind {
    /// The same members from first to last.
    Closed,
    /// Newcomers join in any week.
    Open,
}

/// The group that a curriculum is made for.
#[derive(Clone, Default, Debug)]
pub struct Group {
    /// Closed or open.
    pub kind: Option<GroupKind>,
    /// How many members, as written: `6 to 10`.
    pub size: Option<String>,
    /// How many facilitators, as written.
    pub facilitators: Option<String>,
}

/// What `lead: first` and `lead: second` are called.
#[derive(Clone, Debug, Default)]
pub struct Leads {
    /// The first facilitator.
    pub first: Option<String>,
    /// The second.
    pub second: Option<String>,
}

/// What every session has unless it says otherwise.
#[derive(Clone, Default, Debug)]
pub struct Defaults {
    /// Items before each agenda.
    pub open: Vec<AgendaItem>,
    /// Items after each agenda.
    pub close: Vec<AgendaItem>,
    /// What to prepare.
    pub prepare: Vec<Prose<Facilitator>>,
    /// What to ask afterwards.
    pub after: Vec<Prose<Facilitator>>,
}

/// A moment that is hard for a facilitator.
#[derive(Clone, Debug)]
pub struct HardMoment {
    /// What happens.
    pub when: Prose<Facilitator>,
    /// What helps.
    pub act: Prose<Facilitator>,
}

/// How to change something for some people or places.
#[derive(Clone, Debug)]
pub struct Adaptation {
    /// For what: `online`, `low_literacy` …
    pub key: String,
    /// What to change.
    pub text: Prose<Facilitator>,
}

impl Adaptation {
    /// The usual cases, which have a name in the words of a theme.
    pub const USUAL: &[&str] = &["online", "low_literacy", "teens", "one_facilitator"];

    /// Whether this is a usual case; others are names of the author's own.
    pub fn is_usual(&self) -> bool {
        Self::USUAL.contains(&self.key.as_str())
    }
}

/// A page for members that belongs to no module.
#[derive(Clone, Debug)]
pub struct MemberPage {
    /// Its address.
    pub slug: Slug,
    /// The file.
    pub file: SourcePath,
    /// Its name.
    pub title: Title,
    /// What it is, in a sentence.
    pub summary: Option<Prose<Member>>,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// A page for facilitators.
#[derive(Clone, Debug)]
pub struct GuidePage {
    /// Its address.
    pub slug: Slug,
    /// The file.
    pub file: SourcePath,
    /// Its name; only the guide shows it.
    pub title: Prose<Facilitator>,
    /// What it is, in a sentence.
    pub summary: Option<Prose<Facilitator>>,
    /// Its text.
    pub body: Prose<Facilitator>,
}

/// Whom to call when not safe.
#[derive(Clone, Debug)]
pub struct CrisisLine {
    /// Who answers.
    pub name: Title,
    /// The number to call.
    pub call: Option<Spanned<String>>,
    /// The number to text, or `WORD to NUMBER` for a line that answers to a word.
    pub text: Option<Spanned<String>>,
    /// Their website.
    pub web: Option<Spanned<String>>,
    /// When someone answers.
    pub hours: Option<Spanned<String>>,
    /// When the line was last checked.
    pub checked: Option<Date>,
}

/// The numbers of ambulance, fire brigade and police: the common one of many countries first, then those of single ones.
const EMERGENCIES: &[&str] = &[
    "112", "911", "999", "000", "110", "111", "119", "15", "17", "18", "061", "062", "091", "092", "100", "101", "102", "103", "105", "106", "107", "108",
    "113", "114", "115", "117", "118", "120", "122", "123", "144", "150", "155", "158", "190", "191", "192", "193", "194", "197", "198", "995", "997", "998",
];

impl CrisisLine {
    /// Whether this is the number of ambulance, fire brigade or police: someone answers at any hour, and nobody may call it
    /// to try it.
    pub fn is_for_emergencies(&self) -> bool {
        let numbers = self.call.iter().map(|call| call.value.as_str()).chain(self.text.iter().map(|text| Self::word_and_number(&text.value).1));
        let mut numbers = numbers.peekable();
        numbers.peek().is_some() && numbers.all(|number| EMERGENCIES.contains(&number.trim()))
    }

    /// Takes apart what stands under `text`: the word to send, where there is one, and the number (`HOME to 741741`).
    pub fn word_and_number(text: &str) -> (Option<&str>, &str) {
        text.split_once(" to ").map_or((None, text), |(word, number)| (Some(word.trim()), number.trim()))
    }
}
