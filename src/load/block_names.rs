//! The names of blocks, and what an author most likely meant by another one.

use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::model::BlockKind;
use crate::source::Span;

/// The names of the blocks that are not only a title and text.
const SPECIAL: [&str; 2] = ["breathe", "worksheet"];

/// The block name as copebook knows it.
pub fn known_name(word: &str) -> Option<&'static str> {
    names().find(|name| *name == word)
}

fn names() -> impl Iterator<Item = &'static str> {
    BlockKind::WORDS.iter().map(|(word, _)| *word).chain(SPECIAL)
}

/// Tells a name that is no block's.
pub fn unknown(word: &str, span: Span) -> Diagnostic {
    let folded = word.to_lowercase();
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric());
    if is_for_facilitators(folded) {
        return Diagnostic::new(Code::UnknownBlock, span, format!("`{word}` is not a block: everything in this text is for members"))
            .help("notes for facilitators go under the key `facilitator: |` between the `---` lines at the head of the file");
    }
    let all = || names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let meant = BlockKind::meant_by(folded).map(|name| format!("did you mean `{name}`?"));
    Diagnostic::new(Code::UnknownBlock, span, format!("there is no block `{word}`"))
        .help(did_you_mean(word, names()).or(meant).unwrap_or_else(|| format!("the blocks are {}", all())))
}

/// Whether a name says that what follows is not for members.
pub fn is_for_facilitators(word: &str) -> bool {
    let others = ["therapist", "leader", "leaders", "counselor", "instructor", "staff", "private", "internal", "hidden", "secret", "note", "notes", "comment"];
    is_facilitator(word) || others.contains(&word)
}

/// Whether a word in small letters is "facilitator", or nearly so.
pub fn is_facilitator(word: &str) -> bool {
    strsim::damerau_levenshtein(word, "facilitator") <= 2 || strsim::damerau_levenshtein(word, "facilitators") <= 1
}
