//! The screen for the group: what members may read of each part of a session, large, for a projector or a second window.
//! It is a part of the guide's folder, but made from members' text alone.

use std::collections::BTreeMap;

use serde::Serialize;

use super::address::{self, Addresses};
use super::blocks::{MinutesView, maybe_block};
use super::course::{common, context};
use super::page::{Page, Site};
use super::view::View;
use crate::audience::Member;
use crate::model::{Curriculum, ItemKind};
use crate::source::SourcePath;

/// The folder of these pages in the guide's folder.
pub const FOLDER: &str = "present";

/// The screens of a curriculum, one for each session.
pub fn present(curriculum: &Curriculum, pictures: &BTreeMap<SourcePath, String>) -> Site<Member> {
    let view = View::<Member>::new(curriculum, BTreeMap::new(), pictures);
    let mut site = Site::new(&curriculum.language);
    for session in &curriculum.sessions {
        let url = format!("{}.html", session.slug);
        let mut writer = view.page(&url);
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
                    .filter_map(|id| curriculum.handout(&id.value))
                    .map(|(_, handout)| HandoutTitle {
                        title: handout.title.value.clone(),
                        code: address::code(curriculum, &Addresses::of(curriculum).handout(&handout.id)),
                    })
                    .collect(),
            }
        });
        let own = Present { items: items.collect(), session: SessionTitle { number: session.number, title: session.title.value.clone() } };
        let common = common(&mut writer, curriculum, "present", &session.title.value, false);
        site.add(Page::new(url, "members/present.html", context(&common, &own)), writer.into_used());
    }
    site
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
