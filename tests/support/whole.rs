//! Both sites of sources, whole and in memory, as `build` makes them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use copebook::audience::{Audience, Facilitator, Member};
use copebook::diagnostic::{Checked, Diagnostic};
use copebook::model::Curriculum;
use copebook::render::{self, Output, Take};
use copebook::scan::Scanner;
use copebook::source::Sources;
use copebook::theme::{Theme, ThemeFiles};
use copebook::{check, load, report, site};

/// The files of a site, by their addresses.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What a build can be asked for.
#[derive(Clone, Default)]
pub struct Options {
    /// The theme; the built-in one where none is given.
    pub theme: Option<ThemeFiles>,
    /// Whether the sites are made for the first group.
    pub group: bool,
    /// Whether the course stands in a list of courses.
    pub listed: bool,
    /// Whether each handout is made as a file of its own, too, as `pack` does.
    pub single: bool,
}

/// What came of a build.
pub struct Whole {
    /// The guide.
    pub guide: Files,
    /// The member site, and the handouts in one file each.
    pub members: Files,
    /// The text of the reports.
    pub told: String,
    /// What the scan found in the member site.
    pub leaks: usize,
}

/// The theme for each audience. Each is made once for each language: to read its templates takes as long as a build.
fn themes(files: Option<&ThemeFiles>, language: &str) -> (Arc<Theme<Member>>, Arc<Theme<Facilitator>>) {
    type Pair = (Arc<Theme<Member>>, Arc<Theme<Facilitator>>);
    static MADE: Mutex<Vec<(Option<ThemeFiles>, String, Pair)>> = Mutex::new(Vec::new());
    let make = |files: &ThemeFiles| (Arc::new(Theme::new(files, language).expect("a theme")), Arc::new(Theme::new(files, language).expect("a theme")));
    let mut made = MADE.lock().expect("themes");
    if let Some((.., pair)) = made.iter().find(|(known, spoken, _)| known.as_ref() == files && spoken == language) {
        return pair.clone();
    }
    let pair = files.map_or_else(|| make(&ThemeFiles::built_in("calm").expect("the theme")), make);
    made.push((files.cloned(), language.to_owned(), pair.clone()));
    pair
}

/// All that members could get of a curriculum that has no errors: their site in each language, and the handouts in one file each.
pub fn members_alone(curriculum: &Curriculum, sources: &Sources) -> Files {
    let mut members = files_of(|take| member_site(curriculum, sources, None, false, take));
    members.extend(single(curriculum, sources, None));
    members
}

/// All files that are handed on.
fn files_of<V: Audience>(make: impl FnOnce(&Take<'_, V>)) -> Files {
    let made = Output::of(|take| {
        make(take);
        Ok(())
    });
    made.expect("files").into_files()
}

/// Looks for leaks in the files of a member site.
pub fn leaks<'w>(curricula: &'w [Curriculum], editions: &'w [Curriculum], words: impl Iterator<Item = &'w str>, members: &Files) -> usize {
    let scanner = Scanner::new(curricula, editions.iter(), words, &Default::default());
    members.iter().for_each(|(url, bytes)| scanner.look(url, bytes));
    scanner.done().leaks.len()
}

/// The member site in each of its languages, as `build` makes it.
fn member_site(curriculum: &Curriculum, sources: &Sources, files: Option<&ThemeFiles>, listed: bool, take: &Take<'_, Member>) {
    let pictures = site::picture_urls(sources);
    for edition in [curriculum].into_iter().chain(&curriculum.editions()) {
        let (theme, _) = themes(files, &edition.language);
        let mut pages = site::members(edition, &pictures, listed, &Default::default());
        pages.files.extend(calendar(edition, &theme));
        let render = if edition.is_edition() { render::edition } else { render::render };
        render(&pages, &theme, sources, take).expect("pages for members");
    }
}

/// The handouts in one file each, in each language, as `pack` makes them.
fn single(curriculum: &Curriculum, sources: &Sources, files: Option<&ThemeFiles>) -> Files {
    let pictures = site::picture_urls(sources);
    let mut single = Files::new();
    for edition in [curriculum].into_iter().chain(&curriculum.editions()) {
        let (theme, _) = themes(files, &edition.language);
        let held = site::held_pictures(&site::members(edition, &pictures, false, &Default::default()).pictures(), sources);
        let pages = site::single_handouts(edition, &held).pages;
        let made = files_of(|take| render::pages_alone(&pages, &theme, take).expect("handouts in a file each"));
        single.extend(made.into_iter().map(|(url, bytes)| (format!("single/{url}"), bytes)));
    }
    single
}

/// The calendar of a group, as a file of a site.
fn calendar<V: Audience>(curriculum: &Curriculum, theme: &Theme<V>) -> Option<site::Other<'static>> {
    let bytes = site::calendar(curriculum, theme.word("calendar_day").unwrap_or_default())?;
    Some(site::Other::new(site::CALENDAR_URL, move || bytes.clone()))
}

/// Makes both sites of the first curriculum; the errors instead, when there are any.
pub fn whole(sources: &Sources, options: &Options) -> Result<Whole, Vec<Diagnostic>> {
    let Checked { value: mut curricula, mut diagnostics } = load::load(sources);
    diagnostics.extend(check::check(&curricula, sources));
    let diagnostics = report::sorted(diagnostics);
    let told = report::text(&diagnostics, sources, false);
    if curricula.is_empty() || diagnostics.iter().any(Diagnostic::is_error) {
        return Err(diagnostics);
    }
    let curriculum = &mut curricula[0];
    curriculum.running = (options.group && !curriculum.groups.is_empty()).then_some(0);
    let curriculum = &curricula[0];
    let (theme, guide_theme) = themes(options.theme.as_ref(), &curriculum.language);
    let pictures = site::picture_urls(sources);
    let editions = curriculum.editions();
    let folder = if options.listed { site::members_folder(curriculum) } else { String::new() };
    let mut members = files_of::<Member>(|take| {
        member_site(curriculum, sources, options.theme.as_ref(), options.listed, &|file| take(file.inside(&folder)));
        if options.listed {
            let home = site::home(&curricula, "members/root.html", site::members_folder);
            render::pages(&[home], &theme, take).expect("the list");
        }
        render::fixed(site::host::MEMBERS, take).expect("fixed files");
    });
    let worn: Vec<_> = curriculum.languages_of_members().map(|language| themes(options.theme.as_ref(), language).0).collect();
    let leaks = leaks(&curricula, &editions, worn.iter().flat_map(|theme| theme.words()), &members);
    if options.single {
        members.extend(single(curriculum, sources, options.theme.as_ref()));
    }

    let health = site::Health { diagnostics: &diagnostics, grades: &check::words(&curricula).grades, passages: 0, files: 0 };
    let mut pages = site::guide(curriculum, &editions, &pictures, options.listed, &Default::default());
    pages.pages.push(site::health_page(curriculum, &pictures, options.listed, &health));
    pages.files.extend(calendar(curriculum, &guide_theme));
    let mut guide = files_of(|take| render::render(&pages, &guide_theme, sources, take).expect("pages of the guide"));
    let screens = site::present(curriculum, &pictures);
    let screens = files_of(|take| render::render(&screens, &theme, sources, &|file| take(file.inside(site::PRESENT_FOLDER))).expect("screens"));
    // The screens are for the group's eyes.
    members.extend(screens.clone());
    guide.extend(screens);
    Ok(Whole { guide, members, told, leaks })
}
