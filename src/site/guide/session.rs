//! A session's page: the plan with its times, steps and handouts.

use std::collections::BTreeSet;

use serde::Serialize;

use super::builder::{AdaptView, Builder, Given, HandoutLink, Link, Writer, adaptations, copies, handout_url, record_url, session_url};
use super::languages::InLanguage;
use crate::model::{AgendaItem, GroupKind, HandoutId, ItemKind, SessionPlan, Step, Verb};
use crate::site::address::{self, Addresses};
use crate::site::blocks::{HandoutView, MinutesView, inline_all, maybe_block};
use crate::site::course::{DayView, clock, common, context};
use crate::site::present;
use crate::source::Spanned;

impl Builder<'_> {
    /// The page of a session.
    pub fn session(&self, writer: &mut Writer<'_>, position: usize, session: &SessionPlan) -> Given {
        writer.made_from(&session.file);
        let own = SessionPage {
            plan: self.plan(writer, session, ""),
            strip: self.strip(writer, session),
            code: address::code(self.curriculum, &Addresses::of(self.curriculum).session(session)),
            languages: self.session_languages(writer, session, &self.curriculum.language),
            previous: self.neighbour(writer, session, position.checked_sub(1)),
            next: self.neighbour(writer, session, position.checked_add(1)),
            handouts: self.inline_handouts(writer, session),
        };
        let common = common(writer, self.curriculum, "session", &session.title.value, self.listed);
        ("guide/session.html", context(&common, &own))
    }

    /// The record of a session, to print and to write on.
    pub fn record(&self, writer: &mut Writer<'_>, session: &SessionPlan) -> Given {
        writer.made_from(&session.file);
        let own = Record {
            session: RecordView {
                number: session.number,
                title: session.title.value.clone(),
                href: writer.href(&session_url(session)),
                day: self.curriculum.day_of(session).map(DayView::from),
                minutes: self.length(session).into(),
                goals: inline_all(writer, &session.goals),
                after: inline_all(writer, self.curriculum.after(session)),
            },
        };
        let common = common(writer, self.curriculum, "record", &session.title.value, self.listed);
        ("guide/record.html", context(&common, &own))
    }

    /// What its page and the manual show of a session; `prefix` keeps the names of several sessions on one page apart.
    pub fn plan(&self, writer: &mut Writer<'_>, session: &SessionPlan, prefix: &str) -> Plan {
        let curriculum = self.curriculum;
        Plan {
            session: SessionView {
                slug: session.slug.to_string(),
                day: curriculum.day_of(session).map(DayView::from),
                record_href: writer.href(&record_url(session)),
                present_href: writer.href(&format!("{}/{}.html", present::FOLDER, session.slug)),
                number: session.number,
                of: curriculum.sessions.iter().filter(|session| !session.elective).count(),
                elective: session.elective,
                title: session.title.value.clone(),
                minutes: self.length(session).into(),
                about_html: maybe_block(writer, session.about.as_ref(), 2),
                goals: inline_all(writer, &session.goals),
                members: MemberSide {
                    summary_html: maybe_block(writer, session.members.summary.as_ref(), 3),
                    goals: inline_all(writer, &session.members.goals),
                    practice_html: maybe_block(writer, session.members.practice.as_ref(), 3),
                },
                materials: inline_all(writer, &session.materials),
                prepare: inline_all(writer, curriculum.prepare(session)),
                practice_html: maybe_block(writer, session.practice.as_ref(), 3),
                safety_html: maybe_block(writer, session.safety.as_ref(), 3),
                // In a closed group, what the course says of newcomers stands on its home.
                newcomers_html: match (&session.newcomers, curriculum.group.kind) {
                    (Some(own), _) => Some(writer.block(own, 4)),
                    (None, Some(GroupKind::Open)) => maybe_block(writer, curriculum.newcomers.as_ref(), 4),
                    (None, _) => None,
                },
                after: inline_all(writer, curriculum.after(session)),
            },
            agenda: self.agenda(writer, session, prefix),
            adapt: adaptations(writer, &session.adapt),
            leads: LeadNames {
                two: curriculum.group.facilitators.as_deref() != Some("1"),
                first: curriculum.leads.first.clone(),
                second: curriculum.leads.second.clone(),
            },
            bring: self.bring(writer, session),
            copies: copies(curriculum),
        }
    }

    fn neighbour(&self, writer: &Writer<'_>, session: &SessionPlan, position: Option<usize>) -> Option<Link> {
        // An elective stands apart: it has no place in the row.
        let other = self.curriculum.sessions.get(position?).filter(|other| !other.elective && !session.elective)?;
        Some(Link { title: other.title.value.clone(), number: other.number, href: writer.href(&session_url(other)) })
    }

    fn agenda(&self, writer: &mut Writer<'_>, session: &SessionPlan, prefix: &str) -> Vec<ItemView> {
        let given: BTreeSet<&HandoutId> = session.members.handouts.iter().map(|id| &id.value).collect();
        let mut seen: BTreeSet<&HandoutId> = BTreeSet::new();
        let mut items = Vec::new();
        for (n, Timed { item, start, takes }) in self.timed(session).into_iter().enumerate() {
            // A handout is given out where it first stands; after that, members have it.
            let mut links = |writer: &Writer<'_>, ids: &'_ [Spanned<HandoutId>]| -> Vec<HandoutLink> {
                ids.iter()
                    .filter_map(|id| {
                        let (_, handout) = self.places.handout(&id.value)?;
                        let new = given.contains(&handout.id) && seen.insert(&handout.id);
                        self.handout_link(writer, &handout.id, new)
                    })
                    .collect()
            };
            let id = item_id(prefix, n);
            writer.comes_from(&id, &item.span);
            items.push(ItemView {
                id,
                title_html: writer.inline(&item.title),
                kind: item.kind.map(ItemKind::as_str),
                start: item.minutes.is_some().then(|| clock(start)),
                minutes: item.minutes.as_ref().map(|minutes| minutes.value.into()),
                takes: item.minutes.is_some().then_some(takes),
                at_least: item.at_least,
                can_drop: item.can_drop,
                keep: item.kind == Some(ItemKind::Close),
                lead: item.lead.as_str(),
                members_html: maybe_block(writer, item.members.as_ref(), 4),
                handouts: links(writer, &item.handouts),
                steps: steps(writer, &item.steps),
                parts: item
                    .parts
                    .iter()
                    .map(|part| PartView { title_html: writer.inline(&part.title), handouts: links(writer, &part.handouts), steps: steps(writer, &part.steps) })
                    .collect(),
            });
        }
        items
    }

    /// A session's items with the minute at which each starts, from 0. Ranges count as the longest that still fits the meeting.
    fn timed<'c>(&'c self, session: &'c SessionPlan) -> Vec<Timed<'c>> {
        let length = self.length(session);
        let fits = self.curriculum.session_minutes.as_ref().is_none_or(|meeting| length.high <= meeting.value.high);
        let mut next = 0;
        let each = self.curriculum.agenda(session).map(|item| {
            let start = next;
            let takes = item.minutes.as_ref().map_or(0, |minutes| if fits { minutes.value.high } else { minutes.value.low });
            next += takes;
            Timed { item, start, takes }
        });
        each.collect()
    }

    fn strip(&self, writer: &Writer<'_>, session: &SessionPlan) -> Vec<StripView> {
        let strip = self.timed(session).into_iter().enumerate().filter_map(|(n, Timed { item, start, takes })| {
            let minutes = item.minutes.as_ref()?.value;
            Some(StripView {
                id: item_id("", n),
                title: writer.plain(&item.title),
                start: clock(start),
                minutes: takes.max(1),
                least: match (item.can_drop, item.kind) {
                    (true, _) => 0,
                    (false, Some(ItemKind::Close)) => takes.max(1),
                    (false, _) => item.at_least.unwrap_or(minutes.low),
                },
                kind: item.kind.map(ItemKind::as_str),
                can_drop: item.can_drop,
            })
        });
        strip.collect()
    }

    fn inline_handouts(&self, writer: &mut Writer<'_>, session: &SessionPlan) -> Vec<GuideHandout> {
        let mut handouts = Vec::new();
        for (n, id) in session.members.handouts.iter().enumerate() {
            let Some((module, handout)) = self.places.handout(&id.value) else { continue };
            writer.start_part(&format!("h{}-", n + 1));
            handouts.push(GuideHandout {
                handout: self.handout_view(writer, module, handout, 4),
                href: writer.href(&handout_url(&handout.id)),
                notes_html: maybe_block(writer, handout.notes.as_ref(), 4),
                code: address::code(self.curriculum, &Addresses::of(self.curriculum).handout(&handout.id)),
                languages: self.handout_languages(writer, handout, &self.curriculum.language),
                level: 4,
            });
        }
        handouts
    }
}

fn item_id(prefix: &str, n: usize) -> String {
    format!("{prefix}item-{}", n + 1)
}

/// Steps as a page lays them out. What goes out (say, ask, do) is a row each. What comes in (listen for, watch for, note)
/// stands in the margin of the row that it follows; what follows the last row, or has none, is about the whole.
fn steps(writer: &mut Writer<'_>, steps: &[Step]) -> StepsView {
    let mut view = StepsView { whole: Vec::new(), rows: Vec::new() };
    for step in steps {
        let said = StepView { verb: step.verb.as_str(), html: writer.block(&step.text, 4), lead: step.lead.map(|lead| lead.as_str()) };
        match step.verb {
            Verb::Say | Verb::Ask | Verb::Do => view.rows.push(RowView { step: said, notes: Vec::new() }),
            Verb::ListenFor | Verb::WatchFor | Verb::Note => match view.rows.last_mut() {
                Some(row) => row.notes.push(said),
                None => view.whole.push(said),
            },
        }
    }
    if let Some(last) = view.rows.last_mut() {
        view.whole.append(&mut last.notes);
    }
    view
}

/// An item of an agenda, the minute at which it starts, and how many minutes are reckoned for it.
struct Timed<'c> {
    item: &'c AgendaItem,
    start: u32,
    takes: u32,
}

/// What a session's page is given.
#[derive(Serialize)]
struct SessionPage {
    #[serde(flatten)]
    plan: Plan,
    strip: Vec<StripView>,
    /// A code for the members' page of this session.
    code: Option<address::Code>,
    /// In which languages members read of it.
    languages: Vec<InLanguage>,
    previous: Option<Link>,
    next: Option<Link>,
    handouts: Vec<GuideHandout>,
}

/// What its page and the manual show of a session.
#[derive(Serialize)]
pub struct Plan {
    session: SessionView,
    agenda: Vec<ItemView>,
    adapt: Vec<AdaptView>,
    leads: LeadNames,
    bring: Vec<String>,
    copies: Option<u32>,
}

#[derive(Serialize)]
struct SessionView {
    slug: String,
    day: Option<DayView>,
    record_href: String,
    present_href: String,
    number: Option<u32>,
    of: usize,
    elective: bool,
    title: String,
    minutes: MinutesView,
    about_html: Option<String>,
    goals: Vec<String>,
    members: MemberSide,
    materials: Vec<String>,
    prepare: Vec<String>,
    practice_html: Option<String>,
    safety_html: Option<String>,
    newcomers_html: Option<String>,
    after: Vec<String>,
}

#[derive(Serialize)]
struct MemberSide {
    summary_html: Option<String>,
    goals: Vec<String>,
    practice_html: Option<String>,
}

#[derive(Serialize)]
struct LeadNames {
    /// Whether there are two to tell apart.
    two: bool,
    first: Option<String>,
    second: Option<String>,
}

#[derive(Serialize)]
struct ItemView {
    id: String,
    title_html: String,
    kind: Option<&'static str>,
    start: Option<String>,
    minutes: Option<MinutesView>,
    /// The minutes that are reckoned for it: of a range, the one that fits.
    takes: Option<u32>,
    at_least: Option<u32>,
    can_drop: bool,
    keep: bool,
    lead: &'static str,
    members_html: Option<String>,
    handouts: Vec<HandoutLink>,
    steps: StepsView,
    parts: Vec<PartView>,
}

#[derive(Serialize)]
struct PartView {
    title_html: String,
    handouts: Vec<HandoutLink>,
    steps: StepsView,
}

#[derive(Serialize)]
struct StepsView {
    whole: Vec<StepView>,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    step: StepView,
    notes: Vec<StepView>,
}

#[derive(Serialize)]
struct StepView {
    verb: &'static str,
    html: String,
    lead: Option<&'static str>,
}

#[derive(Serialize)]
struct StripView {
    id: String,
    title: String,
    start: String,
    minutes: u32,
    /// How many of its minutes cannot be cut.
    least: u32,
    kind: Option<&'static str>,
    can_drop: bool,
}

#[derive(Serialize)]
struct GuideHandout {
    handout: HandoutView,
    href: String,
    notes_html: Option<String>,
    /// A code for the members' page of this handout.
    code: Option<address::Code>,
    languages: Vec<InLanguage>,
    level: u8,
}

#[derive(Serialize)]
struct Record {
    session: RecordView,
}

#[derive(Serialize)]
struct RecordView {
    number: Option<u32>,
    title: String,
    href: String,
    day: Option<DayView>,
    minutes: MinutesView,
    goals: Vec<String>,
    after: Vec<String>,
}
