//! What the pages of the guide share: their addresses, their links, and the way to make one.

use std::sync::Arc;

use serde::Serialize;

use crate::audience::Facilitator;
use crate::model::{Adaptation, Curriculum, GuidePage, Handout, HandoutId, MemberPage, Minutes, Module, Places, SessionPlan, Slug};
use crate::site::blocks::{self, HandoutView};
use crate::site::page::{Made, Page};
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
pub type Given = (&'static str, tera::Context);

/// A writer for facilitators.
pub type Writer<'w> = PageWriter<'w, Facilitator>;

/// Makes the pages of the guide of one curriculum.
pub struct Builder<'c> {
    /// The curriculum through a facilitator's eyes.
    pub view: View<'c, Facilitator>,
    /// The curriculum.
    pub curriculum: &'c Curriculum,
    /// Where its handouts stand.
    pub places: Places<'c>,
    /// Whether it stands among others, under a page that lists them.
    pub listed: bool,
    /// The curriculum in its other languages.
    pub editions: &'c [Curriculum],
}

impl<'c> Builder<'c> {
    /// A page at this address.
    pub fn page(self: &Arc<Self>, url: &str, make: impl Fn(&Self, &mut Writer<'_>) -> Given + Send + Sync + 'c) -> Page<'c, Facilitator> {
        let (builder, address) = (Arc::clone(self), url.to_owned());
        Page::new(url, move || {
            let mut writer = builder.view.page(&address);
            let (template, context) = make(&builder, &mut writer);
            Made { template, context, used: writer.into_used() }
        })
    }

    /// A link to a handout; `new` says that it is given out here.
    pub fn handout_link(&self, writer: &Writer<'_>, id: &HandoutId, new: bool) -> Option<HandoutLink> {
        let (module, handout) = self.places.handout(id)?;
        Some(HandoutLink { title: handout.title.value.clone(), href: writer.href(&handout_url(id)), thread: writer.thread(module), new })
    }

    /// A handout as members see it.
    pub fn handout_view(&self, writer: &mut Writer<'_>, module: &Module, handout: &Handout, level: u8) -> HandoutView {
        blocks::handout(writer, self.curriculum, module, handout, level)
    }

    /// Links to sessions.
    pub fn session_links<'s>(&self, writer: &Writer<'_>, sessions: impl Iterator<Item = &'s SessionPlan>) -> Vec<Link> {
        sessions.map(|session| Link { title: session.title.value.clone(), number: session.number, href: writer.href(&session_url(session)) }).collect()
    }

    /// The titles of the handouts to copy that the author does not name among the materials herself.
    pub fn bring(&self, writer: &Writer<'_>, session: &SessionPlan) -> Vec<String> {
        let materials: Vec<String> = session.materials.iter().map(|material| writer.plain(material).to_lowercase()).collect();
        let handouts = session.members.handouts.iter().filter_map(|id| self.places.handout(&id.value));
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
