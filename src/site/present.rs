//! The screen for the group: what members may read of each part of a session, large, for a projector or a second window.
//! It is a part of the guide's folder, but made from members' text alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::address::{self, Addresses};
use super::blocks::{MinutesView, maybe_block};
use super::course::{common, context};
use super::page::{Made, Page, Site};
use super::view::View;
use crate::audience::Member;
use crate::model::{Curriculum, ItemKind, Places, SessionPlan};
use crate::source::SourcePath;

/// The folder of these pages in the guide's folder.
pub const FOLDER: &str = "present";

/// The screens of a curriculum, one for each session.
pub fn present<'c>(curriculum: &'c Curriculum, pictures: &'c BTreeMap<SourcePath, String>) -> Site<'c, Member> {
    let tools = Arc::new((View::<Member>::new(curriculum, BTreeMap::new(), pictures), curriculum.places()));
    let mut site = Site::new(&curriculum.language);
    for session in &curriculum.sessions {
        let (url, tools) = (format!("{}.html", session.slug), Arc::clone(&tools));
        site.pages.push(Page::new(url.clone(), move || {
            let (view, places) = tools.as_ref();
            screen(view, places, &url, session)
        }));
    }
    site
}

/// The screen of a session.
fn screen(view: &View<'_, Member>, places: &Places<'_>, url: &str, session: &SessionPlan) -> Made {
    let curriculum = view.curriculum;
    let mut writer = view.page(url);
    writer.made_from(&session.file);
    let items = curriculum.agenda(session).enumerate().map(|(n, item)| {
        writer.comes_from(&format!("item-{}", n + 1), &item.span);
        let handouts = item.handouts.iter().chain(item.parts.iter().flat_map(|part| &part.handouts));
        ItemView {
            id: format!("item-{}", n + 1),
            kind: item.kind.map(ItemKind::as_str),
            members_html: maybe_block(&mut writer, item.members.as_ref(), 2),
            minutes: item.minutes.as_ref().map(|minutes| minutes.value.into()),
            handouts: handouts
                .filter_map(|id| places.handout(&id.value))
                .map(|(_, handout)| HandoutTitle {
                    title: handout.title.value.clone(),
                    code: address::code(curriculum, &Addresses::of(curriculum).handout(&handout.id)),
                })
                .collect(),
        }
    });
    let own = Present { items: items.collect(), session: SessionTitle { number: session.number, title: session.title.value.clone() } };
    let common = common(&mut writer, curriculum, "present", &session.title.value, false);
    Made { template: "members/present.html", context: context(&common, &own), used: writer.into_used() }
}

#[derive(Serialize)]
struct Present {
    session: SessionTitle,
    items: Vec<ItemView>,
}

#[derive(Serialize)]
struct SessionTitle {
    number: Option<u32>,
    title: String,
}

#[derive(Serialize)]
struct ItemView {
    id: String,
    kind: Option<&'static str>,
    members_html: Option<String>,
    minutes: Option<MinutesView>,
    handouts: Vec<HandoutTitle>,
}

#[derive(Serialize)]
struct HandoutTitle {
    title: String,
    /// A code for the members' page of this handout.
    code: Option<address::Code>,
}
