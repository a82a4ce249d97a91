//! What is wrong with a theme that an author made, told like any mistake: files that nothing uses, words that are not there,
//! templates that cannot be filled, and what the pages' policy would stop.

use std::collections::BTreeSet;

use super::POLICY;
use super::files::{DEFAULT, ThemeFiles};
use super::settings::{self, FILE, Settings};
use super::templates;
use super::whole::{Whole, is_picture};
use super::words::{self, Forms, Words, Written};
use crate::audience::{Facilitator, Member};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::load::fields::Problems;
use crate::source::{SourcePath, Span, count};

/// Tells what is wrong with a theme, and with the folders that it extends. Copebook's own themes have been tested.
pub fn check(theme: &ThemeFiles) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for layer in theme.layers().filter(|layer| layer.folder.is_some()) {
        check_layer(layer, &mut problems);
    }
    problems
}

fn check_layer(theme: &ThemeFiles, problems: &mut Problems) {
    let own = settings::read(theme, problems);
    tell_missing(theme, &own, problems);
    let whole = Whole::of(theme, &mut Vec::new());
    for (file, other) in whole.clashes().into_iter().filter(|(file, _)| file.span.file == theme.place(FILE)) {
        let name = file.value.rsplit('/').next().unwrap_or_default();
        problems.push(
            Diagnostic::new(Code::DuplicateAddress, file.span.clone(), format!("`{}` and `{other}` would get the same address, `static/{name}`", file.value))
                .help("give your file another name"),
        );
    }
    for path in theme.files.keys() {
        tell_unused(theme, &own, path, problems);
        if path.starts_with("words/") && path.ends_with(".yml") {
            tell_words(theme, path, problems);
        }
        tell_forbidden(theme, path, problems);
    }
    let words = Words::of(theme, "en");
    templates::tell::<Member>(theme, &words, problems);
    templates::tell::<Facilitator>(theme, &words, problems);
    tell_words_of_templates(theme, &words, problems);
}

/// Tells files that theme.yml names and that are not there.
fn tell_missing(theme: &ThemeFiles, own: &Settings, problems: &mut Problems) {
    let styles = own.styles.iter().map(|(_, style)| &style.file);
    let listed: Vec<_> = styles.chain(own.scripts.iter().chain(&own.page_scripts).map(|(_, file)| file)).collect();
    let there: BTreeSet<&str> = theme.paths().filter_map(|path| path.strip_prefix("static/")).collect();
    for file in listed {
        if file.value.contains('/') && !there.contains(file.value.as_str()) {
            problems.push(
                Diagnostic::new(Code::MissingFile, file.span.clone(), format!("there is no file `static/{}`", file.value))
                    .help(did_you_mean(&file.value, there.iter().copied()).unwrap_or("put it there, or take it out of this list".to_owned())),
            );
        }
    }
    let Some((logo, _)) = &own.logo else { return };
    if !is_picture(&logo.value) {
        problems.push(
            Diagnostic::new(Code::WrongValue, logo.span.clone(), format!("`{}` is not a picture that browsers show", logo.value))
                .help("save the logo as svg, png, jpg or webp"),
        );
    } else if !theme.files.contains_key(&logo.value) {
        let pictures = theme.files.keys().map(String::as_str).filter(|path| is_picture(path));
        problems.push(
            Diagnostic::new(Code::MissingPicture, logo.span.clone(), format!("there is no picture `{}` in this theme", logo.value))
                .help(did_you_mean(&logo.value, pictures).unwrap_or("put it into the theme's folder, beside theme.yml".to_owned())),
        );
    }
}

/// Tells a file that takes the place of nothing, and that nothing names.
fn tell_unused(theme: &ThemeFiles, own: &Settings, path: &str, problems: &mut Problems) {
    let unused = |message: String, help: String| Diagnostic::new(Code::ThemeFile, Span::of_file(&theme.place(path)), message).help(help);
    let parent = theme.parent.as_deref();
    if path == FILE || parent.is_some_and(|parent| parent.get(path).is_some()) {
        return;
    }
    let (folder, name) = path.split_once('/').unwrap_or(("", path));
    let of_parent = |folder: &str| {
        let standard = parent.map_or_else(|| ThemeFiles::built_in(DEFAULT).unwrap_or_default(), Clone::clone);
        standard.paths().filter_map(|known| known.strip_prefix(&format!("{folder}/"))).map(str::to_owned).collect::<Vec<_>>()
    };
    let near = |folder: &str, name: &str| did_you_mean(name, of_parent(folder).iter().map(String::as_str));
    match folder {
        "" => {
            let is_note = matches!(path.rsplit_once('.').map_or("", |(_, ending)| ending), "md" | "txt") || !path.contains('.');
            let is_logo = own.logo.as_ref().is_some_and(|(logo, _)| logo.value == path);
            if !is_note && !is_logo {
                problems.push(unused(
                    format!("nothing uses the file {path} of this theme"),
                    if is_picture(path) {
                        format!("if it is the logo, add `logo: {path}` to theme.yml; if not, take it away")
                    } else {
                        "templates go into `templates`, words into `words`, styles, scripts and pictures into `static`".to_owned()
                    },
                ));
            }
        }
        "templates" => {
            // A template that others name, or that makes components for them, is a new one; the rest is a slip.
            let text = theme.own_text(path).unwrap_or_default();
            let is_named = templates_of(theme).any(|(other, text)| other != path && text.contains(&format!("\"{name}\"")));
            let is_first = parent.is_none() && of_parent("templates").iter().any(|known| known == name);
            if !is_named && !is_first && !text.contains("component ") {
                problems.push(unused(
                    format!("nothing uses the template {name}"),
                    near("templates", name).unwrap_or("take it away, or name it in another template".to_owned()),
                ));
            }
        }
        "words" => {
            let code = name.strip_suffix(".yml").unwrap_or_default();
            let is_language = code
                .split('-')
                .enumerate()
                .all(|(n, part)| (2..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()) && (n > 0 || part.len() <= 3));
            if code.is_empty() || !is_language {
                problems.push(unused(
                    format!("copebook does not look at the words in {name}"),
                    "a file of words has the code of its language as its name, such as `words/es.yml`".to_owned(),
                ));
            }
        }
        "static" => {
            let styles = own.styles.iter().map(|(_, style)| style.file.value.as_str());
            let listed = styles.chain(own.scripts.iter().chain(&own.page_scripts).map(|(_, file)| file.value.as_str())).any(|file| file == name);
            let last = name.rsplit('/').next().unwrap_or(name);
            let texts =
                theme.paths().filter(|path| path.ends_with(".html") || path.ends_with(".css")).filter_map(|path| std::str::from_utf8(theme.get(path)?).ok());
            let shown = is_picture(name) && texts.into_iter().any(|text| text.contains(last));
            let is_logo = own.logo.as_ref().is_some_and(|(logo, _)| logo.value == path);
            if !listed && !shown && !is_logo {
                let list = if name.ends_with(".js") { "scripts" } else { "styles" };
                problems.push(unused(
                    format!("nothing uses the file {name} in `static`"),
                    near("static", name).unwrap_or(if is_picture(name) {
                        "name it in a style or a template, or take it away".to_owned()
                    } else {
                        format!("add `{name}` to `{list}` in theme.yml, or take it away")
                    }),
                ));
            }
        }
        _ => {
            let help = did_you_mean(folder, ["templates", "words", "static"]);
            problems.push(unused(
                format!("copebook does not look into the folder {folder} of a theme"),
                help.unwrap_or("templates go into `templates`, words into `words`, styles, scripts and pictures into `static`".to_owned()),
            ));
        }
    }
}

/// The theme's own templates with their texts.
fn templates_of(theme: &ThemeFiles) -> impl Iterator<Item = (&str, &str)> {
    let own = theme.files.keys().filter(|path| path.starts_with("templates/") && path.ends_with(".html"));
    own.filter_map(|path| Some((path.as_str(), theme.own_text(path)?)))
}

/// Tells words that nothing says, and holes in a word that nothing fills.
fn tell_words(theme: &ThemeFiles, path: &str, problems: &mut Problems) {
    let mut below = Vec::new();
    let standard = theme.parent.is_none().then(|| ThemeFiles::built_in(DEFAULT)).flatten();
    for layer in theme.parent.as_deref().or(standard.as_ref()).into_iter().flat_map(ThemeFiles::layers) {
        below.extend(words::read(layer, "words/en.yml", &mut Vec::new()));
    }
    if path != "words/en.yml" {
        below.extend(words::read(theme, "words/en.yml", &mut Vec::new()));
    }
    for word in words::read(theme, path, problems) {
        let known = below.iter().find(|known| known.key == word.key);
        let is_asked_for = templates_of(theme).any(|(_, text)| text.contains(&format!("\"{}\"", word.key)));
        match known {
            Some(known) => tell_word(&word, known, problems),
            None if is_asked_for => {}
            None => problems.push(
                Diagnostic::new(Code::UnknownKey, word.span, format!("`{}` is not a word of the interface", word.key)).help(
                    did_you_mean(&word.key, below.iter().map(|known| known.key.as_str()))
                        .unwrap_or("the words are those of words/en.yml: `copebook theme calm SOME-FOLDER --whole` writes them all".to_owned()),
                ),
            ),
        }
    }
}

fn tell_word(word: &Written, known: &Written, problems: &mut Problems) {
    if let Forms::ByNumber(forms) = &word.text {
        if matches!(known.text, Forms::One(_)) {
            problems.push(
                Diagnostic::new(Code::WrongKind, word.span.clone(), format!("`{}` is one text, whatever the number", word.key))
                    .help(format!("write the text behind the colon: `{}: …`", word.key)),
            );
            return;
        }
        const NAMES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
        for name in forms.keys().filter(|name| !NAMES.contains(&name.as_str())) {
            problems.push(Diagnostic::new(Code::UnknownKey, word.span.clone(), format!("`{name}` is not a form of a word")).help(
                did_you_mean(name, NAMES).unwrap_or("the forms are `one` and `other`, and in some languages `zero`, `two`, `few` and `many`".to_owned()),
            ));
        }
        if !forms.contains_key("other") {
            problems.push(
                Diagnostic::new(Code::MissingKey, word.span.clone(), format!("`{}` has no text for `other` numbers", word.key))
                    .help("add a line `other: …` below it, for all numbers that have no form of their own"),
            );
        }
    }
    let filled: BTreeSet<&str> = known.text.texts().into_iter().flat_map(holes).collect();
    let own: BTreeSet<&str> = word.text.texts().into_iter().flat_map(holes).collect();
    for hole in own.difference(&filled) {
        // Every word with forms is given its number.
        if *hole == "n" && matches!(known.text, Forms::ByNumber(_)) {
            continue;
        }
        let help = if filled.is_empty() {
            "take it away: nothing is filled in here".to_owned()
        } else {
            format!("what can be filled in here is {}", filled.iter().map(|hole| format!("`{{{hole}}}`")).collect::<Vec<_>>().join(", "))
        };
        problems.push(Diagnostic::new(Code::WrongValue, word.span.clone(), format!("nothing fills `{{{hole}}}` in the word `{}`", word.key)).help(help));
    }
}

/// The names between `{` and `}`.
fn holes(text: &str) -> Vec<&str> {
    let pieces = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    pieces.map(|(name, _)| name).filter(|name| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')).collect()
}

/// Tells words that a template of this theme asks for and that no file has.
fn tell_words_of_templates(theme: &ThemeFiles, words: &Words, problems: &mut Problems) {
    for (path, text) in templates_of(theme) {
        for (at, found) in text.match_indices("t(key=\"") {
            let rest = text.get(at + found.len()..).unwrap_or_default();
            let Some((key, after)) = rest.split_once('"') else { continue };
            // A key that is put together is known when the page is made.
            if after.trim_start().starts_with('~') || words.get(key).is_some() {
                continue;
            }
            problems.push(
                Diagnostic::new(Code::UnknownKey, place(&theme.place(path), text, at + found.len(), key), format!("`{key}` is not a word of the interface"))
                    .help(format!("add it to words/en.yml of this theme: `{key}: …`")),
            );
        }
    }
}

/// Tells what a browser would not run or show on our pages: the policy in the head of each forbids it, for the readers' sake.
fn tell_forbidden(theme: &ThemeFiles, path: &str, problems: &mut Problems) {
    let Some(text) = theme.own_text(path) else { return };
    let lower = text.to_ascii_lowercase();
    let mut tell = |at: usize, what: &str, message: &str, help: &str| {
        problems.push(Diagnostic::new(Code::ThemePolicy, place(&theme.place(path), text, at, what), message.to_owned()).help(help));
    };
    const ELSEWHERE: &str = "this would be loaded from another website, which would learn who reads the page, so browsers are told not to";
    let in_folder = "put a copy into the folder `static` of the theme";
    if path.ends_with(".html") {
        for (at, tag) in tags(&lower) {
            // A page in one file holds what its policy names.
            if lower.get(at + tag.len()..).is_some_and(|after| after.starts_with(">{{ text_of(")) {
                continue;
            }
            let inline_script = tag.starts_with("<script") && !tag.contains("src=");
            if inline_script {
                tell(
                    at,
                    tag,
                    "a script inside a page is not run: the page tells browsers so, for the readers' sake",
                    "put it into a file in `static`, and list it under `scripts` in theme.yml",
                );
            }
            if tag.starts_with("<style") || tag.contains(" style=") {
                tell(
                    at,
                    tag,
                    "a style inside a page is not used: the page tells browsers so, for the readers' sake",
                    "put it into a file in `static`, and list it under `styles` in theme.yml",
                );
            }
            if has_handler(tag) {
                tell(
                    at,
                    tag,
                    "a script inside a page is not run: the page tells browsers so, for the readers' sake",
                    "put it into a file in `static`, and list it under `scripts` in theme.yml",
                );
            }
            let loads = !tag.starts_with("<a ") && ["src=\"http", "src=\"//", "srcset=\"http"].iter().any(|way| tag.contains(way))
                || tag.starts_with("<link") && (tag.contains("href=\"http") || tag.contains("href=\"//"));
            if loads {
                tell(at, tag, ELSEWHERE, in_folder);
            }
        }
        if let Some((at, _)) = tags(&lower).find(|(_, tag)| *tag == "<head").filter(|_| !text.contains(POLICY)) {
            tell(
                at,
                "<head",
                "the line `<meta http-equiv=\"Content-Security-Policy\" …>`, which keeps readers private, is not as it was",
                "copy it from the template that came with copebook, and put it right behind `<meta charset=\"utf-8\">`",
            );
        }
    } else if path.ends_with(".css") {
        for way in ["@import", "url(http", "url(\"http", "url('http", "url(//", "url(\"//", "url('//"] {
            if let Some((at, _)) = lower.match_indices(way).next() {
                tell(at, way, ELSEWHERE, "put a copy into the folder `static` of the theme, and list a style in theme.yml instead of importing it");
            }
        }
    }
}

/// The tags of a page, each with its place: what stands between `<` and `>`.
fn tags(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let opened = text.match_indices('<').filter(|(at, _)| text.get(at + 1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic())));
    opened.filter_map(|(at, _)| Some((at, text.get(at..)?.split('>').next()?)))
}

/// Whether a tag has a script in an attribute, such as `onclick="…"`.
fn has_handler(tag: &str) -> bool {
    tag.split([' ', '\n', '\t', '"'])
        .filter_map(|word| word.split_once('='))
        .any(|(name, _)| name.len() > 4 && name.starts_with("on") && name.chars().all(|c| c.is_ascii_alphabetic()))
}

/// The place of `what` at a byte of a text.
fn place(file: &SourcePath, text: &str, at: usize, what: &str) -> Span {
    let before = text.get(..at).unwrap_or_default();
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let len = what.split('\n').next().unwrap_or_default().chars().count();
    Span { file: file.clone(), line: count(before.matches('\n').count()) + 1, column: count(column), len: count(len) }
}
