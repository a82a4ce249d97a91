//! A theme as a value: templates, words, styles and scripts. A member theme holds no template of the guide.

mod check;
mod colours;
mod files;
mod fold;
mod held;
mod settings;
pub mod starter;
mod templates;
mod whole;
mod words;

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Tera};

pub use check::check;
pub use files::{DEFAULT, MOST_LAYERS, ThemeFiles};
pub use settings::{FILE, extends};

use crate::audience::Audience;
use whole::Whole;
use words::{Forms, Words};

/// What every page tells its browser to forbid: scripts and styles inside the page, and all that comes from elsewhere.
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'none'; form-action 'none'; base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'\">";

/// What is wrong with a theme, for those who make one.
#[derive(Debug)]
pub struct ThemeError(String);

impl std::fmt::Display for ThemeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ThemeError {}

/// A theme for `V`'s site, in one language.
pub struct Theme<V> {
    tera: Tera,
    /// The files that every site of this theme has: styles, scripts and pictures, by their address.
    statics: BTreeMap<String, Vec<u8>>,
    words: Arc<Words>,
    /// The words of copebook's own theme in this language.
    known: Arc<Words>,
    reader: PhantomData<fn() -> V>,
}

/// The logo, as templates are given it.
#[derive(Serialize)]
struct Logo {
    /// Its address from the root of the site.
    src: String,
    /// Its words for those who cannot see it.
    text: String,
}

impl<V: Audience> Theme<V> {
    /// Makes a theme from its files. Templates are checked here: one that names a missing one, or a missing filter, is refused.
    pub fn new(files: &ThemeFiles, language: &str) -> Result<Self, ThemeError> {
        let mut problems = Vec::new();
        let whole = Whole::of(files, &mut problems);
        if let Some(problem) = problems.iter().find(|problem| problem.is_error()) {
            return Err(ThemeError(format!("the theme cannot be used: {} ({}, line {})", problem.message, problem.span.file, problem.span.line)));
        }
        let words = Words::of(files, language);
        let known = match (files.folder.is_some(), ThemeFiles::built_in(DEFAULT)) {
            (true, Some(calm)) => Words::of(&calm, language),
            _ => Arc::clone(&words),
        };
        let mut statics = whole.pictures::<V>();
        let style_url = format!("static/{}.css", V::TEMPLATES);
        let scripts = whole.scripts::<V>()?;
        let mut held = scripts.clone();
        held.insert(style_url.clone(), whole.single_style::<V>()?.into_bytes());
        let mut tera = templates::engine::<V>(files, &words, &Arc::new(held), false).map_err(|error| ThemeError(templates::in_words(&error)))?;
        statics.insert(style_url.clone(), whole.style::<V>()?.into_bytes());
        statics.extend(scripts);
        let logo = whole.logo().map(|(url, bytes, text)| {
            statics.insert(url.clone(), bytes.to_vec());
            Logo { src: url, text: text.to_owned() }
        });
        let global = tera.global_context();
        global.insert("style", &style_url);
        global.insert("scripts", &whole.script_urls::<V>());
        global.insert("leave_href", &whole.leave());
        global.insert("logo", &logo);
        global.insert("large_print", &whole.large_print());
        Ok(Self { tera, statics, words, known, reader: PhantomData })
    }

    /// What copebook's own theme says to its readers. What an author's theme says otherwise is not among it: it is looked
    /// through for facilitators' text like any page.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.known.all().flat_map(Forms::texts)
    }

    /// One word of the theme that needs no filling.
    pub fn word(&self, key: &str) -> Option<&str> {
        match self.words.get(key)? {
            Forms::One(text) => Some(text),
            Forms::ByNumber(_) => None,
        }
    }

    /// Fills a template that makes a part of a page.
    pub fn fill(&self, template: &str, context: &Context) -> Result<String, ThemeError> {
        self.tera.render(template, context).map_err(|error| ThemeError(templates::in_words(&error)))
    }

    /// Fills the template of a page. One that would not tell its browser what to forbid is refused.
    pub fn render(&self, template: &str, context: &Context) -> Result<String, ThemeError> {
        let page = self.fill(template, context)?;
        // The policy holds for what comes after it.
        let mut tags = page.match_indices("<meta http-equiv=").filter_map(|(at, _)| page.split_at_checked(at));
        let before = tags.find(|(_, rest)| rest.starts_with(POLICY) || held::is_policy(rest)).map(|(before, _)| before);
        if before.is_none_or(|before| ["<link", "<script", "<style", "<body", "<img"].iter().any(|tag| before.contains(tag))) {
            return Err(ThemeError(format!(
                "the template {template} has lost its line `<meta http-equiv=\"Content-Security-Policy\" …>`, which keeps readers private: put it back as it was, right behind `<meta charset=\"utf-8\">`"
            )));
        }
        Ok(page)
    }

    /// The files that every site of this theme has, by their address.
    pub fn statics(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.statics
    }
}
