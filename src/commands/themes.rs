//! The themes that the curricula of a run wear.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::Context as _;

use crate::audience::{Audience, Facilitator, Member};
use crate::check::{contrast, tokens};
use crate::diagnostic::{Checked, Code, Diagnostic, did_you_mean};
use crate::model::Curriculum;
use crate::source::{Sources, Span};
use crate::theme::{self, Theme, ThemeFiles};
use crate::{read, report};

/// The themes of a run: one for each curriculum, and one for the page that lists them.
pub(super) struct Themes {
    pub(super) each: Vec<ThemeFiles>,
    pub(super) list: ThemeFiles,
}

impl Themes {
    /// The themes that the curricula ask for, which have been checked, or the one that the command line asks for instead, with
    /// what is wrong with it.
    pub(super) fn read(asked: Option<&str>, curricula: &[Curriculum]) -> anyhow::Result<Checked<Self>> {
        let Checked { value: list, mut diagnostics } = read::theme(asked)?;
        if asked.is_some() {
            diagnostics.extend(theme::check(&list));
            let each = curricula.iter().map(|_| list.clone()).collect();
            return Ok(Checked { value: Self { each, list }, diagnostics: report::sorted(diagnostics) });
        }
        let each = curricula
            .iter()
            .map(|curriculum| Ok(read::theme(own_theme(curriculum).as_deref()).with_context(|| format!("the theme of {}", curriculum.title.value))?.value));
        Ok(Checked { value: Self { each: each.collect::<anyhow::Result<_>>()?, list }, diagnostics })
    }
}

/// The theme that a curriculum names: one of copebook's own, or a folder as seen from the curriculum's file.
fn own_theme(curriculum: &Curriculum) -> Option<String> {
    let named = &curriculum.theme.as_ref()?.value;
    Some(if ThemeFiles::built_in(named).is_some() { named.clone() } else { curriculum.folder.join(named).to_string() })
}

/// The folders of those themes that are not inside copebook, and of those that they extend.
pub(super) fn theme_folders(asked: Option<&str>, curricula: &[Curriculum]) -> BTreeSet<PathBuf> {
    let named = asked.map(str::to_owned).into_iter().chain(curricula.iter().filter(|_| asked.is_none()).filter_map(own_theme));
    let mut folders = BTreeSet::new();
    for name in named.filter(|name| ThemeFiles::built_in(name).is_none()) {
        // One that cannot be read yet is watched all the same.
        folders.insert(PathBuf::from(&name));
        let read = read::theme(Some(&name)).ok();
        let layers = std::iter::successors(read.as_ref().map(|theme| &theme.value), |theme| theme.parent.as_deref());
        folders.extend(layers.filter_map(|theme| theme.folder.as_ref()).map(|folder| PathBuf::from(folder.to_string())));
    }
    folders
}

/// Tells a theme that is not there, what is wrong with one that is, a language for which a theme has no words, and colours that
/// are too near to each other. The texts of authors' themes are added to the sources, so that a problem can be shown with its
/// line.
pub(super) fn theme_problems(curricula: &[Curriculum], sources: &mut Sources) -> Vec<Diagnostic> {
    curricula.iter().flat_map(|curriculum| curriculum.heed(problems_of(curriculum, sources))).collect()
}

fn problems_of(curriculum: &Curriculum, sources: &mut Sources) -> Vec<Diagnostic> {
    let file = Span::of_file(&curriculum.folder.join("curriculum.yml"));
    let at = curriculum.theme.as_ref().map_or(file.clone(), |theme| theme.span.clone());
    let named = curriculum.theme.as_ref().map_or("", |theme| theme.value.as_str());
    let Ok(Checked { value: theme, diagnostics: mut problems }) = read::theme(own_theme(curriculum).as_deref()) else {
        let own = ThemeFiles::built_in_names();
        let help = did_you_mean(named, own.iter().copied()).unwrap_or(format!("name one of copebook's own ({}), or a folder with a theme.yml", own.join(", ")));
        return vec![Diagnostic::new(Code::UnknownTheme, at, format!("there is no theme `{named}`")).help(help)];
    };
    problems.extend(theme::check(&theme));
    add_texts(&theme, sources);
    let language = &curriculum.language;
    if !theme.has_words(language) {
        problems.push(
            Diagnostic::new(Code::NoWords, file, format!("the theme has no words in the language `{language}`, so buttons and headings will be English"))
                .help(format!("make a theme of your own (docs/themes.md), and translate words/en.yml as words/{language}.yml")),
        );
    }
    // A member who chose a language must not meet the buttons of another one.
    let unknown = curriculum.translations.iter().map(|translation| &translation.language).filter(|language| !theme.has_words(&language.value));
    problems.extend(unknown.map(|language| {
        let help = did_you_mean(&language.value, theme.languages().iter().copied()).unwrap_or_else(|| {
            let (known, code) = (theme.languages().join(", "), &language.value);
            format!("it has words in {known}; for another language, make a theme of your own (docs/themes.md), and translate words/en.yml as words/{code}.yml")
        });
        Diagnostic::new(Code::UnknownLanguage, language.span.clone(), format!("the theme has no words in the language `{}`", language.value)).help(help)
    }));
    // The colours of copebook's own themes are measured by its tests.
    if theme.folder.is_some() {
        let mut lowest = BTreeMap::new();
        low_contrast::<Member>(&theme, language, &mut lowest);
        low_contrast::<Facilitator>(&theme, language, &mut lowest);
        problems.extend(lowest.into_iter().map(|((text, ground, when), (has, needs))| {
            let message = format!("in the theme `{named}`, `{text}` on `{ground}` has a contrast of {has:.2} {when}, and needs {needs}");
            Diagnostic::new(Code::LowContrast, at.clone(), message)
                .help("make one of the two darker or lighter, under `colors` in theme.yml or in the styles of the theme")
        }));
    }
    problems
}

/// Adds the texts of an author's theme, and of the folders that it extends, to what problems are shown with.
fn add_texts(theme: &ThemeFiles, sources: &mut Sources) {
    for layer in theme.layers().filter(|layer| layer.folder.is_some()) {
        let texts = layer.files.keys().filter_map(|path| Some((layer.place(path), layer.own_text(path)?)));
        for (path, text) in texts {
            sources.texts.entry(path).or_insert_with(|| text.into());
        }
    }
}

/// The pairs of a theme that are hard to read, and when: each with the contrast that it has, and that it needs.
type Lowest = BTreeMap<(&'static str, &'static str, String), (f64, f64)>;

/// Adds what is hard to read on one site of a theme. A theme that cannot be made has its own mistakes, which the build tells.
fn low_contrast<V: Audience>(theme: &ThemeFiles, language: &str, lowest: &mut Lowest) {
    let Ok(made) = Theme::<V>::new(theme, language) else { return };
    let style = made.statics().get(&format!("static/{}.css", V::TEMPLATES)).map(|style| String::from_utf8_lossy(style)).unwrap_or_default();
    for look in tokens::looks(&style) {
        for low in contrast::low(&look.colours, contrast::PAIRS) {
            let of_thread = [low.text, low.ground].iter().any(|name| name.contains("thread"));
            // What a thread does not change is told once, of the page itself.
            if look.thread.is_some() && !of_thread {
                continue;
            }
            let thread = look.thread.as_ref().map(|thread| format!(" in the thread `{thread}`")).unwrap_or_default();
            let when = format!("{}{thread}", if look.night { "by night" } else { "by day" });
            // Rounded down, so that nothing seems to have what it needs.
            let has = (low.contrast * 100.0).floor() / 100.0;
            let known = lowest.entry((low.text, low.ground, when)).or_insert((has, low.least));
            known.0 = known.0.min(has);
        }
    }
}
