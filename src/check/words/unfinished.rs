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
                let written = run.text().get(range.clone()).unwrap_or_default();
                problems.push(
                    Diagnostic::new(Code::UnfinishedText, passage.place(run, range.clone()), format!("`{}` is for you, but members read it", written.trim()))
                        .help("write what is to stand here; a note to yourself goes behind `#` in YAML, or into another file"),
                );
            }
        }
    }
    problems
}

fn words<'r>(run: &'r Run<'_>, todo_is_a_word: bool) -> impl Iterator<Item = Range<usize>> + 'r {
    let text = run.text();
    let words = if has_word(text) { run.words.as_slice() } else { &[] };
    let left = words.iter().map(|word| &word.range).enumerate().filter(move |(_, range)| {
        let word = text.get((*range).clone()).unwrap_or_default();
        WORDS.contains(&word) && !(word == "TODO" && todo_is_a_word)
    });
    // A number whose digits are to come (XXX-XXXX) is told by the rule of numbers.
    let digit = |c: Option<char>| c.is_some_and(|c| c == 'X' || c.is_ascii_digit());
    let is_number = move |at: &Range<usize>| {
        let after = text.get(at.end..).unwrap_or_default().strip_prefix(['-', '.']).and_then(|rest| rest.chars().next());
        let before = text.get(..at.start).unwrap_or_default().strip_suffix(['-', '.']).and_then(|rest| rest.chars().next_back());
        text.get(at.clone()) == Some("XXX") && (digit(after) || digit(before))
    };
    let left = left.filter(move |(_, range)| !is_number(range));
    // The rest of such a number is one place with its start.
    let mut end = 0;
    left.filter_map(move |(n, range)| {
        let same = run.is_joined(n) && range.start <= end + 1;
        end = range.end;
        (!same || range.start == 0).then(|| range.clone())
    })
}

/// Whether one byte of a text, its next and the one after that are somewhere as asked. All are looked at, which is faster than one
/// after the other until something is found.
fn has(text: &str, wanted: impl Fn(u8, u8, u8) -> bool) -> bool {
    let from = |n: usize| text.as_bytes().get(n..).unwrap_or_default();
    from(0).iter().zip(from(1)).zip(from(2)).fold(false, |found, ((one, two), three)| found | wanted(*one, *two, *three))
}

/// Whether one of the words may stand in a text: each begins with three capitals.
fn has_word(text: &str) -> bool {
    has(text, |one, two, three| one.is_ascii_uppercase() & two.is_ascii_uppercase() & three.is_ascii_uppercase())
}

/// Whether a mark may stand in a text: its brackets, or the end of one word and the start of the other of `LOREM`.
fn has_mark(text: &str) -> bool {
    has(text, |one, two, three| (one == b'[') | ((one == b'(') & (two == b'?')) | ((one | 0x20 == b'm') & (two == b' ') & (three | 0x20 == b'i')))
}

fn marks(run: &Run<'_>) -> impl Iterator<Item = Range<usize>> {
    let small = has_mark(run.text()).then(|| run.text().to_ascii_lowercase());
    let found = move |mark: &&str| small.as_ref().and_then(|text| text.find(mark)).map(|at| at..at + mark.len());
    MARKS.iter().filter_map(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_and_no_mark_is_passed_over() {
        for mark in MARKS.iter().flat_map(|mark| [(*mark).to_owned(), mark.to_uppercase()]) {
            assert!(has_mark(&format!("a {mark} b")) && has_mark(&mark), "{mark}");
        }
        for word in WORDS {
            assert!(has_word(&format!("a {word} b")) && has_word(word), "{word}");
        }
        assert!(!has_mark("I am (not) in.") && !has_word("We met Ana AB Ca."));
    }
}
