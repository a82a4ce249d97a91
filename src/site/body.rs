//! The body of a handout or a page for members. It stands on many pages: its own on both sites, its session's, the workbook. So it is
//! made once, with holes where these differ: in the names on the page, the ways to other pages, and the levels of headings.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde::Serialize;

use super::blocks::BlockView;
use super::page::{Met, NamedPart};
use super::search::Part;
use crate::audience::Audience;
use crate::markdown::HeadingNames;
use crate::source::SourcePath;

/// The template of a body.
pub const TEMPLATE: &str = "shared/body.html";

/// The heading level for which bodies are made.
pub const LEVEL: u8 = 2;

/// Stands in a body for what comes before the names on a page. Like the next two it is a sign that no author's text may have.
pub const PREFIX: char = '\u{1}';

/// Stands in a body for the way to the root of the site.
pub const ROOT: &str = "\u{2}";

/// Stands in a page before and after the number of the body that comes there.
const PLACE: char = '\u{3}';

/// What comes into a hole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Hole {
    /// What stands before the names of this part of the page.
    Prefix,
    /// The way to the root of the site.
    Root,
    /// The digit of a heading; this is the one that it has at `LEVEL`.
    Level(u8),
}

/// Holes as they stand in HTML, behind a `<`: what Markdown writes into an address, it writes in its own way. No text that an author
/// wrote has a `<` before it.
const IN_TAGS: [(&str, &str, Hole); 3] = [("a href=\"", "%02", Hole::Root), ("a href=\"#", "%01", Hole::Prefix), ("img src=\"", "%02", Hole::Root)];

/// HTML with holes.
#[derive(PartialEq, Eq, Debug)]
struct Cut {
    html: String,
    /// The holes in their order: the bytes of what stands for each.
    holes: Vec<(Range<usize>, Hole)>,
}

impl Cut {
    fn of(html: String) -> Self {
        let mut holes: Vec<(Range<usize>, Hole)> = html.match_indices('<').filter_map(|(at, _)| in_tag(html.get(at + 1..)?, at + 1)).collect();
        holes.extend(html.match_indices(PREFIX).map(|(at, sign)| (at..at + sign.len(), Hole::Prefix)));
        holes.sort_unstable_by_key(|(range, _)| range.start);
        Self { html, holes }
    }
}

/// The hole in a tag, from behind its `<`, which is byte `at` of the whole.
fn in_tag(tag: &str, at: usize) -> Option<(Range<usize>, Hole)> {
    let (name, at_name) = tag.strip_prefix('/').map_or((tag, at), |name| (name, at + 1));
    if let [b'h', digit @ b'1'..=b'6', b' ' | b'>', ..] = name.as_bytes() {
        return Some((at_name + 1..at_name + 2, Hole::Level(digit - b'0')));
    }
    let found = IN_TAGS.iter().find(|(before, mark, _)| tag.strip_prefix(before).is_some_and(|rest| rest.starts_with(mark)));
    found.map(|(before, mark, hole)| (at + before.len()..at + before.len() + mark.len(), *hole))
}

/// What is in a body.
#[derive(Default)]
pub struct Holds {
    /// The names of its headings, so that what follows it on a page takes others.
    pub names: HeadingNames,
    /// How many blocks have a name.
    pub blocks: u32,
    /// The pictures that it shows, and whether it links to a file: then it is not the same on the other site.
    pub met: Met,
    /// Its named parts that come from a known line; the names lack their prefix.
    pub parts: Arc<[NamedPart]>,
}

/// A body, for every page that shows it.
pub struct Body {
    /// What is in it.
    pub holds: Holds,
    state: Mutex<State>,
}

enum State {
    /// What its template is given.
    Given(Vec<BlockView>),
    /// Its HTML with holes.
    Filled(Arc<Cut>),
}

/// What the template of a body is given.
#[derive(Serialize)]
struct Given<'b> {
    blocks: &'b [BlockView],
    level: u8,
}

impl Body {
    /// A body with these blocks.
    pub fn of(blocks: Vec<BlockView>, holds: Holds) -> Self {
        Self { holds, state: Mutex::new(State::Given(blocks)) }
    }

    /// Its HTML with holes. `fill` fills its template: once for all pages, as long as that goes well.
    fn cut<E>(&self, fill: impl FnOnce(&tera::Context) -> Result<String, E>) -> Result<Arc<Cut>, E> {
        // Whoever else needs it waits here.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let blocks = match &*state {
            State::Filled(cut) => return Ok(Arc::clone(cut)),
            State::Given(blocks) => blocks,
        };
        // A struct with plain names for keys, so turning it into a context cannot fail.
        let context = tera::Context::from_serialize(&Given { blocks, level: LEVEL }).unwrap_or_default();
        let cut = Arc::new(Cut::of(fill(&context)?));
        *state = State::Filled(Arc::clone(&cut));
        Ok(cut)
    }
}

/// A body on one page.
pub struct Placed {
    /// The body.
    pub body: Arc<Body>,
    /// The level of its highest headings.
    pub level: u8,
    /// What stands before its names.
    pub prefix: String,
    /// The way from the page to the root of its site.
    pub root: String,
}

impl Placed {
    /// Writes the body as this page shows it.
    fn write(&self, cut: &Cut, page: &mut String) {
        let mut from = 0;
        for (range, hole) in &cut.holes {
            page.push_str(cut.html.get(from..range.start).unwrap_or_default());
            from = range.end;
            match hole {
                Hole::Prefix => page.push_str(&self.prefix),
                Hole::Root => page.push_str(&self.root),
                Hole::Level(level) => page.push(char::from(b'0' + (level + self.level.saturating_sub(LEVEL)).min(6))),
            }
        }
        page.push_str(cut.html.get(from..).unwrap_or_default());
    }

    /// At most how many bytes the body takes on this page.
    fn len(&self, cut: &Cut) -> usize {
        cut.html.len() + cut.holes.len() * self.prefix.len().max(self.root.len()).max(1)
    }
}

/// What a page is given in place of its body with this number.
pub fn place(number: usize) -> String {
    format!("{PLACE}{number}{PLACE}")
}

/// Puts bodies into a page, each where its place is. `fill` fills the template of a body.
pub fn put<E>(page: String, bodies: &[Placed], fill: impl Fn(&tera::Context) -> Result<String, E>) -> Result<String, E> {
    if bodies.is_empty() {
        return Ok(page);
    }
    let cuts: Vec<Arc<Cut>> = bodies.iter().map(|placed| placed.body.cut(&fill)).collect::<Result<_, _>>()?;
    let room: usize = bodies.iter().zip(&cuts).map(|(placed, cut)| placed.len(cut)).sum();
    let mut whole = String::with_capacity(page.len() + room);
    for (n, piece) in page.split(PLACE).enumerate() {
        // What stands between two signs is a number.
        if n % 2 == 0 {
            whole.push_str(piece);
        } else if let Some((placed, cut)) = piece.parse::<usize>().ok().and_then(|n| Some((bodies.get(n)?, cuts.get(n)?))) {
            placed.write(cut, &mut whole);
        }
    }
    Ok(whole)
}

/// The bodies of a curriculum, each made for the first page that shows it, on either site.
#[derive(Default)]
pub struct Bodies(Mutex<BTreeMap<SourcePath, Arc<Shelf>>>);

/// A body as the two sites show it.
#[derive(Default)]
struct Shelf {
    /// As whoever asked first shows it, by the name of the audience.
    first: OnceLock<(&'static str, Arc<Body>)>,
    /// As the other site shows it, where that is not the same.
    other: OnceLock<Arc<Body>>,
    /// Its words, to be looked for.
    parts: OnceLock<Arc<[Part]>>,
}

impl Bodies {
    fn shelf(&self, file: &SourcePath) -> Arc<Shelf> {
        let mut shelves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(shelves.entry(file.clone()).or_default())
    }

    /// The words of the body of a file, part by part.
    pub fn parts(&self, file: &SourcePath, read: impl FnOnce() -> Vec<Part>) -> Arc<[Part]> {
        Arc::clone(self.shelf(file).parts.get_or_init(|| read().into()))
    }

    /// The body of a file on `V`'s site.
    pub fn get<V: Audience>(&self, file: &SourcePath, make: impl Fn() -> Body) -> Arc<Body> {
        let shelf = self.shelf(file);
        let (of, body) = shelf.first.get_or_init(|| (V::NAME, Arc::new(make())));
        Arc::clone(if *of == V::NAME || !body.holds.met.links { body } else { shelf.other.get_or_init(|| Arc::new(make())) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MADE: &str = "<h2 id=\"\u{1}s-a\">A</h2><p><a href=\"%02x.html\">b</a> <a href=\"#%01s-a\">c</a> a href=\"%02 %01</p>\
        <h6>e</h6><header></header><hr /><img src=\"%02p.png\" alt=\"\" /><label for=\"\u{1}w-1\" id=\"\u{1}w-2\">f</label>";

    fn body(html: &str, links: bool) -> Body {
        let body = Body::of(Vec::new(), Holds { met: Met { links, ..Met::default() }, ..Holds::default() });
        body.cut(|_| Ok::<_, ()>(html.to_owned())).unwrap();
        body
    }

    fn shown(level: u8, prefix: &str, root: &str) -> String {
        let placed = Placed { body: Arc::new(body(MADE, false)), level, prefix: prefix.into(), root: root.into() };
        put(format!("[{}]", place(0)), &[placed], |_| Err("filled twice")).unwrap()
    }

    #[test]
    fn holes_are_filled_as_a_page_needs() {
        assert_eq!(
            shown(4, "h1-", "../"),
            "[<h4 id=\"h1-s-a\">A</h4><p><a href=\"../x.html\">b</a> <a href=\"#h1-s-a\">c</a> a href=\"%02 %01</p>\
             <h6>e</h6><header></header><hr /><img src=\"../p.png\" alt=\"\" /><label for=\"h1-w-1\" id=\"h1-w-2\">f</label>]"
        );
        let plain = MADE.replace("\u{1}", "").replace("\"%02", "\"").replace("\"#%01", "\"#");
        assert_eq!(shown(2, "", ""), format!("[{}]", plain.replace("a href=\" %01", "a href=\"%02 %01")));
    }

    #[test]
    fn a_body_that_links_is_made_for_each_site() {
        use crate::audience::{Facilitator, Member};
        let file = SourcePath::new("a.md");
        for links in [false, true] {
            let bodies = Bodies::default();
            let members = bodies.get::<Member>(&file, || body("m", links));
            let guide = bodies.get::<Facilitator>(&file, || body("g", links));
            assert_eq!(Arc::ptr_eq(&members, &guide), !links);
            assert!(Arc::ptr_eq(&guide, &bodies.get::<Facilitator>(&file, || unreachable!())));
        }
    }
}
