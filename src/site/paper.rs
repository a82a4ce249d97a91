//! How a handout lies on paper and on a narrow screen: which blocks stand side by side, what is too long for large type,
//! which tables become cards. Guessed from how much is written, so that authors need not think of it.

use serde::Serialize;

use super::blocks::{BlockView, ColumnView};

/// How much text, in bytes of HTML, two blocks side by side may each have.
const HALF: usize = 900;
/// How much may stand on a page before a worksheet gets a sheet of its own.
const PAGE: usize = 900;
/// What anything but text counts for.
const OTHER: usize = 700;

/// How a block lies.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Serialize)]
pub struct Layout {
    /// It stands beside its neighbour on paper.
    pub half: bool,
    /// It is too long for the large type of its kind.
    pub long: bool,
    /// It begins a sheet of its own.
    pub sheet: bool,
}

/// How each block of a page lies.
pub fn layouts(blocks: &[BlockView]) -> Vec<Layout> {
    let mut layouts = vec![Layout::default(); blocks.len()];
    let mut before = 0;
    let mut paired = false;
    for (n, block) in blocks.iter().enumerate() {
        let size = size(block);
        let next = blocks.get(n + 1).filter(|next| !paired && fits_half(block) && fits_half(next) && kind(block) != kind(next));
        let Some(layout) = layouts.get_mut(n) else { continue };
        layout.half = paired || next.is_some();
        layout.long = size > if kind(block) == "voice" { 320 } else { 220 };
        layout.sheet = before > PAGE;
        paired = next.is_some();
        before = match block {
            BlockView::Worksheet { .. } => PAGE + 1,
            BlockView::Breathe { .. } => before + PAGE,
            _ => before + size + 60,
        };
    }
    layouts
}

fn kind(block: &BlockView) -> &str {
    match block {
        BlockView::Text { .. } => "text",
        BlockView::Breathe { .. } => "breathe",
        BlockView::Worksheet { .. } => "worksheet",
        BlockView::Titled { kind, .. } => kind,
    }
}

fn fits_half(block: &BlockView) -> bool {
    matches!(kind(block), "text" | "care" | "voice" | "key" | "example") && size(block) < HALF
}

fn size(block: &BlockView) -> usize {
    match block {
        BlockView::Text { html, .. } => html.len(),
        BlockView::Titled { blocks, .. } => blocks.iter().map(|block| if let BlockView::Text { html, .. } = block { html.len() } else { OTHER }).sum(),
        BlockView::Breathe { .. } | BlockView::Worksheet { .. } => OTHER,
    }
}

/// Whether a text has quotation marks of its own.
pub fn is_quoted(blocks: &[BlockView]) -> bool {
    blocks.iter().any(|block| matches!(block, BlockView::Text { html, .. } if has_quotes(html)))
}

/// Whether what is read holds a quotation mark; those of attributes stand inside tags. Straight ones stay as they were written
/// where a language is not English.
fn has_quotes(html: &str) -> bool {
    html.split('<').any(|piece| piece.rsplit('>').next().is_some_and(|read| read.contains(['“', '„', '«', '"'])))
}

/// The steps of an exercise, with the bold start of each marked: it stands on a line of its own.
pub fn mark_steps(html: &str) -> String {
    const FIRST: &str = "<strong class=\"first\">";
    html.replace("<li><strong>", &format!("<li>{FIRST}")).replace("<li>\n<p><strong>", &format!("<li><p>{FIRST}"))
}

/// Whether a column asks for a number, and so may stay narrow.
pub fn asks_for_number(head: &str) -> bool {
    head.contains('%') || ["-10", "–10", "to 10"].iter().any(|range| head.contains(range))
}

/// Whether a table needs room to write (tall cells on paper), and whether it becomes cards where there is little room:
/// nobody can write in a narrow cell.
pub fn table_room(columns: &[ColumnView], labelled: bool) -> (bool, bool) {
    let wide = columns.len() > 4 || columns.iter().any(|column| column.html.chars().count() > 18);
    let answers = columns.iter().skip(usize::from(labelled));
    let (numbers, texts): (Vec<_>, Vec<_>) = answers.partition(|column| column.number);
    (wide, wide || texts.len() > 2 || (texts.len() == 2 && !numbers.is_empty()))
}

/// Whether options are too long to stand side by side on paper.
pub fn one_a_line(options: &[String]) -> bool {
    options.iter().any(|option| option.chars().count() > 44)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_of_any_kind_are_seen_and_those_of_tags_are_not() {
        for html in ["<p>\"Antes compraba flores.\"</p>", "<p>“I used to.”</p>", "<p><em>«Avant»</em></p>", "„Früher“"] {
            assert!(has_quotes(html), "{html}");
        }
        for html in ["<p>I used to.</p>", "<p><a href=\"a.html\">There</a> it is.</p>", ""] {
            assert!(!has_quotes(html), "{html}");
        }
    }

    fn text(len: usize) -> BlockView {
        BlockView::Text { id: None, heading_html: None, tongue: None, html: "x".repeat(len), layout: Layout::default() }
    }

    fn titled(kind: &'static str, len: usize) -> BlockView {
        BlockView::Titled { kind, id: String::new(), title: None, tongue: None, quoted: false, blocks: vec![text(len)], layout: Layout::default() }
    }

    #[test]
    fn short_blocks_of_different_kinds_stand_side_by_side() {
        let halves = |blocks: &[BlockView]| layouts(blocks).iter().map(|layout| layout.half).collect::<Vec<_>>();
        assert_eq!(halves(&[titled("care", 300), text(300), titled("voice", 100), titled("key", 50)]), [true, true, true, true]);
        assert_eq!(halves(&[text(300), text(300), titled("care", 100)]), [false, true, true]);
        assert_eq!(halves(&[titled("care", 2000), text(300)]), [false, false]);
        assert_eq!(halves(&[titled("practice", 100), text(300)]), [false, false]);
    }

    #[test]
    fn a_table_with_much_to_write_becomes_cards() {
        let columns = |heads: &[&str]| heads.iter().map(|head| ColumnView { html: (*head).into(), number: asks_for_number(head) }).collect::<Vec<_>>();
        assert_eq!(table_room(&columns(&["Day", "When", "Before 0-10", "After 0-10"]), true), (false, false));
        assert_eq!(table_room(&columns(&["What", "Where", "How much, 0 to 10"]), false), (false, true));
        assert_eq!(table_room(&columns(&["What I will do next time", "Where"]), false), (true, true));
    }

    #[test]
    fn the_bold_start_of_a_step_is_marked() {
        assert_eq!(mark_steps("<ol>\n<li><strong>Look.</strong> See.</li>\n</ol>"), "<ol>\n<li><strong class=\"first\">Look.</strong> See.</li>\n</ol>");
    }
}
