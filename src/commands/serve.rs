//! `copebook serve`.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::bail;
use hyper::body::Bytes;

use super::gather::{Gathered, Known, folders, gather_but_words};
use super::sites::{Asked, Sites, audience_url};
use super::terminal::say;
use super::themes::theme_folders;
use crate::audience::{Facilitator, Member};
use crate::cli::{Check, Format, Serve};
use crate::diagnostic::Diagnostic;
use crate::preview::{self, Ahead, Door, Editor, Looked, Made, Pages, Problem, Round, Shown, Wanted, Watching};
use crate::source::{SourcePath, Sources};
use crate::{load, report};

/// How many problems the preview lists; there are more only when something is wrong with the whole.
const MOST: usize = 100;

/// Shows both sites in a browser, until the program is ended.
pub(super) fn serve(options: &Serve) -> anyhow::Result<ExitCode> {
    let check = Check { paths: options.paths.clone(), strict: false, group: options.group.clone(), format: Format::Text };
    let roots = folders(&check);
    if let Some(missing) = roots.iter().find(|root| !root.is_dir()) {
        bail!("there is no folder {}", missing.display());
    }
    let door = Door::new(options.port)?;
    if options.port != 0 && door.port != options.port {
        say(&format!("The port {} is taken by another program, so the preview is at the port {}.", options.port, door.port))?;
    }
    let address = door.address();
    let (sender, receiver) = tokio::sync::watch::channel(Arc::<Shown>::default());
    let (theme, poll, opens) = (options.theme.clone(), options.poll, options.open);
    let first = address.clone();
    let looked = Arc::<Looked>::default();
    let looking = Arc::clone(&looked);
    std::thread::spawn(move || {
        let wanted = Wanted { whole: roots.iter().cloned().collect(), ..Wanted::default() };
        let known = Known::keeping();
        let make = |ahead: &dyn Fn(Ahead)| make(&check, &roots, theme.as_deref(), &known, &looking.urls(), ahead);
        preview::work(Watching::new(poll), wanted, &sender, make, |round| {
            // Nobody may be looking at the terminal any more; the browser still is.
            let _ = tell(round, poll);
            if round.shown.number == 1 && opens && open::that_detached(&first).is_err() {
                let _ = say("No browser could be started: open the address above in one.");
            }
        });
    });
    let _ = writeln!(std::io::stdout(), "{address}");
    let _ = say("Open this address in your browser. It is for this computer alone. To end the preview, press Ctrl and C together.");
    match preview::serve(door, receiver, looked, Editor::new(options.editor.as_deref()))? {}
}

/// Tells on the terminal what a round has come to.
fn tell(round: &Round<'_>, asked_to_poll: bool) -> anyhow::Result<()> {
    let Round { shown, took, is_polling } = round;
    if shown.number == 1 && *is_polling && !asked_to_poll {
        say("This system does not tell copebook when files change in so many folders, so it looks every second instead.")?;
    }
    let summary = if shown.summary.is_empty() { "no problems found" } else { &shown.summary };
    say(&format!("Made in {} ms: {summary}.", took.as_millis()))?;
    if shown.is_old() {
        for problem in shown.problems.iter().filter(|problem| problem.severity == "error") {
            say(&format!("\n{}", problem.text))?;
        }
        say("\nThe pages are as they were before. Mend the errors and save.")?;
    }
    Ok(())
}

/// Makes both sites in memory, and says what stood in the way. The pages that are looked at are handed on `ahead` of the others.
fn make(check: &Check, roots: &[PathBuf], theme: Option<&str>, known: &Known, looked: &BTreeSet<String>, ahead: &dyn Fn(Ahead)) -> Made {
    let gathered = match gather_but_words(check, known) {
        Ok(gathered) => gathered,
        Err(error) => return failed(&error),
    };
    if !gathered.stop()
        && !looked.is_empty()
        && let Ok(Some(sites)) = Sites::some(&Asked::of(&gathered, theme, known), looked)
    {
        let Made { problems, summary, .. } = with_problems(Made::default(), &gathered.told, &gathered.scope.sources);
        ahead(Ahead { pages: pages(sites), problems, summary });
    }
    let gathered = gathered.with_words(check.strict);
    let sources = &gathered.scope.sources;
    let made = Made { texts: sources.texts.keys().cloned().collect(), wanted: Some(wanted(&gathered, roots, theme, known)), ..Made::default() };
    if gathered.stop() {
        return with_problems(made, &gathered.told, sources);
    }
    let asked = Asked::of(&gathered, theme, known);
    match Sites::of(&asked) {
        Ok(Ok(sites)) => Made { pages: Some(pages(sites)), ..with_problems(made, &gathered.told, sources) },
        Ok(Err(leaks)) => with_problems(made, &leaks, sources),
        Err(error) => {
            let Made { problems, summary, .. } = failed(&error);
            Made { problems, summary, ..made }
        }
    }
}

fn failed(error: &anyhow::Error) -> Made {
    Made { problems: vec![Problem::elsewhere(format!("error: {}", report::faults::told(error)))], summary: "1 error".to_owned(), ..Made::default() }
}

fn with_problems(made: Made, told: &[Diagnostic], sources: &Sources) -> Made {
    // Errors first: they are what stands in the way.
    let (errors, warnings): (Vec<_>, Vec<_>) = told.iter().partition(|diagnostic| diagnostic.is_error());
    let problems = errors.into_iter().chain(warnings).take(MOST).map(|diagnostic| Problem {
        severity: diagnostic.severity.as_str(),
        text: report::text(std::slice::from_ref(diagnostic), sources, false).trim_end().to_owned(),
        file: Some(diagnostic.span.file.to_string()),
        line: diagnostic.span.line,
    });
    Made { problems: problems.collect(), summary: report::summary(told), ..made }
}

fn pages(sites: Sites) -> Pages {
    let Sites { guide, members } = sites;
    let mut pages = Pages::default();
    pages.origins.extend(guide.origins().iter().map(|(url, origin)| (audience_url::<Facilitator>(url), origin.clone())));
    pages.origins.extend(members.origins().iter().map(|(url, origin)| (audience_url::<Member>(url), origin.clone())));
    pages.files.extend(guide.into_files().into_iter().map(|(url, bytes)| (audience_url::<Facilitator>(&url), Bytes::from(bytes))));
    pages.files.extend(members.into_files().into_iter().map(|(url, bytes)| (audience_url::<Member>(&url), Bytes::from(bytes))));
    pages
}

/// The folders to watch: those of the curricula, and beside them shared modules and themes.
fn wanted(gathered: &Gathered, roots: &[PathBuf], theme: Option<&str>, known: &Known) -> Wanted {
    let sources = &gathered.scope.sources;
    let mut wanted = Wanted { whole: roots.iter().cloned().collect(), ..Wanted::default() };
    wanted.whole.extend(theme_folders(theme, &gathered.curricula));
    let inside: Vec<SourcePath> = roots.iter().map(|root| SourcePath::new(&root.to_string_lossy())).collect();
    let named = sources.curricula.iter().flat_map(|folder| load::named_modules(folder, sources, &known.memory));
    let read = sources.texts.keys().filter(|text| text.name() == "module.yml").map(SourcePath::parent);
    let modules: BTreeSet<SourcePath> = named.chain(read).filter(|module| !inside.iter().any(|root| module.is_inside(root))).collect();
    for module in modules {
        wanted.whole.insert(PathBuf::from(module.to_string()));
        wanted.alone.insert(PathBuf::from(module.parent().to_string()));
    }
    wanted
}
