//! The home of the guide: the whole course at a glance.

use std::collections::HashMap;

use serde::Serialize;

use super::builder::{AdaptView, Builder, Given, HandoutLink, Link, Writer, adaptations, copies, guide_page_url, member_page_url, module_url, session_url};
use crate::model::{GroupKind, Module, SessionPlan};
use crate::site::blocks::{MinutesView, inline_all, maybe_block, maybe_inline};
use crate::site::course::{DayView, common, context};

impl Builder<'_> {
    /// The home of the guide.
    pub fn home(&self, writer: &mut Writer<'_>) -> Given {
        let own = self.home_view(writer);
        let common = common(writer, self.curriculum, "home", &self.curriculum.title.value, self.listed);
        ("guide/home.html", context(&common, &own))
    }

    /// All that the course needs, each thing once, in the order in which it is first needed.
    fn roll_up(&self, writer: &mut Writer<'_>) -> Vec<Needed> {
        let mut needed: Vec<Needed> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        for (position, session) in self.curriculum.sessions.iter().enumerate() {
            let handouts = self.bring(writer, session).into_iter().map(|title| (title, None));
            let materials: Vec<(String, Option<String>)> =
                session.materials.iter().map(|material| (writer.plain(material), Some(writer.inline(material)))).collect();
            for (words, html) in handouts.chain(materials) {
                let key = words.trim().trim_end_matches('.').to_lowercase();
                let at = *known.entry(key).or_insert_with(|| {
                    needed.push(Needed { title: html.is_none().then_some(words), html, sessions: Vec::new(), every: false });
                    needed.len() - 1
                });
                if let Some(thing) = needed.get_mut(at) {
                    let link = Link { title: session.title.value.clone(), number: session.number, href: writer.href(&session_url(session)) };
                    if thing.sessions.last().is_none_or(|last| last.href != link.href) {
                        thing.sessions.push(link);
                    }
                    thing.every = position > 0 && thing.sessions.len() == self.curriculum.sessions.len();
                }
            }
        }
        needed
    }

    /// What the home is given.
    fn home_view(&self, writer: &mut Writer<'_>) -> Home {
        let curriculum = self.curriculum;
        Home {
            intro: Intro { summary_html: maybe_inline(writer, curriculum.summary.as_ref()), for_html: maybe_inline(writer, curriculum.for_whom.as_ref()) },
            group: GroupView {
                kind: curriculum.group.kind.map(|kind| match kind {
                    GroupKind::Closed => "closed",
                    GroupKind::Open => "open",
                }),
                size: curriculum.group.size.clone(),
                facilitators: curriculum.group.facilitators.clone(),
            },
            session_minutes: curriculum.session_minutes.as_ref().map(|minutes| minutes.value.into()),
            copies: copies(curriculum),
            sessions: curriculum.sessions.iter().map(|session| self.session_row(writer, session)).collect(),
            modules: curriculum.modules.iter().map(|module| self.module_row(writer, module)).collect(),
            guide_pages: curriculum
                .guide
                .iter()
                .map(|page| Link { title: writer.plain(&page.title), number: None, href: writer.href(&guide_page_url(page)) })
                .collect(),
            member_pages: curriculum
                .pages
                .iter()
                .map(|page| Link { title: page.title.value.clone(), number: None, href: writer.href(&member_page_url(page)) })
                .collect(),
            needed: self.roll_up(writer),
            agreements: inline_all(writer, &curriculum.agreements),
            distress_protocol_html: maybe_block(writer, curriculum.distress_protocol.as_ref(), 3),
            confidentiality_html: maybe_block(writer, curriculum.confidentiality.as_ref(), 4),
            newcomers_html: maybe_block(writer, curriculum.newcomers.as_ref(), 4),
            adapt: adaptations(writer, &curriculum.adapt),
            references: inline_all(writer, &curriculum.references),
            authors: inline_all(writer, &curriculum.authors),
            license: curriculum.license.clone(),
            reviewed: curriculum.reviewed.map(|date| date.to_string()),
        }
    }

    fn session_row(&self, writer: &mut Writer<'_>, session: &SessionPlan) -> SessionRow {
        SessionRow {
            number: session.number,
            elective: session.elective,
            title: session.title.value.clone(),
            href: writer.href(&session_url(session)),
            day: self.curriculum.day_of(session).map(DayView::from),
            about_html: maybe_block(writer, session.about.as_ref(), 4),
            minutes: self.length(session).into(),
            goals: inline_all(writer, &session.goals),
            handouts: session.members.handouts.iter().filter_map(|id| self.handout_link(writer, &id.value, true)).collect(),
            bring: self.bring(writer, session),
            practice_html: maybe_block(writer, session.members.practice.as_ref(), 4),
            materials: inline_all(writer, &session.materials),
        }
    }

    fn module_row(&self, writer: &mut Writer<'_>, module: &Module) -> ModuleRow {
        ModuleRow {
            title: module.title.value.clone(),
            href: writer.href(&module_url(&module.slug)),
            thread: writer.thread(module),
            summary_html: maybe_inline(writer, module.summary.as_ref()),
            handouts: module.handouts.iter().filter_map(|handout| self.handout_link(writer, &handout.id, true)).collect(),
        }
    }
}

/// What the home is given.
#[derive(Serialize)]
pub struct Home {
    intro: Intro,
    group: GroupView,
    session_minutes: Option<MinutesView>,
    copies: Option<u32>,
    sessions: Vec<SessionRow>,
    modules: Vec<ModuleRow>,
    guide_pages: Vec<Link>,
    member_pages: Vec<Link>,
    needed: Vec<Needed>,
    agreements: Vec<String>,
    distress_protocol_html: Option<String>,
    confidentiality_html: Option<String>,
    newcomers_html: Option<String>,
    adapt: Vec<AdaptView>,
    references: Vec<String>,
    authors: Vec<String>,
    license: Option<String>,
    reviewed: Option<String>,
}

#[derive(Serialize)]
struct Intro {
    summary_html: Option<String>,
    for_html: Option<String>,
}

#[derive(Serialize)]
struct GroupView {
    kind: Option<&'static str>,
    size: Option<String>,
    facilitators: Option<String>,
}

#[derive(Serialize)]
struct SessionRow {
    number: Option<u32>,
    elective: bool,
    title: String,
    href: String,
    day: Option<DayView>,
    about_html: Option<String>,
    minutes: MinutesView,
    goals: Vec<String>,
    handouts: Vec<HandoutLink>,
    bring: Vec<String>,
    practice_html: Option<String>,
    materials: Vec<String>,
}

/// A thing to copy or bring, and the sessions that need it.
#[derive(Serialize)]
struct Needed {
    /// A handout's title; it is needed once for each member.
    title: Option<String>,
    /// Or a material, in the author's words.
    html: Option<String>,
    sessions: Vec<Link>,
    /// Whether every session needs it.
    every: bool,
}

#[derive(Serialize)]
struct ModuleRow {
    title: String,
    href: String,
    thread: String,
    summary_html: Option<String>,
    handouts: Vec<HandoutLink>,
}
