//! `copebook theme`: the built-in themes, and a folder to begin a theme of one's own with.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;

use super::terminal::say;
use crate::cli::Theme;
use crate::diagnostic::did_you_mean;
use crate::theme::{ThemeFiles, starter};
use crate::write::authors;

/// Lists the built-in themes, or makes a folder for a new one.
pub(super) fn theme(options: &Theme) -> anyhow::Result<ExitCode> {
    let Some(name) = &options.name else { return list() };
    let names = ThemeFiles::built_in_names();
    if !names.contains(&name.as_str()) {
        let help = did_you_mean(name, names.iter().copied()).unwrap_or(format!("copebook's own are {}", names.join(", ")));
        bail!("there is no theme `{name}`: {help}");
    }
    let Some(folder) = &options.folder else { bail!("say which folder to make, such as: copebook theme {name} my-theme") };
    let own_name = folder.file_name().map_or_else(|| "my-theme".into(), |name| name.to_string_lossy());
    let files = if options.whole { starter::whole(name).unwrap_or_default() } else { starter::small(name, &own_name) };
    authors::refuse_full(folder)?;
    authors::create(&files.iter().map(|(file, bytes)| (folder.join(file), bytes)).collect())?;
    let shown = folder.display();
    say(&if options.whole {
        format!("All {} files of the theme `{name}` are in {shown}, for you to change. What copebook mends in its own will not reach them.", files.len())
    } else {
        format!("The folder {shown} is a theme that looks like `{name}`. Open its theme.yml to change it.")
    })?;
    say(&format!("To wear it, write `theme: {}` into curriculum.yml (the way to it from that file), or build with --theme {shown}.", way(folder)))?;
    writeln!(std::io::stdout().lock(), "{}", folder.join("theme.yml").display())?;
    Ok(ExitCode::SUCCESS)
}

/// How a curriculum beside the folder would name it.
fn way(folder: &Path) -> String {
    format!("../{}", folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy())
}

fn list() -> anyhow::Result<ExitCode> {
    let mut stdout = std::io::stdout().lock();
    for name in ThemeFiles::built_in_names() {
        let about = ThemeFiles::built_in(name).and_then(|theme| theme.about()).unwrap_or_default();
        writeln!(stdout, "{name:8} {about}")?;
    }
    say("To make one of your own from it: copebook theme calm my-theme")?;
    Ok(ExitCode::SUCCESS)
}
