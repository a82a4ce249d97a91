//! The themes that the curricula of a run wear.

use anyhow::Context as _;

use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::model::Curriculum;
use crate::read;
use crate::source::Span;
use crate::theme::ThemeFiles;

/// The themes of a run: one for each curriculum, and one for the page that lists them.
pub(super) struct Themes {
    pub(super) each: Vec<ThemeFiles>,
    pub(super) list: ThemeFiles,
}

impl Themes {
    /// The themes that the curricula ask for, or the one that the command line asks for instead.
    pub(super) fn read(asked: Option<&str>, curricula: &[Curriculum]) -> anyhow::Result<Self> {
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
pub(super) fn theme_problems(curricula: &[Curriculum]) -> Vec<Diagnostic> {
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
