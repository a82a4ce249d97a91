//! What templates are given of a member text: its blocks and the questions of its worksheets, for either site.

use serde::Serialize;

use super::hill::{Hill, hill};
use super::view::PageWriter;
use crate::audience::{Audience, MayRead, Member, Prose};
use crate::model::{Block, Field, FieldKind, Handout, Minutes, Module, Rows, Worksheet};

/// A length of time.
#[derive(Serialize)]
pub struct MinutesView {
    low: u32,
    high: u32,
    text: String,
}

impl From<Minutes> for MinutesView {
    fn from(minutes: Minutes) -> Self {
        Self { low: minutes.low, high: minutes.high, text: minutes.to_string() }
    }
}

/// A handout.
#[derive(Serialize)]
pub struct HandoutView {
    title: String,
    lead_html: Option<String>,
    minutes: Option<MinutesView>,
    module: ModuleView,
    blocks: Vec<BlockView>,
    source_html: Option<String>,
    reviewed: Option<String>,
    course_title: String,
    id_prefix: String,
}

#[derive(Serialize)]
struct ModuleView {
    title: String,
    thread: String,
}

/// A block.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum BlockView {
    /// Plain text, perhaps under a heading.
    Text {
        /// The heading's name.
        id: Option<String>,
        /// The heading.
        heading_html: Option<String>,
        /// The text.
        html: String,
    },
    /// A breathing pacer.
    Breathe {
        /// Its name on the page.
        id: String,
        /// Its own title.
        title: Option<String>,
        /// Its counts in seconds.
        counts: Counts,
        /// Its drawing.
        hill: Box<Hill>,
        /// What is in it.
        blocks: Vec<BlockView>,
    },
    /// Something to fill in.
    Worksheet {
        /// Its name on the page.
        id: String,
        /// Its own title.
        title: Option<String>,
        /// Its questions.
        fields: Vec<FieldView>,
    },
    /// A block with a meaning, under its own kind.
    #[serde(untagged)]
    Titled {
        /// Its kind.
        kind: &'static str,
        /// Its name on the page.
        id: String,
        /// Its own title.
        title: Option<String>,
        /// What is in it.
        blocks: Vec<BlockView>,
    },
}

/// The counts of a breath, in seconds.
#[derive(Serialize)]
pub struct Counts {
    #[serde(rename = "in")]
    inhale: u32,
    hold: u32,
    out: u32,
    rest: u32,
}

/// A question of a worksheet; what a kind does not have is not there.
#[derive(Serialize)]
pub struct FieldView {
    kind: &'static str,
    id: String,
    label_html: String,
    #[serde(flatten)]
    answer: AnswerView,
}

#[derive(Serialize)]
#[serde(untagged)]
enum AnswerView {
    Plain {},
    Lines { height: u32 },
    Scale { points: Vec<i32>, low_html: Option<String>, high_html: Option<String> },
    Options { options: Vec<String>, other: bool },
    YesNo { if_yes_html: Option<String>, if_no_html: Option<String> },
    Plan { slots: Vec<String> },
    Table { columns: Vec<String>, rows: Vec<Option<String>> },
    Grid { items: Vec<String>, options: Vec<String> },
    List { count: u32 },
    Blanks { pieces: Vec<String> },
}

/// A handout for a page whose block titles have heading level `level`.
pub fn handout<V: MayRead<Member>>(
    writer: &mut PageWriter<'_, V>,
    module: &Module,
    thread: &str,
    handout: &Handout,
    course_title: &str,
    reviewed: Option<String>,
    level: u8,
) -> HandoutView {
    HandoutView {
        title: handout.title.value.clone(),
        lead_html: handout.summary.as_ref().map(|summary| writer.inline(summary)),
        minutes: handout.minutes.map(MinutesView::from),
        module: ModuleView { title: module.title.value.clone(), thread: thread.to_owned() },
        blocks: blocks(writer, &handout.blocks, level),
        source_html: handout.source.as_ref().map(|source| writer.inline(source)),
        reviewed,
        course_title: course_title.to_owned(),
        id_prefix: writer.prefix().to_owned(),
    }
}

/// Blocks whose titles have heading level `level`.
pub fn blocks<V: MayRead<Member>>(writer: &mut PageWriter<'_, V>, blocks: &[Block], level: u8) -> Vec<BlockView> {
    let mut views = Vec::with_capacity(blocks.len());
    for block in blocks {
        match block {
            Block::Text(prose) => views.extend(writer.sections(prose, level).into_iter().map(|section| {
                let (id, heading_html) = section.heading.unzip();
                BlockView::Text { id, heading_html, html: section.html }
            })),
            Block::Titled { kind, title, blocks: inner, .. } => {
                let id = writer.next_id("b");
                let title = title.as_ref().map(|title| writer.plain(title));
                views.push(BlockView::Titled { kind: kind.as_str(), id, title, blocks: self::blocks(writer, inner, deeper(level)) });
            }
            Block::Breathe { breath, title, blocks: inner } => {
                let id = writer.next_id("breathe");
                let counts = Counts { inhale: breath.inhale, hold: breath.hold, out: breath.exhale, rest: breath.rest };
                let title = title.as_ref().map(|title| writer.plain(title));
                views.push(BlockView::Breathe { id, title, counts, hill: Box::new(hill(*breath)), blocks: self::blocks(writer, inner, deeper(level)) });
            }
            Block::Worksheet(worksheet) => views.push(self::worksheet(writer, worksheet)),
        }
    }
    views
}

fn deeper(level: u8) -> u8 {
    (level + 1).min(6)
}

fn worksheet<V: MayRead<Member>>(writer: &mut PageWriter<'_, V>, worksheet: &Worksheet) -> BlockView {
    let id = writer.next_id("w");
    let title = worksheet.title.as_ref().map(|title| writer.plain(title));
    let fields = worksheet.fields.iter().enumerate().map(|(n, question)| field(writer, question, format!("{id}-{}", n + 1))).collect();
    BlockView::Worksheet { id, title, fields }
}

fn field<V: MayRead<Member>>(writer: &mut PageWriter<'_, V>, field: &Field, id: String) -> FieldView {
    let label_html = writer.inline(&field.label);
    let (kind, answer) = match &field.kind {
        FieldKind::Line => ("line", AnswerView::Plain {}),
        FieldKind::Lines(height) => ("lines", AnswerView::Lines { height: *height }),
        FieldKind::Scale { from, to, low, high } => (
            "scale",
            AnswerView::Scale { points: points(*from, *to), low_html: maybe_inline(writer, low.as_ref()), high_html: maybe_inline(writer, high.as_ref()) },
        ),
        FieldKind::Check { options, other } => ("check", AnswerView::Options { options: inline_all(writer, options), other: *other }),
        FieldKind::Choose { options, other } => ("choose", AnswerView::Options { options: inline_all(writer, options), other: *other }),
        FieldKind::YesNo { if_yes, if_no } => {
            ("yes_no", AnswerView::YesNo { if_yes_html: maybe_inline(writer, if_yes.as_ref()), if_no_html: maybe_inline(writer, if_no.as_ref()) })
        }
        FieldKind::Plan(slots) => ("plan", AnswerView::Plan { slots: inline_all(writer, slots) }),
        FieldKind::Table { columns, rows } => {
            let rows = match rows {
                Rows::Empty(n) => (0..*n).map(|_| None).collect(),
                Rows::Labelled(labels) => inline_all(writer, labels).into_iter().map(Some).collect(),
            };
            ("table", AnswerView::Table { columns: inline_all(writer, columns), rows })
        }
        FieldKind::Grid { items, options } => ("grid", AnswerView::Grid { items: inline_all(writer, items), options: inline_all(writer, options) }),
        FieldKind::List(count) => ("list", AnswerView::List { count: *count }),
        FieldKind::Blanks => ("blanks", AnswerView::Blanks { pieces: writer.pieces(&field.label) }),
    };
    FieldView { kind, id, label_html, answer }
}

/// The numbers of a scale: each of them, or, on a long one, every second, fifth, tenth … and the last.
fn points(from: i32, to: i32) -> Vec<i32> {
    const MOST: i32 = 21;
    let step = [1, 2, 5, 10, 20, 25, 50, 100].into_iter().find(|step| (to - from) / step < MOST && (*step == 1 || (to - from) / step <= 10)).unwrap_or(100);
    let mut points: Vec<i32> = (from..=to).step_by(step.unsigned_abs() as usize).collect();
    if points.last() != Some(&to) {
        points.push(to);
    }
    points
}

/// Each text as HTML for the inside of a line.
pub fn inline_all<V: Audience + MayRead<A>, A: Audience>(writer: &mut PageWriter<'_, V>, texts: &[Prose<A>]) -> Vec<String> {
    texts.iter().map(|text| writer.inline(text)).collect()
}

/// A text as HTML for the inside of a line, where there is one.
pub fn maybe_inline<V: Audience + MayRead<A>, A: Audience>(writer: &mut PageWriter<'_, V>, text: Option<&Prose<A>>) -> Option<String> {
    text.map(|text| writer.inline(text))
}

/// A text as HTML blocks, where there is one.
pub fn maybe_block<V: Audience + MayRead<A>, A: Audience>(writer: &mut PageWriter<'_, V>, text: Option<&Prose<A>>, top: u8) -> Option<String> {
    text.map(|text| writer.block(text, top))
}

#[cfg(test)]
mod tests {
    use super::points;

    #[test]
    fn long_scales_have_room_for_a_finger() {
        assert_eq!(points(0, 10), (0..=10).collect::<Vec<_>>());
        assert_eq!(points(0, 20).len(), 21);
        assert_eq!(points(0, 100), [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
        assert_eq!(points(1, 50).last(), Some(&50));
        assert!(points(-100, 1000).len() < 22);
    }
}
