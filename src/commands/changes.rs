//! `copebook changes`.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;

use super::gather::{Gathered, gather};
use super::terminal::{exit, say, tell};
use crate::changes::{self, Version};
use crate::cli::{Changes, Check, Format};
use crate::diagnostic::Diagnostic;
use crate::source::MANIFEST;

/// Compares two versions of what an author writes, and tells what to print and what to read again. Where one of them has
/// errors there is no telling what is gone and what could not be read, so these are told instead.
pub(super) fn changes(options: &Changes) -> anyhow::Result<ExitCode> {
    let (old, new) = (version(&options.old, options.format)?, version(&options.new, options.format)?);
    for (gathered, path) in [(&old, &options.old), (&new, &options.new)] {
        let errors: Vec<Diagnostic> = gathered.told.iter().filter(|diagnostic| diagnostic.is_error()).cloned().collect();
        if !errors.is_empty() {
            tell(&errors, &gathered.scope.sources, options.format)?;
            say(&format!("{} has errors, so nothing can be said of what changed. Mend them first.", path.display()))?;
            return Ok(exit(true));
        }
    }
    let found = changes::changes(&seen(&old), &seen(&new));
    let mut stdout = std::io::stdout().lock();
    match options.format {
        Format::Text => write!(stdout, "{}", changes::text(&found))?,
        Format::Json => writeln!(stdout, "{}", serde_json::to_string_pretty(&found)?)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn seen(gathered: &Gathered) -> Version<'_> {
    Version { curricula: &gathered.curricula, sources: &gathered.scope.sources }
}

fn version(path: &Path, format: Format) -> anyhow::Result<Gathered> {
    if path.join(MANIFEST).is_file() {
        bail!("{} was made by copebook; give the folder that you write in, and an earlier copy of it", path.display());
    }
    gather(&Check { paths: vec![path.to_owned()], strict: false, group: None, format })
}
