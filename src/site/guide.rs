//! The facilitator guide: all that one or two facilitators prepare and run a group from.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::blocks::{self, HandoutView, MinutesView, inline_all, maybe_block, maybe_inline};
use super::course::{common, context, thread};
use super::health::{self, Health, HealthView};
use super::page::{Page, Site};
use super::present;
use super::view::{PageWriter, View};
use crate::audience::Facilitator;
use crate::model::{
    Adaptation, AgendaItem, Curriculum, GroupKind, GuidePage, Handout, HandoutId, ItemKind, MemberPage, Minutes, Module, SessionPlan, Slug, Step, Verb,
};
use crate::source::{SourcePath, Spanned};

/// The facilitator guide of a curriculum. `listed` says that it stands among others, under a page that lists them.
pub fn guide(curriculum: &Curriculum, pictures: &BTreeMap<SourcePath, String>, listed: bool, health: &Health<'_>) -> Site<Facilitator> {
    let handouts = curriculum.handouts().map(|(_, handout)| (handout.file.clone(), handout_url(&handout.id)));
    let member_pages = curriculum.pages.iter().map(|page| (page.file.clone(), member_page_url(page)));
    let pages = curriculum.guide.iter().map(|page| (page.file.clone(), guide_page_url(page)));
    let sessions = curriculum.sessions.iter().map(|session| (session.file.clone(), session_url(session)));
    let modules = curriculum.modules.iter().map(|module| (module.folder.join("module.yml"), module_url(&module.slug)));
    let links: BTreeMap<SourcePath, String> = handouts.chain(member_pages).chain(pages).chain(sessions).chain(modules).collect();
    let view = View::<Facilitator>::new(curriculum, links.clone(), pictures);
    let builder = Builder { view: &view, curriculum, listed };
    let mut site = Site::new(&curriculum.language);
    builder.add(&mut site, "index.html", |builder, writer| builder.home(writer));
    for (position, session) in curriculum.sessions.iter().enumerate() {
        builder.add(&mut site, &session_url(session), |builder, writer| builder.session(writer, position, session));
    }
    for module in &curriculum.modules {
        builder.add(&mut site, &module_url(&module.slug), |builder, writer| builder.module(writer, module));
    }
    for (module, handout) in curriculum.handouts() {
        builder.add(&mut site, &handout_url(&handout.id), |builder, writer| builder.handout(writer, module, handout));
    }
    for page in &curriculum.guide {
        builder.add(&mut site, &guide_page_url(page), |builder, writer| builder.guide_page(writer, page));
    }
    for page in &curriculum.pages {
        builder.add(&mut site, &member_page_url(page), |builder, writer| builder.member_page(writer, page));
    }
    builder.add(&mut site, "safety.html", |builder, writer| builder.safety(writer));
    builder.add(&mut site, "health.html", |builder, writer| {
        let own = HealthPage { health: health::health(writer, curriculum, health, &|file| links.get(file).cloned()) };
        let common = common(writer, curriculum, "health", &curriculum.title.value, builder.listed);
        ("guide/health.html", context(&common, &own))
    });
    site
}

fn session_url(session: &SessionPlan) -> String {
    format!("sessions/{}.html", session.slug)
}

fn module_url(module: &Slug) -> String {
    format!("modules/{module}.html")
}

fn handout_url(id: &HandoutId) -> String {
    format!("handouts/{}/{}.html", id.module, id.handout)
}

fn guide_page_url(page: &GuidePage) -> String {
    format!("guide/{}.html", page.slug)
}

fn member_page_url(page: &MemberPage) -> String {
    format!("pages/{}.html", page.slug)
}

/// A template and what it is given.
type Made = (&'static str, tera::Context);
type Writer<'w> = PageWriter<'w, Facilitator>;

struct Builder<'b> {
    view: &'b View<'b, Facilitator>,
    curriculum: &'b Curriculum,
    listed: bool,
}

impl Builder<'_> {
    /// Makes a page and adds it to the site with the pictures that it used.
    fn add(&self, site: &mut Site<Facilitator>, url: &str, make: impl FnOnce(&Self, &mut Writer<'_>) -> Made) {
        let mut writer = self.view.page(url);
        let (template, context) = make(self, &mut writer);
        site.pictures.extend(writer.into_pictures());
        site.pages.push(Page::new(url, template, context));
    }

    fn home(&self, writer: &mut Writer<'_>) -> Made {
        let curriculum = self.curriculum;
        let own = Home {
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
            agreements: inline_all(writer, &curriculum.agreements),
            confidentiality_html: maybe_block(writer, curriculum.confidentiality.as_ref(), 4),
            newcomers_html: maybe_block(writer, curriculum.newcomers.as_ref(), 4),
            adapt: adaptations(writer, &curriculum.adapt),
            references: inline_all(writer, &curriculum.references),
            authors: inline_all(writer, &curriculum.authors),
            license: curriculum.license.clone(),
            reviewed: curriculum.reviewed.map(|date| date.to_string()),
        };
        let common = common(writer, curriculum, "home", &curriculum.title.value, self.listed);
        ("guide/home.html", context(&common, &own))
    }

    fn session_row(&self, writer: &mut Writer<'_>, session: &SessionPlan) -> SessionRow {
        SessionRow {
            number: session.number,
            elective: session.elective,
            title: session.title.value.clone(),
            href: writer.href(&session_url(session)),
            about_html: maybe_block(writer, session.about.as_ref(), 4),
            minutes: self.length(session).into(),
            goals: inline_all(writer, &session.goals),
            handouts: session.members.handouts.iter().filter_map(|id| self.handout_link(writer, &id.value, true)).collect(),
            bring: self.bring(writer, session),
            practice_html: maybe_block(writer, session.members.practice.as_ref(), 4),
            materials: inline_all(writer, &session.materials),
        }
    }

    /// The titles of the handouts to copy that the author does not name among the materials herself.
    fn bring(&self, writer: &Writer<'_>, session: &SessionPlan) -> Vec<String> {
        let materials: Vec<String> = session.materials.iter().map(|material| writer.plain(material).to_lowercase()).collect();
        let handouts = session.members.handouts.iter().filter_map(|id| self.curriculum.handout(&id.value));
        let titles = handouts.map(|(_, handout)| handout.title.value.clone());
        titles.filter(|title| !materials.iter().any(|material| material.contains(&title.to_lowercase()))).collect()
    }

    fn module_row(&self, writer: &mut Writer<'_>, module: &Module) -> ModuleRow {
        ModuleRow {
            title: module.title.value.clone(),
            href: writer.href(&module_url(&module.slug)),
            thread: thread(self.curriculum, module).to_owned(),
            summary_html: maybe_inline(writer, module.summary.as_ref()),
            handouts: module.handouts.iter().filter_map(|handout| self.handout_link(writer, &handout.id, true)).collect(),
        }
    }

    fn handout_link(&self, writer: &Writer<'_>, id: &HandoutId, new: bool) -> Option<HandoutLink> {
        let (module, handout) = self.curriculum.handout(id)?;
        Some(HandoutLink { title: handout.title.value.clone(), href: writer.href(&handout_url(id)), thread: thread(self.curriculum, module).to_owned(), new })
    }

    /// How long a session is planned for: the sum of its timed items.
    fn length(&self, session: &SessionPlan) -> Minutes {
        self.curriculum.agenda(session).filter_map(|item| item.minutes.as_ref()).map(|minutes| minutes.value).sum()
    }

    fn session(&self, writer: &mut Writer<'_>, position: usize, session: &SessionPlan) -> Made {
        let curriculum = self.curriculum;
        let own = Session {
            session: SessionView {
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
            agenda: self.agenda(writer, session),
            strip: self.strip(writer, session),
            adapt: adaptations(writer, &session.adapt),
            leads: LeadNames {
                two: curriculum.group.facilitators.as_deref() != Some("1"),
                first: curriculum.leads.first.clone(),
                second: curriculum.leads.second.clone(),
            },
            bring: self.bring(writer, session),
            copies: copies(curriculum),
            previous: self.neighbour(writer, session, position.checked_sub(1)),
            next: self.neighbour(writer, session, position.checked_add(1)),
            handouts: self.inline_handouts(writer, session),
        };
        let common = common(writer, curriculum, "session", &session.title.value, self.listed);
        ("guide/session.html", context(&common, &own))
    }

    fn neighbour(&self, writer: &Writer<'_>, session: &SessionPlan, position: Option<usize>) -> Option<Link> {
        // An elective stands apart: it has no place in the row.
        let other = self.curriculum.sessions.get(position?).filter(|other| !other.elective && !session.elective)?;
        Some(Link { title: other.title.value.clone(), number: other.number, href: writer.href(&session_url(other)) })
    }

    fn agenda(&self, writer: &mut Writer<'_>, session: &SessionPlan) -> Vec<ItemView> {
        let given: BTreeSet<&HandoutId> = session.members.handouts.iter().map(|id| &id.value).collect();
        let mut seen: BTreeSet<&HandoutId> = BTreeSet::new();
        let mut items = Vec::new();
        for (n, (item, start)) in self.timed(session).into_iter().enumerate() {
            // A handout is given out where it first stands; after that, members have it.
            let mut links = |writer: &Writer<'_>, ids: &'_ [Spanned<HandoutId>]| -> Vec<HandoutLink> {
                ids.iter()
                    .filter_map(|id| {
                        let (_, handout) = self.curriculum.handout(&id.value)?;
                        let new = given.contains(&handout.id) && seen.insert(&handout.id);
                        self.handout_link(writer, &handout.id, new)
                    })
                    .collect()
            };
            items.push(ItemView {
                id: item_id(n),
                title_html: writer.inline(&item.title),
                kind: item.kind.map(ItemKind::as_str),
                start: item.minutes.is_some().then(|| clock(start)),
                minutes: item.minutes.as_ref().map(|minutes| minutes.value.into()),
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
    fn timed<'c>(&'c self, session: &'c SessionPlan) -> Vec<(&'c AgendaItem, u32)> {
        let length = self.length(session);
        let fits = self.curriculum.session_minutes.as_ref().is_none_or(|meeting| length.high <= meeting.value.high);
        let mut start = 0;
        let each = self.curriculum.agenda(session).map(|item| {
            let from = start;
            start += item.minutes.as_ref().map_or(0, |minutes| if fits { minutes.value.high } else { minutes.value.low });
            (item, from)
        });
        each.collect()
    }

    fn strip(&self, writer: &Writer<'_>, session: &SessionPlan) -> Vec<StripView> {
        let timed = self.timed(session);
        let strip = timed.iter().enumerate().filter_map(|(n, (item, start))| {
            let minutes = item.minutes.as_ref()?.value;
            let until = timed.get(n + 1).map_or(start + minutes.high, |(_, next)| *next);
            Some(StripView {
                id: item_id(n),
                title: writer.plain(&item.title),
                start: clock(*start),
                minutes: until.saturating_sub(*start).max(1),
                at_least: item.at_least,
                kind: item.kind.map(ItemKind::as_str),
                can_drop: item.can_drop,
            })
        });
        strip.collect()
    }

    fn inline_handouts(&self, writer: &mut Writer<'_>, session: &SessionPlan) -> Vec<GuideHandout> {
        let mut handouts = Vec::new();
        for (n, id) in session.members.handouts.iter().enumerate() {
            let Some((module, handout)) = self.curriculum.handout(&id.value) else { continue };
            writer.start_part(&format!("h{}-", n + 1));
            handouts.push(GuideHandout {
                handout: self.handout_view(writer, module, handout, 4),
                href: writer.href(&handout_url(&handout.id)),
                notes_html: maybe_block(writer, handout.notes.as_ref(), 4),
                level: 4,
            });
        }
        handouts
    }

    fn handout_view(&self, writer: &mut Writer<'_>, module: &Module, handout: &Handout, level: u8) -> HandoutView {
        let curriculum = self.curriculum;
        let reviewed = curriculum.reviewed.map(|date| date.to_string());
        blocks::handout(writer, module, thread(curriculum, module), handout, &curriculum.title.value, reviewed, level)
    }

    /// The sessions that give out any of these handouts.
    fn sessions_with(&self, writer: &Writer<'_>, wanted: impl Fn(&HandoutId) -> bool) -> Vec<Link> {
        let sessions = self.curriculum.sessions.iter().filter(|session| session.members.handouts.iter().any(|id| wanted(&id.value)));
        sessions.map(|session| Link { title: session.title.value.clone(), number: session.number, href: writer.href(&session_url(session)) }).collect()
    }

    fn handout(&self, writer: &mut Writer<'_>, module: &Module, handout: &Handout) -> Made {
        let own = HandoutPage {
            handout: self.handout_view(writer, module, handout, 2),
            notes_html: {
                writer.start_part("n-");
                maybe_block(writer, handout.notes.as_ref(), 3)
            },
            module: Link { title: module.title.value.clone(), number: None, href: writer.href(&module_url(&module.slug)) },
            sessions: self.sessions_with(writer, |id| *id == handout.id),
        };
        let common = common(writer, self.curriculum, "handout", &handout.title.value, self.listed);
        ("guide/handout.html", context(&common, &own))
    }

    fn module(&self, writer: &mut Writer<'_>, module: &Module) -> Made {
        let own = ModulePage {
            module: ModuleView {
                title: module.title.value.clone(),
                summary_html: maybe_inline(writer, module.summary.as_ref()),
                thread: thread(self.curriculum, module).to_owned(),
                purpose_html: maybe_block(writer, module.notes.purpose.as_ref(), 3),
                evidence_html: maybe_block(writer, module.notes.evidence.as_ref(), 3),
                watch_for_html: maybe_block(writer, module.notes.watch_for.as_ref(), 3),
                handouts: module
                    .handouts
                    .iter()
                    .map(|handout| ModuleHandout {
                        title: handout.title.value.clone(),
                        href: writer.href(&handout_url(&handout.id)),
                        summary_html: maybe_inline(writer, handout.summary.as_ref()),
                        notes_html: maybe_block(writer, handout.notes.as_ref(), 4),
                    })
                    .collect(),
                sessions: self.sessions_with(writer, |id| id.module == module.slug),
            },
        };
        let common = common(writer, self.curriculum, "module", &module.title.value, self.listed);
        ("guide/module.html", context(&common, &own))
    }

    fn guide_page(&self, writer: &mut Writer<'_>, page: &GuidePage) -> Made {
        let title = writer.plain(&page.title);
        let own = FreePage {
            title: title.clone(),
            lead_html: maybe_inline(writer, page.summary.as_ref()),
            html: Some(writer.block(&page.body, 2)),
            blocks: Vec::new(),
        };
        let common = common(writer, self.curriculum, "page", &title, self.listed);
        ("guide/page.html", context(&common, &own))
    }

    fn member_page(&self, writer: &mut Writer<'_>, page: &MemberPage) -> Made {
        let own = FreePage {
            title: page.title.value.clone(),
            lead_html: maybe_inline(writer, page.summary.as_ref()),
            html: None,
            blocks: blocks::page_blocks(writer, &page.blocks, 2),
        };
        let common = common(writer, self.curriculum, "page", &page.title.value, self.listed);
        ("guide/page.html", context(&common, &own))
    }

    fn safety(&self, writer: &mut Writer<'_>) -> Made {
        let curriculum = self.curriculum;
        let own = Safety {
            distress_protocol_html: maybe_block(writer, curriculum.distress_protocol.as_ref(), 3),
            hard_moments: curriculum
                .hard_moments
                .iter()
                .map(|moment| MomentView { when_html: writer.inline(&moment.when), do_html: writer.block(&moment.act, 4) })
                .collect(),
            confidentiality_html: maybe_block(writer, curriculum.confidentiality.as_ref(), 3),
            agreements: inline_all(writer, &curriculum.agreements),
        };
        let common = common(writer, curriculum, "safety", &curriculum.title.value, self.listed);
        ("guide/safety.html", context(&common, &own))
    }
}

fn item_id(n: usize) -> String {
    format!("item-{}", n + 1)
}

/// Minutes since the start as `0:10`.
fn clock(minutes: u32) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// How many copies of a handout the group needs: the largest number in its size.
fn copies(curriculum: &Curriculum) -> Option<u32> {
    let size = curriculum.group.size.as_ref()?;
    size.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).filter(|n| (1..1000).contains(n)).max()
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

fn adaptations(writer: &mut Writer<'_>, adaptations: &[Adaptation]) -> Vec<AdaptView> {
    adaptations.iter().map(|adaptation| AdaptView { label: label(&adaptation.key), html: writer.block(&adaptation.text, 4) }).collect()
}

/// A key as a heading: `low_literacy` → `Low literacy`.
fn label(key: &str) -> String {
    let words = key.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[derive(Serialize)]
struct Home {
    intro: Intro,
    group: GroupView,
    session_minutes: Option<MinutesView>,
    copies: Option<u32>,
    sessions: Vec<SessionRow>,
    modules: Vec<ModuleRow>,
    guide_pages: Vec<Link>,
    member_pages: Vec<Link>,
    agreements: Vec<String>,
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
    about_html: Option<String>,
    minutes: MinutesView,
    goals: Vec<String>,
    handouts: Vec<HandoutLink>,
    bring: Vec<String>,
    practice_html: Option<String>,
    materials: Vec<String>,
}

#[derive(Serialize)]
struct ModuleRow {
    title: String,
    href: String,
    thread: String,
    summary_html: Option<String>,
    handouts: Vec<HandoutLink>,
}

#[derive(Serialize)]
struct HandoutLink {
    title: String,
    href: String,
    thread: String,
    new: bool,
}

#[derive(Serialize)]
struct Link {
    title: String,
    number: Option<u32>,
    href: String,
}

#[derive(Serialize)]
struct AdaptView {
    label: String,
    html: String,
}

#[derive(Serialize)]
struct Session {
    session: SessionView,
    agenda: Vec<ItemView>,
    strip: Vec<StripView>,
    adapt: Vec<AdaptView>,
    handouts: Vec<GuideHandout>,
    leads: LeadNames,
    bring: Vec<String>,
    copies: Option<u32>,
    previous: Option<Link>,
    next: Option<Link>,
}

#[derive(Serialize)]
struct SessionView {
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
    at_least: Option<u32>,
    kind: Option<&'static str>,
    can_drop: bool,
}

#[derive(Serialize)]
struct GuideHandout {
    handout: HandoutView,
    href: String,
    notes_html: Option<String>,
    level: u8,
}

#[derive(Serialize)]
struct HandoutPage {
    handout: HandoutView,
    notes_html: Option<String>,
    module: Link,
    sessions: Vec<Link>,
}

#[derive(Serialize)]
struct ModulePage {
    module: ModuleView,
}

#[derive(Serialize)]
struct ModuleView {
    title: String,
    summary_html: Option<String>,
    thread: String,
    purpose_html: Option<String>,
    evidence_html: Option<String>,
    watch_for_html: Option<String>,
    handouts: Vec<ModuleHandout>,
    sessions: Vec<Link>,
}

#[derive(Serialize)]
struct ModuleHandout {
    title: String,
    href: String,
    summary_html: Option<String>,
    notes_html: Option<String>,
}

#[derive(Serialize)]
struct FreePage {
    title: String,
    lead_html: Option<String>,
    /// A guide page's text; a member page has blocks.
    html: Option<String>,
    blocks: Vec<super::blocks::BlockView>,
}

#[derive(Serialize)]
struct HealthPage {
    health: HealthView,
}

#[derive(Serialize)]
struct Safety {
    distress_protocol_html: Option<String>,
    hard_moments: Vec<MomentView>,
    confidentiality_html: Option<String>,
    agreements: Vec<String>,
}

#[derive(Serialize)]
struct MomentView {
    when_html: String,
    do_html: String,
}
