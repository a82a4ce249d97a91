//! From folders to curricula with their problems: the first half of every command.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::bail;

use super::themes::theme_problems;
use super::wardrobe::Wardrobe;
use crate::check::OfWords;
use crate::cli::Check;
use crate::diagnostic::{Checked, Diagnostic, Severity};
use crate::kept::Kept;
use crate::model::{Curriculum, Date};
use crate::read::Scope;
use crate::reading::Grades;
use crate::source::{SourcePath, Span};
use crate::{check, load, read, report, scan};

/// What a run has loaded, and what is to be told of it.
pub(super) struct Gathered {
    pub(super) scope: Scope,
    pub(super) curricula: Vec<Curriculum>,
    /// The problems that every day has: what the health page shows.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// All that is to be told: those, and the problems of today.
    pub(super) told: Vec<Diagnostic>,
    /// How hard the handouts are to read, once words have been looked at.
    pub(super) grades: Grades,
    /// What is told of words, where that is known before it is asked for.
    words: Option<OfWords>,
}

/// What is known from earlier rounds, where there are some.
#[derive(Default)]
pub(super) struct Known {
    files: read::Files,
    pub(super) memory: load::Memory,
    finds: check::Known,
    pub(super) passages: scan::Known,
    pub(super) wardrobe: Wardrobe,
}

impl Known {
    /// Keeps what each round makes for the next.
    pub(super) fn keeping() -> Self {
        let (files, memory) = (read::Files::keeping(), load::Memory::keeping());
        Self { files, memory, finds: Kept::keeping(), passages: Kept::keeping(), wardrobe: Wardrobe::default() }
    }

    fn next_round(&self) {
        self.files.next_round();
        self.memory.next_round();
        self.finds.next_round();
        self.passages.next_round();
    }
}

impl Gathered {
    /// Whether what is told stops a build.
    pub(super) fn stop(&self) -> bool {
        self.told.iter().any(Diagnostic::is_error)
    }

    /// With what is told of words.
    pub(super) fn with_words(mut self, strict: bool) -> Self {
        let OfWords { told, grades } = self.words.take().unwrap_or_else(|| check::words(&self.curricula));
        let words = graded(told, strict);
        let both = |mut told: Vec<Diagnostic>| {
            told.extend_from_slice(&words);
            report::sorted(told)
        };
        Self { diagnostics: both(self.diagnostics), told: both(self.told), grades, ..self }
    }
}

/// Reads, loads and checks.
pub(super) fn gather(options: &Check) -> anyhow::Result<Gathered> {
    Ok(gather_but_words(options, &Known::default())?.with_words(options.strict))
}

/// The same without what is told of words: whether there is an error is known then.
pub(super) fn gather_but_words(options: &Check, known: &Known) -> anyhow::Result<Gathered> {
    let (mut scope, Checked { value: mut curricula, mut diagnostics }) = load_all(&folders(options), known)?;
    diagnostics.extend(check::but_words(&curricula, &scope.sources, &known.finds));
    diagnostics.extend(theme_problems(&curricula, &mut scope.sources));
    let mut words = None;
    if let Some(group) = &options.group
        && !diagnostics.iter().any(|diagnostic| diagnostic.is_error() && is_of_group(&diagnostic.span, group))
    {
        // What is told is told of all curricula, whatever group the sites are for.
        words = Some(check::words(&curricula));
        curricula = choose_group(curricula, group)?;
    }
    let diagnostics = graded(report::sorted(diagnostics), options.strict);
    // What depends on the day is told here and stands on no page: the same input gives the same sites.
    let of_today = curricula.iter().flat_map(|curriculum| check::crisis_lines_checked(curriculum, today())).collect();
    let told = report::sorted([diagnostics.clone(), graded(of_today, options.strict)].concat());
    Ok(Gathered { scope, curricula, diagnostics, told, grades: Grades::default(), words })
}

/// The folders that are worked on.
pub(super) fn folders(options: &Check) -> Vec<PathBuf> {
    if options.paths.is_empty() { vec![default_folder()] } else { options.paths.clone() }
}

/// Reads and loads, without the checks.
pub(super) fn load_all(folders: &[PathBuf], known: &Known) -> anyhow::Result<(Scope, Checked<Vec<Curriculum>>)> {
    known.next_round();
    let Known { files, memory, .. } = known;
    let Checked { value: mut scope, mut diagnostics } = read::curricula(folders, files)?;
    let modules: Vec<SourcePath> = scope.sources.curricula.iter().flat_map(|folder| load::named_modules(folder, &scope.sources, memory)).collect();
    read::add_folders(&mut scope.sources, &modules, files, &mut diagnostics)?;
    let Checked { value, diagnostics: told } = load::load_again(&scope.sources, memory);
    diagnostics.extend(told);
    Ok((scope, Checked { value, diagnostics }))
}

/// The day, by the clock of the machine.
pub(super) fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Date::after_1970(i64::try_from(seconds / (24 * 60 * 60)).unwrap_or_default())
}

fn default_folder() -> PathBuf {
    let usual = Path::new("curricula");
    if usual.is_dir() { usual.to_owned() } else { PathBuf::from(".") }
}

/// Whether a place is in the file of a group. A file that cannot be read is told as such, not as a group that is not there.
fn is_of_group(place: &Span, group: &str) -> bool {
    place.file.stem() == group && place.file.parent().name() == "groups"
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

/// With `--strict`, a warning is an error, save where the author's settings keep it a warning.
fn graded(mut diagnostics: Vec<Diagnostic>, strict: bool) -> Vec<Diagnostic> {
    if strict {
        diagnostics.iter_mut().filter(|diagnostic| !diagnostic.stays_warning).for_each(|diagnostic| diagnostic.severity = Severity::Error);
    }
    diagnostics
}
