//! Markdown to HTML, and what a text holds: headings, links, pictures. Knows no curriculum and no audience.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::source::hidden_sign;

/// How a text is shown.
pub struct Style<'a> {
    /// The level, from 1 to 6, that the text's highest heading gets.
    pub top: u8,
    /// Whether straight quotes become the curly ones of English.
    pub smart: bool,
    /// What stands before the names of headings, so that several texts fit on one page.
    pub id_prefix: &'a str,
}

/// What a link or picture points to, as written.
pub enum Target<'a> {
    /// A link.
    Link(&'a str),
    /// A picture.
    Picture(&'a str),
}

/// Names that headings get on one page: `s-why-it-helps`, and `s-why-it-helps-2` for the next of that name.
#[derive(Clone, Default)]
pub struct HeadingNames {
    seen: BTreeMap<String, u32>,
    /// The names given since someone last took this list, each with the byte of the text at which its heading begins.
    pub given: Vec<(String, usize)>,
}

impl HeadingNames {
    /// The name for the next heading with this text.
    pub fn next(&mut self, text: &str) -> String {
        let slug = slug(text);
        let seen = self.seen.entry(slug.clone()).or_insert(0);
        *seen += 1;
        if *seen == 1 { slug } else { format!("{slug}-{seen}") }
    }
}

/// A heading's text as a name: small letters and digits of any script, with hyphens between.
fn slug(text: &str) -> String {
    let mut slug = String::from("s-");
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug: String = slug.trim_end_matches('-').chars().take(80).collect();
    if slug == "s" { "s-section".into() } else { slug }
}

/// A piece of a rendered text: each second-highest heading begins a new one.
pub struct Section {
    /// The heading: its name and its HTML.
    pub heading: Option<(String, String)>,
    /// What follows it, as HTML.
    pub html: String,
}

/// What of Markdown is read.
pub(crate) fn options(smart: bool) -> Options {
    let mut options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    if smart {
        options |= Options::ENABLE_SMART_PUNCTUATION;
    }
    options
}

/// Whether a text of one line says nothing to Markdown: most labels, options, goals and steps. Reading one takes the parser longer than
/// all that is done with it.
pub(crate) fn is_bare(text: &str, smart: bool) -> bool {
    let bytes = text.as_bytes();
    let at = |n: usize| bytes.get(n).copied().unwrap_or(b' ');
    let is_plain = |n: usize, byte: u8| match byte {
        b'.' | b'-' => at(n + 1) != byte,
        b'\'' => n > 0 && at(n - 1).is_ascii_alphabetic() && at(n + 1).is_ascii_alphabetic(),
        b'"' => !smart,
        _ => false,
    };
    let says_nothing = |byte: u8| SAY_NOTHING.get(usize::from(byte)).is_some_and(|nothing| *nothing);
    bytes.iter().enumerate().all(|(n, byte)| says_nothing(*byte) || is_plain(n, *byte)) && !text.starts_with(NO_MARK)
}

/// The bytes that say nothing to Markdown whatever stands beside them. Nearly all are such, so they are looked up.
#[expect(clippy::indexing_slicing, reason = "the compiler works it out, and would tell")]
static SAY_NOTHING: [bool; 256] = {
    let mut table = [false; 256];
    let mut n: u8 = 0;
    loop {
        let is_mark = matches!(n, b' ' | b',' | b';' | b':' | b'?' | b'!' | b'(' | b')' | b'%' | b'/' | b'+' | b'=' | b'$');
        table[n as usize] = is_mark || n.is_ascii_alphanumeric() || !n.is_ascii();
        if n == u8::MAX {
            break table;
        }
        n += 1;
    }
};

/// A bare text as it is shown.
fn shown(text: &str, smart: bool) -> String {
    if smart { text.replace('\'', "’") } else { text.to_owned() }
}

/// A text that is one paragraph of one bare line, as it is shown.
fn one_paragraph(markdown: &str, smart: bool) -> Option<String> {
    let line = markdown.trim_end_matches('\n');
    let is_paragraph = line.starts_with(char::is_alphabetic) && !line.ends_with(char::is_whitespace) && is_bare(line, smart);
    is_paragraph.then(|| shown(line, smart))
}

/// A text as sections, cut at its highest headings. `resolve` gives a link or picture its address; without one it is shown as text.
pub fn sections(markdown: &str, style: &Style<'_>, names: &mut HeadingNames, resolve: &mut dyn FnMut(Target<'_>) -> Option<String>) -> Vec<Section> {
    if let Some(text) = one_paragraph(markdown, style.smart) {
        return vec![Section { heading: None, html: format!("<p>{text}</p>\n") }];
    }
    let mut offsets = Vec::new();
    let parser = Parser::new_ext(markdown, options(style.smart)).into_offset_iter().map(|(event, range)| {
        if matches!(event, Event::Start(Tag::Heading { .. })) {
            offsets.push(range.start);
        }
        event
    });
    let events = captioned(parser.map(refuse_html).collect(), style.smart);
    let mut offsets = offsets.into_iter();
    let highest = highest_heading(&events);
    let mut sections = Vec::new();
    let mut heading: Option<(String, String)> = None;
    let mut rest: Vec<Event<'_>> = Vec::new();
    let mut events = events.into_iter();
    while let Some(event) = events.next() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let inner: Vec<Event<'_>> = events.by_ref().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_)))).collect();
                let name = format!("{}{}", style.id_prefix, names.next(&plain_of(&inner)));
                names.given.push((name.clone(), offsets.next().unwrap_or_default()));
                let html = html_of(inner.into_iter(), resolve);
                if Some(level) == highest {
                    end_section(&mut sections, heading.take(), &mut rest, resolve);
                    heading = Some((name, html));
                } else {
                    let level = shifted(level, highest, style.top);
                    rest.push(Event::InlineHtml(format!("<h{level} id=\"{name}\">{html}</h{level}>\n").into()));
                }
            }
            event => rest.push(event),
        }
    }
    end_section(&mut sections, heading, &mut rest, resolve);
    sections
}

/// Pictures that stand alone and have a title become figures, with the title below them as their caption: a title that shows only
/// under the pointer of a mouse is read by nobody on a phone or on paper.
fn captioned(events: Vec<Event<'_>>, smart: bool) -> Vec<Event<'_>> {
    let mut figures = Vec::with_capacity(events.len());
    let mut events = events.into_iter().peekable();
    while let Some(event) = events.next() {
        let is_alone = |event: &Event<'_>| matches!(event, Event::Start(Tag::Image { title, .. }) if !title.trim().is_empty());
        if event != Event::Start(Tag::Paragraph) || !events.peek().is_some_and(is_alone) {
            figures.push(event);
            continue;
        }
        let mut inside: Vec<Event<'_>> = events.by_ref().take_while(|event| *event != Event::End(TagEnd::Paragraph)).collect();
        let pictures = inside.iter().filter(|event| matches!(event, Event::Start(Tag::Image { .. }))).count();
        let is_all = pictures == 1 && inside.last() == Some(&Event::End(TagEnd::Image));
        match inside.first_mut() {
            Some(Event::Start(Tag::Image { title, .. })) if is_all => {
                let caption = inline(&std::mem::replace(title, "".into()), smart, &mut |_| None);
                figures.push(Event::InlineHtml("<figure>".into()));
                figures.append(&mut inside);
                figures.push(Event::InlineHtml(format!("<figcaption>{caption}</figcaption></figure>\n").into()));
            }
            _ => {
                figures.push(event);
                figures.append(&mut inside);
                figures.push(Event::End(TagEnd::Paragraph));
            }
        }
    }
    figures
}

fn end_section(
    sections: &mut Vec<Section>,
    heading: Option<(String, String)>,
    rest: &mut Vec<Event<'_>>,
    resolve: &mut dyn FnMut(Target<'_>) -> Option<String>,
) {
    if heading.is_some() || !rest.is_empty() {
        // Raw HTML of the author's has become text by now; what is left as HTML are the headings made above.
        let html = trusted_html(std::mem::take(rest), resolve);
        sections.push(Section { heading, html });
    }
}

/// A text as HTML blocks.
pub fn block(markdown: &str, style: &Style<'_>, names: &mut HeadingNames, resolve: &mut dyn FnMut(Target<'_>) -> Option<String>) -> String {
    let mut html = String::with_capacity(markdown.len() * 5 / 4);
    for section in sections(markdown, style, names, resolve) {
        if let Some((name, heading)) = section.heading {
            html.push_str(&format!("<h{0} id=\"{name}\">{heading}</h{0}>\n", style.top));
        }
        html.push_str(&section.html);
    }
    html
}

/// Stands before a text of one line while Markdown reads it, so that its first letters are no mark: a question may begin
/// with `1.` or `#`. Readers never see it.
pub(crate) const NO_MARK: char = '\u{2060}';

/// A text as Markdown should read it when it stands inside a line.
pub(crate) fn as_line(markdown: &str) -> std::borrow::Cow<'_, str> {
    let line = markdown.trim();
    if line.contains('\n') { line.into() } else { format!("{NO_MARK}{line}").into() }
}

/// A text as HTML that fits inside a line: paragraphs, lists and headings lose their frames.
pub fn inline(markdown: &str, smart: bool, resolve: &mut dyn FnMut(Target<'_>) -> Option<String>) -> String {
    if is_bare(markdown, smart) {
        return shown(markdown.trim(), smart);
    }
    let markdown = as_line(markdown);
    let mut kept = Vec::new();
    let mut between = false;
    for event in Parser::new_ext(&markdown, options(smart)) {
        match event {
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
            | Event::Text(_)
            | Event::Code(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::SoftBreak
            | Event::HardBreak => {
                if between && !kept.is_empty() {
                    kept.push(Event::Text(" ".into()));
                }
                between = false;
                kept.push(match event {
                    Event::SoftBreak => Event::Text(" ".into()),
                    event => refuse_html(event),
                });
            }
            _ => between = true,
        }
    }
    html_of(kept.into_iter(), resolve).trim_start_matches(NO_MARK).to_owned()
}

/// A text without its marks.
pub fn plain(markdown: &str, smart: bool) -> String {
    let is_wide = |text: &str| text.contains("  ") || text.contains(|c: char| !c.is_ascii() && c.is_whitespace());
    if is_bare(markdown, smart) && !is_wide(markdown) {
        return shown(markdown.trim(), smart);
    }
    let markdown = as_line(markdown);
    let events: Vec<Event<'_>> = Parser::new_ext(&markdown, options(smart)).collect();
    plain_of(&events).trim_start_matches(NO_MARK).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Calls `see` with a text without its marks, piece by piece; a word may go on in the next piece. White space is as it was written.
pub fn each_plain(markdown: &str, see: &mut dyn FnMut(&str)) {
    if is_bare(markdown, false) {
        return see(markdown);
    }
    // The caption of a picture is read after its words.
    let mut caption = CowStr::from("");
    for event in Parser::new_ext(&as_line(markdown), options(false)) {
        match event {
            Event::Start(Tag::Image { title, .. }) => caption = title,
            Event::End(TagEnd::Image) => [" ", &std::mem::replace(&mut caption, "".into())].into_iter().for_each(&mut *see),
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => see(&words),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_) | TagEnd::TableCell) => see(" "),
            _ => {}
        }
    }
}

/// A stretch of a text without its marks.
pub struct PlainSection {
    /// The heading that it stands under: its name and its words.
    pub heading: Option<(String, String)>,
    /// Its words.
    pub text: String,
}

/// A text without its marks, cut at every heading; the names of headings are those that `sections` gives them.
pub fn plain_sections(markdown: &str, smart: bool, names: &mut HeadingNames) -> Vec<PlainSection> {
    if let Some(text) = one_paragraph(markdown, smart) {
        return vec![PlainSection { heading: None, text }];
    }
    let mut sections = Vec::new();
    let mut heading = None;
    let mut rest: Vec<Event<'_>> = Vec::new();
    let mut events = Parser::new_ext(markdown, options(smart));
    let mut end = |heading: Option<(String, String)>, rest: &mut Vec<Event<'_>>| {
        if heading.is_some() || !rest.is_empty() {
            sections.push(PlainSection { heading, text: plain_of(&std::mem::take(rest)) });
        }
    };
    while let Some(event) = events.next() {
        if matches!(event, Event::Start(Tag::Heading { .. })) {
            end(heading.take(), &mut rest);
            let inner: Vec<Event<'_>> = events.by_ref().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_)))).collect();
            let words = plain_of(&inner);
            heading = Some((names.next(&words), words));
        } else {
            rest.push(event);
        }
    }
    end(heading, &mut rest);
    sections
}

fn plain_of(events: &[Event<'_>]) -> String {
    let mut text = String::new();
    // The caption of a picture is read after its words.
    let mut caption = "";
    for event in events {
        match event {
            Event::Start(Tag::Image { title, .. }) => caption = title,
            Event::End(TagEnd::Image) => text.extend([" ", std::mem::take(&mut caption)]),
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => text.push_str(words),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_) | TagEnd::TableCell) => text.push(' '),
            _ => {}
        }
    }
    text
}

fn html_of<'e>(events: impl Iterator<Item = Event<'e>>, resolve: &mut dyn FnMut(Target<'_>) -> Option<String>) -> String {
    trusted_html(events.map(refuse_html).collect(), resolve)
}

/// Writes events as HTML, with the addresses that `resolve` gives.
fn trusted_html(events: Vec<Event<'_>>, resolve: &mut dyn FnMut(Target<'_>) -> Option<String>) -> String {
    let mut html = String::new();
    let mut dropped = 0usize;
    let events = events.into_iter().filter_map(|event| match event {
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => match resolve(Target::Link(&whole_address(link_type, &dest_url))) {
            Some(address) => Some(Event::Start(Tag::Link { link_type: link_kind(link_type), dest_url: address.into(), title, id })),
            None => {
                dropped += 1;
                None
            }
        },
        Event::End(TagEnd::Link) if dropped > 0 => {
            dropped -= 1;
            None
        }
        // An alignment would become an inline style, which the policy of the pages forbids.
        Event::Start(Tag::Table(columns)) => Some(Event::Start(Tag::Table(vec![Alignment::None; columns.len()]))),
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            let address = resolve(Target::Picture(&dest_url)).unwrap_or_default();
            Some(Event::Start(Tag::Image { link_type, dest_url: address.into(), title, id }))
        }
        event => Some(event),
    });
    pulldown_cmark::html::push_html(&mut html, events);
    html
}

/// The address of a link; for an e-mail address in `< >`, Markdown leaves `mailto:` out.
fn whole_address<'a>(kind: pulldown_cmark::LinkType, address: &'a str) -> std::borrow::Cow<'a, str> {
    match kind {
        pulldown_cmark::LinkType::Email => format!("mailto:{address}").into(),
        _ => address.into(),
    }
}

/// An address that `resolve` gave is taken as it is, even where the author wrote an e-mail address in `< >`.
fn link_kind(kind: pulldown_cmark::LinkType) -> pulldown_cmark::LinkType {
    match kind {
        pulldown_cmark::LinkType::Email => pulldown_cmark::LinkType::Inline,
        kind => kind,
    }
}

/// Raw HTML is shown as the text it is. (It has been told as an error before; this is the second lock.)
fn refuse_html(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        event => event,
    }
}

fn highest_heading(events: &[Event<'_>]) -> Option<HeadingLevel> {
    let levels = events.iter().filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(*level),
        _ => None,
    });
    levels.min()
}

/// The level of a lower heading on the page.
fn shifted(level: HeadingLevel, highest: Option<HeadingLevel>, top: u8) -> u8 {
    let below = level as u8 - highest.map_or(1, |highest| highest as u8);
    (top + below).min(6)
}

/// What a text holds that can be wrong.
pub enum Found {
    /// A heading: its level as written, from 1, and its text.
    Heading(u8, String),
    /// A link to an address, with its words.
    Link(String, String),
    /// A picture at an address, with its words.
    Picture(String, String),
    /// A table whose columns have no heads.
    TableWithoutHeads,
    /// HTML.
    Html(String),
    /// A line that begins with `::`: a block that was not seen as one.
    Colons,
    /// A quote that begins with `[!word]`, as other programs write blocks.
    Callout(String),
    /// A comment of another program, `%% … %%`, which would be shown.
    Comment,
    /// An invisible sign that is written as a number, `&#27;`.
    Hidden,
    /// Marks of another program, or mistyped ones, which would be shown: what they are, and what to write.
    Marks(&'static str, &'static str),
    /// A line that gives an address a name, `[name]: address`, which no link uses: readers would not see it.
    Unused(String),
}

/// Looks through a text; each thing comes with its bytes.
pub fn look(markdown: &str) -> Vec<(Found, Range<usize>)> {
    // What begins with a letter begins with no mark.
    let is_paragraph = markdown.starts_with(char::is_alphabetic) && is_bare(markdown, false);
    let nothing = is_paragraph && !markdown.contains("%%") && hidden_sign(markdown).is_none();
    if nothing { Vec::new() } else { parsed(markdown) }
}

/// What Markdown finds in a text.
fn parsed(markdown: &str) -> Vec<(Found, Range<usize>)> {
    let mut found = Vec::new();
    let mut heading: Option<(u8, String, Range<usize>)> = None;
    let mut link: Option<(String, String, Range<usize>)> = None;
    let mut picture: Option<(String, String, Range<usize>)> = None;
    // The words of a table's head, while it is read.
    let mut head: Option<String> = None;
    let mut line_start = true;
    let events = Parser::new_ext(markdown, options(false)).into_offset_iter();
    let definitions = events.reference_definitions().iter().map(|(label, definition)| (label.to_owned(), definition.span.clone()));
    // In the order of the text: the parser keeps them in one that changes from run to run.
    let mut unused: Vec<(String, Range<usize>)> = definitions.collect();
    unused.sort_by_key(|(_, range)| range.start);
    let mut used = BTreeSet::new();
    for (event, range) in events {
        let was_start = line_start;
        line_start = matches!(
            event,
            Event::Start(Tag::Paragraph | Tag::Item | Tag::Heading { .. } | Tag::TableCell | Tag::BlockQuote(_)) | Event::SoftBreak | Event::HardBreak
        );
        match event {
            Event::Start(Tag::Heading { level, .. }) => heading = Some((level as u8, String::new(), range)),
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, text, range)) = heading.take() {
                    if text.trim_end().ends_with('}') && text.contains(" {") {
                        found.push((Found::Marks("a heading with settings, as other programs write them", "take away what stands in `{ }`"), range.clone()));
                    }
                    found.push((Found::Heading(level, text), range));
                }
            }
            Event::Start(Tag::Link { ref title, .. } | Tag::Image { ref title, .. }) if hidden_sign(title).is_some() => found.push((Found::Hidden, range)),
            Event::Start(Tag::Link { link_type, dest_url, id, .. }) => {
                used.insert(id.to_lowercase());
                link = Some((whole_address(link_type, &dest_url).into_owned(), String::new(), range));
            }
            Event::End(TagEnd::Link) => found.extend(link.take().map(|(address, words, range)| (Found::Link(address, words), range))),
            Event::Start(Tag::TableHead) => head = Some(String::new()),
            Event::End(TagEnd::TableHead) => {
                let bare = head.take().is_some_and(|words| words.trim().is_empty());
                found.extend(bare.then_some((Found::TableWithoutHeads, range)));
            }
            Event::Start(Tag::Image { dest_url, id, .. }) => {
                used.insert(id.to_lowercase());
                picture = Some((dest_url.into_string(), String::new(), range));
            }
            Event::End(TagEnd::Image) => found.extend(picture.take().map(|(address, words, range)| (Found::Picture(address, words), range))),
            Event::Html(text) | Event::InlineHtml(text) => found.push((Found::Html(text.trim().to_owned()), range)),
            Event::Text(ref text) if hidden_sign(text).is_some() => found.push((Found::Hidden, range)),
            Event::Text(ref text) | Event::Code(ref text) => {
                if let Some((_, words, _)) = &mut heading {
                    words.push_str(text);
                }
                if let Some((_, words, _)) = &mut link {
                    words.push_str(text);
                }
                if let Some(words) = &mut head {
                    words.push_str(text);
                }
                if let Some((_, words, _)) = &mut picture {
                    words.push_str(text);
                }
                if let Event::Text(text) = &event {
                    found.extend(suspicious(text, was_start, markdown, &range).map(|what| (what, range)));
                }
            }
            _ => {}
        }
    }
    unused.retain(|(label, _)| !used.contains(&label.to_lowercase()));
    found.extend(unused.into_iter().map(|(label, range)| (Found::Unused(label), range)));
    found
}

/// Marks that Markdown left in a text, and that readers would see.
fn suspicious(text: &CowStr<'_>, line_start: bool, markdown: &str, range: &Range<usize>) -> Option<Found> {
    // `[` and `|` come as texts of their own, so the author's own bytes are read on.
    let rest = markdown.get(range.start..)?;
    // Only so far, or a long line would be walked for each of its brackets.
    let near = rest.get(..rest.floor_char_boundary(500)).unwrap_or(rest);
    let line = near.lines().next().unwrap_or_default();
    if text.contains("%%") {
        return Some(Found::Comment);
    }
    if let Some(inner) = line.strip_prefix("[[").and_then(|rest| rest.split_once("]]")).map(|(inner, _)| inner) {
        return (!inner.contains('\n')).then_some(Found::Marks("a link in double brackets, as Obsidian writes it", "write `[words](../module/handout.md)`"));
    }
    if let Some((words, after)) = line.strip_prefix('[').and_then(|line| line.split_once("](")) {
        let address = after.split(')').next().unwrap_or_default();
        if !words.contains('[') && address.contains(' ') {
            return Some(Found::Marks("a link whose address has a space in it", "write `%20` for each space, or give the file a name without spaces"));
        }
    }
    if line.strip_prefix("[^").and_then(|line| line.find(']')).is_some_and(|end| (1..40).contains(&end)) {
        return Some(Found::Marks("a footnote, as other programs write it", "write the source in the text itself, or under `source` at the head of a handout"));
    }
    if line.starts_with("][") {
        return Some(Found::Marks("a link whose address is not in this text", "put the address behind the words: `[words](five-senses.md)`"));
    }
    if !line_start {
        return None;
    }
    if text.trim_start().starts_with("::") {
        return Some(Found::Colons);
    }
    if let Some(after) = rest.strip_prefix("[!") {
        let word = after.split(']').next().filter(|word| word.len() < 30 && word.chars().all(char::is_alphanumeric))?;
        return Some(Found::Callout(word.to_owned()));
    }
    if ["[ ] ", "[x] ", "[X] "].iter().any(|mark| rest.starts_with(mark)) {
        return Some(Found::Marks("a box to tick, as other programs write it", "put it in a worksheet: `- check: …` with `options`"));
    }
    let hashes = text.chars().take_while(|c| *c == '#').count();
    if (2..=6).contains(&hashes) && text.chars().nth(hashes).is_some_and(char::is_alphabetic) {
        return Some(Found::Marks("a heading without a space", "write a space after the `#` signs: `## Why it helps`"));
    }
    let cells = line.trim();
    if cells.starts_with('|') && cells.ends_with('|') && cells.len() > 2 {
        return Some(Found::Marks("a table without the line under its head", "write the table so:\n| Day | What |\n| --- | --- |\n| Monday | … |"));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        // What a line says without the parser is what the parser says of it.
        #[test]
        fn a_bare_line_is_what_the_parser_makes_of_it(line in "[ a-cZ0-9.,;:?!()%/+='\"$ñ“’· -]{0,12}", smart: bool) {
            let whole = |text: &str| {
                let mut html = String::new();
                pulldown_cmark::html::push_html(&mut html, Parser::new_ext(text, options(smart)));
                html
            };
            if is_bare(&line, smart) && !line.trim().is_empty() {
                let read = whole(&as_line(&line));
                let inside = read.trim_end().trim_start_matches("<p>").trim_end_matches("</p>").trim_start_matches(NO_MARK);
                prop_assert_eq!(&inline(&line, smart, &mut |_| None), inside);
                let plain_text = plain(&line, smart);
                prop_assert_eq!(plain_text, inside.split_whitespace().collect::<Vec<_>>().join(" "));
            }
            if let Some(text) = one_paragraph(&line, smart) {
                prop_assert_eq!(format!("<p>{text}</p>\n"), whole(&line));
            }
        }
    }

    proptest! {
        #[test]
        fn pieces_are_the_plain_text(text in "([ a-b*_`~.1#>|\\\\\\[\\]()!&;<\"\n-]|!\\[a\\]\\(b \"c\"\\)|\\|-\\||&amp;|\u{2003}){0,24}") {
            let mut pieces = String::new();
            each_plain(&text, &mut |piece| pieces.push_str(piece));
            let words: Vec<_> = pieces.trim_start_matches(NO_MARK).split_whitespace().collect();
            prop_assert_eq!(words.join(" "), plain(&text, false));
        }
    }

    fn html(markdown: &str) -> String {
        let style = Style { top: 2, smart: false, id_prefix: "" };
        block(markdown, &style, &mut HeadingNames::default(), &mut |target| match target {
            Target::Link("gone") => None,
            Target::Link(address) | Target::Picture(address) => Some(address.to_owned()),
        })
    }

    #[test]
    fn headings_start_at_the_level_of_the_page() {
        assert_eq!(html("# A\n\n### B\n"), "<h2 id=\"s-a\">A</h2>\n<h4 id=\"s-b\">B</h4>\n");
        assert_eq!(html("## A\n\n## A\n"), "<h2 id=\"s-a\">A</h2>\n<h2 id=\"s-a-2\">A</h2>\n");
    }

    #[test]
    fn html_is_text() {
        assert_eq!(html("a <b onclick=x>c</b>"), "<p>a &lt;b onclick=x&gt;c&lt;/b&gt;</p>\n");
        assert_eq!(html("<script>x</script>\n"), "&lt;script&gt;x&lt;/script&gt;\n");
    }

    #[test]
    fn a_link_without_an_address_is_text() {
        assert_eq!(html("[a](gone) [b](x)"), "<p>a <a href=\"x\">b</a></p>\n");
    }

    #[test]
    fn a_title_of_a_picture_is_its_caption() {
        let figure = "<figure><img src=\"c.svg\" alt=\"Cups\" /><figcaption>One <em>a</em> &lt;b&gt; day</figcaption></figure>\n";
        assert_eq!(html("![Cups](c.svg \"One *a* <b> day\")"), figure);
        assert_eq!(html("![Cups](c.svg)"), "<p><img src=\"c.svg\" alt=\"Cups\" /></p>\n");
        assert!(html("A ![Cups](c.svg \"One a day\") cup").starts_with("<p>A <img"));
        assert!(html("![Cups](c.svg \"One a day\") ![Cups](c.svg)").starts_with("<p><img"));
        assert_eq!(plain("![Cups](c.svg \"One a day\") more", false), "Cups One a day more");
    }

    #[test]
    fn inline_has_no_frames() {
        let inline = |text: &str| inline(text, true, &mut |_| None);
        assert_eq!(inline("A **b**\n\n- c\n- \"d\"\n"), "A <strong>b</strong> c “d”");
    }

    #[test]
    fn a_line_may_begin_with_a_number_or_a_mark() {
        for (written, shown) in [("1. What?", "1. What?"), ("# Big", "# Big"), ("> quote", "&gt; quote"), ("- **a**", "- <strong>a</strong>")] {
            assert_eq!(inline(written, false, &mut |_| None), shown);
        }
        assert_eq!(plain("2) *What?*", false), "2) What?");
    }

    #[test]
    fn addresses_of_mailboxes_are_whole() {
        assert_eq!(html("<help@example.org>"), "<p><a href=\"mailto:help@example.org\">help@example.org</a></p>\n");
    }

    #[test]
    fn tables_have_no_inline_style() {
        assert!(!html("| a |\n| :-: |\n| b |\n").contains("style"));
    }

    #[test]
    fn heading_attributes_stay_text() {
        assert!(html("# H {onclick=alert(1)}").contains("{onclick=alert(1)}</h2>"));
    }

    #[test]
    fn a_line_without_marks_is_not_parsed_in_vain() {
        let signs = || (' '..='~').chain(['\n', '\t', '\u{7f}', '\u{85}', '\u{202d}', 'é', '’', '\u{2060}']);
        for (one, other) in signs().flat_map(|one| signs().map(move |other| (one, other))) {
            for line in [format!("{one}{other} a"), format!("a{one}{other}b"), format!("a {one}{other}")] {
                assert_eq!(look(&line).len(), parsed(&line).len(), "{line:?}");
            }
        }
    }

    #[test]
    fn what_can_be_wrong_is_found() {
        let names = |text: &str| -> Vec<&'static str> {
            let name = |found: &Found| match found {
                Found::Heading(..) => "heading",
                Found::Link(..) => "link",
                Found::Picture(..) => "picture",
                Found::TableWithoutHeads => "table",
                Found::Html(_) => "html",
                Found::Colons => "colons",
                Found::Callout(_) => "callout",
                Found::Hidden => "hidden",
                Found::Comment => "comment",
                Found::Marks(..) => "marks",
                Found::Unused(_) => "unused",
            };
            look(text).iter().map(|(found, _)| name(found)).collect()
        };
        assert_eq!(names("# a\n\n[b](c) ![d](e) <f>"), ["heading", "link", "picture", "html"]);
        assert_eq!(names("<!-- note to self -->\n"), ["html"]);
        assert_eq!(names("| | |\n| - | - |\n| a | b |\n"), ["table"]);
        assert!(names("| | b |\n| - | - |\n| a | b |\n").is_empty());
        assert_eq!(names("x\n:: y"), ["colons"]);
        assert_eq!(names("> [!practice]\n> x"), ["callout"]);
        assert!(names("a :: b, `::`, #1, a | b, [x] said").is_empty());
        assert_eq!(names("%%only for me%%"), ["comment"]);
        for marks in ["see [[other]]", "- [ ] one", "##Title", "| a | b |", "[x](my file.md)"] {
            assert_eq!(names(marks), ["marks"], "{marks}");
        }
    }
}
