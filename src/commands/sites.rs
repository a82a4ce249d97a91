//! Both sites, made whole in memory and proved apart: what every command that shows or writes pages begins with.

use std::collections::{BTreeMap, BTreeSet};

use super::gather::Gathered;
use super::themes::Themes;
use crate::audience::{Audience, Facilitator, Member};
use crate::diagnostic::{Checked, Diagnostic};
use crate::model::Curriculum;
use crate::render::Output;
use crate::source::Sources;
use crate::theme::Theme;
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
        let in_list = |name: &str| if listed { name.to_owned() } else { String::new() };

        let mut members = Output::<Member>::default();
        let mut theme_words = BTreeSet::new();
        for (curriculum, files) in curricula.iter().zip(&themes.each) {
            let folder = in_list(&site::members_folder(curriculum));
            let mut of = |curriculum: &Curriculum| -> anyhow::Result<_> {
                let theme = Theme::new(files, &curriculum.language)?;
                theme_words.extend(theme.words().map(str::to_owned));
                let mut pages = site::members(curriculum, &pictures, listed);
                pages.files.extend(calendar(curriculum, &theme));
                Ok((pages, theme))
            };
            let (pages, theme) = of(curriculum)?;
            members.add(&folder, render::render(&pages, &theme, sources)?);
            for edition in curriculum.editions() {
                let (pages, theme) = of(&edition)?;
                members.add(&folder, render::edition(&pages, &theme, sources)?);
            }
        }
        let language = site::list_language(curricula);
        if listed {
            let home = site::home(curricula, "members/root.html", site::members_folder);
            members.add("", render::pages::<Member>(&[home], &Theme::new(&themes.list, language)?)?);
        }
        members.add_fixed(site::host::MEMBERS);

        // The proof that members see nothing of what is for facilitators comes before anything is shown or written.
        let scan = scan::scan(curricula, theme_words.iter().map(String::as_str), &members);
        if !scan.leaks.is_empty() {
            return Ok(Err(scan.leaks.iter().map(scan::Leak::diagnostic).collect()));
        }

        let health = site::Health { diagnostics, passages: scan.passages, files: scan.files };
        let mut guide = Output::<Facilitator>::default();
        for (curriculum, theme) in curricula.iter().zip(&themes.each) {
            let language = &curriculum.language;
            let guide_theme = Theme::new(theme, language)?;
            let mut pages = site::guide(curriculum, &pictures, listed, &health);
            pages.files.extend(calendar(curriculum, &guide_theme));
            let mut own = render::render(&pages, &guide_theme, sources)?;
            let screens = site::present(curriculum, &pictures);
            own.add(site::PRESENT_FOLDER, render::render::<Member>(&screens, &Theme::new(theme, language)?, sources)?);
            guide.add(&in_list(curriculum.slug.as_str()), own);
        }
        if listed {
            let home = site::home(curricula, "guide/root.html", |curriculum| curriculum.slug.to_string());
            guide.add("", render::pages::<Facilitator>(&[home], &Theme::new(&themes.list, language)?)?);
        }
        guide.add_fixed(site::host::GUIDE);
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

/// How many pages a site has.
pub(super) fn pages_of<V: Audience>(output: &Output<V>) -> usize {
    output.files().keys().filter(|url| url.ends_with(".html")).count()
}

/// The calendar of a group as a file of a site, in the words of the site's theme.
fn calendar<V: Audience>(curriculum: &Curriculum, theme: &Theme<V>) -> Option<(String, Vec<u8>)> {
    let name = theme.word("calendar_day").unwrap_or_default();
    Some((site::CALENDAR_URL.to_owned(), site::calendar(curriculum, name)?))
}

/// Puts the files of a site into its audience's folder.
fn put<'o, V: Audience>(files: &mut BTreeMap<String, &'o [u8]>, output: &'o Output<V>) {
    files.extend(output.files().iter().map(|(url, bytes)| (audience_url(output, url), bytes.as_slice())));
}

/// The address of a file in its audience's folder.
pub(super) fn audience_url<V: Audience>(_: &Output<V>, url: &str) -> String {
    format!("{}/{url}", V::NAME)
}
