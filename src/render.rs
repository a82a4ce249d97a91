//! From pages to bytes: fills templates, and adds the files that the pages need. Each file is handed on as soon as it is made,
//! so that a large site never stands in memory as a whole.

use std::collections::{BTreeMap, BTreeSet};
use std::marker::PhantomData;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::audience::{Audience, MayRead};
use crate::site::{BODY, Origin, Page, Site, picture_url, put_bodies};
use crate::source::{SourcePath, Sources};
use crate::theme::Theme;

/// A file of `V`'s site.
pub struct File<V> {
    /// Its address from the root of the site.
    pub url: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Where a page comes from: for the preview alone, and in no file.
    pub origin: Option<Origin>,
    reader: PhantomData<fn() -> V>,
}

impl<V: Audience> File<V> {
    /// A file that is no page.
    fn new(url: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self { url: url.into(), bytes, origin: None, reader: PhantomData }
    }

    /// The file inside a folder; an empty name is the root.
    #[must_use]
    pub fn inside(self, folder: &str) -> Self {
        if folder.is_empty() { self } else { Self { url: format!("{folder}/{}", self.url), ..self } }
    }

    /// The file as a part of a site for others, who must be allowed to read it.
    pub fn for_readers<O: Audience + MayRead<V>>(self) -> File<O> {
        File { url: self.url, bytes: self.bytes, origin: self.origin, reader: PhantomData }
    }
}

/// Who takes the files of `V`'s site, from any thread and in any order.
pub type Take<'t, V> = dyn Fn(File<V>) -> anyhow::Result<()> + Sync + 't;

/// The files of `V`'s site in memory, by their address.
pub struct Output<V> {
    files: BTreeMap<String, Vec<u8>>,
    origins: BTreeMap<String, Origin>,
    reader: PhantomData<fn() -> V>,
}

/// Keeps the files of `V`'s site in memory, as they are handed on.
pub struct Keeping<V>(Mutex<Output<V>>);

impl<V> Default for Keeping<V> {
    fn default() -> Self {
        Self(Mutex::new(Output { files: BTreeMap::new(), origins: BTreeMap::new(), reader: PhantomData }))
    }
}

impl<V: Audience> Keeping<V> {
    /// Keeps a file: one who takes them, and never refuses.
    pub fn keep(&self, file: File<V>) -> anyhow::Result<()> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.origins.extend(file.origin.map(|origin| (file.url.clone(), origin)));
        kept.files.insert(file.url, file.bytes);
        Ok(())
    }

    /// All that was kept.
    pub fn done(self) -> Output<V> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<V: Audience> Output<V> {
    /// Keeps all that `make` hands on.
    pub fn of(make: impl FnOnce(&Take<'_, V>) -> anyhow::Result<()>) -> anyhow::Result<Self> {
        let keeping = Keeping::default();
        make(&|file| keeping.keep(file))?;
        Ok(keeping.done())
    }

    /// The files, by their address from the root of the site.
    pub fn files(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files
    }

    /// The files themselves.
    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.files
    }

    /// Where pages come from, by their address.
    pub fn origins(&self) -> &BTreeMap<String, Origin> {
        &self.origins
    }
}

/// Renders a site.
pub fn render<V: Audience>(site: &Site<'_, V>, theme: &Theme<V>, sources: &Sources, take: &Take<'_, V>) -> anyhow::Result<()> {
    let pictures = pages_and_others(site, theme, take)?;
    statics(theme, take)?;
    shown(&pictures, sources, take)
}

/// Renders the edition of a site in another language, inside a folder that is called by its code. It shares the theme's files and
/// all pictures with the site around it.
pub fn edition<V: Audience>(site: &Site<'_, V>, theme: &Theme<V>, sources: &Sources, take: &Take<'_, V>) -> anyhow::Result<()> {
    let pictures = pages_and_others(site, theme, &|file| take(file.inside(&site.language)))?;
    shown(&pictures, sources, take)
}

/// Renders pages with what a theme gives to every site.
pub fn pages<V: Audience>(pages: &[Page<'_, V>], theme: &Theme<V>, take: &Take<'_, V>) -> anyhow::Result<()> {
    pages_alone(pages, theme, take)?;
    statics(theme, take)
}

/// Renders pages that need no other file.
pub fn pages_alone<V: Audience>(pages: &[Page<'_, V>], theme: &Theme<V>, take: &Take<'_, V>) -> anyhow::Result<()> {
    made(pages, theme, take).map(drop)
}

/// Hands on files of copebook's own, which hold no author's word.
pub fn fixed<V: Audience>(files: &[(&str, &str)], take: &Take<'_, V>) -> anyhow::Result<()> {
    files.iter().try_for_each(|(url, text)| take(File::new(*url, text.as_bytes().to_vec())))
}

fn statics<V: Audience>(theme: &Theme<V>, take: &Take<'_, V>) -> anyhow::Result<()> {
    theme.statics().par_iter().try_for_each(|(url, bytes)| take(File::new(url, bytes.clone())))
}

/// Makes the pages and other files of a site; gives the pictures that the pages show.
fn pages_and_others<V: Audience>(site: &Site<'_, V>, theme: &Theme<V>, take: &Take<'_, V>) -> anyhow::Result<BTreeSet<SourcePath>> {
    let others = || site.files.par_iter().try_for_each(|other| take(File::new(&other.url, other.make())));
    let (others, pictures) = rayon::join(others, || made(&site.pages, theme, take));
    others?;
    pictures
}

/// Makes and renders pages, each in one go; gives the pictures that they show.
fn made<V: Audience>(pages: &[Page<'_, V>], theme: &Theme<V>, take: &Take<'_, V>) -> anyhow::Result<BTreeSet<SourcePath>> {
    let one = |page: &Page<'_, V>| {
        let made = page.make();
        let frame = theme.render(made.template, &made.context)?;
        // What it was given may be larger than the page.
        drop(made.context);
        let html = put_bodies(frame, &made.used.bodies, |given| theme.fill(BODY, given))?;
        take(File { origin: made.used.origin, ..File::new(&page.url, html.into_bytes()) })?;
        anyhow::Ok(made.used.pictures)
    };
    let both = |mut some: BTreeSet<SourcePath>, others: BTreeSet<SourcePath>| {
        some.extend(others);
        Ok(some)
    };
    // One by one: a page may take a thousand times as long as the next.
    pages.par_iter().with_max_len(1).map(one).try_reduce(BTreeSet::new, both)
}

/// Hands on the pictures that a site shows.
fn shown<V: Audience>(pictures: &BTreeSet<SourcePath>, sources: &Sources, take: &Take<'_, V>) -> anyhow::Result<()> {
    let there = pictures.iter().filter_map(|path| Some((path, sources.pictures.get(path)?)));
    there.par_bridge().try_for_each(|(path, bytes)| take(File::new(picture_url(bytes, &path.ending()), bytes.to_vec())))
}
