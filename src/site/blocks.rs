//! What templates are given of a member text: its blocks and the questions of its worksheets, for either site.

use serde::Serialize;

use super::course::standing;
use super::hill::{Hill, hill};
use super::page::short_hash;
use super::paper::{self, Layout};
use super::view::{PageWriter, Tongue};
use crate::audience::{Audience, MayRead, Member, Prose};
use crate::model::{Block, BlockKind, Curriculum, Field, FieldKind, Handout, Minutes, Module, Rows, Worksheet};
use crate::texts::field_texts;

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
    tongue: Option<Tongue>,
    /// Where it is not there in the readers' language, or is from an earlier text.
    standing: Option<&'static str>,
    lead_html: Option<String>,
    minutes: Option<MinutesView>,
    module: ModuleView,
    /// Where its body stands.
    body: String,
    source_html: Option<String>,
    reviewed: Option<String>,
    course_title: String,
    id_prefix: String,
}

#[derive(Serialize)]
struct ModuleView {
    title: String,
    tongue: Option<Tongue>,
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
        /// Its language, where that is not the page's.
        tongue: Option<Tongue>,
        /// The text.
        html: String,
        /// How it lies on paper.
        layout: Layout,
    },
    /// A breathing pacer.
    Breathe {
        /// Its name on the page.
        id: String,
        /// Its own title.
        title: Option<String>,
        /// The language of its title, where that is not the page's.
        tongue: Option<Tongue>,
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
        /// The name under which a browser can keep its answers.
        sheet: String,
        /// Changes when its questions or what can be chosen change; the same in all languages that ask the same.
        version: String,
        /// Its own title.
        title: Option<String>,
        /// The language of its title, where that is not the page's.
        tongue: Option<Tongue>,
        /// Its questions.
        fields: Vec<FieldView>,
        /// How it lies on paper.
        layout: Layout,
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
        /// The language of its title, where that is not the page's.
        tongue: Option<Tongue>,
        /// Whether a voice has quotation marks of its own.
        quoted: bool,
        /// What is in it.
        blocks: Vec<BlockView>,
        /// How it lies on paper.
        layout: Layout,
    },
}

impl BlockView {
    fn lay(&mut self, lies: Layout) {
        match self {
            Self::Text { layout, .. } | Self::Worksheet { layout, .. } | Self::Titled { layout, .. } => *layout = lies,
            Self::Breathe { .. } => {}
        }
    }
}

/// The head of a table's column.
#[derive(Serialize)]
pub struct ColumnView {
    /// Its words.
    pub html: String,
    /// Whether it asks for a number.
    pub number: bool,
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
    Options { options: Vec<String>, other: bool, one_a_line: bool },
    YesNo { if_yes_html: Option<String>, if_no_html: Option<String> },
    Plan { slots: Vec<String> },
    Table { columns: Vec<ColumnView>, rows: Vec<Option<String>>, labelled: bool, wide: bool, stack: bool },
    Grid { items: Vec<String>, options: Vec<String> },
    List { count: u32 },
    Blanks { pieces: Vec<String> },
}

/// A handout for a page on which the highest headings of its body have level `level`.
pub fn handout<V: MayRead<Member>>(writer: &mut PageWriter<'_, V>, curriculum: &Curriculum, module: &Module, handout: &Handout, level: u8) -> HandoutView {
    HandoutView {
        title: handout.title.value.clone(),
        tongue: writer.tongue(&handout.title.span.file),
        standing: standing(curriculum.standing(&handout.title)),
        lead_html: handout.summary.as_ref().map(|summary| writer.inline(summary)),
        minutes: handout.minutes.map(MinutesView::from),
        module: ModuleView { title: module.title.value.clone(), tongue: writer.tongue(&module.title.span.file), thread: writer.thread(module) },
        body: writer.body(&handout.title, &handout.id.to_string(), &handout.blocks, level),
        source_html: handout.source.as_ref().map(|source| writer.inline(source)),
        reviewed: curriculum.reviewed.map(|date| date.to_string()),
        course_title: curriculum.title.value.clone(),
        id_prefix: writer.prefix().to_owned(),
    }
}

/// The blocks of a page, with how they lie on paper; their titles have heading level `level`.
pub fn page_blocks<V: MayRead<Member>>(writer: &mut PageWriter<'_, V>, blocks: &[Block], level: u8) -> Vec<BlockView> {
    let mut views = self::blocks(writer, blocks, level);
    let layouts = paper::layouts(&views);
    views.iter_mut().zip(layouts).for_each(|(view, layout)| view.lay(layout));
    views
}

/// Blocks whose titles have heading level `level`.
fn blocks<V: MayRead<Member>>(writer: &mut PageWriter<'_, V>, blocks: &[Block], level: u8) -> Vec<BlockView> {
    let mut views = Vec::with_capacity(blocks.len());
    for block in blocks {
        match block {
            Block::Text(prose) => views.extend(writer.sections(prose, level).into_iter().map(|section| {
                let (id, heading_html) = section.heading.unzip();
                BlockView::Text { id, heading_html, tongue: writer.tongue(&prose.span().file), html: section.html, layout: Layout::default() }
            })),
            Block::Titled { kind, title, span, blocks: inner } => {
                let id = writer.next_id("b");
                writer.comes_from(&id, span);
                let tongue = tongue_of(writer, title.as_ref());
                let title = title.as_ref().map(|title| writer.plain(title));
                let mut inner = self::blocks(writer, inner, deeper(level));
                if *kind == BlockKind::Practice {
                    mark_steps(&mut inner);
                }
                let quoted = paper::is_quoted(&inner);
                views.push(BlockView::Titled { kind: kind.as_str(), id, title, tongue, quoted, blocks: inner, layout: Layout::default() });
            }
            Block::Breathe { breath, title, span, blocks: inner } => {
                let id = writer.next_id("breathe");
                writer.comes_from(&id, span);
                let tongue = tongue_of(writer, title.as_ref());
                let counts = Counts { inhale: breath.inhale, hold: breath.hold, out: breath.exhale, rest: breath.rest };
                let title = title.as_ref().map(|title| writer.plain(title));
                views.push(BlockView::Breathe { id, title, tongue, counts, hill: Box::new(hill(*breath)), blocks: self::blocks(writer, inner, deeper(level)) });
            }
            Block::Worksheet(worksheet) => views.push(self::worksheet(writer, worksheet)),
        }
    }
    views
}

fn mark_steps(blocks: &mut [BlockView]) {
    for block in blocks {
        if let BlockView::Text { html, .. } = block {
            *html = paper::mark_steps(html);
        }
    }
}

fn deeper(level: u8) -> u8 {
    (level + 1).min(6)
}

fn worksheet<V: MayRead<Member>>(writer: &mut PageWriter<'_, V>, worksheet: &Worksheet) -> BlockView {
    let id = writer.next_id("w");
    writer.comes_from(&id, &worksheet.span);
    let title = worksheet.title.as_ref().map(|title| writer.plain(title));
    let fields: Vec<FieldView> = worksheet.fields.iter().enumerate().map(|(n, question)| field(writer, question, format!("{id}-{}", n + 1))).collect();
    // One that translates another is the same to a browser that keeps answers.
    let asked = worksheet.original.as_deref().unwrap_or(worksheet);
    let mut questions = String::new();
    for field in &asked.fields {
        questions.extend([field.kind.shape().as_str(), " ", writer.written(&field.label), "\n"]);
        for text in field_texts(&field.kind) {
            questions.extend([writer.written(text), "\n"]);
        }
    }
    BlockView::Worksheet {
        tongue: tongue_of(writer, worksheet.title.as_ref()),
        id,
        sheet: writer.next_sheet(),
        version: short_hash(&questions),
        title,
        fields,
        layout: Layout::default(),
    }
}

/// The language of a title, where that is not the page's.
fn tongue_of<V: Audience>(writer: &PageWriter<'_, V>, title: Option<&Prose<Member>>) -> Option<Tongue> {
    writer.tongue(&title?.span().file)
}

fn field<V: MayRead<Member>>(writer: &mut PageWriter<'_, V>, field: &Field, id: String) -> FieldView {
    writer.comes_from(&id, field.label.span());
    let label_html = writer.inline(&field.label);
    let (kind, answer) = match &field.kind {
        FieldKind::Line => ("line", AnswerView::Plain {}),
        FieldKind::Lines(height) => ("lines", AnswerView::Lines { height: *height }),
        FieldKind::Scale { from, to, low, high } => (
            "scale",
            AnswerView::Scale { points: points(*from, *to), low_html: maybe_inline(writer, low.as_ref()), high_html: maybe_inline(writer, high.as_ref()) },
        ),
        FieldKind::Check { options, other } => ("check", self::options(writer, options, *other)),
        FieldKind::Choose { options, other } => ("choose", self::options(writer, options, *other)),
        FieldKind::YesNo { if_yes, if_no } => {
            ("yes_no", AnswerView::YesNo { if_yes_html: maybe_inline(writer, if_yes.as_ref()), if_no_html: maybe_inline(writer, if_no.as_ref()) })
        }
        FieldKind::Plan(slots) => ("plan", AnswerView::Plan { slots: inline_all(writer, slots) }),
        FieldKind::Table { columns, rows } => {
            let rows: Vec<Option<String>> = match rows {
                Rows::Empty(n) => (0..*n).map(|_| None).collect(),
                Rows::Labelled(labels) => inline_all(writer, labels).into_iter().map(Some).collect(),
            };
            // How much room the words need does not depend on the word on their language.
            let heads = columns.iter().map(|head| writer.inline_alone(head));
            let mut heads: Vec<ColumnView> = heads.map(|html| ColumnView { number: paper::asks_for_number(&html), html }).collect();
            let labelled = rows.iter().any(Option::is_some);
            let (wide, stack) = paper::table_room(&heads, labelled);
            heads.iter_mut().zip(columns).for_each(|(view, head)| view.html = writer.inline(head));
            let columns = heads;
            ("table", AnswerView::Table { columns, rows, labelled, wide, stack })
        }
        FieldKind::Grid { items, options } => ("grid", AnswerView::Grid { items: inline_all(writer, items), options: inline_all(writer, options) }),
        FieldKind::List(count) => ("list", AnswerView::List { count: *count }),
        FieldKind::Blanks => ("blanks", AnswerView::Blanks { pieces: writer.pieces(&field.label) }),
    };
    FieldView { kind, id, label_html, answer }
}

fn options<V: MayRead<Member>>(writer: &mut PageWriter<'_, V>, options: &[Prose<Member>], other: bool) -> AnswerView {
    let alone: Vec<String> = options.iter().map(|option| writer.inline_alone(option)).collect();
    AnswerView::Options { one_a_line: paper::one_a_line(&alone), options: inline_all(writer, options), other }
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
