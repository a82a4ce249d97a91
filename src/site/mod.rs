//! From what a curriculum means to the pages of its two sites.

mod address;
mod blocks;
mod body;
mod calendar;
mod course;
mod guide;
mod health;
mod hill;
mod home;
pub mod host;
mod members;
mod page;
mod paper;
mod present;
mod search;
mod single;
mod view;

use std::collections::BTreeMap;

pub use address::members_folder;
pub use body::{Bodies, TEMPLATE as BODY, put as put_bodies};
pub use calendar::{URL as CALENDAR_URL, calendar};
pub use guide::{guide, health_page};
pub use health::Health;
pub use home::{home, list_language};
pub use members::members;
pub use page::{Made, Origin, Other, Page, Site, Used, picture_url};
pub use present::{FOLDER as PRESENT_FOLDER, present};
pub use single::{held_pictures, single_handouts};
pub use view::View;

use crate::source::{SourcePath, Sources};

/// The address that each picture has on a site that shows it.
pub fn picture_urls(sources: &Sources) -> BTreeMap<SourcePath, String> {
    sources.pictures.iter().map(|(path, bytes)| (path.clone(), picture_url(bytes, &path.ending()))).collect()
}
