//! Opens files without being led astray: no link is followed, nothing but a file is read, and never more of it than allowed,
//! whatever happens to it between the look and the reading.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourcePath, Span};

/// Why a file was not read.
#[derive(Debug)]
pub enum Unopened {
    /// It is a link, a folder, a device or the like.
    NotAFile,
    /// It has more bytes than allowed; how many are.
    TooLarge(u64),
    /// It was written while it was read: a part of it would be of before, a part of after.
    Changing,
    /// The system refused.
    Refused(io::Error),
}

/// How often a file is read that changes meanwhile: who saves it is quick.
const READINGS: usize = 3;

/// The bytes of a file that has no more than `largest`, and what the system told of it before they were read. One that changes
/// meanwhile, as far as its size and date tell, is read again.
pub fn read_file(path: &Path, largest: u64) -> Result<(Vec<u8>, Metadata), Unopened> {
    for _ in 1..READINGS {
        match read_once(path, largest) {
            Err(Unopened::Changing) => {}
            read => return read,
        }
    }
    read_once(path, largest)
}

fn read_once(path: &Path, largest: u64) -> Result<(Vec<u8>, Metadata), Unopened> {
    let mut file = open(path)?;
    let found = file.metadata().map_err(Unopened::Refused)?;
    if !found.is_file() {
        return Err(Unopened::NotAFile);
    }
    if found.len() > largest {
        return Err(Unopened::TooLarge(largest));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(found.len()).unwrap_or_default());
    // It may grow while it is read.
    (&mut file).take(largest + 1).read_to_end(&mut bytes).map_err(Unopened::Refused)?;
    if bytes.len() as u64 > largest {
        return Err(Unopened::TooLarge(largest));
    }
    let now = file.metadata().map_err(Unopened::Refused)?;
    let date = |found: &Metadata| found.modified().ok();
    if bytes.len() as u64 != found.len() || now.len() != found.len() || date(&now) != date(&found) {
        return Err(Unopened::Changing);
    }
    Ok((bytes, found))
}

/// Opens what is there without following a link, and without waiting: a pipe may never have anything to say.
#[cfg(target_os = "linux")]
fn open(path: &Path) -> Result<File, Unopened> {
    use std::os::unix::fs::OpenOptionsExt as _;

    use rustix::fs::OFlags;
    use rustix::io::Errno;
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed();
    OpenOptions::new().read(true).custom_flags(flags).open(path).map_err(|error| match Errno::from_io_error(&error) {
        // A link, or a socket.
        Some(Errno::LOOP | Errno::NXIO) => Unopened::NotAFile,
        _ => Unopened::Refused(error),
    })
}

/// Where the system cannot be asked for that, the look comes first.
#[cfg(not(target_os = "linux"))]
fn open(path: &Path) -> Result<File, Unopened> {
    let found = std::fs::symlink_metadata(path).map_err(Unopened::Refused)?;
    if !found.is_file() {
        return Err(Unopened::NotAFile);
    }
    OpenOptions::new().read(true).open(path).map_err(Unopened::Refused)
}

impl Unopened {
    /// The reason as a problem of this file.
    pub fn diagnostic(&self, path: &SourcePath, is_text: bool) -> Diagnostic {
        let name = path.name();
        let (message, help) = match self {
            Self::NotAFile => (format!("{name} is not a file but a link or the like, so it is not read"), "put a copy of the file itself here"),
            Self::TooLarge(largest) => (
                format!("{name} is larger than {} MB", largest / 1024 / 1024),
                if is_text { "divide it into smaller files" } else { "make the picture smaller" },
            ),
            Self::Changing => (format!("{name} was being saved while it was read"), "wait until that is done, and run copebook again"),
            Self::Refused(error) if error.kind() == ErrorKind::PermissionDenied => {
                (format!("{name} may not be opened by you"), "ask whoever owns the file to let you read it, or put a copy of your own here")
            }
            Self::Refused(error) if error.kind() == ErrorKind::NotFound => {
                (format!("{name} was gone before it could be read"), "run copebook again when nothing else changes the folder")
            }
            Self::Refused(_) => (
                format!("the computer cannot read {name} just now"),
                "see that its disk is there; a file that a cloud keeps (OneDrive, Dropbox) has to be on this computer: choose \"Always keep on this device\"",
            ),
        };
        Diagnostic::new(Code::UnreadableFile, Span::of_file(path), message).help(help)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_of_its_size_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let put = |name: &str, bytes: &[u8]| std::io::Write::write_all(&mut File::create(at(name)).unwrap(), bytes).unwrap();
        put("a", b"12345");
        assert_eq!(read_file(&at("a"), 5).unwrap().0, b"12345");
        assert!(matches!(read_file(&at("a"), 4), Err(Unopened::TooLarge(4))));
        std::os::unix::fs::symlink(at("a"), at("link")).unwrap();
        std::os::unix::fs::symlink("/dev/zero", at("zero")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap();
        assert!(made.success());
        for name in ["link", "zero", "socket", "pipe", "."] {
            assert!(matches!(read_file(&at(name), 5), Err(Unopened::NotAFile)), "{name}");
        }
        assert!(matches!(read_file(Path::new("/dev/zero"), 5), Err(Unopened::NotAFile)));
        assert!(matches!(read_file(&at("gone"), 5), Err(Unopened::Refused(_))));
    }

    fn told(unopened: &Unopened) -> String {
        let told = unopened.diagnostic(&SourcePath::new("pages/about.md"), true);
        format!("{}; {}", told.message, told.help.unwrap_or_default())
    }

    /// The system has files that cannot be read although they are there, like those that a cloud has not brought, and files that
    /// hold more than they say, like those that grow.
    #[cfg(target_os = "linux")]
    #[test]
    fn files_that_are_not_whole_are_told() {
        let unread = read_file(Path::new("/proc/self/mem"), 5).unwrap_err();
        assert!(matches!(unread, Unopened::Refused(_)) && told(&unread).contains("cannot read about.md just now; see that its disk is there"), "{unread:?}");
        let growing = read_file(Path::new("/proc/self/status"), 1024 * 1024).unwrap_err();
        assert!(matches!(growing, Unopened::Changing) && told(&growing).contains("was being saved while it was read"), "{growing:?}");
        assert!(matches!(read_file(Path::new("/proc/self/status"), 5), Err(Unopened::TooLarge(5))));
        assert!(told(&read_file(Path::new("/nowhere/about.md"), 5).unwrap_err()).contains("was gone before it could be read"));
    }
}
