//! Every text: its links and pictures lead somewhere that its readers may go, and nothing in it is HTML or a lost block.

use super::links::{Pages, picture_problem};
use crate::audience::{Audience, Facilitator, MayRead, Member, Prose, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::{Found, look};
use crate::model::{AgendaItem, Block, Curriculum, FieldKind, Rows, Step};
use crate::source::{Sources, Text};

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
                Found::Comment => Some(
                    Diagnostic::new(Code::PrivateMark, place, "`%%` hides a text in Obsidian, but here readers would see it")
                        .help("take it away; a note to yourself can stand in YAML behind `#`, or in another file"),
                ),
                Found::Marks(what, help) => {
                    Some(Diagnostic::new(Code::MarksShown, place, format!("this is {what}, and readers would see it as it stands")).help(help))
                }
                Found::Link(address) => {
                    pages.link_problem(&address, text, for_members, sources).map(|(code, message, help)| Diagnostic::new(code, place, message).help(help))
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
pub fn each_block_text<'b>(blocks: &'b [Block], see: &mut dyn FnMut(Vec<&'b Prose<Member>>)) {
    for block in blocks {
        match block {
            Block::Text(prose) => see(vec![prose]),
            Block::Titled { title, blocks, .. } => {
                see(title.iter().collect());
                each_block_text(blocks, see);
            }
            Block::Breathe { title, blocks, .. } => {
                see(title.iter().collect());
                each_block_text(blocks, see);
            }
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
