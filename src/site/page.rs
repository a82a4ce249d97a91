//! Pages and sites as values, typed by their readers.

use std::collections::{BTreeMap, BTreeSet};
use std::marker::PhantomData;

use crate::source::{SourcePath, Span};

/// A page of `V`'s site: what its template is given.
pub struct Page<V> {
    /// Its address from the root of its site: `handouts/grounding/five-senses.html`.
    pub url: String,
    /// The name of its template.
    pub template: &'static str,
    /// What the template is given.
    pub context: tera::Context,
    reader: PhantomData<fn() -> V>,
}

impl<V> Page<V> {
    /// A page.
    pub fn new(url: impl Into<String>, template: &'static str, context: tera::Context) -> Self {
        Self { url: url.into(), template, context, reader: PhantomData }
    }
}

/// Where a page comes from, so that the preview can open its file. It stands beside the page and never in it: what members get
/// names no file of the author's.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The file that makes the page.
    pub file: SourcePath,
    /// The named parts of the page that come from a known line, of this file or another.
    pub parts: Vec<(String, Span)>,
}

/// What is known of a page when it has been written: the pictures that it uses, and where it comes from.
pub struct Used {
    /// The pictures.
    pub pictures: BTreeSet<SourcePath>,
    /// Where the page comes from.
    pub origin: Origin,
}

/// A site for `V`: its pages, and the pictures that they show.
pub struct Site<V> {
    /// The language of its words.
    pub language: String,
    /// The pages.
    pub pages: Vec<Page<V>>,
    /// The pictures that the pages use.
    pub pictures: BTreeSet<SourcePath>,
    /// Where each page comes from, by its address.
    pub origins: BTreeMap<String, Origin>,
    /// Other files made from what `V` may read, such as the search index: address and bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

impl<V> Site<V> {
    /// A site without pages.
    pub fn new(language: &str) -> Self {
        Self { language: language.to_owned(), pages: Vec::new(), pictures: BTreeSet::new(), origins: BTreeMap::new(), files: Vec::new() }
    }

    /// Adds a page with what is known of it.
    pub fn add(&mut self, page: Page<V>, used: Used) {
        self.pictures.extend(used.pictures);
        self.origins.insert(page.url.clone(), used.origin);
        self.pages.push(page);
    }
}

/// The way from a page back to the root of its site: `../../`.
pub fn root_of(url: &str) -> String {
    "../".repeat(url.matches('/').count())
}

/// The address of a picture on a site: it says nothing of the file's own name.
pub fn picture_url(bytes: &[u8], ending: &str) -> String {
    let hash = blake3::hash(bytes).to_hex();
    format!("pictures/{}.{ending}", hash.get(..16).unwrap_or_default())
}

/// A short name made from a longer one, from which the longer one cannot be read: 12 digits and letters.
pub fn short_hash(name: &str) -> String {
    blake3::hash(name.as_bytes()).to_hex().get(..12).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_way_back() {
        assert_eq!(super::root_of("index.html"), "");
        assert_eq!(super::root_of("handouts/a/b.html"), "../../");
    }
}
