//! `copebook build`.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::gather::{Gathered, gather};
use super::progress::Progress;
use super::sites::{Asked, audience_url};
use super::terminal::{exit, say, tell};
use crate::audience::{Audience, Facilitator, Member};
use crate::cli::Build;
use crate::render::File;
use crate::write::Writing;

/// Checks, tells all problems, and writes both sites where no error stops it.
pub(super) fn build(options: &Build) -> anyhow::Result<ExitCode> {
    let mut progress = Progress::new(options.check.format, 2);
    let gathered = progress.step("reading and checking", || gather(&options.check))?;
    let sources = &gathered.scope.sources;
    tell(&gathered.told, sources, options.check.format)?;
    if gathered.stop() {
        say("Nothing was written: mend the errors first. The sites are as they were.")?;
        return Ok(exit(true));
    }
    let folders: Vec<PathBuf> = sources.curricula.iter().map(|folder| PathBuf::from(folder.to_string())).collect();
    let (of_guide, of_members) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let made = progress.step("making and writing the pages", || {
        let writing = Writing::begin(&options.out, &folders)?;
        let Gathered { scope, curricula, diagnostics, .. } = &gathered;
        let asked = Asked { sources, curricula, listed: scope.listed, diagnostics, theme: options.theme.as_deref() };
        let made = asked.make(&|file| put(&writing, &of_guide, &file), &|file| put(&writing, &of_members, &file))?;
        anyhow::Ok(match made {
            Ok(()) => Ok(writing.finish()?),
            Err(problems) => Err(problems),
        })
    })?;
    let written = match made {
        Ok(written) => written,
        Err(problems) => {
            tell(&problems, sources, options.check.format)?;
            say("Nothing was written. The sites are as they were.")?;
            return Ok(exit(true));
        }
    };
    say(&format!(
        "{} pages of the guide, {} pages for members: {} files written, {} as they were, {} removed.",
        of_guide.into_inner(),
        of_members.into_inner(),
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

/// Puts a file into its audience's folder, and counts it where it is a page.
fn put<V: Audience>(writing: &Writing, pages: &AtomicUsize, file: &File<V>) -> anyhow::Result<()> {
    if file.url.ends_with(".html") {
        pages.fetch_add(1, Ordering::Relaxed);
    }
    writing.put(&audience_url::<V>(&file.url), &file.bytes)
}
