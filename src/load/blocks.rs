//! Finds the `:::` blocks of a member text, line by line, before Markdown sees it.
//!
//! It fails closed: a block that is open, unknown, mislaid or in disguise is a problem, never text. Each mistake is told
//! once: a line that follows from one that has been told (the end of a block whose start was mislaid) is not told again.

use super::block_names::{known_name, unknown};
use super::disguise::disguise;
use super::fences::{Fence, code_fence};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourcePath, Span, Text, count};

/// How deep blocks may nest.
const MAX_DEPTH: usize = 8;

/// How many problems with blocks are told in one text. Who has so many mends the first ones, and looks again.
const MOST: usize = 200;

/// A piece of a member text.
#[derive(Debug)]
pub enum Piece {
    /// Plain Markdown.
    Markdown(Text),
    /// A block.
    Block {
        /// Its name; one that copebook knows.
        name: &'static str,
        /// What follows the name on its line; empty where nothing does.
        rest: Text,
        /// Where it begins.
        span: Span,
        /// What is in it; for a worksheet, its YAML as one Markdown piece.
        pieces: Vec<Piece>,
    },
}

/// A text in a file, and how many lines of the file come before it.
pub struct Body<'a> {
    /// The file.
    pub file: &'a SourcePath,
    /// The text.
    pub text: &'a str,
    /// How many lines come before it.
    pub lines_before: u32,
}

/// Splits a text in Markdown and blocks.
pub fn split(body: &Body<'_>, problems: &mut Vec<Diagnostic>) -> Vec<Piece> {
    let mut told = Vec::new();
    let mut splitter = Splitter {
        file: body.file,
        number: body.lines_before,
        problems: &mut told,
        open: Vec::new(),
        done: Vec::new(),
        chunk: Chunk::default(),
        fence: None,
        told: Vec::new(),
        too_deep: false,
    };
    for line in body.text.split('\n') {
        splitter.number += 1;
        splitter.line(line);
    }
    let pieces = splitter.end();
    problems.extend(told.into_iter().take(MOST));
    pieces
}

/// A block that is not closed yet.
struct Open {
    /// Its name, where copebook knows it.
    name: Option<&'static str>,
    /// Its name as written.
    word: String,
    colons: usize,
    rest: Text,
    span: Span,
    pieces: Vec<Piece>,
}

struct Splitter<'b, 'p> {
    file: &'b SourcePath,
    /// The number of the line in its file.
    number: u32,
    problems: &'p mut Vec<Diagnostic>,
    open: Vec<Open>,
    done: Vec<Piece>,
    chunk: Chunk,
    fence: Option<(Fence, Span)>,
    /// The colons of ends that are still to come, though their block is not open: it has been told.
    told: Vec<usize>,
    too_deep: bool,
}

impl Splitter<'_, '_> {
    /// A place on the present line.
    fn at(&self, column: usize, len: usize) -> Span {
        Span { file: self.file.clone(), line: self.number, column: count(column) + 1, len: count(len) }
    }

    fn tell(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(Diagnostic::new(code, span, message).help(help));
    }

    fn in_worksheet(&self) -> bool {
        self.open.last().is_some_and(|block| block.name == Some("worksheet"))
    }

    fn line(&mut self, line: &str) {
        let in_worksheet = self.in_worksheet();
        if !in_worksheet && let Some(fence) = code_fence(line) {
            match &self.fence {
                None => self.fence = Some((fence, self.at(0, line.trim_end().chars().count()))),
                Some((open, _)) if open.is_closed_by(&fence, line) => self.fence = None,
                Some(_) => {}
            }
        }
        let colons = line.bytes().take_while(|b| *b == b':').count();
        if self.fence.is_some() {
            self.text(line);
        } else if colons >= 3 {
            self.flush();
            let rest = line.get(colons..).unwrap_or_default();
            if rest.trim().is_empty() { self.close(colons) } else { self.start(line, colons, rest) }
        } else if let Some(disguise) = disguise(line, in_worksheet) {
            let span = self.at(disguise.column, disguise.len);
            self.tell(Code::MisplacedBlock, span, "this looks like the start or end of a block, but it cannot be one here", disguise.help);
            // A line stands in, so that the places of the lines below stay right.
            self.text(disguise.text);
            self.ended(disguise.is_start);
        } else {
            self.text(line);
        }
    }

    fn text(&mut self, line: &str) {
        self.chunk.push(line, self.number, self.file);
    }

    /// Ends the Markdown since the last block.
    fn flush(&mut self) {
        let keep_empty = self.in_worksheet();
        let pieces = self.open.last_mut().map_or(&mut self.done, |block| &mut block.pieces);
        self.chunk.flush(pieces, keep_empty);
    }

    /// After a start or end that has been told: an end to come is not told, and an end closes what is open.
    fn ended(&mut self, is_start: bool) {
        if is_start {
            self.expect_end(3);
        } else if self.told.pop().is_none() {
            self.flush();
            self.finish();
        }
    }

    /// An end with so many colons may come, and belongs to a block that has been told.
    fn expect_end(&mut self, colons: usize) {
        if self.told.len() < MOST {
            self.told.push(colons);
        }
    }

    /// Puts the innermost block where it belongs. One with an unknown name has been told and is left out.
    fn finish(&mut self) {
        let Some(block) = self.open.pop() else { return };
        if let Some(name) = block.name {
            let pieces = self.open.last_mut().map_or(&mut self.done, |outer| &mut outer.pieces);
            pieces.push(Piece::Block { name, rest: block.rest, span: block.span, pieces: block.pieces });
        }
    }

    /// A line that opens a block.
    fn start(&mut self, line: &str, colons: usize, rest: &str) {
        let whole = line.trim_end().chars().count();
        let word = rest.split_whitespace().next().unwrap_or_default();
        let word_column = whole - rest.trim().chars().count();
        let after = rest.trim().get(word.len()..).unwrap_or_default().trim();
        if !self.open.is_empty() && known_name(word).is_none() && (word.starts_with('/') || matches!(word.to_lowercase().as_str(), "end" | "close" | "stop")) {
            let help = format!("write `{}` without `{}`", ":".repeat(colons), rest.trim());
            self.tell(Code::MisplacedBlock, self.at(0, whole), "a line that ends a block has nothing but its colons", help);
            return self.ended(false);
        }
        if after.ends_with(":::") {
            let help = format!("write it on three lines:\n::: {word}\n{}\n:::", after.trim_end_matches(':').trim_end());
            return self.tell(Code::MisplacedBlock, self.at(0, whole), "this block is opened and closed on one line", help);
        }
        self.close_unclosed(colons, whole);
        if self.open.len() >= MAX_DEPTH {
            if !self.too_deep {
                self.tell(
                    Code::MisplacedBlock,
                    self.at(0, colons),
                    "blocks are nested too deep here",
                    format!("no more than {MAX_DEPTH} may stand inside one another"),
                );
            }
            self.too_deep = true;
            return self.expect_end(colons);
        }
        let name = known_name(word);
        if name.is_none() {
            self.problems.push(unknown(word, self.at(word_column, word.chars().count())));
        }
        let rest = Text { value: after.to_owned(), span: self.at(whole - after.chars().count(), after.chars().count()), indent: 1, by_line: true };
        self.open.push(Open { name, word: word.to_owned(), colons, rest, span: self.at(0, whole), pieces: Vec::new() });
    }

    /// Closes the blocks that cannot hold one that opens with so many colons: they were not closed.
    fn close_unclosed(&mut self, colons: usize, len: usize) {
        while let Some(outer) = self.open.last().filter(|outer| outer.colons <= colons || outer.name == Some("worksheet")) {
            let (word, own) = (&outer.word, ":".repeat(outer.colons));
            let mut help = format!("write a line `{own}` where `{word}` ends");
            if outer.name.is_some_and(|name| BLOCKS_CAN_HOLD_BLOCKS.contains(&name)) {
                help.push_str(&format!("; if the next block belongs inside it, give `{word}` one colon more: `{} {word}`", ":".repeat(colons + 1)));
            }
            let message = format!("the block `{word}` is not closed before the next block begins, on line {}", self.number);
            let problem = Diagnostic::new(Code::UnclosedBlock, outer.span.clone(), message).help(help).related(self.at(0, len), "the next block begins here");
            self.problems.push(problem);
            let colons = outer.colons;
            self.expect_end(colons);
            self.finish();
        }
    }

    /// A line of colons alone: closes the innermost block that was opened with as many.
    fn close(&mut self, colons: usize) {
        let Some(position) = self.open.iter().rposition(|block| block.colons == colons) else { return self.close_nothing(colons) };
        while self.open.len() > position + 1 {
            if let Some(block) = self.open.last() {
                let message = format!("the block `{}` is still open where the block around it ends, on line {}", block.word, self.number);
                let problem = Diagnostic::new(Code::UnclosedBlock, block.span.clone(), message)
                    .help(format!("write a line `{}` where it ends", ":".repeat(block.colons)));
                self.problems.push(problem);
            }
            self.finish();
        }
        self.finish();
    }

    /// A line of colons that no open block was opened with.
    fn close_nothing(&mut self, colons: usize) {
        if let Some(position) = self.told.iter().rposition(|told| *told == colons) {
            self.told.remove(position);
        } else if let Some(block) = self.open.last() {
            let own = ":".repeat(block.colons);
            let problem = Diagnostic::new(
                Code::MisplacedBlock,
                self.at(0, colons),
                format!("the block `{}` was opened with `{own}`, so this line does not close it", block.word),
            )
            .help(format!("close a block with as many colons as it was opened with: `{own}`"))
            .related(block.span.clone(), "it is opened here");
            self.problems.push(problem);
            self.finish();
        } else {
            self.tell(
                Code::MisplacedBlock,
                self.at(0, colons),
                "nothing is open that this line could close",
                "take this line away, or open a block above it: `::: practice`",
            );
        }
    }

    fn end(mut self) -> Vec<Piece> {
        self.flush();
        if let Some((fence, span)) = self.fence.take() {
            // It hides all that follows, so whether the blocks around it are closed is not known.
            let help = format!("write a line {} where it ends", fence.shown());
            self.tell(Code::UnclosedBlock, span, "a stretch of code is opened here and never closed", help);
            self.open.clear();
        }
        while let Some(block) = self.open.last() {
            let (message, help) =
                (format!("the block `{}` is opened here and never closed", block.word), format!("write a line `{}` where it ends", ":".repeat(block.colons)));
            self.problems.push(Diagnostic::new(Code::UnclosedBlock, block.span.clone(), message).help(help));
            // Where a worksheet ends is not known, and text below it is not YAML.
            if block.name == Some("worksheet") {
                self.open.pop();
            } else {
                self.finish();
            }
        }
        self.done
    }
}

/// The blocks in which another one may well have been meant to stand.
const BLOCKS_CAN_HOLD_BLOCKS: [&str; 3] = ["practice", "example", "care"];

/// The lines since the last block.
#[derive(Default)]
struct Chunk {
    text: String,
    start: Option<Span>,
}

impl Chunk {
    fn push(&mut self, line: &str, number: u32, file: &SourcePath) {
        if self.start.is_none() {
            self.start = Some(Span { file: file.clone(), line: number, column: 1, len: count(line.trim_end().chars().count()) });
        }
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Ends the chunk; an empty one is dropped, save in a worksheet, where its absence is told.
    fn flush(&mut self, pieces: &mut Vec<Piece>, keep_empty: bool) {
        let text = std::mem::take(&mut self.text);
        let Some(span) = self.start.take() else { return };
        if keep_empty || !text.trim().is_empty() {
            pieces.push(Piece::Markdown(Text { value: text, span, indent: 1, by_line: true }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(text: &str) -> (String, Vec<String>) {
        fn draw(pieces: &[Piece]) -> String {
            let each = pieces.iter().map(|piece| match piece {
                Piece::Markdown(text) => format!("{:?}", text.value.trim()),
                Piece::Block { name, rest, pieces, .. } => format!("{name}({})[{}]", rest.value, draw(pieces)),
            });
            each.collect::<Vec<_>>().join(" ")
        }
        let mut problems = Vec::new();
        let body = Body { file: &SourcePath::new("f.md"), text, lines_before: 0 };
        let pieces = split(&body, &mut problems);
        (draw(&pieces), problems.iter().map(|p| format!("{} {}", p.span.line, p.code.as_str())).collect())
    }

    #[test]
    fn blocks_are_found() {
        let (drawn, problems) = outline("a\n\n::: practice Try it now\nb\n:::\n\nc\n");
        assert_eq!(drawn, r#""a" practice(Try it now)["b"] "c""#);
        assert!(problems.is_empty(), "{problems:?}");
    }

    #[test]
    fn blocks_nest_by_longer_fences() {
        let (drawn, problems) = outline(":::: practice\n::: tip\nx\n:::\n::::\n");
        assert_eq!(drawn, r#"practice()[tip()["x"]]"#);
        assert!(problems.is_empty(), "{problems:?}");
    }

    #[test]
    fn a_code_fence_hides_colons() {
        let (drawn, problems) = outline("```\n:::\n```\n");
        assert_eq!(drawn, r#""```\n:::\n```""#);
        assert!(problems.is_empty(), "{problems:?}");
    }

    #[test]
    fn every_mistake_is_told() {
        let check = |text: &str, told: &[&str]| assert_eq!(outline(text).1, told, "{text}");
        check("::: practice\nx\n", &["1 unclosed-block"]);
        check(":::\n", &["1 misplaced-block"]);
        check("::: facilitator\nx\n:::\n", &["1 unknown-block"]);
        check("::: Practice\nx\n:::\n", &["1 unknown-block"]);
        check(":::: care\nx\n:::\n", &["3 misplaced-block"]);
        check("::: practice\n::: tip\nx\n:::\n", &["1 unclosed-block"]);
        check("- a\n  ::: tip\n", &["2 misplaced-block"]);
        check("> ::: tip\n", &["1 misplaced-block"]);
        check("    ::: tip\n", &["1 misplaced-block"]);
        check("：：： tip\n", &["1 misplaced-block"]);
        check("\u{a0}::: tip\n", &["1 misplaced-block"]);
        check(":: tip\n", &["1 misplaced-block"]);
        check("::: tip\n```\nx\n:::\n", &["2 unclosed-block"]);
        check("::: tip\nx\n::: end\n", &["3 misplaced-block"]);
        check("::: tip\nx. :::\n", &["2 misplaced-block"]);
        check("::: tip x :::\n", &["1 misplaced-block"]);
        check("::: practice\nx\n::: tip\ny\n:::\n:::\n", &["1 unclosed-block"]);
        check("：：： tip\nx\n:::\n", &["1 misplaced-block"]);
        check("::: tip\nx\n:::\n:::\n", &["4 misplaced-block"]);
    }
}
