//! What can be found in the guide: its index, and the page to search on.

use super::builder::{Builder, Given, Writer, guide_page_url, handout_url, member_page_url, module_url, session_url};
use crate::model::{SessionPlan, Step};
use crate::site::course::{common, context};
use crate::site::search::{Found, Index, Part, SearchPage};

/// Where the words of safety stand.
const SAFETY: &str = "safety.html";

impl Builder<'_> {
    /// The page to search on. Without JavaScript it is a list of all pages.
    pub fn search(&self, writer: &mut Writer<'_>) -> Given {
        let curriculum = self.curriculum;
        let sessions = curriculum.sessions.iter().map(|session| Found {
            title: session.title.value.clone(),
            tongue: None,
            place: session.number.map(|n| n.to_string()).unwrap_or_default(),
            thread: None,
            href: writer.href(&session_url(session)),
        });
        let handouts = curriculum.handouts().map(|(module, handout)| Found {
            title: handout.title.value.clone(),
            tongue: None,
            place: module.title.value.clone(),
            thread: Some(writer.thread(module)),
            href: writer.href(&handout_url(&handout.id)),
        });
        let modules = curriculum.modules.iter().map(|module| Found {
            title: module.title.value.clone(),
            tongue: None,
            place: String::new(),
            thread: Some(writer.thread(module)),
            href: writer.href(&module_url(&module.slug)),
        });
        let plain = |title: String, url: &str| Found { title, tongue: None, place: String::new(), thread: None, href: writer.href(url) };
        let guide = curriculum.guide.iter().map(|page| plain(writer.plain(&page.title), &guide_page_url(page)));
        let member_pages = curriculum.pages.iter().map(|page| plain(page.title.value.clone(), &member_page_url(page)));
        let own = SearchPage::new(sessions.chain(handouts).chain(modules).chain(guide).chain(member_pages).collect());
        let common = common(writer, curriculum, "search", &curriculum.title.value, self.listed);
        ("guide/search.html", context(&common, &own))
    }

    /// The words of all pages, and where they stand.
    pub fn index(&self) -> Index {
        let curriculum = self.curriculum;
        let mut index = Index::default();
        for session in &curriculum.sessions {
            let url = session_url(session);
            let place = session.number.map(|n| n.to_string()).unwrap_or_default();
            index.add(&url, &session.title.value, &place, self.session_parts(&url, session));
        }
        for (module, handout) in curriculum.handouts() {
            let url = handout_url(&handout.id);
            let writer = self.view.page(&url);
            let lead = handout.summary.as_ref().map(|summary| writer.plain(summary)).unwrap_or_default();
            let notes = handout.notes.as_ref().map(|notes| writer.plain(notes)).unwrap_or_default();
            let lead = format!("{} {lead} {notes}", handout.title.value);
            index.add_body(&url, &handout.title.value, &module.title.value, &lead, &self.view.parts(&handout.title, &handout.blocks));
        }
        for module in &curriculum.modules {
            let url = module_url(&module.slug);
            let writer = self.view.page(&url);
            let notes = module.notes.purpose.iter().chain(&module.notes.evidence).chain(&module.notes.watch_for);
            let text = notes.map(|text| writer.plain(text)).collect::<Vec<_>>().join(" ");
            index.add(&url, &module.title.value, "", vec![Part { heading: module.title.value.clone(), anchor: String::new(), text }]);
        }
        for page in &curriculum.guide {
            let url = guide_page_url(page);
            let mut writer = self.view.page(&url);
            let title = writer.plain(&page.title);
            let sections = writer.plain_sections(&page.body).into_iter().map(|section| {
                let (anchor, heading) = section.heading.unwrap_or_default();
                Part { heading, anchor, text: section.text }
            });
            let first = Part { heading: String::new(), anchor: String::new(), text: title.clone() };
            index.add(&url, &title, "", [first].into_iter().chain(sections).collect());
        }
        for page in &curriculum.pages {
            let url = member_page_url(page);
            index.add_body(&url, &page.title.value, "", &page.title.value, &self.view.parts(&page.title, &page.blocks));
        }
        let writer = self.view.page(SAFETY);
        let moments = curriculum.hard_moments.iter().enumerate().map(|(n, moment)| {
            let heading = writer.plain(&moment.when);
            Part { anchor: format!("moment-{}", n + 1), text: writer.plain(&moment.act), heading }
        });
        let protocol = curriculum.distress_protocol.as_ref().map(|text| Part { heading: String::new(), anchor: String::new(), text: writer.plain(text) });
        index.add(SAFETY, &curriculum.title.value, "", protocol.into_iter().chain(moments).collect());
        index
    }

    /// A session in parts: what frames it, then each item of its agenda.
    fn session_parts(&self, url: &str, session: &SessionPlan) -> Vec<Part> {
        let writer = self.view.page(url);
        let frame = session.about.iter().chain(&session.goals).chain(&session.materials).chain(&session.safety).chain(&session.practice);
        let frame = frame.map(|text| writer.plain(text)).collect::<Vec<_>>().join(" ");
        let first = Part { heading: session.title.value.clone(), anchor: String::new(), text: frame };
        let words = |steps: &[Step]| steps.iter().map(|step| writer.plain(&step.text)).collect::<Vec<_>>().join(" ");
        let items = self.curriculum.agenda(session).enumerate().map(|(n, item)| {
            let parts = item.parts.iter().map(|part| format!("{} {}", writer.plain(&part.title), words(&part.steps)));
            Part {
                heading: writer.plain(&item.title),
                anchor: format!("item-{}", n + 1),
                text: [words(&item.steps)].into_iter().chain(parts).collect::<Vec<_>>().join(" "),
            }
        });
        [first].into_iter().chain(items).collect()
    }
}
