//! Both sites, made and proved apart: what every command that shows or writes pages begins with.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::gather::{Gathered, Known};
use super::themes::Themes;
use super::wardrobe::Dressed;
use crate::audience::{Audience, Facilitator, Member};
use crate::diagnostic::{Checked, Diagnostic};
use crate::model::Curriculum;
use crate::reading::Grades;
use crate::render::{Keeping, Output, Take};
use crate::scan::{Leak, Scanner};
use crate::source::{SourcePath, Sources};
use crate::theme::Theme;
use crate::{render, site};

/// Both sites of a run, as files by address.
pub(super) struct Sites {
    pub(super) guide: Output<Facilitator>,
    pub(super) members: Output<Member>,
}

impl Sites {
    /// Makes both sites in memory. Gives the problems instead where they cannot be made.
    pub(super) fn of(asked: &Asked<'_>) -> anyhow::Result<Result<Self, Vec<Diagnostic>>> {
        let (guide, members) = (Keeping::default(), Keeping::default());
        let made = asked.make(&|file| guide.keep(file), &|file| members.keep(file))?;
        Ok(made.map(|()| Self { guide: guide.done(), members: members.done() }))
    }

    /// Makes the pages at these addresses alone, each below the name of its audience: the same that they are in the whole sites.
    /// Gives nothing where something stands in the way.
    pub(super) fn some(asked: &Asked<'_>, urls: &BTreeSet<String>) -> anyhow::Result<Option<Self>> {
        Ok(Self::of(&Asked { only: Some(urls), ..*asked })?.ok())
    }
}

/// What sites are asked for.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) sources: &'a Sources,
    pub(super) curricula: &'a [Curriculum],
    /// Whether their sites stand under a page that lists them.
    pub(super) listed: bool,
    /// What the checks found.
    pub(super) diagnostics: &'a [Diagnostic],
    /// How hard the handouts are to read.
    pub(super) grades: &'a Grades,
    /// The theme that is asked for on the command line.
    pub(super) theme: Option<&'a str>,
    /// What has been made before.
    pub(super) known: &'a Known,
    /// The pages that are made, where not all are: their addresses, each below the name of its audience.
    pub(super) only: Option<&'a BTreeSet<String>>,
}

impl<'a> Asked<'a> {
    /// What a run asks for.
    pub(super) fn of(gathered: &'a Gathered, theme: Option<&'a str>, known: &'a Known) -> Self {
        let Gathered { scope, curricula, diagnostics, grades, .. } = gathered;
        Self { sources: &scope.sources, curricula, listed: scope.listed, diagnostics, grades, theme, known, only: None }
    }

    /// Makes both sites, and hands on each file as soon as it is there; whoever takes them may show them when all is done, and not
    /// before. Gives the problems instead when the theme that is asked for cannot be used, or a text for facilitators is found in the
    /// member site: what has been handed on by then is for nobody.
    pub(super) fn make(&self, guide: &Take<'_, Facilitator>, members: &Take<'_, Member>) -> anyhow::Result<Result<(), Vec<Diagnostic>>> {
        let Self { sources, curricula, listed, diagnostics, grades, theme, known, only } = *self;
        let Known { wardrobe, passages, .. } = known;
        let Checked { value: themes, diagnostics: told } = Themes::read(theme, curricula)?;
        if told.iter().any(Diagnostic::is_error) {
            return Ok(Err(told));
        }
        let pictures = site::picture_urls(sources);
        let editions: Vec<Vec<Curriculum>> = curricula.iter().map(Curriculum::editions).collect();
        let shared = themes.each.iter().map(|files| (!files.has_templates_of_its_own()).then(Arc::default)).collect();
        let work = Work { sources, curricula, editions: &editions, listed, pictures: &pictures, only, shared };
        let (members_themes, guide_themes) = rayon::join(|| wardrobe.for_members(&themes, curricula), || wardrobe.for_guide(&themes, curricula));
        let (members_themes, guide_themes) = (members_themes?, guide_themes?);
        // The proof that members see nothing of what is for facilitators: each file is looked through before it is handed on.
        let proved = || {
            let words: BTreeSet<&str> = members_themes.each.iter().flatten().flat_map(|theme| theme.words()).collect();
            let scanner = Scanner::new(curricula, editions.iter().flatten(), words.into_iter(), passages);
            work.members(&members_themes, &|file| {
                scanner.look(&file.url, &file.bytes);
                members(file)
            })?;
            anyhow::Ok(scanner.done())
        };
        let (scan, made) = rayon::join(proved, || work.guide(&guide_themes, &members_themes, guide));
        let scan = scan?;
        made?;
        if !scan.leaks.is_empty() {
            return Ok(Err(scan.leaks.iter().map(Leak::diagnostic).collect()));
        }
        if only.is_some() {
            return Ok(Ok(()));
        }
        work.health(&guide_themes, &site::Health { diagnostics, grades, passages: scan.passages, files: scan.files }, guide)?;
        Ok(Ok(()))
    }
}

/// What both sites are made from.
struct Work<'w> {
    sources: &'w Sources,
    curricula: &'w [Curriculum],
    /// Each of them in its other languages.
    editions: &'w [Vec<Curriculum>],
    listed: bool,
    pictures: &'w BTreeMap<SourcePath, String>,
    only: Option<&'w BTreeSet<String>>,
    /// The bodies that both sites of a curriculum share, where its theme makes them alike for both.
    shared: Vec<Option<Arc<site::Bodies>>>,
}

impl Work<'_> {
    /// Leaves of a site in a folder what is asked for.
    fn chosen<V: Audience>(&self, site: &mut site::Site<'_, V>, of: &str, folder: &str) {
        if let Some(only) = self.only {
            site.files.clear();
            let way = |url: &str| [of, folder, url].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
            site.pages.retain(|page| only.contains(&way(&page.url)));
        }
    }

    /// The folder of a curriculum on a site that lists several.
    fn in_list(&self, name: &str) -> String {
        if self.listed { name.to_owned() } else { String::new() }
    }

    fn members(&self, themes: &Dressed<Member>, take: &Take<'_, Member>) -> anyhow::Result<()> {
        for (((curriculum, editions), themes), shared) in self.curricula.iter().zip(self.editions).zip(&themes.each).zip(&self.shared) {
            let folder = self.in_list(&site::members_folder(curriculum));
            let take: &Take<'_, Member> = &|file| take(file.inside(&folder));
            for (edition, theme) in [curriculum].into_iter().chain(editions).zip(themes) {
                let mut pages = site::members(edition, self.pictures, self.listed, &shared.clone().filter(|_| !edition.is_edition()).unwrap_or_default());
                pages.files.extend(calendar(edition, theme));
                let language = if edition.is_edition() { edition.language.as_str() } else { "" };
                let inside = [folder.as_str(), language].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
                self.chosen(&mut pages, Member::NAME, &inside);
                let render = if edition.is_edition() { render::edition } else { render::render };
                render(&pages, theme, self.sources, take)?;
            }
        }
        if self.listed {
            let home = site::home(self.curricula, "members/root.html", site::members_folder);
            render::pages(&[home], &themes.list, take)?;
        }
        render::fixed(site::host::MEMBERS, take)
    }

    /// The guide, save its health pages, which tell of the proof.
    fn guide(&self, themes: &Dressed<Facilitator>, for_members: &Dressed<Member>, take: &Take<'_, Facilitator>) -> anyhow::Result<()> {
        // The first theme of each is that of its main language.
        let worn = themes.each.iter().flatten().zip(for_members.each.iter().filter_map(|each| each.first()));
        for (((curriculum, editions), (theme, screen_theme)), shared) in self.curricula.iter().zip(self.editions).zip(worn).zip(&self.shared) {
            let folder = self.in_list(curriculum.slug.as_str());
            let take: &Take<'_, Facilitator> = &|file| take(file.inside(&folder));
            let mut pages = site::guide(curriculum, editions, self.pictures, self.listed, &shared.clone().unwrap_or_default());
            pages.files.extend(calendar(curriculum, theme));
            self.chosen(&mut pages, Facilitator::NAME, &folder);
            render::render(&pages, theme, self.sources, take)?;
            let mut screens = site::present(curriculum, self.pictures);
            self.chosen(&mut screens, Facilitator::NAME, format!("{folder}/{}", site::PRESENT_FOLDER).trim_start_matches('/'));
            render::render::<Member>(&screens, screen_theme, self.sources, &|file| take(file.inside(site::PRESENT_FOLDER).for_readers()))?;
        }
        if self.listed {
            let home = site::home(self.curricula, "guide/root.html", |curriculum| curriculum.slug.to_string());
            render::pages(&[home], &themes.list, take)?;
        }
        render::fixed(site::host::GUIDE, take)
    }

    fn health(&self, themes: &Dressed<Facilitator>, health: &site::Health<'_>, take: &Take<'_, Facilitator>) -> anyhow::Result<()> {
        for (curriculum, theme) in self.curricula.iter().zip(themes.each.iter().flatten()) {
            let folder = self.in_list(curriculum.slug.as_str());
            let page = site::health_page(curriculum, self.pictures, self.listed, health);
            render::pages_alone(&[page], theme, &|file| take(file.inside(&folder)))?;
        }
        Ok(())
    }
}

/// The calendar of a group as a file of a site, in the words of the site's theme.
fn calendar<V: Audience>(curriculum: &Curriculum, theme: &Theme<V>) -> Option<site::Other<'static>> {
    let name = theme.word("calendar_day").unwrap_or_default();
    let bytes = site::calendar(curriculum, name)?;
    Some(site::Other::new(site::CALENDAR_URL, move || bytes.clone()))
}

/// The address of a file in its audience's folder.
pub(super) fn audience_url<V: Audience>(url: &str) -> String {
    format!("{}/{url}", V::NAME)
}
