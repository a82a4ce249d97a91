//! `copebook new session`, `module` and `handout`: a new part of a curriculum that is there.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;

use super::ask::Answers;
use super::gather::{Known, load_all};
use super::terminal::{say, typed};
use crate::cli::{NewHandout, NewModule, NewSession};
use crate::model::{self, Curriculum, HandoutId, Minutes};
use crate::read;
use crate::report;
use crate::source::{SourcePath, Sources};
use crate::starter::questions::Usual;
use crate::starter::words::{clean, file_name};
use crate::starter::{self, list, questions};
use crate::write::authors;

/// The minutes of a session's own agenda where nothing says how long the group meets.
const USUAL_AGENDA: u32 = 60;

/// The curriculum that gets a new part, with all that was read of it.
struct Target {
    curriculum: Curriculum,
    sources: Sources,
}

impl Target {
    /// The curriculum at `path`, or the one that copebook runs in or below.
    fn find(path: Option<&Path>, part: &str) -> anyhow::Result<Self> {
        let folder = match path {
            Some(path) => path.to_owned(),
            None => around().unwrap_or_else(|| if Path::new("curricula").is_dir() { "curricula".into() } else { ".".into() }),
        };
        let looked = read::curricula(std::slice::from_ref(&folder), &read::Files::default());
        let found = match looked {
            Ok(found) => found.value.sources.curricula,
            Err(error) if path.is_some() => return Err(error),
            Err(_) => bail!(
                "there is no curriculum here; say where it is: copebook new {part} my-group (for a new curriculum in a folder called {part}: copebook new ./{part})"
            ),
        };
        let [only] = found.as_slice() else {
            let all: Vec<String> = found.iter().map(ToString::to_string).collect();
            bail!("there are several curricula here ({}); say which: copebook new {part} {}", all.join(", "), all.first().map_or("", String::as_str));
        };
        let (scope, loaded) = load_all(&[PathBuf::from(only.to_string())], &Known::default())?;
        let Some(curriculum) = loaded.value.into_iter().next() else {
            bail!("{only}/curriculum.yml cannot be read; mend it first: copebook check {}", typed(Path::new(&only.to_string())));
        };
        Ok(Self { curriculum, sources: scope.sources })
    }

    /// The place of a path of this curriculum on the disk.
    fn place(&self, relative: &str) -> PathBuf {
        PathBuf::from(self.curriculum.folder.join(relative).to_string())
    }

    /// What the last line of every command says.
    fn tell_check(&self) -> anyhow::Result<()> {
        say(&format!("Look for mistakes at any time: copebook check {}", typed(Path::new(&self.curriculum.folder.to_string()))))
    }
}

/// The curriculum around the folder that copebook runs in.
fn around() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let up = here.ancestors().position(|folder| folder.join("curriculum.yml").is_file())?;
    Some(if up == 0 { ".".into() } else { std::iter::repeat_n("..", up).collect() })
}

fn greeting(what: &str, curriculum: &Curriculum) -> String {
    format!("{what} in \"{}\". Enter takes the answer in brackets. Ctrl-C stops, and nothing is written.", curriculum.title.value)
}

/// Makes the next session.
pub(super) fn session(options: &NewSession) -> anyhow::Result<ExitCode> {
    let target = Target::find(options.path.as_deref(), "session")?;
    let curriculum = &target.curriculum;
    let number = next_number(&curriculum.folder.join("sessions"), &target.sources);
    if number > 999 {
        bail!("there is a session 999 already, and numbers end there");
    }
    let mut answers = Answers::new(greeting(&format!("Session {number}"), curriculum));
    let usual = Usual::Text(format!("{} {number}", starter::usual(&curriculum.language, "session")));
    let title = answers.take(options.title.as_deref(), &questions::title("What is the session called?", "Members see its name.", usual))?;

    let opening: u32 = curriculum.defaults.open.iter().chain(&curriculum.defaults.close).filter_map(|item| Some(item.minutes.as_ref()?.value.low)).sum();
    let free = curriculum.session_minutes.as_ref().map_or(USUAL_AGENDA, |whole| whole.value.low.saturating_sub(opening).max(5));
    let minutes = answers.take(options.minutes.as_deref(), &questions::agenda_minutes(free, opening))?.parse().unwrap_or(free);

    let summary = answers.take(options.summary.as_deref(), &questions::line("--summary", "What is it about, in a sentence?", "Members read it."))?;
    let handouts = handouts_to_give(curriculum);
    let handout = if handouts.is_empty() && options.handout.is_none() {
        String::new()
    } else {
        let why = "Write a number. Those that no session gives out yet come first. Enter leaves it out.";
        answers.take(options.handout.as_deref(), &questions::choice("--handout", "Which handout does it give out?", why, handouts, Usual::LeftOut))?
    };
    let why = "Members read it, and the next session begins with it.";
    let practice = answers.take(options.practice.as_deref(), &questions::line("--practice", "What do members practice until next time?", why))?;

    let name = format!("{number:02}-{}", file_name(&title, "session", |_| false));
    let review = curriculum.sessions.iter().any(|session| session.number.is_some());
    let session = starter::Session { title, minutes, whole: minutes + opening, summary, handout, practice, review };
    let file = target.place(&format!("sessions/{name}.yml"));
    authors::create(&BTreeMap::from([(file.clone(), starter::session(&session, &curriculum.language)?)]))?;
    say(&format!("Session {number} is there. Its number is in the name of its file."))?;
    target.tell_check()?;
    tell_files(&[&file])
}

/// The number after the highest that a file in the folder of the sessions has, whether or not it can be read.
fn next_number(sessions: &SourcePath, sources: &Sources) -> u32 {
    let files = sources.texts.keys().chain(&sources.unread).filter(|file| file.parent() == *sessions);
    let numbers = files.filter_map(|file| file.stem().split(|c: char| !c.is_ascii_digit()).next()?.parse::<u32>().ok());
    numbers.max().unwrap_or_default().saturating_add(1)
}

/// The names of all handouts, those first that no session gives out.
fn handouts_to_give(curriculum: &Curriculum) -> Vec<String> {
    let names = |given: bool| {
        let is_given = |id: &HandoutId| curriculum.session_of(id).is_some();
        curriculum.handouts().filter(move |(_, handout)| is_given(&handout.id) == given).map(|(_, handout)| handout.id.to_string())
    };
    names(false).chain(names(true)).collect()
}

/// Makes a module with its first handout, and names it in `curriculum.yml`.
pub(super) fn module(options: &NewModule) -> anyhow::Result<ExitCode> {
    let target = Target::find(options.path.as_deref(), "module")?;
    let curriculum = &target.curriculum;
    let mut answers = Answers::new(greeting("A new module", curriculum));
    let why = "Members see its name. A module teaches skills that belong together.";
    let title = answers.take(options.title.as_deref(), &questions::title("What is the module called?", why, Usual::Needed))?;
    let summary = answers.take(options.summary.as_deref(), &questions::line("--summary", "What does it teach, in a sentence?", "Members read it."))?;
    let purpose =
        answers.take(options.purpose.as_deref(), &questions::line("--purpose", "What is it for?", "A note for facilitators; members never see it."))?;
    let first = questions::handout_title(&title);
    let handout_title = answers.take(options.handout_title.as_deref(), &first)?;

    let known = |name: &str| curriculum.modules.iter().any(|module| module.slug.as_str() == name);
    let name = file_name(&title, "module", |name| known(name) || target.place(&format!("modules/{name}")).exists());
    let handout_name = file_name(&handout_title, "handout", |_| false);
    let language = &curriculum.language;
    let module = starter::Module { title, summary, purpose, handout: handout_name.clone() };
    let handout = starter::Handout { title: handout_title, summary: String::new(), minutes: Minutes::exactly(5), worksheet: true };
    let files = BTreeMap::from([
        (target.place(&format!("modules/{name}/module.yml")), starter::module(&module, language)?),
        (target.place(&format!("modules/{name}/{handout_name}.md")), starter::handout(&handout, language)?),
    ]);
    authors::create(&files)?;
    say("The module is there, with a first handout.")?;
    add_to_list(&target.place("curriculum.yml"), "modules", &format!("modules/{name}"))?;
    tell_giving_out(&format!("{name}/{handout_name}"))?;
    target.tell_check()?;
    tell_files(&files.keys().collect::<Vec<_>>())
}

/// Makes a handout, and names it in its `module.yml`.
pub(super) fn handout(options: &NewHandout) -> anyhow::Result<ExitCode> {
    let target = Target::find(options.path.as_deref(), "handout")?;
    let curriculum = &target.curriculum;
    let Some(last) = curriculum.modules.last() else {
        bail!("this curriculum has no module yet, and a handout belongs to one: make one with copebook new module");
    };
    let mut answers = Answers::new(greeting("A new handout", curriculum));
    let title = answers.take(options.title.as_deref(), &questions::title("What is the handout called?", "Members see its name.", Usual::Needed))?;
    let modules = curriculum.modules.iter().map(|module| module.slug.to_string()).collect();
    let which = questions::choice("--module", "To which module does it belong?", "Write a number.", modules, Usual::Text(last.slug.to_string()));
    let chosen = answers.take(options.module.as_deref(), &which)?;
    let module: &model::Module = curriculum.modules.iter().find(|module| module.slug.as_str() == chosen).unwrap_or(last);
    let summary = answers.take(options.summary.as_deref(), &questions::line("--summary", "What is it, in a sentence?", "Members read it below the title."))?;
    let minutes = answers.take(options.minutes.as_deref(), &questions::handout_minutes())?;
    let worksheet = answers.take(options.worksheet.as_deref(), &questions::worksheet())? == "yes";

    let folder = PathBuf::from(module.folder.to_string());
    let name = file_name(&title, "handout", |name| folder.join(format!("{name}.md")).exists());
    let minutes = Minutes::read(&clean(&minutes)).unwrap_or(Minutes::exactly(5));
    let handout = starter::Handout { title, summary, minutes, worksheet };
    let file = folder.join(format!("{name}.md"));
    authors::create(&BTreeMap::from([(file.clone(), starter::handout(&handout, &curriculum.language)?)]))?;
    say("The handout is there. Its steps are a beginning: write your own.")?;
    add_to_list(&folder.join("module.yml"), "handouts", &name)?;
    tell_giving_out(&format!("{chosen}/{name}"))?;
    target.tell_check()?;
    tell_files(&[&file])
}

/// Adds a name to a list in an author's file, or says which line to write where that is not safe.
fn add_to_list(file: &Path, key: &str, name: &str) -> anyhow::Result<()> {
    let text = read::as_it_stands(file)?;
    let changed = list::add(&text, key, name).map(|after| authors::change(file, &text, &after));
    match changed {
        Some(Ok(())) => say(&format!("It was added to the list `{key}` in {}.", file.display())),
        Some(Err(error)) => {
            say(&format!("It is not in the list yet ({}). In {}, add to the list `{key}`: {name}", report::faults::told(&error), file.display()))
        }
        None => say(&format!("Now add it yourself. In {}, write in the list `{key}`: {name}", file.display())),
    }
}

fn tell_giving_out(handout: &str) -> anyhow::Result<()> {
    say(&format!("Give the handout out in a session: add {handout} to `handouts` under `members`."))
}

fn tell_files(files: &[&PathBuf]) -> anyhow::Result<ExitCode> {
    let mut stdout = std::io::stdout().lock();
    for file in files {
        writeln!(stdout, "{}", file.display())?;
    }
    Ok(ExitCode::SUCCESS)
}
