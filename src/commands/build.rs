//! `copebook build`.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use super::gather::gather;
use super::progress::Progress;
use super::sites::{Sites, pages_of};
use super::terminal::{exit, say, tell};
use crate::audience::{Audience as _, Facilitator, Member};
use crate::cli::Build;
use crate::write;

/// Checks, tells all problems, and writes both sites where no error stops it.
pub(super) fn build(options: &Build) -> anyhow::Result<ExitCode> {
    let mut progress = Progress::new(options.check.format, 3);
    let gathered = progress.step("reading and checking", || gather(&options.check))?;
    let sources = &gathered.scope.sources;
    tell(&gathered.told, sources, options.check.format)?;
    if gathered.stop() {
        say("Nothing was written: mend the errors first. The sites are as they were.")?;
        return Ok(exit(true));
    }
    let sites = match progress.step("making the pages", || Sites::make(&gathered, options.theme.as_deref()))? {
        Ok(sites) => sites,
        Err(problems) => {
            tell(&problems, sources, options.check.format)?;
            say("Nothing was written. The sites are as they were.")?;
            return Ok(exit(true));
        }
    };
    let folders: Vec<PathBuf> = sources.curricula.iter().map(|folder| PathBuf::from(folder.to_string())).collect();
    let written = progress.step("writing", || write::write(&options.out, &sites.files(), &folders))?;
    say(&format!(
        "{} pages of the guide, {} pages for members: {} files written, {} as they were, {} removed.",
        pages_of(&sites.guide),
        pages_of(&sites.members),
        written.written,
        written.unchanged,
        written.removed
    ))?;
    let out = options.out.display();
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{out}/{}/index.html", Facilitator::NAME)?;
    writeln!(stdout, "{out}/{}/index.html", Member::NAME)?;
    Ok(ExitCode::SUCCESS)
}
