//! A site as one archive (zip) to hand over: unpacked, it opens by a double click. The same site gives the same bytes.

use std::io::Write as _;

use rawzip::time::UtcDateTime;
use rawzip::{CompressionMethod, ZipArchiveWriter};

use crate::audience::Audience;
use crate::render::Output;

/// The moment that every file of an archive bears, 1 January 1980: the first that the format knows. In seconds since 1970.
const MADE_AT: i64 = 315_532_800;

/// Packs a site, its files in the order of their addresses. An error means that an address is no name that all systems can unpack.
pub fn archive<V: Audience>(site: &Output<V>) -> Result<Vec<u8>, rawzip::Error> {
    let mut packed = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut packed);
    for (url, bytes) in site.files() {
        if !is_portable(url) {
            return Err(std::io::Error::other(format!("{url} is no name for a file that every computer can unpack")).into());
        }
        let file = archive.new_file(url.as_str()).compression_method(CompressionMethod::DEFLATE).unix_permissions(0o644);
        let (mut entry, config) = file.last_modified(UtcDateTime::from_unix(MADE_AT)).start()?;
        let mut writer = config.wrap(flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::best()));
        writer.write_all(bytes)?;
        let (encoder, descriptor) = writer.finish()?;
        encoder.finish()?;
        entry.finish(descriptor)?;
    }
    archive.finish()?;
    Ok(packed)
}

/// Whether a way stays inside the folder and can be written on every system: letters, digits, `-`, `_` and dots, in folders.
fn is_portable(url: &str) -> bool {
    url.len() <= 200
        && url
            .split('/')
            .all(|part| !part.is_empty() && !part.ends_with('.') && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')))
}

#[cfg(test)]
mod tests {
    use super::is_portable;

    #[test]
    fn names_that_every_system_can_unpack() {
        for good in ["index.html", "handouts/grounding/five-senses.html", "pictures/0f.svg", "static/members.css"] {
            assert!(is_portable(good), "{good}");
        }
        for bad in ["", "/etc/passwd", "../x", "a/../b", "a//b", "a\\b", "C:x", "a b", "caf\u{e9}.html", "x.", "a\nb"] {
            assert!(!is_portable(bad), "{bad:?}");
        }
    }
}
