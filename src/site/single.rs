//! Each handout as a page in one file, to attach to a message: its styles, scripts and pictures are in it, and it links to no
//! page that its reader may not have.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde::Serialize;

use super::blocks::{self, HandoutView};
use super::course::{common, context};
use super::page::{Made, Page, Site};
use super::view::{Tongue, View};
use crate::audience::Member;
use crate::model::{Curriculum, Handout, Standing};
use crate::source::{SourcePath, Sources};

/// The handouts of a curriculum that members see, a page each. `pictures` are held in their addresses: those that the member
/// site shows, and so those that its scan has looked through.
pub fn single_handouts<'c>(curriculum: &'c Curriculum, pictures: &'c BTreeMap<SourcePath, String>) -> Site<'c, Member> {
    // No page has an address here, so a link to one becomes plain words.
    let tools = Arc::new((View::<Member>::new(curriculum, BTreeMap::new(), pictures), curriculum.places()));
    let mut site = Site::new(&curriculum.language);
    let names = names(curriculum);
    for ((module, handout), name) in curriculum.handouts_for_members().into_iter().zip(names) {
        // Whoever is sent a file in another language gets that, or the original: never the one under the name of the other.
        if curriculum.standing(&handout.title) == Some(Standing::Missing) {
            continue;
        }
        let url = if curriculum.is_edition() { format!("{name}.{}.html", curriculum.language) } else { format!("{name}.html") };
        let tools = Arc::clone(&tools);
        site.pages.push(Page::new(url.clone(), move || {
            let (view, places) = tools.as_ref();
            let mut writer = view.page(&url);
            let session = places.session_of(&handout.id);
            let own = Single {
                handout: blocks::handout(&mut writer, curriculum, module, handout, 2),
                session: session.map(|session| Session {
                    title: session.title.value.clone(),
                    tongue: writer.tongue(&session.title.span.file),
                    number: session.number,
                }),
            };
            let common =
                common(&mut writer, curriculum, "handout", &handout.title.value, false).standing(curriculum.standing(&handout.title)).with(&handout.blocks);
            Made { template: "members/single.html", context: context(&common, &own), used: writer.into_used() }
        }));
    }
    site
}

/// Pictures as addresses that hold them whole.
pub fn held_pictures(pictures: &BTreeSet<SourcePath>, sources: &Sources) -> BTreeMap<SourcePath, String> {
    let held = pictures.iter().filter_map(|path| Some((path.clone(), data_address(sources.pictures.get(path)?, &path.ending()))));
    held.collect()
}

/// A picture as an address that holds it whole.
fn data_address(bytes: &[u8], ending: &str) -> String {
    let kind = match ending {
        "svg" => "svg+xml",
        "jpg" => "jpeg",
        other => other,
    };
    format!("data:image/{kind};base64,{}", BASE64_STANDARD.encode(bytes))
}

/// The names of the files, in the order of the handouts: those of the handouts, with their module's where two would be the
/// same. A discreet course's say only when the handout is given out.
fn names(curriculum: &Curriculum) -> Vec<String> {
    let handouts = curriculum.handouts_for_members();
    let mut taken = BTreeSet::new();
    let plain = |handout: &Handout| {
        let name = handout.id.handout.to_string();
        let twins = handouts.iter().filter(|(_, other)| other.id.handout == handout.id.handout).count();
        if twins > 1 { format!("{}-{name}", handout.id.module) } else { name }
    };
    let names = handouts.iter().map(|(_, handout)| {
        let wanted = if curriculum.discreet { place(curriculum, handout) } else { plain(handout) };
        let free = (1..).map(|n| if n == 1 { wanted.clone() } else { format!("{wanted}-{n}") }).find(|name| taken.insert(name.clone()));
        free.unwrap_or(wanted)
    });
    names.collect()
}

/// Where a handout stands in the course: `session-03-handout-2`, or `handout` where no session with a number gives it out.
fn place(curriculum: &Curriculum, handout: &Handout) -> String {
    let found = curriculum.session_of(&handout.id).and_then(|session| {
        let nth = session.members.handouts.iter().position(|given| given.value == handout.id)?;
        Some(format!("session-{:02}-handout-{}", session.number?, nth + 1))
    });
    found.unwrap_or_else(|| "handout".to_owned())
}

#[derive(Serialize)]
struct Single {
    handout: HandoutView,
    session: Option<Session>,
}

#[derive(Serialize)]
struct Session {
    title: String,
    tongue: Option<Tongue>,
    number: Option<u32>,
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_picture_is_held_in_its_address() {
        assert_eq!(super::data_address(b"GIF89a", "gif"), "data:image/gif;base64,R0lGODlh");
        assert_eq!(super::data_address(b"<svg/>", "svg"), "data:image/svg+xml;base64,PHN2Zy8+");
        assert_eq!(super::data_address(&[0xff], "jpg"), "data:image/jpeg;base64,/w==");
    }
}
