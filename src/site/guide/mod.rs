//! The facilitator guide: all that one or two facilitators prepare and run a group from.

mod builder;
mod find;
mod home;
mod languages;
mod pages;
mod session;

use std::collections::BTreeMap;
use std::sync::Arc;

use builder::{Builder, guide_page_url, handout_url, member_page_url, module_url, record_url, session_url};

use languages::url_in;

use super::body::Bodies;
use super::health::Health;
use super::page::{Other, Page, Site};
use super::search;
use super::view::View;
use crate::audience::Facilitator;
use crate::model::{Curriculum, Standing, Title};
use crate::source::SourcePath;

/// The address of the health page.
const HEALTH: &str = "health.html";

/// The facilitator guide of a curriculum, save its health page. `editions` are the curriculum in its other languages; `listed` says
/// that it stands among others, under a page that lists them. `bodies` may be those of the member site.
pub fn guide<'c>(
    curriculum: &'c Curriculum,
    editions: &'c [Curriculum],
    pictures: &'c BTreeMap<SourcePath, String>,
    listed: bool,
    bodies: &Arc<Bodies>,
) -> Site<'c, Facilitator> {
    let builder = Arc::new(Builder {
        view: View::<Facilitator>::new(curriculum, links(curriculum), pictures).with_bodies(bodies),
        curriculum,
        places: curriculum.places(),
        listed,
        editions,
    });
    let mut site = Site::new(&curriculum.language);
    let pages = &mut site.pages;
    // The page that takes longest comes first, so that no thread waits for it at the end.
    pages.push(builder.page("manual.html", Builder::manual));
    pages.push(builder.page("index.html", Builder::home));
    for (position, session) in curriculum.sessions.iter().enumerate() {
        pages.push(builder.page(&session_url(session), move |builder, writer| builder.session(writer, position, session)));
        pages.push(builder.page(&record_url(session), move |builder, writer| builder.record(writer, session)));
    }
    for module in &curriculum.modules {
        pages.push(builder.page(&module_url(&module.slug), move |builder, writer| builder.module(writer, module)));
    }
    for (module, handout) in curriculum.handouts() {
        pages.push(builder.page(&handout_url(&handout.id), move |builder, writer| builder.handout(writer, module, handout)));
    }
    for page in &curriculum.guide {
        pages.push(builder.page(&guide_page_url(page), move |builder, writer| builder.guide_page(writer, page)));
    }
    for page in &curriculum.pages {
        pages.push(builder.page(&member_page_url(page), move |builder, writer| builder.member_page(writer, page)));
    }
    for edition in editions {
        let is_there = |title: &Title| edition.standing(title) != Some(Standing::Missing);
        for (module, handout) in edition.handouts().filter(|(_, handout)| is_there(&handout.title)) {
            let url = url_in(&handout_url(&handout.id), &edition.language);
            pages.push(builder.page(&url, move |builder, writer| builder.handout_in(writer, edition, module, handout)));
        }
        for session in edition.sessions.iter().filter(|session| is_there(&session.title)) {
            let url = url_in(&session_url(session), &edition.language);
            pages.push(builder.page(&url, move |builder, writer| builder.session_in(writer, edition, session)));
        }
    }
    pages.push(builder.page("safety.html", Builder::safety));
    pages.push(builder.page("search.html", Builder::search));
    site.files.push(Other::new(search::URL, move || builder.index().script()));
    site
}

/// The health page of the guide: what the checks found, and the proof that members see nothing of it.
pub fn health_page<'c>(curriculum: &'c Curriculum, pictures: &'c BTreeMap<SourcePath, String>, listed: bool, health: &'c Health<'_>) -> Page<'c, Facilitator> {
    let links = links(curriculum);
    let view = View::<Facilitator>::new(curriculum, links.clone(), pictures);
    let builder = Arc::new(Builder { view, curriculum, places: curriculum.places(), listed, editions: &[] });
    builder.page(HEALTH, move |builder, writer| builder.health(writer, health, &|file| links.get(file).cloned()))
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
