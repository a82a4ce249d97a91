//! A curriculum through one reader's eyes: the only way from an author's text to HTML.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::audience::{Audience, MayRead, Member, Prose, Reader};
use crate::link::{Destination, decoded, where_to};
use crate::markdown::{self, HeadingNames, PlainSection, Section, Style, Target};
use crate::model::{Block, Curriculum, Module, Slug, THREADS, Title};
use crate::source::{SourcePath, Span};

use super::blocks;
use super::body::{self, Bodies, Body, Holds, Placed};
use super::page::{Met, Origin, Used, root_of, short_hash};
use super::search::{self, Part};

/// A curriculum as `V` may see it, with the links that exist on `V`'s site.
pub struct View<'c, V> {
    /// The curriculum.
    pub curriculum: &'c Curriculum,
    reader: Reader<V>,
    links: Arc<BTreeMap<SourcePath, String>>,
    pictures: &'c BTreeMap<SourcePath, String>,
    /// Whether its pages stand with those in other languages: each edition in a folder of its own, and what they share above it.
    in_languages: bool,
    /// The bodies of its handouts and pages.
    bodies: Arc<Bodies>,
    /// The colours of its modules.
    threads: Arc<BTreeMap<&'c Slug, &'c str>>,
}

/// The language of a text on a page in another language.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Tongue {
    lang: String,
    dir: &'static str,
}

impl Tongue {
    /// A language by its code.
    pub fn of(language: &str) -> Self {
        Self { lang: language.to_owned(), dir: direction(language) }
    }

    /// Its name and direction as attributes.
    fn attributes(&self) -> String {
        // The code of a language has letters, digits and hyphens only.
        format!("lang=\"{}\" dir=\"{}\"", self.lang, self.dir)
    }
}

/// The languages that are written from right to left.
const RIGHT_TO_LEFT: [&str; 8] = ["ar", "dv", "fa", "he", "ku", "ps", "ur", "yi"];

/// Which way a language is written.
pub fn direction(language: &str) -> &'static str {
    let code = language.split('-').next().unwrap_or_default();
    if RIGHT_TO_LEFT.contains(&code) { "rtl" } else { "ltr" }
}

impl<'c, V: Audience> View<'c, V> {
    /// A view. `links` gives the address of every source file that is a page of this site, `pictures` that of every picture.
    pub fn new(curriculum: &'c Curriculum, links: BTreeMap<SourcePath, String>, pictures: &'c BTreeMap<SourcePath, String>) -> Self {
        // A module has its own colour, or the next in order.
        let named = curriculum.modules.iter().zip(THREADS.iter().cycle());
        let threads = named.map(|(module, next)| (&module.slug, module.thread.as_deref().unwrap_or(next))).collect();
        Self { curriculum, reader: Reader::new(), links: Arc::new(links), pictures, in_languages: false, bodies: Arc::default(), threads: Arc::new(threads) }
    }

    /// The same for a site whose pages stand in several languages.
    #[must_use]
    pub fn in_languages(self) -> Self {
        Self { in_languages: true, ..self }
    }

    /// The same with bodies that another site of this curriculum shows as well.
    #[must_use]
    pub fn with_bodies(self, bodies: &Arc<Bodies>) -> Self {
        Self { bodies: Arc::clone(bodies), ..self }
    }

    /// The same site through members' eyes.
    fn for_members(&self) -> View<'c, Member> {
        let Self { curriculum, links, pictures, in_languages, bodies, threads, .. } = self;
        View {
            curriculum,
            reader: Reader::new(),
            links: Arc::clone(links),
            pictures,
            in_languages: *in_languages,
            bodies: Arc::clone(bodies),
            threads: Arc::clone(threads),
        }
    }

    /// Whether English typography is right for a text.
    fn is_smart<A: Audience>(&self, prose: &Prose<A>) -> bool {
        self.curriculum.language_of(&prose.span().file).split('-').next() == Some("en")
    }

    /// The language of a file's texts, where it is not that of the pages.
    fn tongue(&self, file: &SourcePath) -> Option<Tongue> {
        let language = self.curriculum.language_of(file);
        (language != self.curriculum.language).then(|| Tongue::of(language))
    }

    /// The body of a handout or page, whose title this is, as words to look for.
    pub fn parts(&self, title: &Title, blocks: &[Block]) -> Arc<[Part]> {
        self.bodies.parts(&title.span.file, || search::parts(&mut self.for_members().page(""), blocks))
    }

    /// A writer for the page with this address.
    pub fn page(&self, url: &str) -> PageWriter<'_, V> {
        PageWriter {
            view: self,
            url: url.to_owned(),
            root: root_of(url),
            names: HeadingNames::default(),
            prefix: String::new(),
            blocks: 0,
            sheets: (String::new(), 0),
            met: Met::default(),
            bodies: Vec::new(),
            origin: Origin { file: self.curriculum.folder.join("curriculum.yml"), own: Vec::new(), of_bodies: Vec::new() },
        }
    }
}

/// Writes the texts of one page, and keeps what must be unique on it.
pub struct PageWriter<'v, V> {
    view: &'v View<'v, V>,
    url: String,
    root: String,
    names: HeadingNames,
    prefix: String,
    blocks: u32,
    /// Whose worksheets are being written, and how many have been.
    sheets: (String, u32),
    met: Met,
    /// The bodies that stand on the page.
    bodies: Vec<Placed>,
    origin: Origin,
}

impl<V: Audience> PageWriter<'_, V> {
    /// The way from this page to the root of its site.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The way from this page to what all languages share: the root of the site, or the folder above that of an edition.
    pub fn shared(&self) -> String {
        let is_above = self.view.in_languages && self.view.curriculum.is_edition();
        format!("{}{}", self.root, if is_above { "../" } else { "" })
    }

    /// This page in each language in which it stands: the language, its address from here, and whether it is this one.
    pub fn languages(&self) -> Vec<(&str, String, bool)> {
        let curriculum = self.view.curriculum;
        if !self.view.in_languages || curriculum.languages.len() < 2 {
            return Vec::new();
        }
        let shared = self.shared();
        let each = curriculum.languages.iter().map(|language| {
            let folder = if language == curriculum.main_language() { String::new() } else { format!("{language}/") };
            (language.as_str(), format!("{shared}{folder}{}", self.url), *language == curriculum.language)
        });
        each.collect()
    }

    /// The language of a file's texts, where it is not that of the page.
    pub fn tongue(&self, file: &SourcePath) -> Option<Tongue> {
        self.view.tongue(file)
    }

    /// The colour of a module.
    pub fn thread(&self, module: &Module) -> String {
        self.view.threads.get(&module.slug).copied().unwrap_or("moss").to_owned()
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
        self.origin.file = file.clone();
    }

    /// Says where the part of the page with this name comes from.
    pub fn comes_from(&mut self, name: &str, span: &Span) {
        self.origin.own.push((name.to_owned(), span.clone()));
    }

    /// Says where the headings come from that were just made from a text.
    fn headings_come_from<A: Audience>(&mut self, prose: &Prose<A>)
    where
        V: MayRead<A>,
    {
        let mut places = self.view.reader.open(prose).places();
        self.origin.own.extend(self.names.given.drain(..).map(|(name, offset)| (name, places.at(offset, 0))));
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
        let (style, names, mut resolve) = Self::tools(self.view, &self.root, &self.prefix, &mut self.names, &mut self.met, prose, top);
        let html = markdown::block(markdown, &style, names, &mut resolve);
        drop(resolve);
        self.headings_come_from(prose);
        match self.view.tongue(&prose.span().file) {
            Some(tongue) => format!("<div {}>{html}</div>", tongue.attributes()),
            None => html,
        }
    }

    /// A text as sections, cut at its highest headings, which get level `top`.
    pub fn sections<A: Audience>(&mut self, prose: &Prose<A>, top: u8) -> Vec<Section>
    where
        V: MayRead<A>,
    {
        let markdown = &self.view.reader.open(prose).value;
        let (style, names, mut resolve) = Self::tools(self.view, &self.root, &self.prefix, &mut self.names, &mut self.met, prose, top);
        let sections = markdown::sections(markdown, &style, names, &mut resolve);
        drop(resolve);
        self.headings_come_from(prose);
        sections
    }

    /// A text as HTML for the inside of a line; one in another language says so.
    pub fn inline<A: Audience>(&mut self, prose: &Prose<A>) -> String
    where
        V: MayRead<A>,
    {
        let html = self.inline_of(prose, str::to_owned);
        self.marked(prose, html)
    }

    /// The same without a word on the language: the same for readers of all languages.
    pub fn inline_alone(&mut self, prose: &Prose<Member>) -> String
    where
        V: MayRead<Member>,
    {
        self.inline_of(prose, str::to_owned)
    }

    /// A text as its author wrote it: to tell one from another, and not to be shown.
    pub fn written<'p>(&self, prose: &'p Prose<Member>) -> &'p str
    where
        V: MayRead<Member>,
    {
        &self.view.reader.open(prose).value
    }

    fn marked<A: Audience>(&self, prose: &Prose<A>, html: String) -> String {
        match self.view.tongue(&prose.span().file) {
            Some(tongue) => format!("<span {}>{html}</span>", tongue.attributes()),
            None => html,
        }
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
        self.marked(prose, html).split(GAP).map(str::to_owned).collect()
    }

    fn inline_of<A: Audience>(&mut self, prose: &Prose<A>, prepare: impl FnOnce(&str) -> String) -> String
    where
        V: MayRead<A>,
    {
        let markdown = prepare(&self.view.reader.open(prose).value);
        let (style, _, mut resolve) = Self::tools(self.view, &self.root, &self.prefix, &mut self.names, &mut self.met, prose, 1);
        markdown::inline(&markdown, style.smart, &mut resolve)
    }

    /// A text without its marks.
    pub fn plain<A: Audience>(&self, prose: &Prose<A>) -> String
    where
        V: MayRead<A>,
    {
        markdown::plain(&self.view.reader.open(prose).value, self.view.is_smart(prose))
    }

    /// A text without its marks, cut at every heading.
    pub fn plain_sections<A: Audience>(&mut self, prose: &Prose<A>) -> Vec<PlainSection>
    where
        V: MayRead<A>,
    {
        markdown::plain_sections(&self.view.reader.open(prose).value, self.view.is_smart(prose), &mut self.names)
    }

    /// Sets the body of a handout or page, whose title this is, with headings from a level on; `owner` is the name of its worksheets.
    /// Gives what its template is given in its place.
    pub fn body(&mut self, title: &Title, owner: &str, blocks: &[Block], level: u8) -> String
    where
        V: MayRead<Member>,
    {
        let body = self.view.bodies.get::<V>(&title.span.file, || {
            // On whatever site a body stands, it is made by eyes that see members' text only.
            let view = self.view.for_members();
            let mut writer = PageWriter { root: body::ROOT.to_owned(), prefix: body::PREFIX.to_string(), ..view.page(&self.url) };
            writer.start_sheets(owner);
            let blocks = blocks::page_blocks(&mut writer, blocks, body::LEVEL);
            let PageWriter { names, blocks: named, met, origin, .. } = writer;
            let parts = origin.own.into_iter().map(|(name, span)| (name.replace(body::PREFIX, ""), span)).collect();
            Body::of(blocks, Holds { names, blocks: named, met, parts })
        });
        // What follows on the page takes other names.
        self.names = body.holds.names.clone();
        self.blocks = body.holds.blocks;
        self.met.pictures.extend(body.holds.met.pictures.iter().cloned());
        self.origin.of_bodies.push((self.prefix.clone(), Arc::clone(&body.holds.parts)));
        self.bodies.push(Placed { body, level, prefix: self.prefix.clone(), root: self.root.clone() });
        body::place(self.bodies.len() - 1)
    }

    /// What the page has used, and where it comes from.
    pub fn into_used(self) -> Used {
        Used { pictures: self.met.pictures, bodies: self.bodies, origin: Some(self.origin) }
    }

    fn tools<'t, A: Audience>(
        view: &'t View<'_, V>,
        root: &'t str,
        prefix: &'t str,
        names: &'t mut HeadingNames,
        met: &'t mut Met,
        prose: &Prose<A>,
        top: u8,
    ) -> (Style<'t>, &'t mut HeadingNames, impl FnMut(Target<'_>) -> Option<String> + 't) {
        let folder = prose.span().file.parent();
        let above = if view.in_languages && view.curriculum.is_edition() { "../" } else { "" };
        let smart = view.is_smart(prose);
        let resolve = move |target: Target<'_>| match target {
            Target::Link(address) => match where_to(address) {
                Destination::Elsewhere => Some(address.to_owned()),
                Destination::Here(anchor) => Some(format!("#{prefix}s-{anchor}")),
                Destination::File(path, anchor) => {
                    met.links = true;
                    let url = view.links.get(&folder.join(&path))?;
                    let anchor = anchor.map(|anchor| format!("#s-{anchor}")).unwrap_or_default();
                    Some(format!("{root}{url}{anchor}"))
                }
                Destination::Refused => None,
            },
            Target::Picture(address) => {
                let path = folder.join(&decoded(address));
                let url = view.pictures.get(&path)?;
                met.pictures.insert(path);
                Some(format!("{root}{above}{url}"))
            }
        };
        (Style { top, smart, id_prefix: prefix }, names, resolve)
    }
}
