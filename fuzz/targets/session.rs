//! A session plan: the deepest of the YAML files.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some(text) = common::text(bytes) {
        common::run(common::SESSION, &text);
    }
});
