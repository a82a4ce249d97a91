//! Errors of the world in plain words: what was tried, as the command says it, and why the system refused.

use std::io::{self, ErrorKind};

/// An error with all its causes in a row. What the system says is put into an author's words, and its numbers are left out.
pub fn told(error: &anyhow::Error) -> String {
    let mut parts: Vec<String> = Vec::new();
    for cause in error.chain() {
        let part = match cause.downcast_ref::<io::Error>() {
            Some(refused) => reason(refused),
            // One that only wraps another of the system's, which follows.
            None if cause.source().is_some() && cause.to_string().contains("(os error ") => continue,
            None => without_number(&cause.to_string()),
        };
        if parts.last() != Some(&part) {
            parts.push(part);
        }
    }
    parts.join(": ")
}

/// Why the system refused.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::PermissionDenied => "you may not open or change it; ask whoever owns it, or choose another place".into(),
        ErrorKind::ReadOnlyFilesystem => "nothing can be written on that disk; choose another place".into(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "the disk is full; make room and try again".into(),
        ErrorKind::FileTooLarge => "the disk takes no file of that size".into(),
        ErrorKind::NotADirectory => "a part of the way to it is a file and no folder".into(),
        ErrorKind::NotFound => "it is not there, or a folder on the way to it is not".into(),
        _ => without_number(&error.to_string()),
    }
}

/// A text of the system's without the number that it ends in.
fn without_number(text: &str) -> String {
    text.split(" (os error ").next().unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use anyhow::Context as _;

    use super::*;

    #[test]
    fn the_system_is_put_into_plain_words() {
        let refused = |kind: ErrorKind| Err::<(), _>(io::Error::from(kind)).context("cannot write site/a").unwrap_err().context("nothing was written");
        assert_eq!(
            told(&refused(ErrorKind::PermissionDenied)),
            "nothing was written: cannot write site/a: you may not open or change it; ask whoever owns it, or choose another place"
        );
        assert_eq!(told(&refused(ErrorKind::StorageFull)), "nothing was written: cannot write site/a: the disk is full; make room and try again");
        let numbered = io::Error::from_raw_os_error(24);
        assert!(numbered.to_string().contains("os error"));
        assert!(!told(&anyhow::Error::new(numbered)).contains("os error"));
        assert_eq!(told(&anyhow::anyhow!("there is no folder a")), "there is no folder a");
    }
}
