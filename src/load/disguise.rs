//! Lines that look like the start or end of a block to an author, and are none to copebook.

use super::block_names::{is_for_facilitators, known_name};

/// A line that looks like the start or end of a block and is none.
pub struct Disguise<'a> {
    /// Where its colons begin, from 0.
    pub column: usize,
    /// How many they are.
    pub len: usize,
    /// Whether it looks like the start of a block.
    pub is_start: bool,
    /// The text on the line that is no part of it.
    pub text: &'a str,
    /// What to do.
    pub help: &'static str,
}

/// What a line that is neither text nor a good start or end looks like.
pub fn disguise(line: &str, in_worksheet: bool) -> Option<Disguise<'_>> {
    // The other kinds of colons begin with one of two bytes.
    if !line.bytes().any(|byte| matches!(byte, b':' | 0xe2 | 0xef)) {
        return None;
    }
    let bare = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '-' | '*' | '+' | '\u{200b}' | '\u{feff}' | '|'));
    let bare = bare.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', ')']).trim_start();
    let bare = bare.trim_start_matches('#').trim_start();
    let colons: String = bare.chars().take_while(|c| is_colon(*c)).collect();
    let len = colons.chars().count();
    let column = line.chars().count() - bare.chars().count();
    let is_start = !bare.trim_matches(|c: char| is_colon(c) || c.is_whitespace() || matches!(c, '|' | '>')).is_empty();
    if len < 2 || (in_worksheet && len < 3) || bare == line && len == 2 && !is_block_like(bare) {
        // `Stop here. :::`
        let end = line.trim_end();
        let text = end.trim_end_matches(':');
        let len = end.len() - text.len();
        let help = "the colons that end a block stand on a line of their own";
        return (len >= 3 && !in_worksheet).then(|| Disguise { column: text.chars().count(), len, is_start: false, text, help });
    }
    let help = if colons.chars().any(|c| c != ':') {
        "these are colons of another kind; type three plain ones: `:::`"
    } else if len == 2 {
        "a block starts and ends with three colons: `:::`"
    } else if line.starts_with(|c: char| !c.is_ascii() && !is_colon(c)) {
        "an invisible sign, or a space of another kind, stands before the colons (often pasted from Word): delete it"
    } else {
        "a block starts and ends at the very beginning of a line, outside lists, quotes and tables"
    };
    Some(Disguise { column, len, is_start, text: "", help })
}

fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：' | '∶' | '﹕')
}

fn is_block_like(bare: &str) -> bool {
    let word = bare.trim_start_matches(':').trim();
    word.is_empty() || word.split_whitespace().next().map(str::to_lowercase).is_some_and(|word| known_name(&word).is_some() || is_for_facilitators(&word))
}
