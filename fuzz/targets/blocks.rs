//! The text of a handout below its head; and notes for facilitators beside it change nothing that members see.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some(text) = common::text(bytes) else { return };
    let with = |notes: &str| common::run(common::HANDOUT, &format!("---\ntitle: H\nfacilitator: {notes}\n---\n{text}"));
    if let (Some(one), Some(other)) = (with("A"), with("Watch for the person nearest to the door.")) {
        assert_eq!(common::difference(&one.members, &other.members), None);
        assert_ne!(one.guide, other.guide);
    }
});
