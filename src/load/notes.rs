//! Notes for facilitators that stand in a text for members: under a key that was moved out of the head, or marked by a word.

use super::block_names::is_facilitator;
use super::fences::code_fence;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Text;

/// Words that may stand beside "facilitator" in such a mark: `Facilitator note:`, `**For facilitators only:**`.
const BESIDE: [&str; 8] = ["note", "notes", "to", "for", "the", "only", "tip", "s"];

/// How many such lines are told in one stretch of text. Who has so many mends the first ones, and looks again.
const MOST: usize = 100;

/// Tells each line of a text for members that says of itself that it is for facilitators, and takes it out, so that no other
/// rule tells it again.
pub fn take(text: &mut Text, problems: &mut Vec<Diagnostic>) {
    // Such a line has a colon, of one kind or the other.
    if !text.value.bytes().any(|byte| matches!(byte, b':' | 0xef)) {
        return;
    }
    let mut places = text.places();
    let mut left = String::new();
    let mut fence = None;
    let (mut offset, mut told) = (0, 0);
    for line in text.value.split_inclusive('\n') {
        if let Some(found) = code_fence(line) {
            match &fence {
                None => fence = Some(found),
                Some(open) if open.is_closed_by(&found, line) => fence = None,
                Some(_) => {}
            }
        }
        let found = fence.is_none().then(|| mark(line)).flatten();
        if let Some(mark) = found.filter(|_| told < MOST) {
            told += 1;
            let at = places.at(offset + (line.len() - line.trim_start().len()), mark.len());
            problems.push(
                Diagnostic::new(Code::NotesInText, at, "this line looks like notes for facilitators, but all of this text is for members").help(
                    "move them to the key `facilitator: |` between the `---` lines at the head of a handout, or to a page of the guide; if members should read it, begin the line with other words: `Your facilitators are …`",
                ),
            );
        }
        // An empty line in its place keeps the places of the others right.
        left.push_str(if found.is_some() { "\n" } else { line });
        offset += line.len();
    }
    text.value = left;
}

/// The words before a colon that say whom the line is for.
fn mark(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let end = line.find([':', '：']).filter(|end| *end <= 80)?;
    let before = line.get(..end)?;
    let words: Vec<String> = before
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !word.chars().all(|c| c.is_ascii_digit()))
        .map(str::to_lowercase)
        .collect();
    let named = words.iter().filter(|word| is_facilitator(word)).count();
    (named == 1 && words.iter().all(|word| is_facilitator(word) || BESIDE.contains(&word.as_str()))).then_some(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_seen_and_sentences_are_not() {
        for marked in [
            "facilitator: |",
            "Facilitator: Watch for tears.",
            "**Facilitator note:** Watch for tears.",
            "- *Notes for facilitators*: x",
            "> FACILITATORS ONLY: x",
            "## Facilitator's notes: x",
            "1. facilitater: x",
        ] {
            assert!(mark(marked).is_some(), "{marked}");
        }
        for harmless in [
            "Your facilitators are Ana and Ben.",
            "Your facilitators: Ana and Ben",
            "Ask a facilitator: they know.",
            "Note: breathe out.",
            "The facilitator",
            "https://facilitator.example.org",
        ] {
            assert!(mark(harmless).is_none(), "{harmless}");
        }
    }
}
