//! What each command does: the only place where the steps are put together.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, bail};

use crate::audience::{Audience, Facilitator, Member};
use crate::cli::{Build, Check, Cli, Command, Format};
use crate::diagnostic::{Checked, Code, Diagnostic, Severity, did_you_mean};
use crate::model::{Curriculum, Date};
use crate::read::Scope;
use crate::render::Output;
use crate::source::{SourcePath, Sources, Span};
use crate::theme::{Theme, ThemeFiles};
use crate::{check, load, read, render, report, scan, site, write};

/// Runs a command. Gives 0 when all is well and 1 when problems were told; an error is for wrong usage or a failing disk.
pub fn run(cli: &Cli) -> anyhow::Result<ExitCode> {
    match &cli.command {
        Command::Build(options) => build(options),
        Command::Check(options) => {
            let loaded = load_and_tell(options)?;
            Ok(exit(loaded.stop))
        }
    }
}

fn build(options: &Build) -> anyhow::Result<ExitCode> {
    let Loaded { scope, curricula, diagnostics, stop } = load_and_tell(&options.check)?;
    if stop {
        say("Nothing was written: mend the errors first. The sites are as they were.")?;
        return Ok(exit(stop));
    }
    let themes = Themes::read(options.theme.as_deref(), &curricula)?;
    let pictures = site::picture_urls(&scope.sources);
    let in_list = |name: &str| if scope.listed { name.to_owned() } else { String::new() };

    let mut members = Output::<Member>::default();
    let mut theme_words = BTreeSet::new();
    for (curriculum, theme) in curricula.iter().zip(&themes.each) {
        let theme = Theme::new(theme, &curriculum.language)?;
        theme_words.extend(theme.words().map(str::to_owned));
        let mut pages = site::members(curriculum, &pictures, scope.listed);
        pages.files.extend(calendar(curriculum, &theme));
        let own = render::render(&pages, &theme, &scope.sources)?;
        members.add(&in_list(&site::members_folder(curriculum)), own);
    }
    let language = site::list_language(&curricula);
    if scope.listed {
        let home = site::home(&curricula, "members/root.html", site::members_folder);
        members.add("", render::pages::<Member>(&[home], &Theme::new(&themes.list, language)?)?);
    }

    // Nothing is written before the proof that members see nothing of what is for facilitators.
    let scan = scan::scan(&curricula, theme_words.iter().map(String::as_str), &members);
    if !scan.leaks.is_empty() {
        let leaks: Vec<Diagnostic> = scan.leaks.iter().map(scan::Leak::diagnostic).collect();
        tell(&leaks, &scope.sources, options.check.format)?;
        return Ok(exit(true));
    }

    let health = site::Health { diagnostics: &diagnostics, passages: scan.passages, files: scan.files };
    let mut guide = Output::<Facilitator>::default();
    for (curriculum, theme) in curricula.iter().zip(&themes.each) {
        let language = &curriculum.language;
        let guide_theme = Theme::new(theme, language)?;
        let mut pages = site::guide(curriculum, &pictures, scope.listed, &health);
        pages.files.extend(calendar(curriculum, &guide_theme));
        let mut own = render::render(&pages, &guide_theme, &scope.sources)?;
        let screens = site::present(curriculum, &pictures);
        own.add(site::PRESENT_FOLDER, render::render::<Member>(&screens, &Theme::new(theme, language)?, &scope.sources)?);
        guide.add(&in_list(curriculum.slug.as_str()), own);
    }
    if scope.listed {
        let home = site::home(&curricula, "guide/root.html", |curriculum| curriculum.slug.to_string());
        guide.add("", render::pages::<Facilitator>(&[home], &Theme::new(&themes.list, language)?)?);
    }

    let mut files: BTreeMap<String, &[u8]> = BTreeMap::new();
    put(&mut files, &guide);
    put(&mut files, &members);
    let folders: Vec<PathBuf> = scope.sources.curricula.iter().map(|folder| PathBuf::from(folder.to_string())).collect();
    let written = write::write(&options.out, &files, &folders)?;
    say(&format!(
        "{} pages of the guide, {} pages for members: {} files written, {} as they were, {} removed.",
        pages_of(&guide),
        pages_of(&members),
        written.written,
        written.unchanged,
        written.removed
    ))?;
    let out = options.out.display();
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{out}/{}/index.html", Facilitator::NAME)?;
    writeln!(stdout, "{out}/{}/index.html", Member::NAME)?;
    Ok(ExitCode::SUCCESS)
}

/// The calendar of a group as a file of a site, in the words of the site's theme.
fn calendar<V: Audience>(curriculum: &Curriculum, theme: &Theme<V>) -> Option<(String, Vec<u8>)> {
    let name = theme.word("calendar_day").unwrap_or_default();
    Some((site::CALENDAR_URL.to_owned(), site::calendar(curriculum, name)?))
}

/// What a run has loaded, and what it told of it.
struct Loaded {
    scope: Scope,
    curricula: Vec<Curriculum>,
    diagnostics: Vec<Diagnostic>,
    /// Whether what was told stops a build.
    stop: bool,
}

/// Reads, loads and checks, and tells all problems.
fn load_and_tell(options: &Check) -> anyhow::Result<Loaded> {
    let folders = if options.paths.is_empty() { vec![default_folder()] } else { options.paths.clone() };
    let Checked { value: mut scope, mut diagnostics } = read::curricula(&folders)?;
    let modules: Vec<SourcePath> = scope.sources.curricula.iter().flat_map(|folder| load::named_modules(folder, &scope.sources)).collect();
    read::add_folders(&mut scope.sources, &modules, &mut diagnostics)?;
    let Checked { value: mut curricula, diagnostics: told } = load::load(&scope.sources);
    diagnostics.extend(told);
    diagnostics.extend(check::check(&curricula, &scope.sources));
    diagnostics.extend(theme_problems(&curricula));
    if let Some(group) = &options.group {
        curricula = choose_group(curricula, group)?;
    }
    let diagnostics = graded(report::sorted(diagnostics), options.strict);
    // What depends on the day is told here and stands on no page: the same input gives the same sites.
    let of_today = curricula.iter().flat_map(|curriculum| check::crisis_lines_tried(curriculum, today())).collect();
    let told = report::sorted([diagnostics.clone(), graded(of_today, options.strict)].concat());
    tell(&told, &scope.sources, options.format)?;
    let stop = told.iter().any(Diagnostic::is_error);
    Ok(Loaded { scope, curricula, diagnostics, stop })
}

/// The day, by the clock of the machine.
fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Date::after_1970(i64::try_from(seconds / (24 * 60 * 60)).unwrap_or_default())
}

fn default_folder() -> PathBuf {
    let usual = Path::new("curricula");
    if usual.is_dir() { usual.to_owned() } else { PathBuf::from(".") }
}

/// The curricula that a group of this name runs, made for it; the others are left out of this build.
fn choose_group(curricula: Vec<Curriculum>, name: &str) -> anyhow::Result<Vec<Curriculum>> {
    let known: Vec<String> = curricula.iter().flat_map(|curriculum| &curriculum.groups).map(|group| group.name.to_string()).collect();
    let chosen: Vec<Curriculum> = curricula
        .into_iter()
        .filter_map(|mut curriculum| {
            curriculum.running = Some(curriculum.groups.iter().position(|group| group.name.as_str() == name)?);
            Some(curriculum)
        })
        .collect();
    if chosen.is_empty() {
        let there = if known.is_empty() {
            "a group is a file in the folder `groups` of a curriculum, such as groups/tuesday.yml".to_owned()
        } else {
            format!("the groups are {}", known.join(", "))
        };
        bail!("there is no group `{name}`: {there}");
    }
    Ok(chosen)
}

/// With `--strict`, a warning is an error.
fn graded(mut diagnostics: Vec<Diagnostic>, strict: bool) -> Vec<Diagnostic> {
    if strict {
        diagnostics.iter_mut().for_each(|diagnostic| diagnostic.severity = Severity::Error);
    }
    diagnostics
}

/// Tells problems on the standard output, and their number on the standard error.
fn tell(diagnostics: &[Diagnostic], sources: &Sources, format: Format) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    match format {
        Format::Text => {
            let colours = stdout.is_terminal() && std::env::var_os("NO_COLOR").is_none();
            stdout.write_all(report::text(diagnostics, sources, colours).as_bytes())?;
            let summary = report::summary(diagnostics);
            say(if summary.is_empty() { "No problems found." } else { &summary })?;
        }
        Format::Json => writeln!(stdout, "{}", report::json(diagnostics)?)?,
    }
    Ok(())
}

fn say(line: &str) -> anyhow::Result<()> {
    writeln!(std::io::stderr(), "{line}").context("cannot write to the terminal")
}

fn exit(stop: bool) -> ExitCode {
    if stop { ExitCode::from(1) } else { ExitCode::SUCCESS }
}

/// The themes of a run: one for each curriculum, and one for the page that lists them.
struct Themes {
    each: Vec<ThemeFiles>,
    list: ThemeFiles,
}

impl Themes {
    /// The themes that the curricula ask for, or the one that the command line asks for instead.
    fn read(asked: Option<&str>, curricula: &[Curriculum]) -> anyhow::Result<Self> {
        let each = curricula
            .iter()
            .map(|curriculum| read::theme(asked.or(own_theme(curriculum).as_deref())).with_context(|| format!("the theme of {}", curriculum.title.value)));
        Ok(Self { each: each.collect::<anyhow::Result<_>>()?, list: read::theme(asked)? })
    }
}

/// The theme that a curriculum names: one of copebook's own, or a folder as seen from the curriculum's file.
fn own_theme(curriculum: &Curriculum) -> Option<String> {
    let named = &curriculum.theme.as_ref()?.value;
    Some(if ThemeFiles::built_in(named).is_some() { named.clone() } else { curriculum.folder.join(named).to_string() })
}

/// Tells a theme that is not there, and a language for which a theme has no words.
fn theme_problems(curricula: &[Curriculum]) -> Vec<Diagnostic> {
    let each = curricula.iter().filter_map(|curriculum| {
        let file = Span::of_file(&curriculum.folder.join("curriculum.yml"));
        let at = curriculum.theme.as_ref().map_or(file.clone(), |theme| theme.span.clone());
        let Ok(theme) = read::theme(own_theme(curriculum).as_deref()) else {
            let named = curriculum.theme.as_ref().map_or("", |theme| theme.value.as_str());
            let own = ThemeFiles::built_in_names();
            let help =
                did_you_mean(named, own.iter().copied()).unwrap_or(format!("name one of copebook's own ({}), or a folder with a theme.yml", own.join(", ")));
            return Some(Diagnostic::new(Code::UnknownTheme, at, format!("there is no theme `{named}`")).help(help));
        };
        let language = &curriculum.language;
        (!theme.has_words(language)).then(|| {
            Diagnostic::new(Code::NoWords, file, format!("the theme has no words in the language `{language}`, so buttons and headings will be English"))
                .help(format!("copy the theme, and translate words/en.yml as words/{language}.yml"))
        })
    });
    each.collect()
}

/// Puts the files of a site into its audience's folder.
fn put<'o, V: Audience>(files: &mut BTreeMap<String, &'o [u8]>, output: &'o Output<V>) {
    files.extend(output.files().iter().map(|(url, bytes)| (format!("{}/{url}", V::NAME), bytes.as_slice())));
}

fn pages_of<V: Audience>(output: &Output<V>) -> usize {
    output.files().keys().filter(|url| url.ends_with(".html")).count()
}
