//! What a command says: problems on the standard output, all else on the standard error.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use anyhow::Context as _;

use crate::cli::Format;
use crate::diagnostic::Diagnostic;
use crate::report;
use crate::source::Sources;

/// Tells problems on the standard output, and their number on the standard error.
pub(super) fn tell(diagnostics: &[Diagnostic], sources: &Sources, format: Format) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    match format {
        Format::Text => {
            let colours = stdout.is_terminal() && std::env::var_os("NO_COLOR").is_none();
            stdout.write_all(report::text(diagnostics, sources, colours).as_bytes())?;
            let summary = report::summary(diagnostics);
            say(if summary.is_empty() { "No problems found." } else { &summary })?;
            if let Some(first) = diagnostics.first() {
                say(&format!("For more on a rule, with examples: copebook check --explain {}", first.code.as_str()))?;
            }
        }
        Format::Json => writeln!(stdout, "{}", report::json(diagnostics)?)?,
    }
    Ok(())
}

/// Says a line on the standard error.
pub(super) fn say(line: &str) -> anyhow::Result<()> {
    writeln!(std::io::stderr(), "{line}").context("cannot write to the terminal")
}

/// The exit code: 1 when what was told stops the command.
pub(super) fn exit(stop: bool) -> ExitCode {
    if stop { ExitCode::from(1) } else { ExitCode::SUCCESS }
}

/// A path as one types it into a shell: in quotes where it has spaces or signs.
pub(super) fn typed(path: &std::path::Path) -> String {
    let path = path.to_string_lossy();
    let plain = !path.is_empty() && path.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '\\' | '.' | '-' | '_' | ':'));
    if plain {
        path.into_owned()
    } else if path.contains(['"', '$', '`', '!']) {
        format!("'{}'", path.replace('\'', r"'\''"))
    } else {
        format!("\"{path}\"")
    }
}
