//! Reads `checks` of a curriculum: the rules that its author turns off, or keeps as warnings, each with a reason.

use super::fields::{Keys, Problems, has_key, scalar};
use super::yaml::{Node, Value};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::model::{RuleIs, RuleSetting};
use crate::source::{SourcePath, Sources};

pub(super) const SETTING_KEYS: &[&str] = &["rule", "is", "in", "because"];

/// How a setting is written.
const EXAMPLE: &str = "{ rule: no-break, is: off, because: We meet in two halves with lunch between. }";

/// Reads all settings of the curriculum in `folder`.
pub fn settings(keys: &Keys<'_>, folder: &SourcePath, sources: &Sources, problems: &mut Problems) -> Vec<RuleSetting> {
    // `checks: { no-break: off }` is what a person tries first, and it has no place for a reason.
    if let Some(node) = keys.get("checks", problems)
        && let Value::Keys(entries) = &node.value
    {
        let (rule, is) = entries.first().map_or(("no-break", "off"), |(key, value)| (key.name.as_str(), scalar(value).unwrap_or("off")));
        problems.push(
            Diagnostic::new(Code::WrongKind, node.span.clone(), "`checks` is a list, so that each rule can have its reason")
                .help(format!("write one rule a line:\nchecks:\n  - {{ rule: {rule}, is: {is}, because: why it does not fit here }}")),
        );
        return Vec::new();
    }
    keys.each("checks", EXAMPLE, problems, |node, problems| setting(node, folder, sources, problems))
}

fn setting(node: &Node, folder: &SourcePath, sources: &Sources, problems: &mut Problems) -> Option<RuleSetting> {
    let elsewhere = |key: &str| match key {
        "code" | "check" | "name" => Some("here it is called `rule`"),
        "level" | "severity" | "set" => Some("here it is called `is`, and it is `off` or `warn`"),
        "why" | "reason" | "note" => Some("here it is called `because`"),
        "file" | "files" | "only" | "for" | "where" => Some("here it is called `in`, with the way to a file, or a list of them"),
        _ => None,
    };
    let keys = Keys::of(node, "a setting under `checks`", SETTING_KEYS, elsewhere, problems)?;
    // A key under another name has been told; it is not missing as well.
    if ["code", "check", "name", "level", "severity", "set", "why", "reason", "note"].iter().any(|other| has_key(node, other)) {
        return None;
    }
    let because = keys.need_prose("because", "why it does not fit here", problems);
    let is = keys.need("is", "off", problems).and_then(|_| keys.choice("is", RuleIs::WORDS, problems));
    let files = files(&keys, folder, sources, problems);
    keys.need("rule", "no-break", problems)?;
    let named = keys.plain("rule", problems)?;
    let Some(rule) = Code::named(&named.value) else {
        let near = did_you_mean(&named.value, Code::ALL.iter().map(|code| code.as_str()));
        problems.push(
            Diagnostic::new(Code::UnknownRule, named.span, format!("there is no rule `{}`", named.value))
                .help(near.unwrap_or_else(|| "the name of a rule stands below each problem; `copebook check --explain` lists them all".into())),
        );
        return None;
    };
    if let Some(reason) = rule.stays_on_because() {
        let told = if is == Some(RuleIs::Warn) { "made milder" } else { "turned off" };
        problems.push(
            Diagnostic::new(Code::RuleStaysOn, named.span, format!("`{rule}` cannot be {told}: {reason}", rule = rule.as_str()))
                .help(format!("take this setting away, and mend what the rule finds; `copebook check --explain {}` tells more", rule.as_str())),
        );
        return None;
    }
    Some(RuleSetting { rule, is: is?, files, because })
}

/// The files that a setting is for.
fn files(keys: &Keys<'_>, folder: &SourcePath, sources: &Sources, problems: &mut Problems) -> Vec<SourcePath> {
    let mut files = Vec::new();
    for named in keys.one_or_more("in", problems) {
        let file = folder.join(&named.value);
        if sources.text(&file).is_none() && !sources.unread.contains(&file) {
            let near = crate::diagnostic::nearest_path(&file, sources.texts_in(folder));
            problems.push(Diagnostic::new(Code::MissingFile, named.span, format!("there is no file `{}`", named.value)).help(near.map_or_else(
                || "write the way to it from curriculum.yml: `sessions/01-welcome.yml`".into(),
                |near| format!("did you mean `{}`?", folder.way_to(near)),
            )));
        }
        // One that is not there stays in the list: without it, the setting would be for all files.
        files.push(file);
    }
    files
}
