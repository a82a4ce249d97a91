//! Photos and other pictures made of pixels. The parts that are seen are kept byte for byte, so nothing gets blurred.

use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::png::Png;
use img_parts::riff::{RiffChunk, RiffContent};
use img_parts::webp::WebP;
use img_parts::{Bytes, ImageEXIF as _};

use super::{BROKEN, Unfit, fits};

/// A JPEG file: keeps its colours (JFIF, ICC, Adobe) and which side is up.
pub fn jpeg(bytes: &[u8]) -> Result<Vec<u8>, Unfit> {
    let mut jpeg = Jpeg::from_bytes(Bytes::copy_from_slice(bytes)).map_err(|_| BROKEN)?;
    fits(jpeg.dimensions().map(|(width, height)| (width.into(), height.into())))?;
    let turned = jpeg.exif().and_then(|exif| turned(&exif));
    jpeg.segments_mut().retain(|segment| stays(segment.marker(), segment.contents()));
    let scan = jpeg.segments().iter().position(JpegSegment::has_entropy).ok_or(BROKEN)?;
    if let Some(segment) = jpeg.segments_mut().get_mut(scan) {
        *segment = JpegSegment::new_with_entropy(segment.marker(), segment.contents().clone(), scans(segment)?.into());
    }
    if let Some(turned) = turned {
        jpeg.set_exif(Some(exif(turned).into()));
    }
    Ok(jpeg.encoder().bytes().to_vec())
}

/// Whether a part of a JPEG is needed to see it. APP0 to APP15 and COM are for programs, save those that tell its colours.
fn stays(marker: u8, contents: &[u8]) -> bool {
    match marker {
        markers::APP0 => contents.starts_with(b"JFIF\0"),
        markers::APP2 => contents.starts_with(b"ICC_PROFILE\0"),
        markers::APP14 => contents.starts_with(b"Adobe"),
        markers::COM | 0xe0..=0xef => false,
        _ => true,
    }
}

/// The scans of a JPEG up to its end mark: without what programs put between them, and without what phones put behind them (a
/// film, a second photo).
fn scans(segment: &JpegSegment) -> Result<Vec<u8>, Unfit> {
    let all = segment.clone().encoder().bytes();
    // Mark, length, and what the length counts; then the scan itself.
    let mut rest = all.get(segment.len()..).ok_or(BROKEN)?;
    let mut kept = Vec::with_capacity(rest.len());
    loop {
        let end = rest.windows(2).position(|pair| pair.first() == Some(&0xff) && !matches!(pair.get(1), Some(0 | 0xd0..=0xd7 | 0xff)));
        let Some(end) = end else {
            // A photo that was cut off while it was copied is still a photo.
            kept.extend_from_slice(rest);
            return Ok(kept);
        };
        let (scan, marked) = rest.split_at(end);
        kept.extend_from_slice(scan);
        let marker = marked.get(1).copied().ok_or(BROKEN)?;
        if marker == markers::EOI {
            kept.extend_from_slice(&[0xff, markers::EOI]);
            return Ok(kept);
        }
        let length = marked.get(2..4).and_then(|length| length.try_into().ok()).map(u16::from_be_bytes).ok_or(BROKEN)?;
        let part = marked.get(..2 + usize::from(length)).filter(|part| part.len() >= 4).ok_or(BROKEN)?;
        if stays(marker, part.get(4..).unwrap_or_default()) {
            kept.extend_from_slice(part);
        }
        rest = marked.get(part.len()..).unwrap_or_default();
    }
}

/// Which way a photo is turned, from 2 to 8 (tag 0x0112 of Exif 2.3, 4.6.4): a phone held upright turns its pixels that way only
/// in this note.
fn turned(exif: &[u8]) -> Option<u8> {
    let little = match exif.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let two = exif.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
    };
    let long = |at: usize| {
        let four = exif.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
    };
    let list = usize::try_from(long(4)?).ok()?;
    let entry = (0..usize::from(short(list)?)).map(|n| list + 2 + n * 12).find(|at| short(*at) == Some(0x0112))?;
    u8::try_from(short(entry + 8)?).ok().filter(|turned| (2..=8).contains(turned))
}

/// A note that says which way a photo is turned, and nothing else.
fn exif(turned: u8) -> Vec<u8> {
    let mut note = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    note.extend_from_slice(&[turned, 0, 0, 0, 0, 0, 0, 0]);
    note
}

/// A PNG file: keeps what decides how it looks (PNG 3rd edition, 11.3), moving pictures included.
pub fn png(bytes: &[u8]) -> Result<Vec<u8>, Unfit> {
    const SEEN: [&[u8; 4]; 12] = [b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT"];
    let mut png = Png::from_bytes(Bytes::copy_from_slice(bytes)).map_err(|_| BROKEN)?;
    fits(png.dimensions().map(|(width, height)| (width.into(), height.into())))?;
    // A part whose name begins with a capital cannot be left out.
    png.chunks_mut().retain(|chunk| chunk.kind().first().is_some_and(u8::is_ascii_uppercase) || SEEN.contains(&&chunk.kind()));
    Ok(png.encoder().bytes().to_vec())
}

/// A WebP file: keeps its pixels, transparency, movement and colours (RFC 9649, 2.7).
pub fn webp(bytes: &[u8]) -> Result<Vec<u8>, Unfit> {
    const SEEN: [&[u8; 4]; 7] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
    /// The two bits of a VP8X part that promise notes.
    const NOTES: u8 = 0x08 | 0x04;
    let mut webp = WebP::from_bytes(Bytes::copy_from_slice(bytes)).map_err(|_| BROKEN)?;
    fits(webp.dimensions().map(|(width, height)| (width.into(), height.into())))?;
    webp.chunks_mut().retain(|chunk| SEEN.contains(&&chunk.id()));
    for chunk in webp.chunks_mut().iter_mut().filter(|chunk| &chunk.id() == b"VP8X") {
        if let Some(data) = chunk.content().data() {
            let mut data = data.to_vec();
            data.iter_mut().take(1).for_each(|flags| *flags &= !NOTES);
            *chunk = RiffChunk::new(*b"VP8X", RiffContent::Data(data.into()));
        }
    }
    Ok(webp.encoder().bytes().to_vec())
}

/// A GIF file: keeps its frames and how often they play (GIF89a, 17 to 27), without comments, notes, and what follows its end.
pub fn gif(bytes: &[u8]) -> Result<Vec<u8>, Unfit> {
    let size = |at: usize| Some(u64::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
    fits(size(6).zip(size(8)))?;
    /// How long a table of colours is, from the byte that tells of it.
    fn colours(packed: u8) -> usize {
        if packed & 0x80 == 0 { 0 } else { 3 << ((packed & 7) + 1) }
    }
    /// Where the pieces that begin here end: each has its length before it, and an empty one is the last.
    fn pieces(bytes: &[u8], mut at: usize) -> Option<usize> {
        loop {
            let length = usize::from(*bytes.get(at)?);
            at += 1 + length;
            if length == 0 {
                return Some(at);
            }
        }
    }
    let mut at = 13 + colours(*bytes.get(10).ok_or(BROKEN)?);
    let mut kept = bytes.get(..at).ok_or(BROKEN)?.to_vec();
    loop {
        let (end, stays) = match bytes.get(at..).and_then(|rest| rest.first_chunk()) {
            Some([0x21, label]) => {
                let plays = bytes.get(at + 3..at + 14).is_some_and(|name| name == b"NETSCAPE2.0" || name == b"ANIMEXTS1.0");
                (pieces(bytes, at + 2), *label == 0xf9 || *label == 0xff && plays)
            }
            Some([0x2c, _]) => {
                let packed = bytes.get(at + 9).copied().ok_or(BROKEN)?;
                (pieces(bytes, at + 10 + colours(packed) + 1), true)
            }
            _ if bytes.get(at) == Some(&0x3b) => {
                kept.push(0x3b);
                return Ok(kept);
            }
            _ => return Err(BROKEN),
        };
        let end = end.ok_or(BROKEN)?;
        if stays {
            kept.extend_from_slice(bytes.get(at..end).ok_or(BROKEN)?);
        }
        at = end;
    }
}
