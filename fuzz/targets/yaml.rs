//! The file of a course: any YAML, and each kind of value that copebook reads.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some(text) = common::text(bytes) {
        common::run(common::CURRICULUM, &text);
    }
});
