//! Every text: its links and pictures lead somewhere that its readers may go, and nothing in it is HTML or a lost block.

use std::collections::{BTreeMap, BTreeSet};

use crate::audience::{Audience, Facilitator, MayRead, Member, Prose, Reader};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::link::{Destination, decoded, where_to};
use crate::markdown::{Found, HeadingNames, look};
use crate::model::{AgendaItem, Block, Curriculum, FieldKind, Rows, Step};
use crate::source::{SourcePath, Sources, Text};

/// Checks every text of a curriculum.
pub fn texts(curriculum: &Curriculum, sources: &Sources) -> Vec<Diagnostic> {
    let pages = Pages::of(curriculum);
    let mut problems = Vec::new();
    each_text(curriculum, &mut |text, for_members| {
        for (found, range) in look(&text.value) {
            let place = text.at(range.start, range.len());
            let problem = match found {
                Found::Heading(_) => None,
                Found::Html(html) => Some(html_problem(&html, place)),
                Found::Colons => Some(
                    Diagnostic::new(Code::MisplacedBlock, place, "this looks like the start or end of a block, but it cannot be one here")
                        .help("a block starts and ends with three colons at the very beginning of a line, in a handout or a page for members"),
                ),
                Found::Callout(word) => Some(
                    Diagnostic::new(Code::UnknownBlock, place, format!("`[!{word}]` would be shown to readers as it stands"))
                        .help(format!("write a block this way:\n::: {}\n…\n:::", word.to_lowercase())),
                ),
                Found::Link(address) => {
                    pages.link_problem(&address, text, for_members).map(|(code, message, help)| Diagnostic::new(code, place, message).help(help))
                }
                Found::Picture(address, words) => {
                    picture_problem(&address, &words, text, sources).map(|(code, message, help)| Diagnostic::new(code, place, message).help(help))
                }
            };
            problems.extend(problem);
        }
    });
    problems
}

/// A kind of problem, what is wrong, and what to do.
type Told = (Code, String, String);

fn html_problem(html: &str, place: crate::source::Span) -> Diagnostic {
    let problem = Diagnostic::new(Code::RawHtml, place, "this is HTML, which copebook does not take");
    if html.starts_with("<!--") {
        return problem.help("a note to yourself cannot stand in a text; write it as a comment in YAML (`# …`), or in another file");
    }
    let name: String = html.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect();
    problem.help(match name.to_lowercase().as_str() {
        "b" | "strong" => "for bold, write `**word**`".to_owned(),
        "i" | "em" => "for emphasis, write `*word*`".to_owned(),
        "br" => "for a new line, end the line above with a backslash `\\`; for a new paragraph, leave a line empty".to_owned(),
        "img" => "for a picture, write `![what it shows](assets/picture.png)`".to_owned(),
        "a" => "for a link, write `[words](address)`".to_owned(),
        _ if !html.contains(['=', '/']) => format!("to show a word between brackets, use square ones: `[{}]`", html.trim_matches(['<', '>'])),
        _ => "take it away, or write it in Markdown".to_owned(),
    })
}

fn picture_problem(address: &str, words: &str, text: &Text, sources: &Sources) -> Option<Told> {
    let folder = text.span.file.parent();
    match where_to(address) {
        Destination::Elsewhere => Some((
            Code::RemotePicture,
            "this picture would be loaded from another website, which would learn who reads the page".into(),
            "save the picture in the folder `assets`, and link to it there: `![what it shows](assets/picture.png)`".into(),
        )),
        Destination::Refused | Destination::Here(_) => {
            Some((Code::LinkAddress, format!("`{address}` is not the way to a picture"), "write the way to it from this file: `../assets/picture.png`".into()))
        }
        Destination::File(..) => {
            let path = folder.join(&decoded(address));
            if !sources.pictures.contains_key(&path) {
                let near = nearest(path.as_str(), sources.pictures.keys().map(SourcePath::as_str));
                let help = near.map_or_else(
                    || "put it there, or mend the way to it; it is a png, jpg, webp, gif or svg".to_owned(),
                    |near| format!("did you mean {near}?"),
                );
                return Some((Code::MissingPicture, format!("there is no picture {path}"), help));
            }
            words.trim().is_empty().then(|| {
                (
                    Code::PictureWithoutText,
                    "this picture has no words for those who cannot see it".into(),
                    format!("say what it shows between the square brackets: `![Hands around a warm cup]({address})`"),
                )
            })
        }
    }
}

/// The pages that a text may link to, and the headings on them.
struct Pages {
    for_members: BTreeSet<SourcePath>,
    for_facilitators: BTreeSet<SourcePath>,
    headings: BTreeMap<SourcePath, BTreeSet<String>>,
    unread: BTreeSet<SourcePath>,
}

impl Pages {
    fn of(curriculum: &Curriculum) -> Self {
        let handouts = curriculum.handouts().map(|(_, handout)| (&handout.file, &handout.blocks));
        let pages = curriculum.pages.iter().map(|page| (&page.file, &page.blocks));
        let member_pages: Vec<_> = handouts.chain(pages).collect();
        let reader = Reader::<Facilitator>::new();
        let mut headings: BTreeMap<SourcePath, BTreeSet<String>> = BTreeMap::new();
        for (file, blocks) in &member_pages {
            let mut names = HeadingNames::default();
            let mut texts = Vec::new();
            each_block_text(blocks, &mut |block| texts.extend(block));
            let found = texts.iter().flat_map(|prose| heading_names(&reader.open(*prose).value, &mut names));
            headings.insert((*file).clone(), found.collect());
        }
        for page in &curriculum.guide {
            let mut names = HeadingNames::default();
            headings.insert(page.file.clone(), heading_names(&reader.open(&page.body).value, &mut names).into_iter().collect());
        }
        let guide = curriculum.guide.iter().map(|page| page.file.clone());
        let sessions = curriculum.sessions.iter().map(|session| session.file.clone());
        let modules = curriculum.modules.iter().map(|module| module.folder.join("module.yml"));
        Self {
            for_members: member_pages.iter().map(|(file, _)| (*file).clone()).collect(),
            for_facilitators: guide.chain(sessions).chain(modules).collect(),
            headings,
            unread: curriculum.unread.iter().cloned().collect(),
        }
    }

    fn link_problem(&self, address: &str, text: &Text, for_members: bool) -> Option<Told> {
        let own = &text.span.file;
        match where_to(address) {
            Destination::Elsewhere => None,
            Destination::Refused => Some((
                Code::LinkAddress,
                format!("`{address}` is not an address that copebook allows in a link"),
                "use an address that begins with https:, http:, mailto:, tel: or sms:, or the way from this file to a handout: `../grounding/five-senses.md`"
                    .into(),
            )),
            Destination::Here(anchor) => self.anchor_problem(own, &anchor),
            Destination::File(path, anchor) => {
                let target = own.parent().join(&path);
                if self.unread.contains(&target) {
                    return None;
                }
                if self.for_members.contains(&target) || (!for_members && self.for_facilitators.contains(&target)) {
                    return anchor.and_then(|anchor| self.anchor_problem(&target, &anchor));
                }
                if self.for_facilitators.contains(&target) {
                    return Some((
                        Code::BrokenLink,
                        format!("members cannot open {target}: it is for facilitators"),
                        "link to a handout, or take the link away".into(),
                    ));
                }
                let known = self.for_members.iter().chain(self.for_facilitators.iter().filter(|_| !for_members));
                let near = nearest(target.as_str(), known.map(SourcePath::as_str));
                let help = match near {
                    Some(near) => format!("did you mean {near}?"),
                    None => "write the way from this file to the `.md` file of a handout that this curriculum uses: `../grounding/five-senses.md`".into(),
                };
                Some((Code::BrokenLink, format!("this link leads to {target}, which is not a page of this curriculum"), help))
            }
        }
    }

    fn anchor_problem(&self, file: &SourcePath, anchor: &str) -> Option<Told> {
        let headings = self.headings.get(file);
        let wanted = format!("s-{anchor}");
        if headings.is_some_and(|headings| headings.contains(&wanted)) {
            return None;
        }
        let names: Vec<&str> = headings.into_iter().flatten().filter_map(|name| name.strip_prefix("s-")).collect();
        let help = match nearest(anchor, names.iter().copied()) {
            Some(near) => format!("did you mean `#{near}`?"),
            None if names.is_empty() => "link to the page without what stands after `#`".into(),
            None => format!("its headings are {}", names.iter().map(|name| format!("`#{name}`")).collect::<Vec<_>>().join(", ")),
        };
        Some((Code::BrokenAnchor, format!("there is no heading `#{anchor}` in {file}"), help))
    }
}

fn heading_names(markdown: &str, names: &mut HeadingNames) -> Vec<String> {
    let headings = look(markdown).into_iter().filter_map(|(found, _)| match found {
        Found::Heading(text) => Some(text),
        _ => None,
    });
    headings.map(|text| names.next(&text)).collect()
}

/// Calls `see` with every text of a curriculum, and whether members read it.
fn each_text(curriculum: &Curriculum, see: &mut dyn FnMut(&Text, bool)) {
    let reader = Reader::<Facilitator>::new();
    let mut seen = Seen { reader: &reader, see };
    let c = curriculum;
    seen.members(c.summary.iter().chain(&c.for_whom).chain(&c.agreements).chain(&c.confidentiality).chain(&c.authors).chain(&c.references));
    seen.facilitators(c.newcomers.iter().chain(&c.distress_protocol).chain(c.adapt.iter().map(|adapt| &adapt.text)));
    seen.facilitators(c.hard_moments.iter().flat_map(|moment| [&moment.when, &moment.act]));
    seen.facilitators(c.defaults.prepare.iter().chain(&c.defaults.after));
    seen.items(&c.defaults.open);
    seen.items(&c.defaults.close);
    for module in &c.modules {
        seen.members(&module.summary);
        seen.facilitators(module.notes.purpose.iter().chain(&module.notes.evidence).chain(&module.notes.watch_for));
        for handout in &module.handouts {
            seen.members(handout.summary.iter().chain(&handout.source));
            seen.facilitators(&handout.notes);
            each_block_text(&handout.blocks, &mut |texts| seen.members(texts));
        }
    }
    for page in &c.pages {
        seen.members(&page.summary);
        each_block_text(&page.blocks, &mut |texts| seen.members(texts));
    }
    for page in &c.guide {
        seen.facilitators(page.summary.iter().chain([&page.body]));
    }
    for session in &c.sessions {
        let s = session;
        seen.facilitators(s.about.iter().chain(&s.goals).chain(&s.practice).chain(&s.materials).chain(&s.safety).chain(&s.newcomers));
        seen.facilitators(s.prepare.iter().flatten().chain(s.after.iter().flatten()).chain(s.adapt.iter().map(|adapt| &adapt.text)));
        seen.members(s.members.summary.iter().chain(&s.members.goals).chain(&s.members.practice));
        seen.items(&s.agenda);
        seen.items(s.open.as_deref().unwrap_or_default());
        seen.items(s.close.as_deref().unwrap_or_default());
    }
}

struct Seen<'s> {
    reader: &'s Reader<Facilitator>,
    see: &'s mut dyn FnMut(&Text, bool),
}

impl Seen<'_> {
    fn members<'p>(&mut self, texts: impl IntoIterator<Item = &'p Prose<Member>>) {
        self.all(texts, true);
    }

    fn facilitators<'p>(&mut self, texts: impl IntoIterator<Item = &'p Prose<Facilitator>>) {
        self.all(texts, false);
    }

    fn all<'p, A: Audience>(&mut self, texts: impl IntoIterator<Item = &'p Prose<A>>, for_members: bool)
    where
        Facilitator: MayRead<A>,
    {
        for prose in texts {
            (self.see)(self.reader.open(prose), for_members);
        }
    }

    fn items(&mut self, items: &[AgendaItem]) {
        for item in items {
            self.facilitators([&item.title]);
            self.members(&item.members);
            self.steps(&item.steps);
            for part in &item.parts {
                self.facilitators([&part.title]);
                self.steps(&part.steps);
            }
        }
    }

    fn steps(&mut self, steps: &[Step]) {
        self.facilitators(steps.iter().map(|step| &step.text));
    }
}

/// Calls `see` with the texts of each block, in order.
fn each_block_text<'b>(blocks: &'b [Block], see: &mut dyn FnMut(Vec<&'b Prose<Member>>)) {
    for block in blocks {
        match block {
            Block::Text(prose) => see(vec![prose]),
            Block::Titled { title, blocks, .. } => {
                see(title.iter().collect());
                each_block_text(blocks, see);
            }
            Block::Breathe { blocks, .. } => each_block_text(blocks, see),
            Block::Worksheet(worksheet) => {
                see(worksheet.title.iter().collect());
                for field in &worksheet.fields {
                    see(vec![&field.label]);
                    see(field_texts(&field.kind));
                }
            }
        }
    }
}

fn field_texts(kind: &FieldKind) -> Vec<&Prose<Member>> {
    match kind {
        FieldKind::Line | FieldKind::Lines(_) | FieldKind::List(_) | FieldKind::Blanks => Vec::new(),
        FieldKind::Scale { low, high, .. } => low.iter().chain(high).collect(),
        FieldKind::Check { options, .. } | FieldKind::Choose { options, .. } => options.iter().collect(),
        FieldKind::YesNo { if_yes, if_no } => if_yes.iter().chain(if_no).collect(),
        FieldKind::Plan(slots) => slots.iter().collect(),
        FieldKind::Table { columns, rows: Rows::Labelled(labels) } => columns.iter().chain(labels).collect(),
        FieldKind::Table { columns, rows: Rows::Empty(_) } => columns.iter().collect(),
        FieldKind::Grid { items, options } => items.iter().chain(options).collect(),
    }
}
