//! Both sites, made whole in memory and proved apart: what every command that shows or writes pages begins with.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::gather::Gathered;
use super::themes::Themes;
use crate::audience::{Audience, Facilitator, Member};
use crate::diagnostic::{Checked, Diagnostic};
use crate::model::Curriculum;
use crate::render::Output;
use crate::source::{SourcePath, Sources};
use crate::theme::{Theme, ThemeFiles};
use crate::{render, scan, site};

/// Both sites of a run, as files by address.
pub(super) struct Sites {
    pub(super) guide: Output<Facilitator>,
    pub(super) members: Output<Member>,
}

impl Sites {
    /// Makes both sites. Gives the problems instead when the theme that is asked for cannot be used, or a text for facilitators is found
    /// in the member site.
    pub(super) fn make(gathered: &Gathered, theme: Option<&str>) -> anyhow::Result<Result<Self, Vec<Diagnostic>>> {
        let Gathered { scope, curricula, diagnostics, .. } = gathered;
        Self::of(&scope.sources, curricula, scope.listed, diagnostics, theme)
    }

    /// The same for some of the curricula of a run; `listed` says that their sites stand under a page that lists them.
    pub(super) fn of(
        sources: &Sources,
        curricula: &[Curriculum],
        listed: bool,
        diagnostics: &[Diagnostic],
        theme: Option<&str>,
    ) -> anyhow::Result<Result<Self, Vec<Diagnostic>>> {
        let Checked { value: themes, diagnostics: told } = Themes::read(theme, curricula)?;
        if told.iter().any(Diagnostic::is_error) {
            return Ok(Err(told));
        }
        let pictures = site::picture_urls(sources);
        let editions: Vec<Vec<Curriculum>> = curricula.iter().map(Curriculum::editions).collect();
        let work = Work { sources, curricula, editions: &editions, listed, pictures: &pictures };
        let language = site::list_language(curricula);
        let alone = |curriculum: &Curriculum| vec![curriculum.language.clone()];
        let in_all = |curriculum: &Curriculum| curriculum.languages_of_members().map(str::to_owned).collect();
        let (members_themes, guide_themes) =
            rayon::join(|| Themed::<Member>::of(&themes, curricula, in_all, language), || Themed::<Facilitator>::of(&themes, curricula, alone, language));
        let (members_themes, guide_themes) = (members_themes?, guide_themes?);
        // The proof that members see nothing of what is for facilitators comes before anything is shown or written.
        let proved = || {
            let members = work.members(&members_themes)?;
            let words: BTreeSet<&str> = members_themes.each.iter().flatten().flat_map(|theme| theme.words()).collect();
            let scan = scan::scan(curricula, editions.iter().flatten(), words.into_iter(), &members);
            anyhow::Ok((members, scan))
        };
        let (members, guide) = rayon::join(proved, || work.guide(&guide_themes, &members_themes));
        let ((members, scan), mut guide) = (members?, guide?);
        if !scan.leaks.is_empty() {
            return Ok(Err(scan.leaks.iter().map(scan::Leak::diagnostic).collect()));
        }
        work.add_health(&mut guide, &guide_themes, &site::Health { diagnostics, passages: scan.passages, files: scan.files })?;
        Ok(Ok(Self { guide, members }))
    }

    /// The files of both sites, each in its audience's folder.
    pub(super) fn files(&self) -> BTreeMap<String, &[u8]> {
        let mut files = BTreeMap::new();
        put(&mut files, &self.guide);
        put(&mut files, &self.members);
        files
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
}

impl Work<'_> {
    /// The folder of a curriculum on a site that lists several.
    fn in_list(&self, name: &str) -> String {
        if self.listed { name.to_owned() } else { String::new() }
    }

    fn members(&self, themes: &Themed<Member>) -> anyhow::Result<Output<Member>> {
        let mut members = Output::<Member>::default();
        for ((curriculum, editions), themes) in self.curricula.iter().zip(self.editions).zip(&themes.each) {
            let folder = self.in_list(&site::members_folder(curriculum));
            for (edition, theme) in [curriculum].into_iter().chain(editions).zip(themes) {
                let mut pages = site::members(edition, self.pictures, self.listed);
                pages.files.extend(calendar(edition, theme));
                let own = if edition.is_edition() { render::edition } else { render::render }(&pages, theme, self.sources)?;
                members.add(&folder, own);
            }
        }
        if self.listed {
            let home = site::home(self.curricula, "members/root.html", site::members_folder);
            members.add("", render::pages::<Member>(&[home], &themes.list)?);
        }
        members.add_fixed(site::host::MEMBERS);
        Ok(members)
    }

    /// The guide, save its health pages, which tell of the proof.
    fn guide(&self, themes: &Themed<Facilitator>, for_members: &Themed<Member>) -> anyhow::Result<Output<Facilitator>> {
        let mut guide = Output::<Facilitator>::default();
        // The first theme of each is that of its main language.
        let worn = themes.each.iter().flatten().zip(for_members.each.iter().filter_map(|each| each.first()));
        for ((curriculum, editions), (theme, screen_theme)) in self.curricula.iter().zip(self.editions).zip(worn) {
            let mut pages = site::guide(curriculum, editions, self.pictures, self.listed);
            pages.files.extend(calendar(curriculum, theme));
            let mut own = render::render(&pages, theme, self.sources)?;
            let screens = site::present(curriculum, self.pictures);
            own.add(site::PRESENT_FOLDER, render::render::<Member>(&screens, screen_theme, self.sources)?);
            guide.add(&self.in_list(curriculum.slug.as_str()), own);
        }
        if self.listed {
            let home = site::home(self.curricula, "guide/root.html", |curriculum| curriculum.slug.to_string());
            guide.add("", render::pages::<Facilitator>(&[home], &themes.list)?);
        }
        guide.add_fixed(site::host::GUIDE);
        Ok(guide)
    }

    fn add_health(&self, guide: &mut Output<Facilitator>, themes: &Themed<Facilitator>, health: &site::Health<'_>) -> anyhow::Result<()> {
        for (curriculum, theme) in self.curricula.iter().zip(themes.each.iter().flatten()) {
            let page = site::health_page(curriculum, self.pictures, self.listed, health);
            guide.add(&self.in_list(curriculum.slug.as_str()), render::pages_alone(&[page], theme)?);
        }
        Ok(())
    }
}

/// The themes of a run, made ready for a site: those of each curriculum, one for each of its languages, and one for the page that
/// lists them. To make one takes as long as a hundred pages, so curricula that wear the same one in the same language share it.
struct Themed<V> {
    each: Vec<Vec<Arc<Theme<V>>>>,
    list: Arc<Theme<V>>,
}

impl<V: Audience> Themed<V> {
    fn of(themes: &Themes, curricula: &[Curriculum], languages: impl Fn(&Curriculum) -> Vec<String>, of_list: &str) -> anyhow::Result<Self> {
        let mut made: Vec<(&ThemeFiles, String, Arc<Theme<V>>)> = Vec::new();
        let mut get = |files, language: &str| {
            if let Some((.., theme)) = made.iter().find(|(known, spoken, _)| *known == files && spoken == language) {
                return anyhow::Ok(Arc::clone(theme));
            }
            let theme = Arc::new(Theme::new(files, language)?);
            made.push((files, language.to_owned(), Arc::clone(&theme)));
            Ok(theme)
        };
        let mut each = Vec::new();
        for (files, curriculum) in themes.each.iter().zip(curricula) {
            each.push(languages(curriculum).iter().map(|language| get(files, language)).collect::<anyhow::Result<_>>()?);
        }
        Ok(Self { each, list: get(&themes.list, of_list)? })
    }
}

/// How many pages a site has.
pub(super) fn pages_of<V: Audience>(output: &Output<V>) -> usize {
    output.files().keys().filter(|url| url.ends_with(".html")).count()
}

/// The calendar of a group as a file of a site, in the words of the site's theme.
fn calendar<V: Audience>(curriculum: &Curriculum, theme: &Theme<V>) -> Option<site::Other<'static>> {
    let name = theme.word("calendar_day").unwrap_or_default();
    let bytes = site::calendar(curriculum, name)?;
    Some(site::Other::new(site::CALENDAR_URL, move || bytes.clone()))
}

/// Puts the files of a site into its audience's folder.
fn put<'o, V: Audience>(files: &mut BTreeMap<String, &'o [u8]>, output: &'o Output<V>) {
    files.extend(output.files().iter().map(|(url, bytes)| (audience_url(output, url), bytes.as_slice())));
}

/// The address of a file in its audience's folder.
pub(super) fn audience_url<V: Audience>(_: &Output<V>, url: &str) -> String {
    format!("{}/{url}", V::NAME)
}
