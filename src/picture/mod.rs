//! What a picture may carry to readers: what is seen of it, and nothing else. Cameras write down where and when a photo was
//! taken, programs write down who drew it and in which folder. No disk, no curriculum.

mod raster;
mod svg;

/// The endings of the names of pictures that readers can be shown, in small letters.
pub const ENDINGS: [&str; 6] = ["png", "jpg", "jpeg", "webp", "gif", "svg"];

/// The most pixels that a picture may have: beyond this, a cheap phone runs out of memory.
const MOST_PIXELS: u64 = 60_000_000;

/// Why a picture cannot be used, and what to do.
#[derive(PartialEq, Eq, Debug)]
pub struct Unfit {
    /// What is wrong, as the end of a sentence that begins with the picture's name.
    pub message: &'static str,
    /// What to do.
    pub help: &'static str,
}

const BROKEN: Unfit =
    Unfit { message: "cannot be read as a picture", help: "open it in a program for pictures, and save it again as PNG, JPG, WebP, GIF or SVG" };
const TOO_MANY_PIXELS: Unfit = Unfit { message: "has more than 60 million pixels", help: "make it smaller: 2000 pixels wide is enough for any page" };

/// The picture without what only programs read: place, date, author, comments, former versions. What the bytes are counts,
/// not how the file's name ends.
pub fn clean(bytes: &[u8]) -> Result<Vec<u8>, Unfit> {
    let is = |mark: &[u8]| bytes.starts_with(mark);
    if is(b"\xff\xd8") {
        raster::jpeg(bytes)
    } else if is(b"\x89PNG") {
        raster::png(bytes)
    } else if is(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        raster::webp(bytes)
    } else if is(b"GIF8") {
        raster::gif(bytes)
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        svg::clean(text)
    } else {
        Err(BROKEN)
    }
}

/// Refuses pictures with more pixels than a phone can hold.
fn fits(size: Option<(u64, u64)>) -> Result<(), Unfit> {
    match size {
        Some((width, height)) if width.saturating_mul(height) <= MOST_PIXELS => Ok(()),
        Some(_) => Err(TOO_MANY_PIXELS),
        None => Err(BROKEN),
    }
}
