//! Finds the `:::` blocks of a member text, line by line, before Markdown sees it.
//!
//! It fails closed: a block that is open, unknown, mislaid or in disguise is a problem, never text.

use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::model::BlockKind;
use crate::source::{SourcePath, Span, Text, count};

/// How deep blocks may nest.
const MAX_DEPTH: usize = 8;

/// The names of the blocks that are not only a title and text.
const SPECIAL: [&str; 2] = ["breathe", "worksheet"];

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

/// A block that is not closed yet.
struct Open {
    name: Option<&'static str>,
    colons: usize,
    rest: Text,
    span: Span,
    pieces: Vec<Piece>,
}

/// Splits a text in Markdown and blocks.
pub fn split(body: &Body<'_>, problems: &mut Vec<Diagnostic>) -> Vec<Piece> {
    let mut open: Vec<Open> = Vec::new();
    let mut done: Vec<Piece> = Vec::new();
    let mut chunk = Chunk::default();
    let mut fence: Option<(char, usize, Span)> = None;

    for (index, line) in body.text.split('\n').enumerate() {
        let number = body.lines_before + count(index) + 1;
        let at = |column: usize, len: usize| Span { file: body.file.clone(), line: number, column: count(column) + 1, len: count(len) };
        let in_worksheet = open.last().is_some_and(|block| block.name == Some("worksheet"));
        if !in_worksheet && let Some((mark, length)) = code_fence(line) {
            match &fence {
                None => fence = Some((mark, length, at(0, line.trim_end().chars().count()))),
                Some((open_mark, open_length, _)) if *open_mark == mark && length >= *open_length && line.trim().chars().all(|c| c == mark) => fence = None,
                Some(_) => {}
            }
        }
        let colons = line.bytes().take_while(|b| *b == b':').count();
        if fence.is_some() || colons < 3 {
            if fence.is_none() {
                check_disguise(line, in_worksheet, &at, problems);
            }
            chunk.push(line, number, body);
            continue;
        }
        let rest = line.get(colons..).unwrap_or_default();
        let name = rest.trim();
        if name.is_empty() {
            chunk.flush(open.last_mut().map_or(&mut done, |block| &mut block.pieces), in_worksheet);
            close(&mut open, &mut done, colons, &at(0, colons), problems);
            continue;
        }
        chunk.flush(open.last_mut().map_or(&mut done, |block| &mut block.pieces), in_worksheet);
        if let Some(outer) = open.last().filter(|outer| outer.colons <= colons || in_worksheet) {
            let what = outer.name.unwrap_or("this");
            problems.push(if in_worksheet || outer.colons == colons && !BLOCKS_CAN_HOLD_BLOCKS.contains(&what) {
                Diagnostic::new(
                    Code::UnclosedBlock,
                    outer.span.clone(),
                    format!("the block `{what}` is opened here and not closed before the next block begins, on line {number}"),
                )
                .help(format!("write a line `{}` where it ends", ":".repeat(outer.colons)))
                .related(at(0, line.trim_end().chars().count()), "the next block begins here")
            } else {
                Diagnostic::new(
                    Code::UnclosedBlock,
                    outer.span.clone(),
                    format!("the block `{what}` is not closed before the next block begins, on line {number}"),
                )
                .help(format!(
                    "write a line `{}` where `{what}` ends; if the next block belongs inside it, give `{what}` one colon more: `{} {what}`",
                    ":".repeat(outer.colons),
                    ":".repeat(colons + 1)
                ))
                .related(at(0, line.trim_end().chars().count()), "the next block begins here")
            });
            // Take the outer block as closed here, so that the rest of the file is still checked.
            if let Some(block) = open.pop().filter(|block| !block.pieces.is_empty()) {
                finish(block, open.last_mut().map_or(&mut done, |outer| &mut outer.pieces));
            }
        }
        if open.len() >= MAX_DEPTH {
            problems.push(
                Diagnostic::new(Code::MisplacedBlock, at(0, colons), "blocks are nested too deep here")
                    .help(format!("no more than {MAX_DEPTH} may stand inside one another")),
            );
        }
        let word = name.split_whitespace().next().unwrap_or_default();
        let word_column = line.find(word).map_or(0, |byte| line.get(..byte).unwrap_or_default().chars().count());
        let known = known_name(word);
        if known.is_none() {
            problems.push(unknown(word, at(word_column, word.chars().count())));
        }
        let after = name.get(word.len()..).unwrap_or_default().trim();
        let after_column =
            if after.is_empty() { word_column } else { line.chars().count() - line.trim_start_matches(|c| c != ' ').chars().count().min(line.chars().count()) };
        let after_column = line.rfind(after).filter(|_| !after.is_empty()).map_or(after_column, |byte| line.get(..byte).unwrap_or_default().chars().count());
        let span = at(0, line.trim_end().chars().count());
        let rest = Text { value: after.to_owned(), span: at(after_column, after.chars().count()), indent: 1, by_line: true };
        open.push(Open { name: known, colons, rest, span, pieces: Vec::new() });
    }
    let in_worksheet = open.last().is_some_and(|block| block.name == Some("worksheet"));
    chunk.flush(open.last_mut().map_or(&mut done, |block| &mut block.pieces), in_worksheet);
    if let Some((mark, length, span)) = fence {
        let line = mark.to_string().repeat(length);
        problems.push(
            Diagnostic::new(Code::UnclosedBlock, span, format!("a stretch of code is opened with `{line}` and never closed"))
                .help(format!("write a line `{line}` where it ends")),
        );
    }
    while let Some(block) = open.pop() {
        let line = ":".repeat(block.colons);
        problems.push(
            Diagnostic::new(
                Code::UnclosedBlock,
                block.span.clone(),
                format!("the block `{}` is opened here and never closed", block.name.unwrap_or("with this name")),
            )
            .help(format!("write a line `{line}` where it ends")),
        );
        finish(block, open.last_mut().map_or(&mut done, |outer| &mut outer.pieces));
    }
    done
}

/// The blocks in which another one may well have been meant to stand.
const BLOCKS_CAN_HOLD_BLOCKS: [&str; 3] = ["practice", "example", "care"];

/// The block name as copebook knows it.
fn known_name(word: &str) -> Option<&'static str> {
    names().find(|name| *name == word)
}

fn names() -> impl Iterator<Item = &'static str> {
    BlockKind::WORDS.iter().map(|(word, _)| *word).chain(SPECIAL)
}

fn unknown(word: &str, span: Span) -> Diagnostic {
    let folded = word.to_lowercase();
    if strsim::damerau_levenshtein(folded.trim_end_matches(':'), "facilitator") <= 2 || folded == "note" || folded == "notes" {
        return Diagnostic::new(Code::UnknownBlock, span, format!("`{word}` is not a block: everything in this text is for members"))
            .help("notes for facilitators go under the key `facilitator: |` between the `---` lines at the head of the file");
    }
    let all = names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    Diagnostic::new(Code::UnknownBlock, span, format!("there is no block `{word}`"))
        .help(did_you_mean(word, names()).unwrap_or(format!("the blocks are {all}")))
}

/// Closes the innermost block, when it was opened with as many colons.
fn close(open: &mut Vec<Open>, done: &mut Vec<Piece>, colons: usize, span: &Span, problems: &mut Vec<Diagnostic>) {
    let Some(position) = open.iter().rposition(|block| block.colons == colons) else {
        let help = match open.last() {
            Some(block) => format!("the block that is open was opened with `{}`; close it with as many colons", ":".repeat(block.colons)),
            None => "take this line away, or open a block above it: `::: practice`".into(),
        };
        problems.push(Diagnostic::new(Code::MisplacedBlock, span.clone(), "nothing is open that this line could close").help(help));
        return;
    };
    while open.len() > position {
        let Some(block) = open.pop() else { return };
        if open.len() > position {
            let line = ":".repeat(block.colons);
            problems.push(
                Diagnostic::new(
                    Code::UnclosedBlock,
                    block.span.clone(),
                    format!("the block `{}` is still open where the block around it ends, on line {}", block.name.unwrap_or("with this name"), span.line),
                )
                .help(format!("write a line `{line}` where it ends")),
            );
        }
        finish(block, open.last_mut().map_or(&mut *done, |outer| &mut outer.pieces));
    }
}

/// Puts a closed block where it belongs; one with an unknown name has been told and is left out.
fn finish(block: Open, pieces: &mut Vec<Piece>) {
    if let Some(name) = block.name {
        pieces.push(Piece::Block { name, rest: block.rest, span: block.span, pieces: block.pieces });
    }
}

/// Tells a line that looks like the start or end of a block and is none.
fn check_disguise(line: &str, in_worksheet: bool, at: &impl Fn(usize, usize) -> Span, problems: &mut Vec<Diagnostic>) {
    let bare = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '-' | '*' | '+' | '\u{200b}' | '\u{feff}' | '|'));
    let bare = bare.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', ')']).trim_start();
    let bare = bare.trim_start_matches('#').trim_start();
    let colons: String = bare.chars().take_while(|c| matches!(c, ':' | '：' | '∶' | '﹕')).collect();
    let length = colons.chars().count();
    if length < 2 || (in_worksheet && length < 3) || bare == line && length == 2 && !is_block_like(bare) {
        return;
    }
    let column = line.chars().count() - bare.chars().count();
    let problem = Diagnostic::new(Code::MisplacedBlock, at(column, length), "this looks like the start or end of a block, but it cannot be one here");
    problems.push(if colons.chars().any(|c| c != ':') {
        problem.help("these are colons of another kind; type three plain ones: `:::`")
    } else if length == 2 {
        problem.help("a block starts and ends with three colons: `:::`")
    } else {
        problem.help("a block starts and ends at the very beginning of a line, outside lists, quotes and tables")
    });
}

fn is_block_like(bare: &str) -> bool {
    let word = bare.trim_start_matches(':').trim();
    word.is_empty()
        || word
            .split_whitespace()
            .next()
            .is_some_and(|word| known_name(&word.to_lowercase()).is_some() || strsim::damerau_levenshtein(&word.to_lowercase(), "facilitator") <= 2)
}

/// The mark and length of a code fence, when a line is one.
fn code_fence(line: &str) -> Option<(char, usize)> {
    let bare = line.trim_start_matches(' ');
    if line.len() - bare.len() > 3 {
        return None;
    }
    let mark = bare.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = bare.chars().take_while(|c| *c == mark).count();
    let info = bare.get(length..).unwrap_or_default();
    (length >= 3 && !(mark == '`' && info.contains('`'))).then_some((mark, length))
}

/// The lines since the last block.
#[derive(Default)]
struct Chunk {
    text: String,
    start: Option<Span>,
}

impl Chunk {
    fn push(&mut self, line: &str, number: u32, body: &Body<'_>) {
        if self.start.is_none() {
            self.start = Some(Span { file: body.file.clone(), line: number, column: 1, len: count(line.trim_end().chars().count()) });
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
        check(":::: care\nx\n:::\n", &["3 misplaced-block", "1 unclosed-block"]);
        check("::: practice\n::: tip\nx\n:::\n", &["1 unclosed-block"]);
        check("- a\n  ::: tip\n", &["2 misplaced-block"]);
        check("> ::: tip\n", &["1 misplaced-block"]);
        check("    ::: tip\n", &["1 misplaced-block"]);
        check("：：： tip\n", &["1 misplaced-block"]);
        check("\u{a0}::: tip\n", &["1 misplaced-block"]);
        check(":: tip\n", &["1 misplaced-block"]);
        check("::: tip\n```\nx\n:::\n", &["2 unclosed-block", "1 unclosed-block"]);
        check("::: tip\nx\n::: end\n:::\n", &["1 unclosed-block", "3 unknown-block"]);
    }
}
