//! What is printed of a handout or a page for members, in pieces that can be compared: words, room to write, pictures.

use super::found::{Differs, Sheet};
use super::words::{Eyes, Piece, sentences};
use crate::audience::{Member, Prose};
use crate::link::{Destination, decoded, where_to};
use crate::markdown::{self, Found};
use crate::model::{Block, Curriculum, Field, FieldKind, Rows};
use crate::source::Sources;

/// A sheet for members.
pub struct Printed {
    /// `handout` or `page`.
    pub kind: &'static str,
    /// What it is known by.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The number of the session that gives it out.
    pub session: Option<u32>,
    /// What stands on it.
    pub pieces: Vec<Piece>,
}

impl Printed {
    /// The sheet with what differs on it.
    pub fn sheet(self, changes: Vec<Differs>) -> Sheet {
        Sheet { kind: self.kind, title: self.title, session: self.session, changes }
    }
}

/// All sheets of a course.
pub fn printed(eyes: &Eyes, curriculum: &Curriculum, sources: &Sources) -> Vec<Printed> {
    let handouts = curriculum.handouts().map(|(module, handout)| {
        let mut on = Paper { eyes, sources, pieces: Vec::new() };
        on.say(&handout.title.value);
        on.prose(&handout.summary);
        on.pieces.extend(handout.minutes.map(|minutes| Piece::of(format!("{minutes} minutes"))));
        on.say(&module.title.value);
        on.blocks(&handout.blocks);
        on.prose(&handout.source);
        Printed {
            kind: "handout",
            name: format!("handout {}", handout.id),
            title: handout.title.value.clone(),
            session: curriculum.session_of(&handout.id).and_then(|session| session.number),
            pieces: on.pieces,
        }
    });
    let pages = curriculum.pages.iter().map(|page| {
        let mut on = Paper { eyes, sources, pieces: Vec::new() };
        on.say(&page.title.value);
        on.prose(&page.summary);
        on.blocks(&page.blocks);
        Printed { kind: "page", name: format!("page {}", page.slug), title: page.title.value.clone(), session: None, pieces: on.pieces }
    });
    handouts.chain(pages).collect()
}

struct Paper<'p> {
    eyes: &'p Eyes,
    sources: &'p Sources,
    pieces: Vec<Piece>,
}

impl Paper<'_> {
    fn say(&mut self, words: &str) {
        self.pieces.extend(sentences(words).into_iter().map(Piece::of));
    }

    /// The words of texts, and what is printed beside them: pictures, and the addresses of links that lead elsewhere.
    fn prose<'p>(&mut self, texts: impl IntoIterator<Item = &'p Prose<Member>>) {
        for prose in texts {
            self.say(&self.eyes.words(prose));
            let folder = prose.span().file.parent();
            for (found, _) in markdown::look(&self.eyes.open(prose).value) {
                match found {
                    Found::Link(address, _) if where_to(&address) == Destination::Elsewhere => self.pieces.push(Piece::of(address)),
                    Found::Picture(address, words) => {
                        let bytes = self.sources.pictures.get(&folder.join(&decoded(&address)));
                        let look = bytes.map(|bytes| *blake3::hash(bytes).as_bytes());
                        self.pieces.push(Piece { words: format!("a picture: {words}"), look });
                    }
                    _ => {}
                }
            }
        }
    }

    /// What a block is, and its title where it has its own.
    fn head(&mut self, what: &str, title: Option<&Prose<Member>>) {
        let title = self.eyes.maybe(title);
        self.pieces.push(Piece::of(title.map_or(what.to_owned(), |title| format!("{what}: {title}"))));
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Text(prose) => self.prose([prose]),
                Block::Titled { kind, title, blocks, .. } => {
                    self.head(kind.as_str(), title.as_ref());
                    self.blocks(blocks);
                }
                Block::Breathe { breath, title, blocks, .. } => {
                    self.head(&format!("breathe {}-{}-{}-{}", breath.inhale, breath.hold, breath.exhale, breath.rest), title.as_ref());
                    self.blocks(blocks);
                }
                Block::Worksheet(worksheet) => {
                    self.head("worksheet", worksheet.title.as_ref());
                    worksheet.fields.iter().for_each(|field| self.field(field));
                }
            }
        }
    }

    /// A question with its room to write: a sheet with fewer lines is another sheet.
    fn field(&mut self, field: &Field) {
        let label = self.eyes.words(&field.label);
        let other = |other: bool| if other { vec!["Other".to_owned()] } else { Vec::new() };
        let (what, more) = match &field.kind {
            FieldKind::Line => ("line".to_owned(), Vec::new()),
            FieldKind::Lines(height) => (format!("{height} lines"), Vec::new()),
            FieldKind::Scale { from, to, low, high } => {
                (format!("scale from {from} to {to}"), low.iter().chain(high).map(|end| self.eyes.words(end)).collect())
            }
            FieldKind::Check { options, other: more } => ("check".to_owned(), [self.eyes.all(options), other(*more)].concat()),
            FieldKind::Choose { options, other: more } => ("choose".to_owned(), [self.eyes.all(options), other(*more)].concat()),
            FieldKind::YesNo { if_yes, if_no } => {
                let then = |word: &str, text: &Option<Prose<Member>>| text.as_ref().map(|text| format!("{word}: {}", self.eyes.words(text)));
                ("yes or no".to_owned(), then("if yes", if_yes).into_iter().chain(then("if no", if_no)).collect())
            }
            FieldKind::Plan(slots) => ("plan".to_owned(), self.eyes.all(slots)),
            FieldKind::Table { columns, rows: Rows::Empty(rows) } => (format!("table with {rows} rows"), self.eyes.all(columns)),
            FieldKind::Table { columns, rows: Rows::Labelled(labels) } => ("table".to_owned(), [self.eyes.all(columns), self.eyes.all(labels)].concat()),
            FieldKind::Grid { items, options } => ("grid".to_owned(), [self.eyes.all(items), self.eyes.all(options)].concat()),
            FieldKind::List(count) => (format!("list of {count}"), Vec::new()),
            FieldKind::Blanks => ("blanks".to_owned(), Vec::new()),
        };
        self.pieces.push(Piece::of(format!("{what}: {label}")));
        self.pieces.extend(more.into_iter().map(Piece::of));
    }
}
