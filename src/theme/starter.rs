//! The files of a new theme that an author begins with.

use std::collections::BTreeMap;

use super::files::ThemeFiles;

/// A small theme that extends a built-in one, with everything that may be changed as a note. `folder` is its name.
pub fn small(name: &str, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let quoted = format!("\"{}\"", folder.replace(['"', '\\'], ""));
    let settings = include_str!("starter/theme.yml").replace("NAME", name).replace("FOLDER", &quoted);
    BTreeMap::from([("theme.yml".to_owned(), settings.into_bytes()), ("words/en.yml".to_owned(), include_bytes!("starter/words/en.yml").to_vec())])
}

/// All files of a built-in theme. One that extends another goes on doing so.
pub fn whole(name: &str) -> Option<BTreeMap<String, Vec<u8>>> {
    Some(ThemeFiles::built_in(name)?.files)
}
