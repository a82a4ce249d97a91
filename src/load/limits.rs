//! What one page may hold: more would fill the memory of the computer that makes it, and of the phone that shows it.

use super::fields::Problems;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Block, FieldKind, Rows, Worksheet};
use crate::source::Span;

/// How many blocks. A long handout has about 20.
const MOST_BLOCKS: usize = 500;

/// How many places to write or to choose. A week's log has about 100.
const MOST_PLACES: usize = 5000;

/// Tells where a page begins to hold too much.
pub fn tell(blocks: &[Block], problems: &mut Problems) {
    let mut seen = Seen::default();
    seen.all(blocks);
    let help = "divide the page into several".to_owned();
    problems.extend(seen.block.map(|span| Diagnostic::new(Code::MisplacedBlock, span, format!("a page holds {MOST_BLOCKS} blocks at the most")).help(&help)));
    problems.extend(seen.place.map(|span| {
        let message = format!("the worksheets of a page have {MOST_PLACES} places to write or to choose at the most, and with this one there are more");
        Diagnostic::new(Code::WrongValue, span, message).help(help)
    }));
}

#[derive(Default)]
struct Seen {
    blocks: usize,
    places: usize,
    /// The first block that is one too many.
    block: Option<Span>,
    /// The first worksheet that is too much.
    place: Option<Span>,
}

impl Seen {
    fn all(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Text(_) => {}
                Block::Titled { span, blocks, .. } | Block::Breathe { span, blocks, .. } => {
                    self.one(span);
                    self.all(blocks);
                }
                Block::Worksheet(worksheet) => {
                    self.one(&worksheet.span);
                    self.places += places(worksheet);
                    if self.places > MOST_PLACES {
                        self.place.get_or_insert_with(|| worksheet.span.clone());
                    }
                }
            }
        }
    }

    fn one(&mut self, span: &Span) {
        self.blocks += 1;
        if self.blocks > MOST_BLOCKS {
            self.block.get_or_insert_with(|| span.clone());
        }
    }
}

/// How many places a worksheet has.
fn places(worksheet: &Worksheet) -> usize {
    let lines = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    let of = |kind: &FieldKind| match kind {
        FieldKind::Line | FieldKind::Blanks => 1,
        FieldKind::Lines(n) | FieldKind::List(n) => lines(*n),
        FieldKind::Scale { from, to, .. } => lines(to.abs_diff(*from)) + 1,
        FieldKind::Check { options, .. } | FieldKind::Choose { options, .. } => options.len() + 1,
        FieldKind::YesNo { .. } => 4,
        FieldKind::Plan(slots) => slots.len(),
        FieldKind::Table { columns, rows: Rows::Empty(n) } => columns.len().saturating_mul(lines(*n)),
        FieldKind::Table { columns, rows: Rows::Labelled(labels) } => columns.len().saturating_mul(labels.len()),
        FieldKind::Grid { items, options } => items.len().saturating_mul(options.len()),
    };
    worksheet.fields.iter().map(|field| of(&field.kind)).fold(0, usize::saturating_add)
}
