//! The templates of a site, and their mistakes in plain words.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Kwargs, State, Tera};

use super::files::{ThemeFiles, short};
use super::words::{Words, language_names};
use super::{fold, held};
use crate::audience::Audience;
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::load::fields::Problems;
use crate::source::{SourcePath, Span, count};

/// The templates of `V`'s site: its own and the shared ones. Those of the other site are not among them. Where they are taken
/// `as_written`, mistakes have their columns, and pages take longer.
pub fn engine<V: Audience>(files: &ThemeFiles, words: &Arc<Words>, held: &Arc<BTreeMap<String, Vec<u8>>>, as_written: bool) -> tera::TeraResult<Tera> {
    let mut tera = Tera::default();
    let spoken = Arc::clone(words);
    tera.register_function("t", move |kwargs: Kwargs, _: &State<'_>| spoken.say(&kwargs));
    let names = language_names(files);
    tera.register_function("language_name", move |kwargs: Kwargs, _: &State<'_>| -> tera::TeraResult<String> {
        let code: &str = kwargs.must_get("code")?;
        Ok([code, short(code)].into_iter().find_map(|code| names.get(code)).map_or_else(|| code.to_owned(), String::clone))
    });
    held::register(&mut tera, held);
    let mut sources = Vec::new();
    for path in files.paths() {
        let Some(name) = path.strip_prefix("templates/").filter(|name| is_open_to(V::TEMPLATES, name)) else { continue };
        let text = files.get(path).and_then(|bytes| std::str::from_utf8(bytes).ok());
        sources.push((name, text.ok_or_else(|| tera::Error::message(format!("the template {name} is not text in UTF-8")))?));
    }
    if as_written {
        tera.add_raw_templates(sources)?;
        return Ok(tera);
    }
    let components = fold::Components::of(sources.iter().map(|(_, text)| *text), words);
    let folded: Vec<_> = sources.iter().map(|(name, text)| (*name, fold::fold(text, words, &components))).collect();
    tera.add_raw_templates(folded)?;
    Ok(tera)
}

/// Whether a site may have a template, by its way from the folder `templates`.
fn is_open_to(site: &str, name: &str) -> bool {
    name.ends_with(".html") && name.split_once('/').is_some_and(|(folder, _)| folder == "shared" || folder == site)
}

/// A mistake in a template, as the engine tells it.
struct Mistake<'e> {
    /// What is wrong, in the engine's words.
    message: &'e str,
    /// The template, the line and the column, from 1.
    place: Option<(&'e str, usize, usize)>,
}

/// The mistakes in what the engine writes: `error: …`, and below it `--> file:line:column`.
fn mistakes(report: &str) -> Vec<Mistake<'_>> {
    let mut all: Vec<Mistake<'_>> = Vec::new();
    for line in report.lines() {
        if let Some(message) = line.strip_prefix("error: ") {
            all.push(Mistake { message, place: None });
        } else if let (Some(place), Some(mistake)) = (line.trim_start().strip_prefix("--> "), all.last_mut()) {
            let mut parts = place.rsplitn(3, ':');
            let (column, line, file) = (parts.next(), parts.next(), parts.next());
            let number = |text: Option<&str>| text.and_then(|text| text.parse().ok());
            mistake.place = mistake.place.or_else(|| Some((file?, number(line)?, number(column)?)));
        }
    }
    if all.is_empty() {
        all.push(Mistake { message: report.lines().next().unwrap_or_default(), place: None });
    }
    all
}

/// A mistake of the engine in a line for who makes a theme.
pub fn in_words(error: &tera::Error) -> String {
    let report = error.to_string();
    let told = mistakes(&report).into_iter().map(|mistake| {
        let (what, help) = translated(mistake.message, &[]);
        let place = mistake.place.map(|(file, line, _)| format!("in the template {file}, line {line}: ")).unwrap_or_default();
        format!("{place}{what} ({help})")
    });
    told.collect::<Vec<_>>().join("\n")
}

/// Tells the mistakes in the templates of `V`'s site. `known` are the names of its templates.
pub fn tell<V: Audience>(files: &ThemeFiles, words: &Arc<Words>, problems: &mut Problems) {
    let Err(error) = engine::<V>(files, words, &Arc::default(), true) else { return };
    let known: Vec<&str> = files.paths().filter_map(|path| path.strip_prefix("templates/")).filter(|name| is_open_to(V::TEMPLATES, name)).collect();
    let report = error.to_string();
    for mistake in mistakes(&report) {
        let name = mistake.place.map(|(file, ..)| file).or_else(|| quoted(mistake.message).filter(|name| name.ends_with(".html")));
        let file = name.map(|name| format!("templates/{name}"));
        let layer = file.as_deref().and_then(|file| files.layer_of(file)).unwrap_or(files);
        let problem = match &file {
            Some(file) if layer.folder.is_none() => needed_by_ours(files, file, mistake.message),
            _ => {
                let (message, help) = translated(mistake.message, &known);
                let path = file.map_or_else(|| layer.place("templates"), |file| layer.place(&file));
                let span = mistake.place.map_or_else(|| Span::of_file(&path), |(_, line, column)| span(&path, line, column));
                Diagnostic::new(Code::ThemeTemplate, span, message).help(help)
            }
        };
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
}

/// A mistake that shows in a template of copebook's own, since the theme has taken away what that one needs.
fn needed_by_ours(files: &ThemeFiles, file: &str, message: &str) -> Diagnostic {
    let what = quoted(message).unwrap_or("…");
    let text = files.get(file).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
    let extended = text.split_once("extends \"").and_then(|(_, rest)| rest.split('"').next()).map(|name| format!("templates/{name}"));
    let own = extended.and_then(|path| files.layer_of(&path).filter(|layer| layer.folder.is_some()).map(|layer| layer.place(&path)));
    match own {
        Some(own) if message.starts_with("Block") => Diagnostic::new(
            Code::ThemeTemplate,
            Span::of_file(&own),
            format!("other templates put something into the block `{what}` of this one, and it has no such block"),
        )
        .help(format!("put `{{% block {what} %}}{{% endblock {what} %}}` where it belongs")),
        _ => Diagnostic::new(
            Code::ThemeTemplate,
            Span::of_file(&files.place("templates")),
            format!("a template that came with copebook needs `{what}`, which a template of this theme has taken away"),
        )
        .help("put it back: compare your templates with those that `copebook theme calm SOME-FOLDER --whole` writes"),
    }
}

fn span(file: &SourcePath, line: usize, column: usize) -> Span {
    Span { file: file.clone(), line: count(line), column: count(column), len: 1 }
}

/// The first name between quotes.
fn quoted(message: &str) -> Option<&str> {
    message.split(['`', '\'']).nth(1)
}

/// The engine's words in ours, and what to do.
fn translated(message: &str, known: &[&str]) -> (String, String) {
    let name = quoted(message).unwrap_or("…");
    let last = message.split(['`', '\'']).nth(3).unwrap_or("…");
    let missing = |name: &str| {
        if name.starts_with("guide/") && !known.iter().any(|known| known.starts_with("guide/")) {
            return (
                format!("`{name}` is a template for facilitators, so a page for members cannot have it"),
                "take the line away; what both sites need goes into `templates/shared`".to_owned(),
            );
        }
        (
            format!("there is no template `{name}`"),
            did_you_mean(name, known.iter().copied()).unwrap_or("write its way from the folder `templates`, such as `members/parts.html`".to_owned()),
        )
    };
    let compare = || "compare it with the template that came with copebook: `copebook theme calm SOME-FOLDER --whole` writes them all".to_owned();
    if message.starts_with("Unknown template") || message.ends_with("not found") && message.starts_with("Template") {
        return missing(name);
    }
    if message.contains("is inheriting from") {
        return missing(last);
    }
    if message.starts_with("Circular") {
        return (format!("the template `{name}` leads back to itself"), "take one of the lines away that lead from one to the other".to_owned());
    }
    if message.starts_with("Block") && message.contains("parent template") {
        return (format!("the template that this one extends has no block `{name}`, so nothing of it would be shown"), compare());
    }
    for (start, what) in [("Unknown filter", "filter"), ("Unknown test", "test"), ("Unknown function", "function"), ("Unknown component", "component")] {
        if message.starts_with(start) {
            return (format!("templates have no {what} `{name}`"), compare());
        }
    }
    if message.contains("is not defined") {
        return (format!("this page is not given `{name}`"), "use only what the template that came with copebook uses".to_owned());
    }
    if message.starts_with("the theme has no word") || message.starts_with("the word ") {
        return (message.to_owned(), "add it to words/en.yml of the theme".to_owned());
    }
    if message.contains("so a page cannot hold it") || message.contains("has no style or script") {
        return (message.to_owned(), "change the file, or let the template of the page in one file leave it out".to_owned());
    }
    if message.starts_with("Component") {
        return (format!("`{name}` is made in two templates"), "keep one of them, or give one another name".to_owned());
    }
    ("this is not written in the way of templates".to_owned(), compare())
}
