//! `theme.yml`: what a theme says about itself, with a place for every mistake.

use super::colours::{self, Colours};
use super::files::ThemeFiles;
use crate::diagnostic::{Code, Diagnostic};
use crate::load::fields::{Keys, Problems, list, text};
use crate::load::yaml::{Node, Value, Yaml, parse};
use crate::source::Spanned;

/// The file that makes a folder a theme.
pub const FILE: &str = "theme.yml";

/// The folders of a theme that sites have files from. `shared` is for both sites.
pub const SITES: [&str; 2] = ["members", "guide"];

/// The lists of styles: those of the sites, and those of a handout in one file where they differ from members'.
const STYLES: [&str; 3] = ["members", "guide", SINGLE];

/// The styles of a handout in one file, which holds its style.
pub const SINGLE: &str = "members_single";

/// The keys of `theme.yml`.
const KEYS: [&str; 12] = ["name", "about", "extends", "colors", "fonts", "logo", "logo_text", "large_print", "leave", "styles", "scripts", "page_scripts"];

/// What `theme.yml` says.
#[derive(Default, Debug)]
pub struct Settings {
    /// The theme that this one extends: one of copebook's own, or a folder as seen from this one.
    pub extends: Option<Spanned<String>>,
    /// Colours by role.
    pub colours: Colours,
    /// Font stacks: of text, and of someone speaking.
    pub fonts: Vec<(&'static str, String)>,
    /// The picture of those whose site it is, and its words for those who cannot see it.
    pub logo: Option<(Spanned<String>, String)>,
    /// Whether members' pages are printed large where nobody chooses otherwise.
    pub large_print: Option<bool>,
    /// Where "Leave this page" leads.
    pub leave: Option<String>,
    /// The style files of each site.
    pub styles: Vec<(&'static str, Style)>,
    /// The scripts of every page of each site.
    pub scripts: Vec<(&'static str, Spanned<String>)>,
    /// The scripts of each site that single templates link to, as `static/NAME.js`.
    pub page_scripts: Vec<(&'static str, Spanned<String>)>,
}

/// A style file of a site.
#[derive(Clone, Debug)]
pub struct Style {
    /// Its way from the folder `static`.
    pub file: Spanned<String>,
    /// When it is worn, as a media query; always where none is given.
    pub media: Option<String>,
}

/// The theme that a theme extends, and where it says so.
pub fn extends(theme: &ThemeFiles) -> Option<Spanned<String>> {
    one(theme, "extends")
}

/// What a theme says of itself in a line.
pub fn about(theme: &ThemeFiles) -> Option<String> {
    Some(one(theme, "about")?.value)
}

/// One key of `theme.yml`, whatever else is wrong there.
fn one(theme: &ThemeFiles, wanted: &str) -> Option<Spanned<String>> {
    let root = tree(theme, &mut Vec::new())?;
    let Value::Keys(entries) = &root.value else { return None };
    let (_, node) = entries.iter().find(|(key, _)| key.name == wanted)?;
    let text = text(node, wanted, &mut Vec::new())?;
    Some(Spanned { value: text.value.trim().to_owned(), span: text.span })
}

fn tree(theme: &ThemeFiles, problems: &mut Problems) -> Option<Node> {
    let text = theme.own_text(FILE)?;
    parse(&Yaml { file: &theme.place(FILE), text, lines_before: 0 }, problems)
}

/// Reads the settings of one layer of a theme.
pub fn read(theme: &ThemeFiles, problems: &mut Problems) -> Settings {
    let mut settings = Settings::default();
    let Some(root) = tree(theme, problems) else { return settings };
    let Some(keys) = Keys::of(&root, "a theme", &KEYS, |_| None, problems) else { return settings };
    // For those who read the file; told when it is not a text.
    keys.plain("name", problems);
    keys.plain("about", problems);
    settings.extends = keys.plain("extends", problems);
    if let Some(node) = keys.get("colors", problems) {
        settings.colours = colours::read(node, problems);
    }
    if let Some(node) = keys.get("fonts", problems) {
        settings.fonts = fonts(node, problems);
    }
    settings.logo = logo(&keys, problems);
    settings.large_print = keys.place("large_print").map(|_| keys.yes("large_print", problems));
    settings.leave = if theme.parent.is_none() { keys.need("leave", "https://www.bbc.co.uk/weather", problems).map(|_| ()) } else { Some(()) }
        .and_then(|()| leave(&keys, problems));
    if let Some(node) = keys.get("styles", problems) {
        settings.styles = of_sites(node, "styles", problems, style);
    }
    if let Some(node) = keys.get("scripts", problems) {
        settings.scripts = of_sites(node, "scripts", problems, script);
    }
    if let Some(node) = keys.get("page_scripts", problems) {
        settings.page_scripts = of_sites(node, "page_scripts", problems, script);
    }
    tell_wrong_places(&settings, problems);
    settings
}

/// Two stacks of fonts that readers have: nothing is loaded for them.
fn fonts(node: &Node, problems: &mut Problems) -> Vec<(&'static str, String)> {
    const ROLES: [(&str, &str); 2] = [("text", "--sans"), ("voice", "--voice")];
    let names = ROLES.map(|(role, _)| role);
    let Some(keys) = Keys::of(node, "`fonts`", &names, |_| None, problems) else { return Vec::new() };
    let mut fonts = Vec::new();
    for (role, property) in ROLES {
        let Some(stack) = keys.plain(role, problems) else { continue };
        let plain = stack.value.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | ',' | '-' | '"' | '\''));
        let closed = ['"', '\''].iter().all(|quote| stack.value.matches(*quote).count() % 2 == 0);
        if plain && closed && stack.value.len() < 500 {
            fonts.push((property, stack.value));
        } else {
            problems.push(
                Diagnostic::new(Code::WrongValue, stack.span, format!("`{role}` is a list of names of fonts, with commas between them"))
                    .help(format!("name fonts that readers have on their devices, and a kind at the end: `{role}: Verdana, Arial, sans-serif`")),
            );
        }
    }
    fonts
}

fn logo(keys: &Keys<'_>, problems: &mut Problems) -> Option<(Spanned<String>, String)> {
    let words = keys.plain("logo_text", problems);
    let logo = keys.plain("logo", problems)?;
    if words.is_none() && keys.place("logo_text").is_none() {
        problems.push(
            Diagnostic::new(Code::PictureWithoutText, logo.span.clone(), "the logo has no words for those who cannot see it")
                .help("add a line with the name on it, such as `logo_text: Harbour Clinic`"),
        );
    }
    Some((logo, words.map(|words| words.value).unwrap_or_default()))
}

fn leave(keys: &Keys<'_>, problems: &mut Problems) -> Option<String> {
    let leave = keys.plain("leave", problems)?;
    let good = leave.value.strip_prefix("https://").is_some_and(|rest| rest.contains('.')) && !leave.value.contains(char::is_whitespace);
    if !good {
        problems.push(
            Diagnostic::new(Code::WrongValue, leave.span, format!("`{}` is not the address of a site that the button \"Leave\" could lead to", leave.value))
                .help("write the whole address of a quiet site: `leave: https://www.bbc.co.uk/weather`"),
        );
        return None;
    }
    Some(leave.value)
}

/// What is listed for each site.
fn of_sites<T>(node: &Node, key: &'static str, problems: &mut Problems, read: fn(&Node, &mut Problems) -> Option<T>) -> Vec<(&'static str, T)> {
    let what = match key {
        "styles" => "`styles`",
        "scripts" => "`scripts`",
        _ => "`page_scripts`",
    };
    let sites: &[&'static str] = if key == "styles" { &STYLES } else { &SITES };
    let Some(keys) = Keys::of(node, what, sites, |_| None, problems) else { return Vec::new() };
    let mut all = Vec::new();
    for site in sites.iter().copied() {
        let Some(node) = keys.get(site, problems) else { continue };
        all.extend(list(node, site, problems).iter().filter_map(|item| read(item, problems)).map(|item| (site, item)));
    }
    all
}

fn style(node: &Node, problems: &mut Problems) -> Option<Style> {
    if !matches!(node.value, Value::Keys(_)) {
        return Some(Style { file: script(node, problems)?, media: None });
    }
    let keys = Keys::of(node, "a style", &["file", "media"], |_| None, problems)?;
    let file = keys.need("file", "members/own.css", problems).and_then(|_| keys.plain("file", problems))?;
    let media = keys.need("media", "\"(prefers-contrast: more)\"", problems).and_then(|_| keys.plain("media", problems))?;
    if media.value.contains(['{', '}', ';', '<', '\\']) {
        problems.push(
            Diagnostic::new(Code::WrongValue, media.span, format!("`{}` does not say when a style is worn", media.value))
                .help("write what stands after `@media` in a style, such as `media: \"(prefers-contrast: more)\"`"),
        );
        return None;
    }
    Some(Style { file, media: Some(media.value) })
}

fn script(node: &Node, problems: &mut Problems) -> Option<Spanned<String>> {
    let text = text(node, "file", problems)?;
    Some(Spanned { value: text.value.trim().to_owned(), span: text.span })
}

/// Whether a site may have a file of the folder `static`. Members get nothing that was made for the guide.
pub fn is_open_to(site: &str, file: &str) -> bool {
    let folder = file.split_once('/').map_or("", |(folder, _)| folder);
    let plain = !file.split('/').any(|name| matches!(name, "" | "." | "..")) && !file.contains('\\');
    plain && (matches!(folder, "shared" | "members") || folder == site)
}

/// Tells files that a site may not have, and a logo that only one of them may.
fn tell_wrong_places(settings: &Settings, problems: &mut Problems) {
    let styles = settings.styles.iter().map(|(site, style)| (*site, &style.file));
    let scripts = settings.scripts.iter().chain(&settings.page_scripts).map(|(site, file)| (*site, file));
    for (site, file) in styles.chain(scripts) {
        let name = &file.value;
        if is_open_to(site, name) {
            continue;
        }
        let (message, help) = if name.starts_with("guide/") {
            (format!("`{name}` is a file for facilitators' pages, so members' pages cannot have it"), "put a file for both into `static/shared`".to_owned())
        } else {
            let own = name.trim_start_matches("static/").rsplit('/').next().unwrap_or(name);
            (
                format!("`{name}` does not name a file of the folder `static`"),
                format!("write the way from `static`: `{site}/{own}`, or `shared/{own}` for both sites"),
            )
        };
        problems.push(Diagnostic::new(Code::WrongValue, file.span.clone(), message).help(help));
    }
    if let Some((logo, _)) = &settings.logo
        && (logo.value.starts_with("static/guide/") || logo.value.split('/').any(|name| matches!(name, "" | "." | "..")))
    {
        problems.push(
            Diagnostic::new(Code::WrongValue, logo.span.clone(), format!("`{}` cannot be the logo of both sites", logo.value))
                .help("put the picture into the theme's folder, beside theme.yml, and write its name: `logo: logo.svg`"),
        );
    }
}
