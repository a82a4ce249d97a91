//! Both sites of sources, whole and in memory, as `build` makes them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use copebook::audience::{Facilitator, Member};
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

/// The theme for each audience. The built-in one is made once for each language: to read its templates takes as long as a build.
fn themes(files: Option<&ThemeFiles>, language: &str) -> (Arc<Theme<Member>>, Arc<Theme<Facilitator>>) {
    type Pair = (Arc<Theme<Member>>, Arc<Theme<Facilitator>>);
    static MADE: Mutex<BTreeMap<String, Pair>> = Mutex::new(BTreeMap::new());
    let make = |files: &ThemeFiles| (Arc::new(Theme::new(files, language).expect("a theme")), Arc::new(Theme::new(files, language).expect("a theme")));
    if let Some(files) = files {
        return make(files);
    }
    let mut made = MADE.lock().expect("themes");
    made.entry(language.to_owned()).or_insert_with(|| make(&ThemeFiles::built_in("calm").expect("the theme"))).clone()
}

/// The member site alone, of a curriculum that has no errors.
pub fn members_alone(curriculum: &Curriculum, sources: &Sources) -> Files {
    let (theme, _) = themes(None, &curriculum.language);
    let pictures = site::picture_urls(sources);
    let pages = site::members(curriculum, &pictures, false);
    render::render(&pages, &theme, sources).expect("pages for members").files().clone()
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
    let day = theme.word("calendar_day").unwrap_or_default();
    let calendar = || site::calendar(curriculum, day).map(|bytes| site::Other::new(site::CALENDAR_URL, move || bytes.clone()));
    let editions = curriculum.editions();

    let mut pages = site::members(curriculum, &pictures, options.listed);
    pages.files.extend(calendar());
    let mut members = Output::<Member>::default();
    let folder = if options.listed { site::members_folder(curriculum) } else { String::new() };
    members.add(&folder, render::render(&pages, &theme, sources).expect("pages for members"));
    if options.listed {
        let home = site::home(&curricula, "members/root.html", site::members_folder);
        members.add("", render::pages(&[home], &theme).expect("the list"));
    }
    members.add_fixed(site::host::MEMBERS);
    let leaks = scan::scan(&curricula, editions.iter(), theme.words(), &members).leaks.len();
    let mut members = members.files().clone();
    if options.single {
        let held = site::held_pictures(&site::members(curriculum, &pictures, false).pictures(), sources);
        let alone = render::pages_alone(&site::single_handouts(curriculum, &held).pages, &theme).expect("handouts in a file each");
        members.extend(alone.files().iter().map(|(url, bytes)| (format!("single/{url}"), bytes.clone())));
    }

    let health = site::Health { diagnostics: &diagnostics, passages: 0, files: 0 };
    let mut pages = site::guide(curriculum, &editions, &pictures, options.listed);
    pages.pages.push(site::health_page(curriculum, &pictures, options.listed, &health));
    pages.files.extend(calendar());
    let mut guide = render::render(&pages, &guide_theme, sources).expect("pages of the guide");
    let screens = render::render(&site::present(curriculum, &pictures), &theme, sources).expect("screens");
    // The screens are for the group's eyes.
    members.extend(screens.files().iter().map(|(url, bytes)| (format!("{}/{url}", site::PRESENT_FOLDER), bytes.clone())));
    guide.add(site::PRESENT_FOLDER, screens);
    Ok(Whole { guide: guide.files().clone(), members, told, leaks })
}
