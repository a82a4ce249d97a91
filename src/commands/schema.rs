//! `copebook schema`.

use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;
use serde_json::Value;

use super::terminal::say;
use crate::cli::Schema;
use crate::write::authors;
use crate::{read, schema};

/// Where the schemas lie, as seen from the folder that is open in the editor. Names that begin with a dot are no sources.
const FOLDER: &str = ".vscode/copebook";

/// Writes the schemas, and the settings of VS Code that use them where there are none.
pub(super) fn schema(options: &Schema) -> anyhow::Result<ExitCode> {
    let folder = &options.folder;
    if !folder.is_dir() {
        bail!("there is no folder {}", folder.display());
    }
    for (name, schema) in schema::schemas() {
        authors::made_anew(&folder.join(FOLDER).join(name), &text(&schema)?)?;
    }
    let settings = schema::settings(FOLDER);
    let extensions = schema::extensions();
    say(&format!("The schemas are in {}.", folder.join(FOLDER).display()))?;
    let all_set = settle(&folder.join(".vscode/settings.json"), &settings, "curriculum.json")?
        & settle(&folder.join(".vscode/extensions.json"), &extensions, "redhat.vscode-yaml")?;
    if all_set {
        say(&format!("Open the folder {} in VS Code, and let it install the extension YAML when it offers to.", folder.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes a file of settings where there is none; where there is one without `mark`, shows what to add. Gives whether all is set.
fn settle(file: &Path, wanted: &Value, mark: &str) -> anyhow::Result<bool> {
    if !file.exists() {
        authors::create(&[(file.to_owned(), text(wanted)?)].into())?;
        return Ok(true);
    }
    if read::as_it_stands(file)?.contains(mark) {
        return Ok(true);
    }
    say(&format!("{} is there already and was left as it is. Add this to it:\n{}", file.display(), text(wanted)?.trim_end()))?;
    Ok(false)
}

fn text(value: &Value) -> anyhow::Result<String> {
    Ok(format!("{}\n", serde_json::to_string_pretty(value)?))
}
