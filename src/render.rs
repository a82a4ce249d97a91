//! From pages to bytes: fills templates, and adds the files that the pages need.

use std::collections::{BTreeMap, BTreeSet};
use std::marker::PhantomData;

use rayon::prelude::*;

use crate::audience::{Audience, MayRead};
use crate::site::{Origin, Page, Site, picture_url};
use crate::source::{SourcePath, Sources};
use crate::theme::{Theme, ThemeError};

/// The files of `V`'s site, by their address.
pub struct Output<V> {
    files: BTreeMap<String, Vec<u8>>,
    origins: BTreeMap<String, Origin>,
    reader: PhantomData<fn() -> V>,
}

impl<V> Default for Output<V> {
    fn default() -> Self {
        Self { files: BTreeMap::new(), origins: BTreeMap::new(), reader: PhantomData }
    }
}

impl<V: Audience> Output<V> {
    /// The files, by their address from the root of the site.
    pub fn files(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files
    }

    /// Adds files of copebook's own, which hold no author's word.
    pub fn add_fixed(&mut self, files: &[(&'static str, &'static str)]) {
        self.files.extend(files.iter().map(|(url, text)| ((*url).to_owned(), text.as_bytes().to_vec())));
    }

    /// Where pages come from, by their address: for the preview alone, and in no file.
    pub fn origins(&self) -> &BTreeMap<String, Origin> {
        &self.origins
    }

    /// Adds the files of another output, inside a folder; an empty name adds them at the root. The readers of this output
    /// must be allowed to read the other.
    pub fn add<A: Audience>(&mut self, folder: &str, other: Output<A>)
    where
        V: MayRead<A>,
    {
        let inside = |url: String| if folder.is_empty() { url } else { format!("{folder}/{url}") };
        self.files.extend(other.files.into_iter().map(|(url, bytes)| (inside(url), bytes)));
        self.origins.extend(other.origins.into_iter().map(|(url, origin)| (inside(url), origin)));
    }
}

/// Renders a site.
pub fn render<V: Audience>(site: &Site<'_, V>, theme: &Theme<V>, sources: &Sources) -> Result<Output<V>, ThemeError> {
    let (mut output, pictures) = rendered(site, theme, sources)?;
    output.files.extend(theme.statics().clone());
    output.files.extend(pictures);
    Ok(output)
}

/// Renders the edition of a site in another language, inside a folder that is called by its code. It shares the theme's files and
/// all pictures with the site around it.
pub fn edition<V: Audience + MayRead<V>>(site: &Site<'_, V>, theme: &Theme<V>, sources: &Sources) -> Result<Output<V>, ThemeError> {
    let (inside, pictures) = rendered(site, theme, sources)?;
    let mut output = Output::default();
    output.add(&site.language, inside);
    output.files.extend(pictures);
    Ok(output)
}

/// The pages and other files of a site, and the pictures that the pages show.
fn rendered<V: Audience>(site: &Site<'_, V>, theme: &Theme<V>, sources: &Sources) -> Result<(Output<V>, BTreeMap<String, Vec<u8>>), ThemeError> {
    let others = || site.files.par_iter().map(|other| (other.url.clone(), other.make())).collect::<Vec<_>>();
    let (others, made) = rayon::join(others, || made(&site.pages, theme));
    let (mut output, pictures) = made?;
    output.files.extend(others);
    let pictures = pictures.iter().filter_map(|path| sources.pictures.get(path).map(|bytes| (picture_url(bytes, &path.ending()), bytes.to_vec())));
    Ok((output, pictures.collect()))
}

/// Renders pages with what a theme gives to every site.
pub fn pages<V: Audience>(pages: &[Page<'_, V>], theme: &Theme<V>) -> Result<Output<V>, ThemeError> {
    let mut output = pages_alone(pages, theme)?;
    output.files.extend(theme.statics().clone());
    Ok(output)
}

/// Renders pages that need no other file.
pub fn pages_alone<V: Audience>(pages: &[Page<'_, V>], theme: &Theme<V>) -> Result<Output<V>, ThemeError> {
    made(pages, theme).map(|(output, _)| output)
}

/// Makes and renders pages, each in one go; and the pictures that they show.
fn made<V: Audience>(pages: &[Page<'_, V>], theme: &Theme<V>) -> Result<(Output<V>, BTreeSet<SourcePath>), ThemeError> {
    let rendered: Result<Vec<_>, ThemeError> = pages
        .par_iter()
        .with_max_len(1)
        .map(|page| {
            let made = page.make();
            let html = theme.render(made.template, &made.context)?;
            Ok((page.url.clone(), html.into_bytes(), made.used))
        })
        .collect();
    let mut output = Output::default();
    let mut pictures = BTreeSet::new();
    for (url, bytes, used) in rendered? {
        pictures.extend(used.pictures);
        output.origins.extend(used.origin.map(|origin| (url.clone(), origin)));
        output.files.insert(url, bytes);
    }
    Ok((output, pictures))
}
