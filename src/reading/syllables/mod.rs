//! How many syllables a word has, from its letters; a file for each language. Each has a list of words with known counts as
//! its test.

pub(super) mod english;
pub(super) mod french;
pub(super) mod german;
pub(super) mod spanish;
