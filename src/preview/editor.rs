//! Opens an author's file where she writes.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// The program that files are opened in.
#[derive(Debug)]
pub enum Editor {
    /// The one that the system has for this kind of file.
    OfTheSystem,
    /// A program and its arguments, with `{file}` and `{line}` to be filled in.
    Named(String, Vec<String>),
}

impl Editor {
    /// The editor that the command line asks for: words with spaces between them. Where `{file}` stands in none of them, the
    /// file comes last.
    pub fn new(asked: Option<&str>) -> Self {
        let mut words = asked.unwrap_or_default().split_whitespace().map(str::to_owned);
        let Some(program) = words.next() else { return Self::OfTheSystem };
        let mut rest: Vec<String> = words.collect();
        if !rest.iter().any(|word| word.contains("{file}")) {
            rest.push("{file}".to_owned());
        }
        Self::Named(program, rest)
    }

    /// Opens a file at a line and does not wait for the editor to end. Gives an error when the program is not there.
    pub fn open(&self, file: &Path, line: u32) -> io::Result<()> {
        match self {
            Self::OfTheSystem => open::that_detached(file),
            Self::Named(program, arguments) => {
                let filled = arguments.iter().map(|word| word.replace("{line}", &line.to_string()).replace("{file}", &file.to_string_lossy()));
                let mut command = Command::new(program);
                command.args(filled).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
                // The Ctrl-C that ends the preview is not for the editor.
                #[cfg(unix)]
                std::os::unix::process::CommandExt::process_group(&mut command, 0);
                let mut child = command.spawn()?;
                std::thread::spawn(move || child.wait());
                Ok(())
            }
        }
    }
}
