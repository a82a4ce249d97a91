//! The interface words of a theme in one language.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Kwargs, TeraResult};

use super::files::{ThemeFiles, short};
use crate::diagnostic::{Code, Diagnostic};
use crate::load::fields::{Problems, scalar};
use crate::load::yaml::{Node, Value, Yaml, parse};
use crate::plural;
use crate::source::{SourcePath, Span};

/// The interface words of one language, by key.
pub struct Words {
    language: String,
    words: BTreeMap<String, Forms>,
}

/// What is said: always the same, or in forms for different numbers.
pub enum Forms {
    /// The same for every number, or for none.
    One(String),
    /// By the name of the form: `one`, `other` …
    ByNumber(BTreeMap<String, String>),
}

impl Forms {
    /// All that may be said.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::One(text) => vec![text],
            Self::ByNumber(forms) => forms.values().map(String::as_str).collect(),
        }
    }
}

/// A word of a file, with its place.
pub struct Written {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub span: Span,
    /// What is said.
    pub text: Forms,
}

/// Reads a file of words of one layer; nothing where there is none.
pub fn read(layer: &ThemeFiles, path: &str, problems: &mut Problems) -> Vec<Written> {
    layer.own_text(path).map(|text| read_text(&layer.place(path), text, problems)).unwrap_or_default()
}

fn read_text(file: &SourcePath, text: &str, problems: &mut Problems) -> Vec<Written> {
    let Some(root) = parse(&Yaml { file, text, lines_before: 0 }, problems) else { return Vec::new() };
    let Value::Keys(entries) = root.value else {
        if !matches!(root.value, Value::Nothing) {
            problems.push(
                Diagnostic::new(Code::WrongKind, root.span, "words are lines with a key, a colon and a text")
                    .help("write one word a line, such as `help_now: Help now`; the keys are those of words/en.yml"),
            );
        }
        return Vec::new();
    };
    let mut words: Vec<Written> = Vec::with_capacity(entries.len());
    for (key, node) in entries {
        if let Some(first) = words.iter().find(|word| word.key == key.name) {
            problems.push(
                Diagnostic::new(Code::DuplicateKey, key.span, format!("`{}` is written twice", key.name))
                    .help(format!("the first one is on line {}; keep one of them", first.span.line)),
            );
            continue;
        }
        let Some(text) = forms(&node) else {
            problems.push(
                Diagnostic::new(Code::WrongKind, node.span, format!("`{}` is a text, or a text for `one` and one for `other`", key.name))
                    .help("write the text behind the colon, in double quotes if it has a colon or brackets"),
            );
            continue;
        };
        words.push(Written { key: key.name, span: key.span, text });
    }
    words
}

fn forms(node: &Node) -> Option<Forms> {
    match &node.value {
        Value::Text(_) => Some(Forms::One(said(node)?)),
        Value::Keys(entries) => {
            let forms: Option<BTreeMap<String, String>> = entries.iter().map(|(key, node)| Some((key.name.clone(), said(node)?))).collect();
            Some(Forms::ByNumber(forms?))
        }
        Value::List(_) | Value::Nothing => None,
    }
}

fn said(node: &Node) -> Option<String> {
    scalar(node)?;
    match &node.value {
        // Spaces at its ends are a part of a word in quotes; a line end of a block is not.
        Value::Text(scalar) => Some(scalar.text.value.trim_end_matches('\n').to_owned()),
        _ => None,
    }
}

/// The word under which a language says its own name.
const NAME: &str = "language_name";

/// What each language that a theme has words for is called in itself.
pub fn language_names(files: &ThemeFiles) -> BTreeMap<String, String> {
    let name_in = |layer: &ThemeFiles, code: &str| {
        let path = format!("words/{code}.yml");
        // One line of each language is wanted, and all of them would be a thousand.
        let line = layer.own_text(&path)?.lines().find(|line| line.starts_with(NAME))?;
        let written = read_text(&layer.place(&path), line, &mut Vec::new());
        written.into_iter().find(|word| word.key == NAME).and_then(|word| match word.text {
            Forms::One(name) => Some(name),
            Forms::ByNumber(_) => None,
        })
    };
    files.languages().into_iter().filter_map(|code| Some((code.to_owned(), files.layers().find_map(|layer| name_in(layer, code))?))).collect()
}

impl Words {
    /// The words for a language: English, then the language, then its region, each from the theme that is extended to the one
    /// that extends it. What a language lacks is said in English.
    pub fn of(files: &ThemeFiles, language: &str) -> Arc<Self> {
        let mut words = BTreeMap::new();
        let mut layers: Vec<&ThemeFiles> = files.layers().collect();
        layers.reverse();
        let mut codes = vec!["en", short(language), language];
        codes.dedup();
        for code in codes {
            for layer in &layers {
                let written = read(layer, &format!("words/{code}.yml"), &mut Vec::new());
                words.extend(written.into_iter().map(|word| (word.key, word.text)));
            }
        }
        let own = files.words_in(language).unwrap_or("en");
        Arc::new(Self { language: short(own).to_owned(), words })
    }

    /// A word by its key.
    pub fn get(&self, key: &str) -> Option<&Forms> {
        self.words.get(key)
    }

    /// All words.
    pub fn all(&self) -> impl Iterator<Item = &Forms> {
        self.words.values()
    }

    /// The template function `t(key="…", n=3, …)`: a word with its holes filled, in the form that fits `n`.
    pub fn say(&self, kwargs: &Kwargs) -> TeraResult<String> {
        let key: &str = kwargs.must_get("key")?;
        let word = self.words.get(key).ok_or_else(|| tera::Error::message(format!("the theme has no word `{key}`")))?;
        let pattern = match word {
            Forms::One(pattern) => pattern,
            Forms::ByNumber(forms) => {
                let n: i64 = kwargs.must_get("n")?;
                let form = plural::form(&self.language, n);
                forms.get(form).or_else(|| forms.get("other")).ok_or_else(|| tera::Error::message(format!("the word `{key}` has no form `other`")))?
            }
        };
        let mut said = String::with_capacity(pattern.len() + 16);
        let mut rest = pattern.as_str();
        // What nothing is given for stays as it is written.
        while let Some((before, after)) = rest.split_once('{') {
            said.push_str(before);
            let value = after.split_once('}').and_then(|(name, after)| Some((kwargs.get::<&tera::Value>(name).ok()??, after)));
            rest = match value {
                Some((value, after)) => {
                    match value.as_str() {
                        Some(text) => said.push_str(text),
                        None => said.push_str(&value.to_string()),
                    }
                    after
                }
                None => {
                    said.push('{');
                    after
                }
            };
        }
        said.push_str(rest);
        Ok(said)
    }
}
