//! The page that lists the curricula of a site, when there are several.

use std::collections::BTreeSet;

use serde::Serialize;

use super::course::{common_of_list, context};
use super::page::{Made, Page, Used};
use super::view::{Tongue, View};
use crate::audience::{Audience, MayRead, Member};
use crate::model::Curriculum;

/// The list of curricula for `V`; `template` is that of `V`'s site, and `folder` gives the folder of each curriculum there.
pub fn home<'c, V: Audience + MayRead<Member>>(curricula: &'c [Curriculum], template: &'static str, folder: fn(&Curriculum) -> String) -> Page<'c, V> {
    Page::new("index.html", move || made::<V>(curricula, template, folder))
}

fn made<V: Audience + MayRead<Member>>(curricula: &[Curriculum], template: &'static str, folder: fn(&Curriculum) -> String) -> Made {
    let no_pictures = Default::default();
    let cards = curricula.iter().map(|curriculum| {
        let view = View::<V>::new(curriculum, Default::default(), &no_pictures);
        let mut writer = view.page("index.html");
        Card {
            title: curriculum.title.value.clone(),
            summary_html: curriculum.summary.as_ref().map(|summary| writer.inline(summary)),
            href: format!("{}/index.html", folder(curriculum)),
            lang: curriculum.language.clone(),
            editions: editions(curriculum, &folder(curriculum)),
        }
    });
    let own = List { curricula: cards.collect() };
    let used = Used { pictures: BTreeSet::new(), bodies: Vec::new(), origin: None };
    Made { template, context: context(&common_of_list(list_language(curricula), curricula), &own), used }
}

/// The language of the list's own words: that of the first curriculum.
pub fn list_language(curricula: &[Curriculum]) -> &str {
    curricula.first().map_or("en", |curriculum| curriculum.language.as_str())
}

#[derive(Serialize)]
struct List {
    curricula: Vec<Card>,
}

#[derive(Serialize)]
struct Card {
    /// The course in its other languages, where the site has them.
    editions: Vec<Edition>,
    title: String,
    summary_html: Option<String>,
    href: String,
    lang: String,
}

/// A course in another language.
#[derive(Serialize)]
struct Edition {
    tongue: Tongue,
    title: String,
    title_tongue: Tongue,
    href: String,
}

fn editions(curriculum: &Curriculum, folder: &str) -> Vec<Edition> {
    let each = curriculum.editions().into_iter().map(|edition| Edition {
        tongue: Tongue::of(&edition.language),
        title_tongue: Tongue::of(edition.language_of(&edition.title.span.file)),
        title: edition.title.value,
        href: format!("{folder}/{}/index.html", edition.language),
    });
    each.collect()
}
