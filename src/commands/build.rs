//! `copebook build`.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::gather::{Gathered, Known, gather};
use super::progress::Progress;
use super::sites::{Asked, audience_url};
use super::stamp::stamp;
use super::terminal::{exit, say, tell};
use crate::audience::{Audience, Facilitator, Member};
use crate::cli::Build;
use crate::diagnostic::Diagnostic;
use crate::render::File;
use crate::write::{Writing, Written};

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
    // On a thread whose stack is all there: the first one's grows, which a machine with little memory may refuse.
    let made = progress.step("making and writing the pages", || rayon::scope(|_| make(options, &gathered, &folders)))?;
    let Done { of_guide, of_members, written } = match made {
        Ok(done) => done,
        Err(problems) => {
            tell(&problems, sources, options.check.format)?;
            say("Nothing was written. The sites are as they were.")?;
            return Ok(exit(true));
        }
    };
    say(&format!(
        "{} pages of the guide, {} pages for members: {} files written, {} as they were, {} removed.",
        of_guide, of_members, written.written, written.unchanged, written.removed
    ))?;
    let out = options.out.display();
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{out}/{}/index.html", Facilitator::NAME)?;
    writeln!(stdout, "{out}/{}/index.html", Member::NAME)?;
    // The program ends here, and the system takes all memory back at once: letting go of a thousand handouts one by one takes longer.
    std::mem::forget(gathered);
    Ok(ExitCode::SUCCESS)
}

/// What a build has done.
struct Done {
    /// How many pages the guide has.
    of_guide: usize,
    /// How many pages are for members.
    of_members: usize,
    written: Written,
}

/// Makes and writes both sites. Those that are there stay where they were made from the same and have not been changed since. Gives
/// the problems that stand in the way, if there are any.
fn make(options: &Build, gathered: &Gathered, folders: &[PathBuf]) -> anyhow::Result<Result<Done, Vec<Diagnostic>>> {
    let writing = Writing::begin(&options.out, folders)?;
    let stamp = stamp(options, gathered);
    if let Some(files) = stamp.as_ref().and_then(|stamp| writing.as_they_are(stamp)) {
        return Ok(Ok(as_before(files)));
    }
    let known = Known::default();
    let asked = Asked::of(gathered, options.theme.as_deref(), &known);
    let (of_guide, of_members) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let made = asked.make(&|file| put(&writing, &of_guide, &file), &|file| put(&writing, &of_members, &file))?;
    if let Err(problems) = made {
        return Ok(Err(problems));
    }
    let written = writing.finish(stamp.as_deref())?;
    Ok(Ok(Done { of_guide: of_guide.into_inner(), of_members: of_members.into_inner(), written }))
}

/// What a build has done that had nothing to do.
fn as_before(files: &BTreeSet<String>) -> Done {
    let pages = |audience: &str| files.iter().filter(|file| file.split('/').next() == Some(audience) && file.ends_with(".html")).count();
    let written = Written { unchanged: files.len(), ..Written::default() };
    Done { of_guide: pages(Facilitator::NAME), of_members: pages(Member::NAME), written }
}

/// Puts a file into its audience's folder, and counts it where it is a page.
fn put<V: Audience>(writing: &Writing, pages: &AtomicUsize, file: &File<V>) -> anyhow::Result<()> {
    if file.url.ends_with(".html") {
        pages.fetch_add(1, Ordering::Relaxed);
    }
    writing.put(&audience_url::<V>(&file.url), &file.bytes)
}
