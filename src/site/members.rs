//! The member site: what members read, fill in and take home. Only members' text can be opened here.

use std::collections::BTreeMap;

use serde::Serialize;

use super::blocks::{self, BlockView, HandoutView, MinutesView, inline_all, maybe_block, maybe_inline};
use super::course::{common, context, thread};
use super::page::{Page, Site};
use super::view::{PageWriter, View};
use crate::audience::Member;
use crate::model::{Curriculum, Handout, HandoutId, MemberPage, Module, SessionPlan};
use crate::source::SourcePath;

/// The member site of a curriculum. `listed` says that it stands among others, under a page that lists them.
pub fn members(curriculum: &Curriculum, pictures: &BTreeMap<SourcePath, String>, listed: bool) -> Site<Member> {
    let handouts = curriculum.handouts().map(|(_, handout)| (handout.file.clone(), handout_url(&handout.id)));
    let pages = curriculum.pages.iter().map(|page| (page.file.clone(), page_url(page)));
    let view = View::<Member>::new(curriculum, handouts.chain(pages).collect(), pictures);
    let builder = Builder { view: &view, curriculum, listed };
    let mut site = Site { language: curriculum.language.clone(), pages: Vec::new(), pictures: Default::default() };
    builder.add(&mut site, "index.html", |builder, writer| builder.home(writer));
    for (position, session) in curriculum.sessions.iter().enumerate() {
        builder.add(&mut site, &session_url(session), |builder, writer| builder.session(writer, position, session));
    }
    for (module, handout) in curriculum.handouts() {
        builder.add(&mut site, &handout_url(&handout.id), |builder, writer| builder.handout(writer, module, handout));
    }
    for page in &curriculum.pages {
        builder.add(&mut site, &page_url(page), |builder, writer| builder.page(writer, page));
    }
    if builder.has_agreements() {
        builder.add(&mut site, "agreements.html", |builder, writer| builder.agreements(writer));
    }
    builder.add(&mut site, "help.html", |builder, writer| {
        let common = common(writer, builder.curriculum, "help", &builder.curriculum.title.value, builder.listed);
        ("members/help.html", context(&common, &BTreeMap::<String, String>::new()))
    });
    site
}

fn session_url(session: &SessionPlan) -> String {
    format!("sessions/{}.html", session.slug)
}

fn handout_url(id: &HandoutId) -> String {
    format!("handouts/{}/{}.html", id.module, id.handout)
}

fn page_url(page: &MemberPage) -> String {
    format!("pages/{}.html", page.slug)
}

/// A template and what it is given.
type Made = (&'static str, tera::Context);

struct Builder<'b> {
    view: &'b View<'b, Member>,
    curriculum: &'b Curriculum,
    listed: bool,
}

type Writer<'w> = PageWriter<'w, Member>;

impl Builder<'_> {
    /// Makes a page and adds it to the site with the pictures that it used.
    fn add(&self, site: &mut Site<Member>, url: &str, make: impl FnOnce(&Self, &mut Writer<'_>) -> Made) {
        let mut writer = self.view.page(url);
        let (template, context) = make(self, &mut writer);
        site.pictures.extend(writer.into_pictures());
        site.pages.push(Page::new(url, template, context));
    }

    fn has_agreements(&self) -> bool {
        !self.curriculum.agreements.is_empty() || self.curriculum.confidentiality.is_some()
    }

    fn home(&self, writer: &mut Writer<'_>) -> Made {
        let curriculum = self.curriculum;
        let own = Home {
            intro: Intro { summary_html: maybe_inline(writer, curriculum.summary.as_ref()), for_html: maybe_inline(writer, curriculum.for_whom.as_ref()) },
            sessions: curriculum
                .sessions
                .iter()
                .map(|session| SessionCard {
                    number: session.number,
                    elective: session.elective,
                    title: session.title.value.clone(),
                    summary_html: maybe_inline(writer, session.members.summary.as_ref()),
                    href: writer.href(&session_url(session)),
                })
                .collect(),
            modules: curriculum
                .modules
                .iter()
                .map(|module| ModuleCard {
                    title: module.title.value.clone(),
                    summary_html: maybe_inline(writer, module.summary.as_ref()),
                    thread: thread(curriculum, module).to_owned(),
                    handouts: module.handouts.iter().map(|handout| self.card(writer, module, handout)).collect(),
                })
                .collect(),
            pages: curriculum
                .pages
                .iter()
                .map(|page| PageCard {
                    title: page.title.value.clone(),
                    summary_html: maybe_inline(writer, page.summary.as_ref()),
                    href: writer.href(&page_url(page)),
                })
                .collect(),
            has_agreements: self.has_agreements(),
        };
        let common = common(writer, curriculum, "home", &curriculum.title.value, self.listed);
        ("members/home.html", context(&common, &own))
    }

    fn card(&self, writer: &mut Writer<'_>, module: &Module, handout: &Handout) -> HandoutCard {
        HandoutCard {
            title: handout.title.value.clone(),
            summary_html: maybe_inline(writer, handout.summary.as_ref()),
            minutes: handout.minutes.map(MinutesView::from),
            href: writer.href(&handout_url(&handout.id)),
            thread: thread(self.curriculum, module).to_owned(),
            module_title: module.title.value.clone(),
            has_worksheet: handout.has_worksheet(),
        }
    }

    fn session(&self, writer: &mut Writer<'_>, position: usize, session: &SessionPlan) -> Made {
        let curriculum = self.curriculum;
        let given = session.members.handouts.iter().filter_map(|id| curriculum.handout(&id.value));
        let neighbour = |writer: &Writer<'_>, position: Option<usize>| {
            // An elective stands apart: it has no place in the row.
            let other = curriculum.sessions.get(position?).filter(|other| !other.elective && !session.elective)?;
            Some(Link { title: other.title.value.clone(), number: other.number, href: writer.href(&session_url(other)) })
        };
        let own = Session {
            session: SessionView {
                number: session.number,
                of: curriculum.sessions.iter().filter(|session| !session.elective).count(),
                elective: session.elective,
                title: session.title.value.clone(),
                summary_html: maybe_block(writer, session.members.summary.as_ref(), 2),
                goals: inline_all(writer, &session.members.goals),
                steps: curriculum.agenda(session).filter_map(|item| item.members.as_ref()).map(|step| writer.block(step, 3)).collect(),
                handouts: given.map(|(module, handout)| self.card(writer, module, handout)).collect(),
                practice_html: maybe_block(writer, session.members.practice.as_ref(), 3),
                previous: neighbour(writer, position.checked_sub(1)),
                next: neighbour(writer, position.checked_add(1)),
            },
        };
        let common = common(writer, curriculum, "session", &session.title.value, self.listed);
        ("members/session.html", context(&common, &own))
    }

    fn handout(&self, writer: &mut Writer<'_>, module: &Module, handout: &Handout) -> Made {
        let curriculum = self.curriculum;
        let session = curriculum.session_of(&handout.id);
        // The order is the session's where one gives the handout out, else the module's.
        let row: Vec<&Handout> = match session {
            Some(session) => session.members.handouts.iter().filter_map(|id| curriculum.handout(&id.value)).map(|(_, handout)| handout).collect(),
            None => module.handouts.iter().collect(),
        };
        let position = row.iter().position(|other| other.id == handout.id);
        let link = |writer: &Writer<'_>, position: Option<usize>| {
            let other = row.get(position?)?;
            Some(Link { title: other.title.value.clone(), number: None, href: writer.href(&handout_url(&other.id)) })
        };
        let own = HandoutPage {
            handout: blocks::handout(
                writer,
                module,
                thread(curriculum, module),
                handout,
                &curriculum.title.value,
                curriculum.reviewed.map(|date| date.to_string()),
                2,
            ),
            session: session.map(|session| Link { title: session.title.value.clone(), number: session.number, href: writer.href(&session_url(session)) }),
            previous: link(writer, position.and_then(|position| position.checked_sub(1))),
            next: link(writer, position.map(|position| position + 1)),
        };
        let common = common(writer, curriculum, "handout", &handout.title.value, self.listed);
        ("members/handout.html", context(&common, &own))
    }

    fn page(&self, writer: &mut Writer<'_>, page: &MemberPage) -> Made {
        let own = FreePage {
            title: page.title.value.clone(),
            lead_html: maybe_inline(writer, page.summary.as_ref()),
            blocks: blocks::blocks(writer, &page.blocks, 2),
        };
        let common = common(writer, self.curriculum, "page", &page.title.value, self.listed);
        ("members/page.html", context(&common, &own))
    }

    fn agreements(&self, writer: &mut Writer<'_>) -> Made {
        let own = Agreements {
            agreements: inline_all(writer, &self.curriculum.agreements),
            confidentiality_html: maybe_block(writer, self.curriculum.confidentiality.as_ref(), 3),
        };
        let common = common(writer, self.curriculum, "agreements", &self.curriculum.title.value, self.listed);
        ("members/agreements.html", context(&common, &own))
    }
}

#[derive(Serialize)]
struct Home {
    intro: Intro,
    sessions: Vec<SessionCard>,
    modules: Vec<ModuleCard>,
    pages: Vec<PageCard>,
    has_agreements: bool,
}

#[derive(Serialize)]
struct Intro {
    summary_html: Option<String>,
    for_html: Option<String>,
}

#[derive(Serialize)]
struct SessionCard {
    number: Option<u32>,
    elective: bool,
    title: String,
    summary_html: Option<String>,
    href: String,
}

#[derive(Serialize)]
struct ModuleCard {
    title: String,
    summary_html: Option<String>,
    thread: String,
    handouts: Vec<HandoutCard>,
}

#[derive(Serialize)]
struct HandoutCard {
    title: String,
    summary_html: Option<String>,
    minutes: Option<MinutesView>,
    href: String,
    thread: String,
    module_title: String,
    has_worksheet: bool,
}

#[derive(Serialize)]
struct PageCard {
    title: String,
    summary_html: Option<String>,
    href: String,
}

#[derive(Serialize)]
struct Session {
    session: SessionView,
}

#[derive(Serialize)]
struct SessionView {
    number: Option<u32>,
    of: usize,
    elective: bool,
    title: String,
    summary_html: Option<String>,
    goals: Vec<String>,
    steps: Vec<String>,
    handouts: Vec<HandoutCard>,
    practice_html: Option<String>,
    previous: Option<Link>,
    next: Option<Link>,
}

#[derive(Serialize)]
struct HandoutPage {
    handout: HandoutView,
    session: Option<Link>,
    previous: Option<Link>,
    next: Option<Link>,
}

#[derive(Serialize)]
struct FreePage {
    title: String,
    lead_html: Option<String>,
    blocks: Vec<BlockView>,
}

#[derive(Serialize)]
struct Agreements {
    agreements: Vec<String>,
    confidentiality_html: Option<String>,
}

#[derive(Serialize)]
struct Link {
    title: String,
    number: Option<u32>,
    href: String,
}
