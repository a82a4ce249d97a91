//! `copebook new DIR`: a small curriculum to begin with.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;

use super::add;
use super::ask::Answers;
use super::gather::today;
use super::terminal::{say, typed};
use crate::cli::{New, NewCourse, NewPart};
use crate::diagnostic::nearest;
use crate::model::Minutes;
use crate::starter::questions::{self, Usual};
use crate::starter::{self, Crisis};
use crate::write::authors;

/// Makes a new curriculum, or a part of one.
pub(super) fn new(options: &New) -> anyhow::Result<ExitCode> {
    match &options.part {
        None => course(&options.course),
        Some(NewPart::Session(options)) => add::session(options),
        Some(NewPart::Module(options)) => add::module(options),
        Some(NewPart::Handout(options)) => add::handout(options),
    }
}

fn course(options: &NewCourse) -> anyhow::Result<ExitCode> {
    let mut answers = Answers::new("A new curriculum. Enter takes the answer in brackets. Ctrl-C stops, and nothing is written.".into());
    let folder = match &options.folder {
        Some(folder) => folder.clone(),
        None if answers.can_ask() => PathBuf::from(answers.take(None, &questions::folder())?),
        None => bail!("say which folder to make, such as: copebook new my-group"),
    };
    refuse_part(&folder)?;
    authors::refuse_taken(&folder)?;

    let language = answers.take(options.language.as_deref(), &questions::language())?;
    let usual = Usual::Text(starter::usual(&language, "title"));
    let title = answers.take(options.title.as_deref(), &questions::title("What is the course called?", "Members see this name on every page.", usual))?;
    let minutes = answers.take(options.session_minutes.as_deref(), &questions::session_minutes())?;
    let for_whom = answers.take(options.for_whom.as_deref(), &questions::for_whom(&language))?;
    let name = answers.take(options.crisis_name.as_deref(), &questions::crisis_name(&language, options.crisis_call.is_some()))?;
    let crisis = if name.is_empty() {
        None
    } else {
        let call = answers.take(options.crisis_call.as_deref(), &questions::crisis_call(&name))?;
        let own = Crisis::of_the_united_states().name != name;
        let hours = if own { answers.take(options.crisis_hours.as_deref(), &questions::crisis_hours())? } else { String::new() };
        Some(Crisis { name, call, hours })
    };

    let Some(session_minutes) = Minutes::read(&minutes) else { bail!("`{minutes}` is not a number of minutes") };
    let course = starter::Course { title, language, session_minutes, for_whom, crisis, today: today() };
    let files: BTreeMap<PathBuf, String> = starter::course(&course)?.into_iter().map(|(path, text)| (folder.join(path), text)).collect();
    authors::create(&files)?;
    tell(&course, &folder, files.len(), options.crisis_name.is_none() && !answers.can_ask())
}

/// Refuses a folder whose name is nearly that of a part: `copebook new sesion`.
fn refuse_part(folder: &Path) -> anyhow::Result<()> {
    let name = folder.to_string_lossy();
    match nearest(&name, ["session", "module", "handout"]) {
        Some(part) if !name.contains(['/', '\\']) && !folder.exists() => {
            bail!("did you mean `copebook new {part}`? For a new curriculum in a folder of this name, write: copebook new ./{name}")
        }
        _ => Ok(()),
    }
}

/// Says what was made, and what to do next.
fn tell(course: &starter::Course, folder: &Path, files: usize, crisis_unasked: bool) -> anyhow::Result<ExitCode> {
    let file = folder.join("curriculum.yml");
    say(&format!("Your curriculum is ready: {files} files in {}. Begin with curriculum.yml.", folder.display()))?;
    if !starter::has_texts(&course.language) {
        say(&format!("There are no first texts in `{}` yet, so they are English, for you to translate.", course.language))?;
    }
    match &course.crisis {
        None => say(&format!("Before you build, write your crisis line in {} (look for NOT YET THERE). No site is made without one.", file.display()))?,
        Some(line) if crisis_unasked => {
            say(&format!("The crisis line is {} (United States). In another country, change it in {} first.", line.name, file.display()))?;
        }
        Some(_) => {}
    }
    if course.crisis.is_some() {
        say("Try the crisis line yourself before anyone reads it: the file says that it was checked today.")?;
    }
    let folder = typed(folder);
    say(&format!(
        "\nNext:\n  copebook serve {folder}    shows both sites while you write\n  copebook build {folder}    writes both sites into the folder site"
    ))?;
    writeln!(std::io::stdout(), "{}", file.display())?;
    Ok(ExitCode::SUCCESS)
}
