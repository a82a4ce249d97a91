//! From pages to bytes: fills templates, and adds the files that the pages need.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use rayon::prelude::*;

use crate::audience::{Audience, MayRead};
use crate::site::{Origin, Page, Site, picture_url};
use crate::source::Sources;
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
pub fn render<V: Audience>(site: &Site<V>, theme: &Theme<V>, sources: &Sources) -> Result<Output<V>, ThemeError> {
    let mut output = pages(&site.pages, theme)?;
    output.files.extend(site.files.iter().cloned());
    output.origins.clone_from(&site.origins);
    output.files.extend(pictures(site, sources));
    Ok(output)
}

/// Renders the edition of a site in another language, inside a folder that is called by its code. It shares the theme's files and
/// all pictures with the site around it.
pub fn edition<V: Audience>(site: &Site<V>, theme: &Theme<V>, sources: &Sources) -> Result<Output<V>, ThemeError> {
    let mut inside = pages_alone(&site.pages, theme)?;
    inside.files.extend(site.files.iter().cloned());
    let mut output = Output { files: pictures(site, sources).collect(), ..Output::default() };
    let inside_folder = |url: &String| format!("{}/{url}", site.language);
    output.files.extend(inside.files.iter().map(|(url, bytes)| (inside_folder(url), bytes.clone())));
    output.origins.extend(site.origins.iter().map(|(url, origin)| (inside_folder(url), origin.clone())));
    Ok(output)
}

/// The pictures that a site shows.
fn pictures<'s, V>(site: &'s Site<V>, sources: &'s Sources) -> impl Iterator<Item = (String, Vec<u8>)> + 's {
    site.pictures.iter().filter_map(|path| sources.pictures.get(path).map(|bytes| (picture_url(bytes, &path.ending()), bytes.to_vec())))
}

/// Renders pages with what a theme gives to every site.
pub fn pages<V: Audience>(pages: &[Page<V>], theme: &Theme<V>) -> Result<Output<V>, ThemeError> {
    let mut output = pages_alone(pages, theme)?;
    output.files.extend(theme.statics().clone());
    Ok(output)
}

/// Renders pages that need no other file.
pub fn pages_alone<V: Audience>(pages: &[Page<V>], theme: &Theme<V>) -> Result<Output<V>, ThemeError> {
    let rendered: Result<Vec<_>, ThemeError> = pages
        .par_iter()
        .map(|page| {
            let html = theme.render(page.template, &page.context)?;
            Ok((page.url.clone(), html.into_bytes()))
        })
        .collect();
    Ok(Output { files: rendered?.into_iter().collect(), origins: BTreeMap::new(), reader: PhantomData })
}
