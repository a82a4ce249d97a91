//! What there is to know of each rule, for `copebook check --explain`. The words are those of `docs/checks.md`: one text for
//! those who read the manual and for those who ask the program.

use std::fmt::Write as _;

use crate::diagnostic::{Code, Severity, nearest};

static CHECKS: &str = include_str!("../docs/checks.md");

/// All that is known of a rule; an error says which one was meant.
pub fn one(name: &str) -> Result<String, String> {
    let Some(code) = Code::named(name.trim()) else {
        let near = nearest(name, Code::ALL.iter().map(|code| code.as_str()));
        let help = near.map_or_else(|| "`copebook check --explain` lists them all".to_owned(), |near| format!("did you mean `{near}`?"));
        return Err(format!("there is no rule `{name}`: {help}"));
    };
    let mut text = format!("{} ({})\n{}\n\n", code.as_str(), code.severity().as_str(), code.meaning());
    text.push_str(&for_a_terminal(section(code).unwrap_or_default()));
    let _ = match code.stays_on_because() {
        Some(_) if code.severity() == Severity::Error => writeln!(text, "\nIt cannot be turned off."),
        Some(reason) => writeln!(text, "\nIt cannot be turned off: {reason}."),
        None => writeln!(
            text,
            "\nIf it does not fit your course, turn it off in curriculum.yml, and say why:\n\n    checks:\n      - {{ rule: {}, is: off, because: … }}",
            code.as_str()
        ),
    };
    Ok(text)
}

/// All rules, a line each.
pub fn all() -> String {
    let longest = Code::ALL.iter().map(|code| code.as_str().len()).max().unwrap_or_default();
    let mut text = String::new();
    let mut topic = None;
    for code in Code::ALL {
        // A line is left empty between what is about different things.
        if topic.replace(code.topic()).is_some_and(|before| before != code.topic()) {
            text.push('\n');
        }
        let _ = writeln!(text, "{:longest$}  {:7}  {}", code.as_str(), code.severity().as_str(), code.meaning());
    }
    text
}

/// What `docs/checks.md` says of a rule, without its heading and the line below it, which say what the code knows.
fn section(code: Code) -> Option<&'static str> {
    let (_, rest) = CHECKS.split_once(&format!("\n### {}\n\n", code.as_str()))?;
    // An example may have headings of its own.
    let mut inside = false;
    let lines = rest.split_inclusive('\n').take_while(|line| {
        inside ^= line.starts_with("```");
        inside || !(line.starts_with("## ") || line.starts_with("### "))
    });
    let end = lines.map(str::len).sum();
    let (_, text) = rest.get(..end)?.split_once("\n\n")?;
    Some(text.trim())
}

/// Markdown as it reads well without being shown as such: what stands between fences is set in, under the name of its file.
fn for_a_terminal(markdown: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for line in markdown.lines() {
        match line.strip_prefix("```") {
            Some("") => inside = false,
            Some(info) => {
                inside = true;
                let file = info.split_once(' ').map_or(info, |(_, file)| file);
                let _ = writeln!(text, "    {file}");
            }
            None if inside && !line.is_empty() => {
                let _ = writeln!(text, "    | {line}");
            }
            None if inside => text.push_str("    |\n"),
            None => {
                let _ = writeln!(text, "{line}");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_section_in_order() {
        let mut from = 0;
        for code in Code::ALL {
            let off = if code.stays_on_because().is_some() { "cannot be turned off" } else { "may be turned off" };
            let severity = if code.severity() == Severity::Error { "Error" } else { "Warning" };
            let head = format!("\n### {}\n\n*{severity}; {off}.* {}\n\n", code.as_str(), code.meaning());
            let at = CHECKS.get(from..).and_then(|rest| rest.find(&head));
            assert!(at.is_some(), "docs/checks.md has no such section here:{head}");
            from += at.unwrap();
            assert!(section(*code).is_some_and(|text| text.len() > 60), "{}", code.as_str());
        }
        assert_eq!(
            CHECKS.matches("may be turned off.* ").count() + CHECKS.matches("cannot be turned off.* ").count(),
            Code::ALL.len(),
            "docs/checks.md has a section of no rule"
        );
    }

    #[test]
    fn a_rule_is_told_as_a_text() {
        let told = one("no-break").unwrap();
        assert!(told.starts_with("no-break (warning)\nA session of more than 90 minutes has no break.\n\nPeople who are tense"), "{told}");
        assert!(told.contains("    sessions/02-coming-back.yml\n    | agenda:\n") && told.contains("{ rule: no-break, is: off, because: … }"), "{told}");
        assert!(!told.contains("```") && !told.contains("### "));
        assert!(one("no-crisis-line").unwrap().ends_with("It cannot be turned off.\n"));
        assert_eq!(one("no-brake"), Err("there is no rule `no-brake`: did you mean `no-break`?".into()));
        assert_eq!(all().lines().filter(|line| !line.is_empty()).count(), Code::ALL.len());
    }
}
