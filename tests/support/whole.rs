//! Both sites of sources, whole and in memory, as `build` makes them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use copebook::audience::{Audience, Facilitator, Member};
use copebook::diagnostic::{Checked, Diagnostic};
use copebook::model::Curriculum;
use copebook::render::{self, Output};
use copebook::source::Sources;
use copebook::theme::{Theme, ThemeFiles};
use copebook::{check, load, report, scan, site};

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
    let mut members = member_site(curriculum, sources, None, false);
    members.add("single", single(curriculum, sources, None));
    members.files().clone()
}

/// The member site in each of its languages, as `build` makes it.
fn member_site(curriculum: &Curriculum, sources: &Sources, files: Option<&ThemeFiles>, listed: bool) -> Output<Member> {
    let pictures = site::picture_urls(sources);
    let mut members = Output::default();
    for edition in [curriculum].into_iter().chain(&curriculum.editions()) {
        let (theme, _) = themes(files, &edition.language);
        let mut pages = site::members(edition, &pictures, listed);
        pages.files.extend(calendar(edition, &theme));
        let own = if edition.is_edition() { render::edition } else { render::render }(&pages, &theme, sources);
        members.add("", own.expect("pages for members"));
    }
    members
}

/// The handouts in one file each, in each language, as `pack` makes them.
fn single(curriculum: &Curriculum, sources: &Sources, files: Option<&ThemeFiles>) -> Output<Member> {
    let pictures = site::picture_urls(sources);
    let mut single = Output::default();
    for edition in [curriculum].into_iter().chain(&curriculum.editions()) {
        let (theme, _) = themes(files, &edition.language);
        let held = site::held_pictures(&site::members(edition, &pictures, false).pictures(), sources);
        single.add("", render::pages_alone(&site::single_handouts(edition, &held).pages, &theme).expect("handouts in a file each"));
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
    let mut members = Output::<Member>::default();
    members.add(&folder, member_site(curriculum, sources, options.theme.as_ref(), options.listed));
    if options.listed {
        let home = site::home(&curricula, "members/root.html", site::members_folder);
        members.add("", render::pages(&[home], &theme).expect("the list"));
    }
    members.add_fixed(site::host::MEMBERS);
    let worn: Vec<_> = curriculum.languages_of_members().map(|language| themes(options.theme.as_ref(), language).0).collect();
    let leaks = scan::scan(&curricula, editions.iter(), worn.iter().flat_map(|theme| theme.words()), &members).leaks.len();
    if options.single {
        members.add("single", single(curriculum, sources, options.theme.as_ref()));
    }
    let mut members = members.files().clone();

    let health = site::Health { diagnostics: &diagnostics, passages: 0, files: 0 };
    let mut pages = site::guide(curriculum, &editions, &pictures, options.listed);
    pages.pages.push(site::health_page(curriculum, &pictures, options.listed, &health));
    pages.files.extend(calendar(curriculum, &guide_theme));
    let mut guide = render::render(&pages, &guide_theme, sources).expect("pages of the guide");
    let screens = render::render(&site::present(curriculum, &pictures), &theme, sources).expect("screens");
    // The screens are for the group's eyes.
    members.extend(screens.files().iter().map(|(url, bytes)| (format!("{}/{url}", site::PRESENT_FOLDER), bytes.clone())));
    guide.add(site::PRESENT_FOLDER, screens);
    Ok(Whole { guide: guide.files().clone(), members, told, leaks })
}
