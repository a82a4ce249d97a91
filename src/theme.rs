//! A theme as a value: templates, words, styles and scripts. A member theme holds no template of the guide.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::sync::Arc;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use include_dir::{Dir, include_dir};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use tera::{Context, Kwargs, State, Tera, TeraResult};

use crate::audience::Audience;
use crate::plural;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// The name of the theme that is worn where none is asked for.
pub const DEFAULT: &str = "calm";

/// The files of a theme, by their way from its folder: `templates/members/home.html`.
#[derive(Clone, Default, Debug)]
pub struct ThemeFiles(pub BTreeMap<String, Vec<u8>>);

impl ThemeFiles {
    /// The theme of this name that is inside copebook.
    pub fn built_in(name: &str) -> Option<Self> {
        let folder = BUILT_IN.get_dir(name)?;
        let mut files = BTreeMap::new();
        let mut folders = vec![folder];
        while let Some(folder) = folders.pop() {
            folders.extend(folder.dirs());
            for file in folder.files() {
                let path = file.path().strip_prefix(name).unwrap_or(file.path());
                files.insert(path.to_string_lossy().replace('\\', "/"), file.contents().to_vec());
            }
        }
        Some(Self(files))
    }

    /// The names of the themes that are inside copebook.
    pub fn built_in_names() -> Vec<&'static str> {
        BUILT_IN.dirs().filter_map(|folder| folder.path().to_str()).collect()
    }

    /// Whether the theme has interface words in a language, `pt-BR` being served by `pt`.
    pub fn has_words(&self, language: &str) -> bool {
        self.words_in(language).is_some()
    }

    /// The code of the words that fit a language best.
    fn words_in<'l>(&self, language: &'l str) -> Option<&'l str> {
        let short = language.split('-').next().unwrap_or(language);
        [language, short].into_iter().find(|code| self.0.contains_key(&format!("words/{code}.yml")))
    }

    fn text(&self, path: &str) -> Result<&str, ThemeError> {
        let bytes = self.0.get(path).ok_or_else(|| ThemeError(format!("the theme has no file {path}")))?;
        std::str::from_utf8(bytes).map_err(|_| ThemeError(format!("the theme's file {path} is not text in UTF-8")))
    }
}

/// What is wrong with a theme, for those who make one.
#[derive(Debug)]
pub struct ThemeError(String);

impl std::fmt::Display for ThemeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ThemeError {}

/// `theme.yml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// The theme's name, for those who read the file.
    #[serde(rename = "name")]
    _name: String,
    /// The style files of each site, joined in this order; `members_single` are those of a handout in one file.
    styles: BTreeMap<String, Vec<String>>,
    /// The scripts of every page of each site.
    scripts: BTreeMap<String, Vec<String>>,
    /// The scripts that single templates link to, as `static/NAME.js`.
    #[serde(default)]
    page_scripts: BTreeMap<String, Vec<String>>,
    /// Where "Leave this page" leads.
    leave: String,
}

/// A theme for `V`'s site, in one language.
pub struct Theme<V> {
    tera: Tera,
    /// The files that every site of this theme has: styles and scripts, by their address.
    statics: BTreeMap<String, Vec<u8>>,
    words: Arc<Words>,
    reader: PhantomData<fn() -> V>,
}

impl<V: Audience> Theme<V> {
    /// Makes a theme from its files. Templates are checked here: one that names a missing one, or a missing filter, is refused.
    pub fn new(files: &ThemeFiles, language: &str) -> Result<Self, ThemeError> {
        let settings: Settings =
            serde_yaml::from_str(files.text("theme.yml")?).map_err(|error| ThemeError(format!("the theme's theme.yml cannot be read: {error}")))?;
        let words = Words::read(files, language)?;
        let mut statics = BTreeMap::new();
        let style_of = |listed: Option<&Vec<String>>| -> Result<Vec<u8>, ThemeError> {
            let mut style = String::new();
            for file in listed.into_iter().flatten() {
                style.push_str(&without_comments(files.text(&format!("static/{file}"))?));
            }
            Ok(style.into_bytes())
        };
        let listed = settings.styles.get(V::TEMPLATES);
        let style_url = format!("static/{}.css", V::TEMPLATES);
        statics.insert(style_url.clone(), style_of(listed)?);
        let mut add_scripts = |listed: &BTreeMap<String, Vec<String>>| -> Result<Vec<String>, ThemeError> {
            let mut urls = Vec::new();
            for file in listed.get(V::TEMPLATES).into_iter().flatten() {
                let url = format!("static/{}", file.rsplit('/').next().unwrap_or(file));
                statics.insert(url.clone(), without_comments(files.text(&format!("static/{file}"))?).into_bytes());
                urls.push(url);
            }
            Ok(urls)
        };
        let scripts = add_scripts(&settings.scripts)?;
        add_scripts(&settings.page_scripts)?;
        let mut held = statics.clone();
        held.insert(style_url.clone(), style_of(settings.styles.get(&format!("{}_single", V::TEMPLATES)).or(listed))?);
        let held = Arc::new(held);

        let mut tera = Tera::default();
        let spoken = Arc::clone(&words);
        tera.register_function("t", move |kwargs: Kwargs, _: &State<'_>| spoken.say(&kwargs));
        let texts = Arc::clone(&held);
        tera.register_function("text_of", move |kwargs: Kwargs, _: &State<'_>| held_text(&texts, &kwargs).map(str::to_owned));
        tera.register_function("hash_of", move |kwargs: Kwargs, _: &State<'_>| held_text(&held, &kwargs).map(policy_hash));
        let templates = ["templates/shared/".to_string(), format!("templates/{}/", V::TEMPLATES)];
        let mut sources = Vec::new();
        for path in files.0.keys().filter(|path| path.ends_with(".html") && templates.iter().any(|folder| path.starts_with(folder))) {
            sources.push((path.trim_start_matches("templates/"), files.text(path)?));
        }
        tera.add_raw_templates(sources).map_err(|error| ThemeError(format!("{error}")))?;

        let global = tera.global_context();
        global.insert("style", &style_url);
        global.insert("scripts", &scripts);
        global.insert("leave_href", &settings.leave);
        Ok(Self { tera, statics, words, reader: PhantomData })
    }

    /// All that the theme itself says to its readers.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.words.values().flat_map(|word| match word {
            Word::One(text) => vec![text.as_str()],
            Word::Forms(forms) => forms.values().map(String::as_str).collect(),
        })
    }

    /// One word of the theme that needs no filling.
    pub fn word(&self, key: &str) -> Option<&str> {
        match self.words.words.get(key)? {
            Word::One(text) => Some(text),
            Word::Forms(_) => None,
        }
    }

    /// Fills a template.
    pub fn render(&self, template: &str, context: &Context) -> Result<String, ThemeError> {
        self.tera.render(template, context).map_err(|error| ThemeError(format!("{error}")))
    }

    /// The files that every site of this theme has, by their address.
    pub fn statics(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.statics
    }
}

/// The template function `text_of(file="…")`: a style or script, for a page that holds it. Refused where the text could end
/// its element early.
fn held_text<'h>(held: &'h BTreeMap<String, Vec<u8>>, kwargs: &Kwargs) -> TeraResult<&'h str> {
    let file: &str = kwargs.must_get("file")?;
    let text = held.get(file).and_then(|bytes| std::str::from_utf8(bytes).ok());
    let text = text.ok_or_else(|| tera::Error::message(format!("the theme has no style or script `{file}`")))?;
    let lower = text.to_lowercase();
    match ["</style", "</script", "<!--"].into_iter().find(|end| lower.contains(end)) {
        Some(end) => Err(tera::Error::message(format!("{file} has `{end}` in it, so a page cannot hold it"))),
        None => Ok(text),
    }
}

/// The template function `hash_of(file="…")`: how the policy of a page names a style or script that the page holds
/// (<https://www.w3.org/TR/CSP3/#grammardef-hash-source>).
fn policy_hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// A style or script without the lines that are comments only: they are for who reads the theme, not for a phone.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut inside = false;
    for line in text.lines() {
        let bare = line.trim();
        let opens = !inside && bare.starts_with("/*");
        if inside || opens {
            // A comment that ends within a line keeps what follows it; one that only begins there hides it.
            inside = !bare.contains("*/");
            if inside || bare.ends_with("*/") {
                continue;
            }
        }
        if !bare.is_empty() && !bare.starts_with("//") {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// The interface words of one language, by key.
struct Words {
    language: String,
    words: BTreeMap<String, Word>,
}

/// A word, or its forms for different numbers.
#[derive(Deserialize)]
#[serde(untagged)]
enum Word {
    One(String),
    Forms(BTreeMap<String, String>),
}

impl Words {
    /// Reads the words of a language; what it lacks is said in English.
    fn read(files: &ThemeFiles, language: &str) -> Result<Arc<Self>, ThemeError> {
        let read = |language: &str| -> Result<BTreeMap<String, Word>, ThemeError> {
            let path = format!("words/{language}.yml");
            serde_yaml::from_str(files.text(&path)?).map_err(|error| ThemeError(format!("the theme's {path} cannot be read: {error}")))
        };
        let mut words = read("en")?;
        let own = files.words_in(language).unwrap_or("en");
        if own != "en" {
            words.extend(read(own)?);
        }
        let language = own.split('-').next().unwrap_or(own);
        Ok(Arc::new(Self { language: language.to_owned(), words }))
    }

    /// The template function `t(key="…", n=3, …)`: a word with its holes filled, in the form that fits `n`.
    fn say(&self, kwargs: &Kwargs) -> TeraResult<String> {
        let key: &str = kwargs.must_get("key")?;
        let word = self.words.get(key).ok_or_else(|| tera::Error::message(format!("the theme has no word `{key}`")))?;
        let pattern = match word {
            Word::One(pattern) => pattern,
            Word::Forms(forms) => {
                let n: i64 = kwargs.must_get("n")?;
                let form = plural::form(&self.language, n);
                forms.get(form).or_else(|| forms.get("other")).ok_or_else(|| tera::Error::message(format!("the word `{key}` has no form `other`")))?
            }
        };
        let mut said = pattern.clone();
        for (name, value) in kwargs.iter() {
            let hole = format!("{{{name}}}");
            if said.contains(&hole) {
                said = said.replace(&hole, &value.to_string());
            }
        }
        Ok(said)
    }
}

#[cfg(test)]
mod tests {
    use super::{policy_hash, without_comments};

    #[test]
    fn a_policy_names_what_a_page_holds() {
        // The example of the specification.
        assert_eq!(policy_hash("alert('Hello, world.');"), "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
    }

    #[test]
    fn only_lines_that_are_comments_go() {
        let text = "/* why\n   and how */\n// note\na { b: c } /* kept */\n\n/* x */ d { }\nurl(https://e)\n";
        assert_eq!(without_comments(text), "a { b: c } /* kept */\n/* x */ d { }\nurl(https://e)\n");
    }
}
