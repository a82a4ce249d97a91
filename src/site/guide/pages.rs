//! The other pages of the guide: modules, handouts with their notes, free pages, safety, health, and the manual that holds all.

use serde::Serialize;

use super::builder::{Builder, Given, Link, Writer, handout_url, module_url};
use super::languages::InLanguage;
use super::session::Plan;
use crate::model::{GuidePage, Handout, MemberPage, Module};
use crate::site::blocks::{HandoutView, inline_all, maybe_block, maybe_inline};
use crate::site::course::{common, context};
use crate::site::health::{self, Health, HealthView};
use crate::source::SourcePath;

impl Builder<'_> {
    /// A handout as members see it, with its notes.
    pub fn handout(&self, writer: &mut Writer<'_>, module: &Module, handout: &Handout) -> Given {
        writer.made_from(&handout.file);
        let own = HandoutPage {
            handout: self.handout_view(writer, module, handout, 2),
            notes_html: {
                writer.start_part("n-");
                maybe_block(writer, handout.notes.as_ref(), 3)
            },
            module: Link { title: module.title.value.clone(), number: None, href: writer.href(&module_url(&module.slug)) },
            sessions: self.session_links(writer, self.places.sessions_of(&handout.id).iter().copied()),
            languages: self.handout_languages(writer, handout, &self.curriculum.language),
        };
        let common = common(writer, self.curriculum, "handout", &handout.title.value, self.listed);
        ("guide/handout.html", context(&common, &own))
    }

    /// A module: what facilitators should know of it.
    pub fn module(&self, writer: &mut Writer<'_>, module: &Module) -> Given {
        writer.made_from(&module.folder.join("module.yml"));
        let own = ModulePage { module: self.module_view(writer, module) };
        let common = common(writer, self.curriculum, "module", &module.title.value, self.listed);
        ("guide/module.html", context(&common, &own))
    }

    fn module_view(&self, writer: &mut Writer<'_>, module: &Module) -> ModuleView {
        ModuleView {
            title: module.title.value.clone(),
            summary_html: maybe_inline(writer, module.summary.as_ref()),
            thread: writer.thread(module),
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
            sessions: self.session_links(writer, self.places.sessions_with(module).iter().copied()),
        }
    }

    fn guide_page_view(&self, writer: &mut Writer<'_>, page: &GuidePage, top: u8) -> FreePage {
        FreePage {
            title: writer.plain(&page.title),
            lead_html: maybe_inline(writer, page.summary.as_ref()),
            html: writer.block(&page.body, top),
            is_for_members: false,
        }
    }

    /// A page for facilitators.
    pub fn guide_page(&self, writer: &mut Writer<'_>, page: &GuidePage) -> Given {
        writer.made_from(&page.file);
        let own = self.guide_page_view(writer, page, 2);
        let common = common(writer, self.curriculum, "page", &own.title, self.listed);
        ("guide/page.html", context(&common, &own))
    }

    /// A page for members, as the guide shows it.
    pub fn member_page(&self, writer: &mut Writer<'_>, page: &MemberPage) -> Given {
        writer.made_from(&page.file);
        let own = FreePage {
            title: page.title.value.clone(),
            lead_html: maybe_inline(writer, page.summary.as_ref()),
            html: writer.body(&page.title, page.slug.as_str(), &page.blocks, 2),
            is_for_members: true,
        };
        let common = common(writer, self.curriculum, "page", &page.title.value, self.listed);
        ("guide/page.html", context(&common, &own))
    }

    /// What to do when someone is not safe, and in hard moments.
    pub fn safety(&self, writer: &mut Writer<'_>) -> Given {
        let own = self.safety_view(writer);
        let common = common(writer, self.curriculum, "safety", &self.curriculum.title.value, self.listed);
        ("guide/safety.html", context(&common, &own))
    }

    fn safety_view(&self, writer: &mut Writer<'_>) -> Safety {
        let curriculum = self.curriculum;
        Safety {
            distress_protocol_html: maybe_block(writer, curriculum.distress_protocol.as_ref(), 3),
            hard_moments: curriculum
                .hard_moments
                .iter()
                .map(|moment| MomentView { when_html: writer.inline(&moment.when), do_html: writer.block(&moment.act, 4) })
                .collect(),
            confidentiality_html: maybe_block(writer, curriculum.confidentiality.as_ref(), 3),
            agreements: inline_all(writer, &curriculum.agreements),
        }
    }

    /// The whole guide as one page to print, save the handouts: these are the members' workbook.
    pub fn manual(&self, writer: &mut Writer<'_>) -> Given {
        let mut sessions = Vec::new();
        for (n, session) in self.curriculum.sessions.iter().enumerate() {
            let prefix = format!("s{}-", n + 1);
            writer.start_part(&prefix);
            sessions.push(self.plan(writer, session, &prefix));
        }
        let mut pages = Vec::new();
        for (n, page) in self.curriculum.guide.iter().enumerate() {
            writer.start_part(&format!("g{}-", n + 1));
            pages.push(self.guide_page_view(writer, page, 3));
        }
        writer.start_part("m-");
        let modules = self.curriculum.modules.iter().map(|module| self.module_view(writer, module)).collect();
        let own = Manual { references: inline_all(writer, &self.curriculum.references), pages, sessions, modules, safety: self.safety_view(writer) };
        let common = common(writer, self.curriculum, "manual", &self.curriculum.title.value, self.listed);
        ("guide/manual.html", context(&common, &own))
    }

    /// What the checks found, part by part. `url` gives the address of a part by its file.
    pub fn health(&self, writer: &mut Writer<'_>, health: &Health<'_>, url: &dyn Fn(&SourcePath) -> Option<String>) -> Given {
        let own = HealthPage { health: health::health(writer, self.curriculum, health, url) };
        let common = common(writer, self.curriculum, "health", &self.curriculum.title.value, self.listed);
        ("guide/health.html", context(&common, &own))
    }
}

#[derive(Serialize)]
struct HandoutPage {
    handout: HandoutView,
    notes_html: Option<String>,
    module: Link,
    sessions: Vec<Link>,
    languages: Vec<InLanguage>,
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
    html: String,
    /// Whether it is shown as members see it.
    is_for_members: bool,
}

#[derive(Serialize)]
struct HealthPage {
    health: HealthView,
}

#[derive(Serialize)]
struct Manual {
    references: Vec<String>,
    pages: Vec<FreePage>,
    sessions: Vec<Plan>,
    modules: Vec<ModuleView>,
    safety: Safety,
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
