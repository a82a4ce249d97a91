//! A whole course, twice: once with the input in every text for facilitators, once with a word. Members get the same bytes.
#![no_main]

mod common;

use common::grow::{Place, grow};
use common::whole::{Options, whole};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let at = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len().min(32));
    let (choices, private) = bytes.split_at(at);
    let Some(private) = common::text(private.strip_prefix(&[0]).unwrap_or(private)) else { return };
    let pieces: Vec<&str> = private.split("~~~~").collect();
    let mut n = 0;
    let written = grow(choices, &mut |place| {
        n += 1;
        let piece = pieces[n % pieces.len()];
        match place {
            Place::Word | Place::Nobody | Place::Stray | Place::Drawing => "word".into(),
            Place::Name | Place::Credit | Place::OfGroup | Place::Line => format!("x{}", piece.replace('\n', " ")),
            Place::Text => format!("x{piece}"),
        }
    });
    let mut plain = |place| if matches!(place, Place::Word | Place::Nobody | Place::Stray | Place::Drawing) { "word".into() } else { "x".into() };
    let empty = grow(choices, &mut plain);
    let flags = choices.first().copied().unwrap_or_default();
    let options = Options { group: flags & 1 == 1, listed: flags & 2 == 2, single: true, ..Options::default() };
    let Ok(one) = whole(&written.sources(), &options) else { return };
    let other = whole(&empty.sources(), &options).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(common::difference(&one.members, &other.members), None);
});
