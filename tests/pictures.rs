//! Pictures reach readers without what cameras and programs wrote into them, and broken or hostile ones are refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]

mod support;

use copebook::picture::clean;
use proptest::prelude::*;
use support::{EVERYTHING, Folder};

const PICTURES: [(&str, &[u8]); 6] = [
    ("photo.jpg", include_bytes!("fixtures/pictures/photo.jpg")),
    ("drawing.png", include_bytes!("fixtures/pictures/drawing.png")),
    ("photo.webp", include_bytes!("fixtures/pictures/photo.webp")),
    ("lossless.webp", include_bytes!("fixtures/pictures/lossless.webp")),
    ("moving.gif", include_bytes!("fixtures/pictures/moving.gif")),
    ("drawing.svg", include_bytes!("fixtures/pictures/drawing.svg")),
];

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}

#[test]
fn what_programs_wrote_into_a_picture_stays_at_home() {
    for (name, bytes) in PICTURES {
        let seen = clean(bytes).unwrap_or_else(|unfit| panic!("{name}: {unfit:?}"));
        assert!(!holds(&seen, "CANARY"), "{name} keeps a note");
        assert!(name == "lossless.webp" || holds(bytes, "CANARY") && seen.len() < bytes.len(), "{name} had no note to begin with");
        assert_eq!(clean(&seen).unwrap(), seen, "{name} is not clean after it was cleaned");
    }
}

#[test]
fn a_photo_keeps_which_way_it_is_turned() {
    let seen = clean(PICTURES[0].1).unwrap();
    // Tag 0x0112, a short, one of it, 6: a quarter turn.
    assert!(seen.windows(10).any(|window| window == b"\x12\x01\x03\0\x01\0\0\0\x06\0"), "the photo would lie on its side");
    assert!(seen.ends_with(&[0xff, 0xd9]));
}

#[test]
fn a_moving_picture_goes_on_moving() {
    let seen = clean(PICTURES[4].1).unwrap();
    assert!(holds(&seen, "NETSCAPE2.0") && seen.ends_with(&[0x3b]));
}

#[test]
fn a_drawing_stays_a_drawing() {
    let seen = String::from_utf8(clean(PICTURES[5].1).unwrap()).unwrap();
    for piece in ["<svg ", "linearGradient", "url(#g)", "xlink:href=\"#g\"", "Breathe &amp; rest &#8212; ok", "d=\"M0 0h10v10z\""] {
        assert!(seen.contains(piece), "{piece} is gone: {seen}");
    }
    assert!(!seen.contains("inkscape") && !seen.contains("DOCTYPE"), "{seen}");
}

#[test]
fn drawings_that_run_or_load_something_are_refused() {
    let svg = |inside: &str| format!("<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>{inside}</svg>");
    for inside in [
        "<script>alert(1)</script>",
        "<SCRIPT/>",
        "<svg:script xmlns:svg='http://www.w3.org/2000/svg'/>",
        "<foreignObject><p/></foreignObject>",
        "<rect onload='alert(1)'/>",
        "<rect ONCLICK='x'/>",
        "<image href='https://evil.example/x.png'/>",
        "<image xlink:href='//evil.example/x.png'/>",
        "<a href='java&#115;cript:alert(1)'><rect/></a>",
        "<a href='data:text/html,x'/>",
        "<rect style='fill: URL( \"https://evil.example/x\")'/>",
        "<style>@import 'https://evil.example/x.css';</style>",
        "<style><![CDATA[ .a { background: url(//evil.example) } ]]></style>",
        "<text>&file;</text>",
    ] {
        let unfit = clean(svg(inside).as_bytes()).expect_err(inside);
        assert!(
            unfit.message.contains("holds a program") || unfit.message.contains("another place") || unfit.message.contains("short forms"),
            "{inside}: {unfit:?}"
        );
    }
    assert!(clean(svg("<image href='data:image/png;base64,AA=='/><use href='#a'/><rect style='fill:url(#a)'/>").as_bytes()).is_ok());
}

#[test]
fn what_is_no_picture_is_refused() {
    let bomb = {
        let mut png = PICTURES[1].1.to_vec();
        png[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
        png
    };
    for bytes in [&b""[..], b"\0", b"hello", b"<html></html>", b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"GIF89a", b"BM123456", &bomb] {
        assert!(clean(bytes).is_err(), "{bytes:?}");
    }
}

#[test]
fn a_site_gets_the_clean_picture_and_a_broken_one_is_told() {
    let folder = Folder::with(EVERYTHING);
    folder.put("course/assets/hill.svg", PICTURES[5].1);
    let built = folder.copebook(&["build", "course"]);
    assert_eq!(built.status.code(), Some(0), "{}", String::from_utf8_lossy(&built.stdout));
    let pictures: Vec<Vec<u8>> = folder.files("site").into_iter().filter(|(name, _)| name.ends_with(".svg")).map(|(_, bytes)| bytes).collect();
    assert!(!pictures.is_empty() && pictures.iter().all(|bytes| !holds(bytes, "CANARY")));
    folder.put("course/assets/hill.svg", "<svg><script/></svg>");
    let built = folder.copebook(&["build", "course"]);
    assert_eq!(built.status.code(), Some(1));
    let told = String::from_utf8_lossy(&built.stdout).into_owned();
    assert!(told.contains("hill.svg holds a program"), "{told}");
    assert!(!told.contains("there is no picture"), "{told}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    /// Whatever is broken in a picture, cleaning it ends, and ends well.
    #[test]
    fn broken_pictures_are_survived(which in 0..PICTURES.len(), at in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), cut in any::<prop::sample::Index>()) {
        let mut bytes = PICTURES[which].1.to_vec();
        for (index, byte) in at {
            let index = index.index(bytes.len());
            bytes[index] = byte;
        }
        bytes.truncate(bytes.len() - cut.index(bytes.len()) / 4);
        if let Ok(seen) = clean(&bytes) {
            prop_assert!(seen.len() <= bytes.len() + 64);
        }
    }
}
