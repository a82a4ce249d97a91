//! A curriculum through one reader's eyes: the only way from an author's text to HTML.

use std::collections::{BTreeMap, BTreeSet};

use crate::audience::{Audience, MayRead, Prose, Reader};
use crate::link::{Destination, decoded, where_to};
use crate::markdown::{self, HeadingNames, PlainSection, Section, Style, Target};
use crate::model::Curriculum;
use crate::source::{SourcePath, Span};

use super::page::{Origin, Used, root_of, short_hash};

/// A curriculum as `V` may see it, with the links that exist on `V`'s site.
pub struct View<'c, V> {
    /// The curriculum.
    pub curriculum: &'c Curriculum,
    reader: Reader<V>,
    links: BTreeMap<SourcePath, String>,
    pictures: &'c BTreeMap<SourcePath, String>,
    smart: bool,
}

impl<'c, V: Audience> View<'c, V> {
    /// A view. `links` gives the address of every source file that is a page of this site, `pictures` that of every picture.
    pub fn new(curriculum: &'c Curriculum, links: BTreeMap<SourcePath, String>, pictures: &'c BTreeMap<SourcePath, String>) -> Self {
        let smart = curriculum.language == "en" || curriculum.language.starts_with("en-");
        Self { curriculum, reader: Reader::new(), links, pictures, smart }
    }

    /// A writer for the page with this address.
    pub fn page(&self, url: &str) -> PageWriter<'_, V> {
        PageWriter {
            view: self,
            root: root_of(url),
            names: HeadingNames::default(),
            prefix: String::new(),
            blocks: 0,
            sheets: (String::new(), 0),
            used: Used { pictures: BTreeSet::new(), origin: Origin { file: self.curriculum.folder.join("curriculum.yml"), parts: Vec::new() } },
        }
    }
}

/// Writes the texts of one page, and keeps what must be unique on it.
pub struct PageWriter<'v, V> {
    view: &'v View<'v, V>,
    root: String,
    names: HeadingNames,
    prefix: String,
    blocks: u32,
    /// Whose worksheets are being written, and how many have been.
    sheets: (String, u32),
    used: Used,
}

impl<V: Audience> PageWriter<'_, V> {
    /// The way from this page to the root of its site.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The address of another page of this site, from this page.
    pub fn href(&self, url: &str) -> String {
        format!("{}{url}", self.root)
    }

    /// Starts another text on the same page: its names get a prefix of their own.
    pub fn start_part(&mut self, prefix: &str) {
        self.names = HeadingNames::default();
        self.prefix = prefix.to_owned();
        self.blocks = 0;
    }

    /// A name for the next block on this page.
    pub fn next_id(&mut self, kind: &str) -> String {
        self.blocks += 1;
        format!("{}{kind}-{}", self.prefix, self.blocks)
    }

    /// Says which file makes this page; where nothing is said, it is the curriculum's.
    pub fn made_from(&mut self, file: &SourcePath) {
        self.used.origin.file = file.clone();
    }

    /// Says where the part of the page with this name comes from.
    pub fn comes_from(&mut self, name: &str, span: &Span) {
        self.used.origin.parts.push((name.to_owned(), span.clone()));
    }

    /// Says where the headings come from that were just made from a text.
    fn headings_come_from<A: Audience>(&mut self, prose: &Prose<A>)
    where
        V: MayRead<A>,
    {
        let mut places = self.view.reader.open(prose).places();
        self.used.origin.parts.extend(self.names.given.drain(..).map(|(name, offset)| (name, places.at(offset, 0))));
    }

    /// Says whose worksheets come next: a handout or a page, by a name that stays the same when its text changes.
    pub fn start_sheets(&mut self, owner: &str) {
        self.sheets = (owner.to_owned(), 0);
    }

    /// A name for the next worksheet under which a browser can keep its answers. It says nothing of what the worksheet is.
    pub fn next_sheet(&mut self) -> String {
        self.sheets.1 += 1;
        short_hash(&format!("{}#{}", self.sheets.0, self.sheets.1))
    }

    /// What stands before the names of this part of the page.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// A text as HTML blocks; its highest heading gets level `top`.
    pub fn block<A: Audience>(&mut self, prose: &Prose<A>, top: u8) -> String
    where
        V: MayRead<A>,
    {
        let markdown = &self.view.reader.open(prose).value;
        let (style, names, mut resolve) = Self::tools(self.view, &self.root, &self.prefix, &mut self.names, &mut self.used.pictures, prose, top);
        let html = markdown::block(markdown, &style, names, &mut resolve);
        drop(resolve);
        self.headings_come_from(prose);
        html
    }

    /// A text as sections, cut at its highest headings, which get level `top`.
    pub fn sections<A: Audience>(&mut self, prose: &Prose<A>, top: u8) -> Vec<Section>
    where
        V: MayRead<A>,
    {
        let markdown = &self.view.reader.open(prose).value;
        let (style, names, mut resolve) = Self::tools(self.view, &self.root, &self.prefix, &mut self.names, &mut self.used.pictures, prose, top);
        let sections = markdown::sections(markdown, &style, names, &mut resolve);
        drop(resolve);
        self.headings_come_from(prose);
        sections
    }

    /// A text as HTML for the inside of a line.
    pub fn inline<A: Audience>(&mut self, prose: &Prose<A>) -> String
    where
        V: MayRead<A>,
    {
        self.inline_of(prose, str::to_owned)
    }

    /// A text as pieces of HTML for the inside of a line, cut at its gaps (`____`).
    pub fn pieces<A: Audience>(&mut self, prose: &Prose<A>) -> Vec<String>
    where
        V: MayRead<A>,
    {
        // A mark that no keyboard types stands for a gap while Markdown reads the text.
        const GAP: char = '\u{e000}';
        let html = self.inline_of(prose, |text| {
            let mut marked = String::new();
            let mut rest = text;
            while let Some(at) = rest.find("___") {
                let (before, gap) = rest.split_at(at);
                marked.push_str(before);
                marked.push(GAP);
                rest = gap.trim_start_matches('_');
            }
            marked + rest
        });
        html.split(GAP).map(str::to_owned).collect()
    }

    fn inline_of<A: Audience>(&mut self, prose: &Prose<A>, prepare: impl FnOnce(&str) -> String) -> String
    where
        V: MayRead<A>,
    {
        let markdown = prepare(&self.view.reader.open(prose).value);
        let (style, _, mut resolve) = Self::tools(self.view, &self.root, &self.prefix, &mut self.names, &mut self.used.pictures, prose, 1);
        markdown::inline(&markdown, style.smart, &mut resolve)
    }

    /// A text without its marks.
    pub fn plain<A: Audience>(&self, prose: &Prose<A>) -> String
    where
        V: MayRead<A>,
    {
        markdown::plain(&self.view.reader.open(prose).value, self.view.smart)
    }

    /// A text without its marks, cut at every heading.
    pub fn plain_sections<A: Audience>(&mut self, prose: &Prose<A>) -> Vec<PlainSection>
    where
        V: MayRead<A>,
    {
        markdown::plain_sections(&self.view.reader.open(prose).value, self.view.smart, &mut self.names)
    }

    /// What the page has used, and where it comes from.
    pub fn into_used(self) -> Used {
        self.used
    }

    fn tools<'t, A: Audience>(
        view: &'t View<'_, V>,
        root: &'t str,
        prefix: &'t str,
        names: &'t mut HeadingNames,
        used: &'t mut BTreeSet<SourcePath>,
        prose: &Prose<A>,
        top: u8,
    ) -> (Style<'t>, &'t mut HeadingNames, impl FnMut(Target<'_>) -> Option<String> + 't) {
        let folder = prose.span().file.parent();
        let resolve = move |target: Target<'_>| match target {
            Target::Link(address) => match where_to(address) {
                Destination::Elsewhere => Some(address.to_owned()),
                Destination::Here(anchor) => Some(format!("#{prefix}s-{anchor}")),
                Destination::File(path, anchor) => {
                    let url = view.links.get(&folder.join(&path))?;
                    let anchor = anchor.map(|anchor| format!("#s-{anchor}")).unwrap_or_default();
                    Some(format!("{root}{url}{anchor}"))
                }
                Destination::Refused => None,
            },
            Target::Picture(address) => {
                let path = folder.join(&decoded(address));
                let url = view.pictures.get(&path)?;
                used.insert(path);
                Some(format!("{root}{url}"))
            }
        };
        (Style { top, smart: view.smart, id_prefix: prefix }, names, resolve)
    }
}
