//! The member site: what members read, fill in and take home. Only members' text can be opened here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::address::Addresses;
use super::blocks::{self, HandoutView, MinutesView, inline_all, maybe_block, maybe_inline};
use super::body::Bodies;
use super::course::{Common, DayView, common, context};
use super::page::{Made, Other, Page, Site};
use super::search::{self, Found, Index, Part, SearchPage};
use super::view::{PageWriter, Tongue, View};
use crate::audience::Member;
use crate::model::{Curriculum, Handout, HandoutId, MemberPage, Module, Places, SessionPlan, Title};
use crate::source::SourcePath;

/// The member site of a curriculum, or of its edition in another language. `listed` says that it stands among others, under a page that lists
/// them. `bodies` may be those of the guide.
pub fn members<'c>(curriculum: &'c Curriculum, pictures: &'c BTreeMap<SourcePath, String>, listed: bool, bodies: &Arc<Bodies>) -> Site<'c, Member> {
    let addresses = Addresses::of(curriculum);
    let handouts = curriculum.handouts_for_members().into_iter().map(|(_, handout)| (handout.file.clone(), addresses.handout(&handout.id)));
    let pages = curriculum.pages.iter().map(|page| (page.file.clone(), addresses.page(page)));
    let view = View::<Member>::new(curriculum, handouts.chain(pages).collect(), pictures).in_languages().with_bodies(bodies);
    let sessions = curriculum.sessions_for_members().collect();
    let builder = Arc::new(Builder { view, curriculum, places: curriculum.places(), sessions, listed, addresses });
    let mut site = Site::new(&curriculum.language);
    // The page that takes longest comes first, so that no thread waits for it at the end.
    builder.add(&mut site, "workbook.html", Builder::workbook);
    builder.add(&mut site, "index.html", Builder::home);
    for (position, session) in builder.sessions.iter().enumerate() {
        builder.add(&mut site, &addresses.session(session), move |builder, writer| builder.session(writer, position));
    }
    for (module, handout) in curriculum.handouts_for_members() {
        builder.add(&mut site, &addresses.handout(&handout.id), move |builder, writer| builder.handout(writer, module, handout));
    }
    for page in &curriculum.pages {
        builder.add(&mut site, &addresses.page(page), move |builder, writer| builder.page(writer, page));
    }
    if builder.has_agreements() {
        builder.add(&mut site, "agreements.html", Builder::agreements);
    }
    builder.add(&mut site, "search.html", Builder::search);
    let of_index = Arc::clone(&builder);
    site.files.push(Other::new(search::URL, move || of_index.index().script()));
    builder.add(&mut site, "help.html", |builder, writer| {
        let common = builder.common(writer, "help", &builder.curriculum.title);
        ("members/help.html", context(&common, &BTreeMap::<String, String>::new()))
    });
    site
}

/// A template and what it is given.
type Given = (&'static str, tera::Context);

struct Builder<'c> {
    view: View<'c, Member>,
    curriculum: &'c Curriculum,
    places: Places<'c>,
    /// The sessions that members see.
    sessions: Vec<&'c SessionPlan>,
    listed: bool,
    addresses: Addresses,
}

type Writer<'w> = PageWriter<'w, Member>;

impl<'c> Builder<'c> {
    /// Adds a page to the site.
    fn add(self: &Arc<Self>, site: &mut Site<'c, Member>, url: &str, make: impl Fn(&Self, &mut Writer<'_>) -> Given + Send + Sync + 'c) {
        let (builder, address) = (Arc::clone(self), url.to_owned());
        site.pages.push(Page::new(url, move || {
            let mut writer = builder.view.page(&address);
            let (template, context) = make(&builder, &mut writer);
            Made { template, context, used: writer.into_used() }
        }));
    }

    fn common(&self, writer: &mut Writer<'_>, kind: &'static str, title: &Title) -> Common {
        common(writer, self.curriculum, kind, &title.value, self.listed)
    }

    /// The same for a page whose own text is where its title is.
    fn standing(&self, writer: &mut Writer<'_>, kind: &'static str, title: &Title) -> Common {
        self.common(writer, kind, title).standing(self.curriculum.standing(title))
    }

    fn has_agreements(&self) -> bool {
        !self.curriculum.agreements.is_empty() || self.curriculum.confidentiality.is_some()
    }

    fn home(&self, writer: &mut Writer<'_>) -> Given {
        let curriculum = self.curriculum;
        let shown = curriculum.handouts_for_members();
        let own = Home {
            intro: Intro { summary_html: maybe_inline(writer, curriculum.summary.as_ref()), for_html: maybe_inline(writer, curriculum.for_whom.as_ref()) },
            sessions: curriculum
                .sessions_for_members()
                .map(|session| SessionCard {
                    number: session.number,
                    elective: session.elective,
                    day: curriculum.day_of(session).map(DayView::from),
                    title: session.title.value.clone(),
                    tongue: writer.tongue(&session.title.span.file),
                    summary_html: maybe_inline(writer, session.members.summary.as_ref()),
                    href: writer.href(&self.addresses.session(session)),
                })
                .collect(),
            modules: shown
                .chunk_by(|(one, _), (other, _)| one.slug == other.slug)
                .filter_map(|handouts| {
                    let (module, _) = handouts.first()?;
                    Some(ModuleCard {
                        title: module.title.value.clone(),
                        tongue: writer.tongue(&module.title.span.file),
                        summary_html: maybe_inline(writer, module.summary.as_ref()),
                        thread: writer.thread(module),
                        handouts: handouts.iter().map(|(module, handout)| self.card(writer, module, handout)).collect(),
                    })
                })
                .collect(),
            pages: curriculum
                .pages
                .iter()
                .map(|page| PageCard {
                    title: page.title.value.clone(),
                    tongue: writer.tongue(&page.title.span.file),
                    summary_html: maybe_inline(writer, page.summary.as_ref()),
                    href: writer.href(&self.addresses.page(page)),
                })
                .collect(),
            has_agreements: self.has_agreements(),
        };
        let common = self.standing(writer, "home", &curriculum.title);
        ("members/home.html", context(&common, &own))
    }

    fn card(&self, writer: &mut Writer<'_>, module: &Module, handout: &Handout) -> HandoutCard {
        HandoutCard {
            title: handout.title.value.clone(),
            tongue: writer.tongue(&handout.title.span.file),
            summary_html: maybe_inline(writer, handout.summary.as_ref()),
            minutes: handout.minutes.map(MinutesView::from),
            href: writer.href(&self.addresses.handout(&handout.id)),
            thread: writer.thread(module),
            module_title: module.title.value.clone(),
            has_worksheet: handout.has_worksheet(),
        }
    }

    fn session(&self, writer: &mut Writer<'_>, position: usize) -> Given {
        let (curriculum, sessions) = (self.curriculum, &self.sessions);
        let Some(session) = sessions.get(position) else { return ("members/session.html", tera::Context::new()) };
        writer.made_from(&session.file);
        let given = session.members.handouts.iter().filter_map(|id| self.places.handout(&id.value));
        let neighbour = |writer: &Writer<'_>, position: Option<usize>| {
            // An elective stands apart: it has no place in the row.
            let other = sessions.get(position?).filter(|other| !other.elective && !session.elective)?;
            Some(Link {
                title: other.title.value.clone(),
                tongue: writer.tongue(&other.title.span.file),
                number: other.number,
                href: writer.href(&self.addresses.session(other)),
            })
        };
        let own = Session {
            session: SessionView {
                number: session.number,
                of: curriculum.sessions.iter().filter(|session| !session.elective).count(),
                elective: session.elective,
                day: curriculum.day_of(session).map(DayView::from),
                title: session.title.value.clone(),
                tongue: writer.tongue(&session.title.span.file),
                summary_html: maybe_block(writer, session.members.summary.as_ref(), 2),
                goals: inline_all(writer, &session.members.goals),
                steps: curriculum.agenda(session).filter_map(|item| item.members.as_ref()).map(|step| writer.block(step, 3)).collect(),
                handouts: given.map(|(module, handout)| self.card(writer, module, handout)).collect(),
                practice_html: maybe_block(writer, session.members.practice.as_ref(), 3),
                previous: neighbour(writer, position.checked_sub(1)),
                next: neighbour(writer, position.checked_add(1)),
            },
        };
        let common = self.standing(writer, "session", &session.title);
        ("members/session.html", context(&common, &own))
    }

    fn handout(&self, writer: &mut Writer<'_>, module: &Module, handout: &Handout) -> Given {
        writer.made_from(&handout.file);
        let curriculum = self.curriculum;
        let session = self.places.session_of(&handout.id);
        // The order is the session's where one gives the handout out, else the module's.
        let row: Vec<&Handout> = match session {
            Some(session) => session.members.handouts.iter().filter_map(|id| self.places.handout(&id.value)).map(|(_, handout)| handout).collect(),
            None => module.handouts.iter().map(AsRef::as_ref).filter(|other| curriculum.is_for_members(&other.id)).collect(),
        };
        let position = row.iter().position(|other| other.id == handout.id);
        let link = |writer: &Writer<'_>, position: Option<usize>| {
            let other = row.get(position?)?;
            Some(Link {
                title: other.title.value.clone(),
                tongue: writer.tongue(&other.title.span.file),
                number: None,
                href: writer.href(&self.addresses.handout(&other.id)),
            })
        };
        let own = HandoutPage {
            handout: blocks::handout(writer, curriculum, module, handout, 2),
            session: session.map(|session| Link {
                title: session.title.value.clone(),
                tongue: writer.tongue(&session.title.span.file),
                number: session.number,
                href: writer.href(&self.addresses.session(session)),
            }),
            previous: link(writer, position.and_then(|position| position.checked_sub(1))),
            next: link(writer, position.map(|position| position + 1)),
        };
        let common = self.standing(writer, "handout", &handout.title).with(&handout.blocks);
        ("members/handout.html", context(&common, &own))
    }

    fn page(&self, writer: &mut Writer<'_>, page: &MemberPage) -> Given {
        writer.made_from(&page.file);
        let own = FreePage {
            title: page.title.value.clone(),
            tongue: writer.tongue(&page.title.span.file),
            lead_html: maybe_inline(writer, page.summary.as_ref()),
            body: writer.body(&page.title, page.slug.as_str(), &page.blocks, 2),
        };
        let common = self.standing(writer, "page", &page.title).with(&page.blocks);
        ("members/page.html", context(&common, &own))
    }

    /// All handouts on one page to print, in the order of the sessions; those that no session gives out come last.
    fn workbook(&self, writer: &mut Writer<'_>) -> Given {
        let curriculum = self.curriculum;
        let mut seen: BTreeSet<&HandoutId> = BTreeSet::new();
        let mut parts: Vec<WorkbookPart> = Vec::new();
        let sessions =
            curriculum.sessions_for_members().map(|session| (Some(session), session.members.handouts.iter().map(|id| &id.value).collect::<Vec<_>>()));
        let rest = (None, curriculum.handouts_for_members().into_iter().map(|(_, handout)| &handout.id).collect());
        let mut common = self.common(writer, "workbook", &curriculum.title);
        for (session, ids) in sessions.chain([rest]) {
            let mut handouts = Vec::new();
            for id in ids {
                let Some((module, handout)) = self.places.handout(id).filter(|(_, handout)| seen.insert(&handout.id)) else { continue };
                let anchor = format!("h{}", seen.len());
                writer.start_part(&format!("{anchor}-"));
                writer.comes_from(&anchor, &handout.title.span);
                let view = blocks::handout(writer, curriculum, module, handout, 3);
                handouts.push(WorkbookHandout { anchor, handout: view });
                common = common.with(&handout.blocks);
            }
            if !handouts.is_empty() {
                parts.push(WorkbookPart {
                    number: session.and_then(|session| session.number),
                    title: session.map(|session| session.title.value.clone()),
                    tongue: session.and_then(|session| writer.tongue(&session.title.span.file)),
                    handouts,
                });
            }
        }
        ("members/workbook.html", context(&common, &Workbook { parts }))
    }

    /// The page to search on. Without JavaScript it is a list of all pages.
    fn search(&self, writer: &mut Writer<'_>) -> Given {
        let curriculum = self.curriculum;
        let sessions = curriculum.sessions_for_members().map(|session| Found {
            title: session.title.value.clone(),
            tongue: writer.tongue(&session.title.span.file),
            place: session.number.map(|n| n.to_string()).unwrap_or_default(),
            thread: None,
            href: writer.href(&self.addresses.session(session)),
        });
        let handouts = curriculum.handouts_for_members().into_iter().map(|(module, handout)| Found {
            title: handout.title.value.clone(),
            tongue: writer.tongue(&handout.title.span.file),
            place: module.title.value.clone(),
            thread: Some(writer.thread(module)),
            href: writer.href(&self.addresses.handout(&handout.id)),
        });
        let free = curriculum.pages.iter().map(|page| Found {
            title: page.title.value.clone(),
            tongue: writer.tongue(&page.title.span.file),
            place: String::new(),
            thread: None,
            href: writer.href(&self.addresses.page(page)),
        });
        let own = SearchPage::new(sessions.chain(handouts).chain(free).collect());
        let common = self.common(writer, "search", &curriculum.title);
        ("members/search.html", context(&common, &own))
    }

    /// The words of all pages, and where they stand.
    fn index(&self) -> Index {
        let curriculum = self.curriculum;
        let mut index = Index::default();
        for session in curriculum.sessions_for_members() {
            let url = self.addresses.session(session);
            let writer = self.view.page(&url);
            let members = &session.members;
            let texts = members.summary.iter().chain(&members.goals).chain(&members.practice);
            let steps = curriculum.agenda(session).filter_map(|item| item.members.as_ref());
            let text = texts.chain(steps).map(|text| writer.plain(text)).collect::<Vec<_>>().join(" ");
            let place = session.number.map(|n| n.to_string()).unwrap_or_default();
            index.add(&url, &session.title.value, &place, vec![Part { heading: session.title.value.clone(), anchor: String::new(), text }]);
        }
        let handouts = curriculum
            .handouts_for_members()
            .into_iter()
            .map(|(module, handout)| (self.addresses.handout(&handout.id), &handout.title, module.title.value.as_str(), &handout.summary, &handout.blocks));
        let pages = curriculum.pages.iter().map(|page| (self.addresses.page(page), &page.title, "", &page.summary, &page.blocks));
        for (url, title, place, summary, blocks) in handouts.chain(pages) {
            let writer = self.view.page(&url);
            let lead = summary.as_ref().map(|summary| writer.plain(summary)).unwrap_or_default();
            index.add_body(&url, &title.value, place, &format!("{} {lead}", title.value), &self.view.parts(title, blocks));
        }
        index
    }

    fn agreements(&self, writer: &mut Writer<'_>) -> Given {
        let own = Agreements {
            agreements: inline_all(writer, &self.curriculum.agreements),
            confidentiality_html: maybe_block(writer, self.curriculum.confidentiality.as_ref(), 3),
        };
        let common = self.standing(writer, "agreements", &self.curriculum.title);
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
    day: Option<DayView>,
    title: String,
    tongue: Option<Tongue>,
    summary_html: Option<String>,
    href: String,
}

#[derive(Serialize)]
struct ModuleCard {
    title: String,
    tongue: Option<Tongue>,
    summary_html: Option<String>,
    thread: String,
    handouts: Vec<HandoutCard>,
}

#[derive(Serialize)]
struct HandoutCard {
    title: String,
    tongue: Option<Tongue>,
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
    tongue: Option<Tongue>,
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
    day: Option<DayView>,
    title: String,
    tongue: Option<Tongue>,
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
    tongue: Option<Tongue>,
    lead_html: Option<String>,
    body: String,
}

#[derive(Serialize)]
struct Workbook {
    parts: Vec<WorkbookPart>,
}

#[derive(Serialize)]
struct WorkbookPart {
    number: Option<u32>,
    /// The session's title; the part of what no session gives out has none.
    title: Option<String>,
    tongue: Option<Tongue>,
    handouts: Vec<WorkbookHandout>,
}

#[derive(Serialize)]
struct WorkbookHandout {
    anchor: String,
    handout: HandoutView,
}

#[derive(Serialize)]
struct Agreements {
    agreements: Vec<String>,
    confidentiality_html: Option<String>,
}

#[derive(Serialize)]
struct Link {
    title: String,
    tongue: Option<Tongue>,
    number: Option<u32>,
    href: String,
}
