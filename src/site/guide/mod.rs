//! The facilitator guide: all that one or two facilitators prepare and run a group from.

mod builder;
mod find;
mod home;
mod pages;
mod session;

use std::collections::BTreeMap;

use builder::{Builder, guide_page_url, handout_url, member_page_url, module_url, record_url, session_url};

use super::health::Health;
use super::page::{Page, Site};
use super::search;
use super::view::View;
use crate::audience::Facilitator;
use crate::model::Curriculum;
use crate::source::SourcePath;

/// The address of the health page.
const HEALTH: &str = "health.html";

/// The facilitator guide of a curriculum, save its health page. `listed` says that it stands among others, under a page that lists
/// them.
pub fn guide(curriculum: &Curriculum, pictures: &BTreeMap<SourcePath, String>, listed: bool) -> Site<Facilitator> {
    let view = View::<Facilitator>::new(curriculum, links(curriculum), pictures);
    let builder = Builder { view: &view, curriculum, listed };
    let mut site = Site::new(&curriculum.language);
    builder.add(&mut site, "index.html", |builder, writer| builder.home(writer));
    for (position, session) in curriculum.sessions.iter().enumerate() {
        builder.add(&mut site, &session_url(session), |builder, writer| builder.session(writer, position, session));
        builder.add(&mut site, &record_url(session), |builder, writer| builder.record(writer, session));
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
    builder.add(&mut site, "search.html", |builder, writer| builder.search(writer));
    site.files.push((search::URL.to_owned(), builder.index().script()));
    builder.add(&mut site, "manual.html", |builder, writer| builder.manual(writer));
    site
}

/// The health page of the guide: what the checks found, and the proof that members see nothing of it.
pub fn health_page(curriculum: &Curriculum, pictures: &BTreeMap<SourcePath, String>, listed: bool, health: &Health<'_>) -> Page<Facilitator> {
    let links = links(curriculum);
    let view = View::<Facilitator>::new(curriculum, links.clone(), pictures);
    let mut writer = view.page(HEALTH);
    let (template, context) = Builder { view: &view, curriculum, listed }.health(&mut writer, health, &|file| links.get(file).cloned());
    Page::new(HEALTH, template, context)
}

/// The address in the guide of every file that is a page of it.
fn links(curriculum: &Curriculum) -> BTreeMap<SourcePath, String> {
    let handouts = curriculum.handouts().map(|(_, handout)| (handout.file.clone(), handout_url(&handout.id)));
    let member_pages = curriculum.pages.iter().map(|page| (page.file.clone(), member_page_url(page)));
    let pages = curriculum.guide.iter().map(|page| (page.file.clone(), guide_page_url(page)));
    let sessions = curriculum.sessions.iter().map(|session| (session.file.clone(), session_url(session)));
    let modules = curriculum.modules.iter().map(|module| (module.folder.join("module.yml"), module_url(&module.slug)));
    handouts.chain(member_pages).chain(pages).chain(sessions).chain(modules).collect()
}
