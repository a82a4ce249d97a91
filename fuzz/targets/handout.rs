//! A handout with its head: front matter, Markdown, blocks and worksheets.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some(text) = common::text(bytes) {
        common::run(common::HANDOUT, &text);
    }
});
