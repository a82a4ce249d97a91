//! The files of a theme and of the themes that it extends. No disk here: `read` brings folders.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use super::settings;
use crate::source::SourcePath;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// The name of the theme that is worn where none is asked for.
pub const DEFAULT: &str = "calm";

/// The most themes that extend one another in a row; more is a mistake.
pub const MOST_LAYERS: usize = 8;

/// A theme as files, and the theme that it extends: what it has takes the place of what that one has.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct ThemeFiles {
    /// Its own files, by their way from its folder: `templates/members/home.html`.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Its folder; none for a theme that is inside copebook.
    pub folder: Option<SourcePath>,
    /// The theme that it extends.
    pub parent: Option<Box<ThemeFiles>>,
}

impl ThemeFiles {
    /// The theme of this name that is inside copebook, with the one that it extends.
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
        let mut theme = Self { files, folder: None, parent: None };
        let parent = settings::extends(&theme).filter(|parent| parent.value != name);
        theme.parent = parent.and_then(|parent| Self::built_in(&parent.value)).map(Box::new);
        Some(theme)
    }

    /// The names of the themes that are inside copebook.
    pub fn built_in_names() -> Vec<&'static str> {
        BUILT_IN.dirs().filter_map(|folder| folder.path().to_str()).collect()
    }

    /// What a built-in theme says of itself in a line.
    pub fn about(&self) -> Option<String> {
        settings::about(self)
    }

    /// The theme itself, then the one that it extends, and so on.
    pub fn layers(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |layer| layer.parent.as_deref())
    }

    /// A file: the theme's own, or else the one of the theme that it extends.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.layers().find_map(|layer| layer.files.get(path)).map(Vec::as_slice)
    }

    /// Whether an author's folder has templates. Those inside copebook fill what both sites share in the same way.
    pub fn has_templates_of_its_own(&self) -> bool {
        self.layers().filter(|layer| layer.folder.is_some()).flat_map(|layer| layer.files.keys()).any(|path| path.starts_with("templates/"))
    }

    /// The layer that a file comes from.
    pub fn layer_of(&self, path: &str) -> Option<&Self> {
        self.layers().find(|layer| layer.files.contains_key(path))
    }

    /// The ways of all files, each once, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.layers().flat_map(|layer| layer.files.keys()).map(String::as_str).collect::<std::collections::BTreeSet<_>>().into_iter()
    }

    /// The text of a file of this layer.
    pub fn own_text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(self.files.get(path)?).ok()
    }

    /// Where a file of this layer lies, as its author would name it.
    pub fn place(&self, path: &str) -> SourcePath {
        self.folder.as_ref().map_or_else(|| SourcePath::new(path), |folder| folder.join(path))
    }

    /// The languages for which the theme has interface words, in order.
    pub fn languages(&self) -> Vec<&str> {
        self.paths().filter_map(|path| path.strip_prefix("words/")?.strip_suffix(".yml")).collect()
    }

    /// Whether the theme has interface words in a language, `pt-BR` being served by `pt`.
    pub fn has_words(&self, language: &str) -> bool {
        self.words_in(language).is_some()
    }

    /// The code of the words that fit a language best.
    pub fn words_in<'l>(&self, language: &'l str) -> Option<&'l str> {
        [language, short(language)].into_iter().find(|code| self.get(&format!("words/{code}.yml")).is_some())
    }
}

/// The language without its region: `pt` of `pt-BR`.
pub fn short(language: &str) -> &str {
    language.split('-').next().unwrap_or(language)
}
