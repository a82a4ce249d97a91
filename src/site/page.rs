//! Pages and sites as values, typed by their readers.

use std::collections::BTreeSet;
use std::marker::PhantomData;
use std::sync::Arc;

use rayon::prelude::*;

use super::body::Placed;
use crate::source::{SourcePath, Span};

/// A page of `V`'s site. It is made when it is asked for: what a thousand pages are given would not fit into memory at once.
pub struct Page<'c, V> {
    /// Its address from the root of its site: `handouts/grounding/five-senses.html`.
    pub url: String,
    make: Box<dyn Fn() -> Made + Send + Sync + 'c>,
    reader: PhantomData<fn() -> V>,
}

impl<'c, V> Page<'c, V> {
    /// A page, and the way to make it.
    pub fn new(url: impl Into<String>, make: impl Fn() -> Made + Send + Sync + 'c) -> Self {
        Self { url: url.into(), make: Box::new(make), reader: PhantomData }
    }

    /// Makes the page: the same each time.
    pub fn make(&self) -> Made {
        (self.make)()
    }
}

/// A page that has been made: what its template is given.
pub struct Made {
    /// The name of its template.
    pub template: &'static str,
    /// What the template is given.
    pub context: tera::Context,
    /// The pictures that it uses, and where it comes from.
    pub used: Used,
}

/// A file made from what `V` may read, such as the search index. It is made when it is asked for.
pub struct Other<'c> {
    /// Its address from the root of its site.
    pub url: String,
    make: Box<dyn Fn() -> Vec<u8> + Send + Sync + 'c>,
}

impl<'c> Other<'c> {
    /// A file, and the way to make its bytes.
    pub fn new(url: impl Into<String>, make: impl Fn() -> Vec<u8> + Send + Sync + 'c) -> Self {
        Self { url: url.into(), make: Box::new(make) }
    }

    /// Makes its bytes.
    pub fn make(&self) -> Vec<u8> {
        (self.make)()
    }
}

/// A part of a page: its name, and where it was written.
pub type NamedPart = (String, Span);

/// What texts have met on their way to a page.
#[derive(Default)]
pub struct Met {
    /// The pictures that they show.
    pub pictures: BTreeSet<SourcePath>,
    /// Whether they link to a file.
    pub links: bool,
}

/// Where a page comes from, so that the preview can open its file. It stands beside the page and never in it: what members get
/// names no file of the author's.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The file that makes the page.
    pub file: SourcePath,
    /// The named parts of the page that come from a known line, of this file or another.
    pub own: Vec<NamedPart>,
    /// Those of the bodies that stand on the page, each with what stands before its names.
    pub of_bodies: Vec<(String, Arc<[NamedPart]>)>,
}

impl Origin {
    /// All named parts of the page that come from a known line.
    pub fn parts(&self) -> impl Iterator<Item = (String, &Span)> {
        let of_bodies = self.of_bodies.iter().flat_map(|(prefix, parts)| parts.iter().map(move |(name, span)| (format!("{prefix}{name}"), span)));
        self.own.iter().map(|(name, span)| (name.clone(), span)).chain(of_bodies)
    }
}

/// What is known of a page when it has been written: the pictures that it uses, and where it comes from.
pub struct Used {
    /// The pictures.
    pub pictures: BTreeSet<SourcePath>,
    /// The bodies of handouts and pages that stand on it, by their numbers.
    pub bodies: Vec<Placed>,
    /// Where the page comes from; nothing for a page about all curricula.
    pub origin: Option<Origin>,
}

/// A site for `V`.
pub struct Site<'c, V> {
    /// The language of its words.
    pub language: String,
    /// The pages.
    pub pages: Vec<Page<'c, V>>,
    /// Its other files.
    pub files: Vec<Other<'c>>,
}

impl<V> Site<'_, V> {
    /// A site without pages.
    pub fn new(language: &str) -> Self {
        Self { language: language.to_owned(), pages: Vec::new(), files: Vec::new() }
    }

    /// The pictures that the pages show.
    pub fn pictures(&self) -> BTreeSet<SourcePath> {
        self.pages.par_iter().flat_map_iter(|page| page.make().used.pictures).collect()
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
