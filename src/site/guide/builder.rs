//! What the pages of the guide share: their addresses, their links, and the way to make one.

use serde::Serialize;

use crate::audience::Facilitator;
use crate::model::{Adaptation, Curriculum, GuidePage, Handout, HandoutId, MemberPage, Minutes, Module, SessionPlan, Slug};
use crate::site::blocks::{self, HandoutView};
use crate::site::course::thread;
use crate::site::page::{Page, Site};
use crate::site::view::{PageWriter, View};

/// The address of a session's page.
pub fn session_url(session: &SessionPlan) -> String {
    format!("sessions/{}.html", session.slug)
}

/// The address of a session's record to print.
pub fn record_url(session: &SessionPlan) -> String {
    format!("records/{}.html", session.slug)
}

/// The address of a module's page.
pub fn module_url(module: &Slug) -> String {
    format!("modules/{module}.html")
}

/// The address of a handout's page.
pub fn handout_url(id: &HandoutId) -> String {
    format!("handouts/{}/{}.html", id.module, id.handout)
}

/// The address of a page for facilitators.
pub fn guide_page_url(page: &GuidePage) -> String {
    format!("guide/{}.html", page.slug)
}

/// The address of a page for members, as the guide shows it.
pub fn member_page_url(page: &MemberPage) -> String {
    format!("pages/{}.html", page.slug)
}

/// A template and what it is given.
pub type Made = (&'static str, tera::Context);

/// A writer for facilitators.
pub type Writer<'w> = PageWriter<'w, Facilitator>;

/// Makes the pages of the guide of one curriculum.
pub struct Builder<'b> {
    /// The curriculum through a facilitator's eyes.
    pub view: &'b View<'b, Facilitator>,
    /// The curriculum.
    pub curriculum: &'b Curriculum,
    /// Whether it stands among others, under a page that lists them.
    pub listed: bool,
    /// The curriculum in its other languages.
    pub editions: &'b [Curriculum],
}

impl Builder<'_> {
    /// Makes a page and adds it to the site with the pictures that it used.
    pub fn add(&self, site: &mut Site<Facilitator>, url: &str, make: impl FnOnce(&Self, &mut Writer<'_>) -> Made) {
        let mut writer = self.view.page(url);
        let (template, context) = make(self, &mut writer);
        site.add(Page::new(url, template, context), writer.into_used());
    }

    /// A link to a handout; `new` says that it is given out here.
    pub fn handout_link(&self, writer: &Writer<'_>, id: &HandoutId, new: bool) -> Option<HandoutLink> {
        let (module, handout) = self.curriculum.handout(id)?;
        Some(HandoutLink { title: handout.title.value.clone(), href: writer.href(&handout_url(id)), thread: thread(self.curriculum, module).to_owned(), new })
    }

    /// A handout as members see it.
    pub fn handout_view(&self, writer: &mut Writer<'_>, module: &Module, handout: &Handout, level: u8) -> HandoutView {
        blocks::handout(writer, self.curriculum, module, handout, level)
    }

    /// The sessions that give out any of these handouts.
    pub fn sessions_with(&self, writer: &Writer<'_>, wanted: impl Fn(&HandoutId) -> bool) -> Vec<Link> {
        let sessions = self.curriculum.sessions.iter().filter(|session| session.members.handouts.iter().any(|id| wanted(&id.value)));
        sessions.map(|session| Link { title: session.title.value.clone(), number: session.number, href: writer.href(&session_url(session)) }).collect()
    }

    /// The titles of the handouts to copy that the author does not name among the materials herself.
    pub fn bring(&self, writer: &Writer<'_>, session: &SessionPlan) -> Vec<String> {
        let materials: Vec<String> = session.materials.iter().map(|material| writer.plain(material).to_lowercase()).collect();
        let handouts = session.members.handouts.iter().filter_map(|id| self.curriculum.handout(&id.value));
        let titles = handouts.map(|(_, handout)| handout.title.value.clone());
        titles.filter(|title| !materials.iter().any(|material| material.contains(&title.to_lowercase()))).collect()
    }

    /// How long a session is planned for: the sum of its timed items.
    pub fn length(&self, session: &SessionPlan) -> Minutes {
        self.curriculum.agenda(session).filter_map(|item| item.minutes.as_ref()).map(|minutes| minutes.value).sum()
    }
}

/// How many copies of a handout the group needs: the largest number in its size.
pub fn copies(curriculum: &Curriculum) -> Option<u32> {
    let size = curriculum.group.size.as_ref()?;
    size.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).filter(|n| (1..1000).contains(n)).max()
}

/// How to adapt something, for each case.
pub fn adaptations(writer: &mut Writer<'_>, adaptations: &[Adaptation]) -> Vec<AdaptView> {
    adaptations
        .iter()
        .map(|adaptation| AdaptView {
            key: adaptation.is_usual().then(|| adaptation.key.clone()),
            label: label(&adaptation.key),
            html: writer.block(&adaptation.text, 4),
        })
        .collect()
}

/// A key as a heading: `low_literacy` → `Low literacy`.
fn label(key: &str) -> String {
    let words = key.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A link to a handout.
#[derive(Serialize)]
pub struct HandoutLink {
    pub title: String,
    pub href: String,
    pub thread: String,
    pub new: bool,
}

/// A link to a page; a session has its number.
#[derive(Serialize)]
pub struct Link {
    pub title: String,
    pub number: Option<u32>,
    pub href: String,
}

/// How to adapt something in one case.
#[derive(Serialize)]
pub struct AdaptView {
    /// One of the usual cases, for which a theme has words.
    pub key: Option<String>,
    /// The case in the author's own words.
    pub label: String,
    pub html: String,
}
