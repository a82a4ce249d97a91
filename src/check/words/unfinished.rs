//! Texts that are not finished.

use std::ops::Range;

use super::passage::{Passage, Run};
use crate::diagnostic::{Code, Diagnostic};

/// Words in capitals that people leave where something is to come.
const WORDS: &[&str] = &["TODO", "TBD", "FIXME", "XXX"];
const LOREM: &str = "lorem ipsum";
/// Other marks of that kind, in small letters.
const MARKS: &[&str] = &["(??", LOREM, "[insert ", "[insert]", "[insertar ", "[insérer ", "[einfügen", "[hier einfügen", "[placeholder"];

/// How many places are told in one file: who has so many mends these first.
const MOST: usize = 20;

/// A warning for each place that is still to be written.
pub(super) fn problems(row: &[Passage<'_>], language: &str) -> Vec<Diagnostic> {
    // In these languages TODO is a word, and says “all”.
    let todo_is_a_word = ["es", "pt", "gl"].iter().any(|code| language.split('-').next() == Some(code));
    let mut problems = Vec::new();
    for passage in row {
        for run in &passage.runs {
            for range in words(run, todo_is_a_word).chain(marks(run)) {
                if problems.len() == MOST {
                    return problems;
                }
                let written = run.plain.text.get(range.clone()).unwrap_or_default();
                problems.push(
                    Diagnostic::new(Code::UnfinishedText, passage.place(run, range.clone()), format!("`{}` is for you, but members read it", written.trim()))
                        .help("write what is to stand here; a note to yourself goes behind `#` in YAML, or into another file"),
                );
            }
        }
    }
    problems
}

fn words(run: &Run, todo_is_a_word: bool) -> impl Iterator<Item = Range<usize>> {
    let text = run.plain.text.as_str();
    let written = run.tokens.iter().filter_map(move |token| Some((text.get(token.range.clone())?, token)));
    let left = written.filter(move |(word, _)| WORDS.contains(word) && !(*word == "TODO" && todo_is_a_word));
    // A number whose digits are to come (XXX-XXXX) is told by the rule of numbers.
    let digit = |c: Option<char>| c.is_some_and(|c| c == 'X' || c.is_ascii_digit());
    let is_number = move |at: &Range<usize>| {
        let after = text.get(at.end..).unwrap_or_default().strip_prefix(['-', '.']).and_then(|rest| rest.chars().next());
        let before = text.get(..at.start).unwrap_or_default().strip_suffix(['-', '.']).and_then(|rest| rest.chars().next_back());
        text.get(at.clone()) == Some("XXX") && (digit(after) || digit(before))
    };
    let left = left.filter(move |(_, token)| !is_number(&token.range));
    // The rest of such a number is one place with its start.
    let mut end = 0;
    left.filter_map(move |(_, token)| {
        let same = token.joined && token.range.start <= end + 1;
        end = token.range.end;
        (!same || token.range.start == 0).then(|| token.range.clone())
    })
}

fn marks(run: &Run) -> impl Iterator<Item = Range<usize>> {
    let text = run.small();
    let any = text.bytes().any(|byte| matches!(byte, b'(' | b'[')) || text.contains(LOREM);
    MARKS.iter().filter(move |_| any).filter_map(move |mark| text.find(mark).map(|at| at..at + mark.len()))
}
