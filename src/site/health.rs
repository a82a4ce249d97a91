//! The health page of the guide: what the checks found, part by part, and what the scan for leaks looked through.

use std::collections::BTreeMap;

use serde::Serialize;

use super::view::PageWriter;
use crate::audience::Facilitator;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Curriculum;
use crate::reading::{self, Grades};
use crate::source::SourcePath;

/// What a build knows of its own soundness.
pub struct Health<'h> {
    /// What the checks told.
    pub diagnostics: &'h [Diagnostic],
    /// How hard the handouts are to read.
    pub grades: &'h Grades,
    /// How many passages for facilitators were looked for in the member site, and found nowhere.
    pub passages: usize,
    /// How many files for members were looked through.
    pub files: usize,
}

/// What the health page is given.
#[derive(Serialize)]
pub struct HealthView {
    passages: usize,
    files: usize,
    /// How many kinds of problems were looked for.
    rules: usize,
    problems: usize,
    groups: Vec<Group>,
    /// The rules that the author has set in another way.
    settings: Vec<SettingView>,
    reading: ReadingView,
}

/// A rule that does not apply to this curriculum, or never stops a build of it, and why.
#[derive(Serialize)]
struct SettingView {
    rule: &'static str,
    meaning: &'static str,
    is: &'static str,
    files: Vec<String>,
    because: String,
}

/// What is said of reading grades.
#[derive(Serialize)]
struct ReadingView {
    /// The formula for the course's language, where there is one.
    formula: Option<&'static str>,
    /// The grade that the course asks for at the most.
    most: Option<i32>,
}

/// Sessions, or handouts, or what belongs to neither.
#[derive(Serialize)]
struct Group {
    kind: &'static str,
    parts: Vec<Part>,
}

/// A session, a handout or the like, with what was found in its file.
#[derive(Serialize)]
struct Part {
    number: Option<u32>,
    title: String,
    href: Option<String>,
    /// The school grade that a handout asks for; nothing for what is no handout, or is too short.
    grade: Option<u32>,
    problems: Vec<ProblemView>,
}

#[derive(Serialize)]
struct ProblemView {
    message: String,
    help: Option<String>,
    file: String,
    line: u32,
    rule: &'static str,
}

/// Sorts what was found by the parts of a curriculum. `urls` gives the address of a part by its file.
pub fn health(writer: &PageWriter<'_, Facilitator>, curriculum: &Curriculum, health: &Health<'_>, url: &dyn Fn(&SourcePath) -> Option<String>) -> HealthView {
    // Paths are told from the curriculum's own folder: the author's other folders are nobody's business.
    let folder = format!("{}/", curriculum.folder);
    let around = format!("{}/", curriculum.folder.parent());
    let nearer = |text: &str| text.replace(&folder, "").replace(&around, "../");
    let mut by_file: BTreeMap<&SourcePath, Vec<&Diagnostic>> = BTreeMap::new();
    for problem in health.diagnostics {
        by_file.entry(&problem.span.file).or_default().push(problem);
    }
    let found = |file: &SourcePath| -> Vec<ProblemView> {
        let here = by_file.get(file).into_iter().flatten();
        here.map(|problem| ProblemView {
            message: nearer(&problem.message),
            help: problem.help.as_deref().map(nearer),
            file: curriculum.folder.way_to(&problem.span.file),
            line: problem.span.line,
            rule: problem.code.as_str(),
        })
        .collect()
    };
    let part = |number: Option<u32>, title: &str, file: &SourcePath| Part {
        number,
        title: title.to_owned(),
        href: url(file).map(|url| writer.href(&url)),
        grade: None,
        problems: found(file),
    };
    let course = part(None, &curriculum.title.value, &curriculum.folder.join("curriculum.yml"));
    let sessions: Vec<Part> = curriculum.sessions.iter().map(|session| part(session.number, &session.title.value, &session.file)).collect();
    let handouts = curriculum.handouts().map(|(_, handout)| {
        let grade = health.grades.of(&curriculum.folder, &handout.file);
        Part { grade, ..part(None, &handout.title.value, &handout.file) }
    });
    let handouts: Vec<Part> = handouts.collect();
    let modules = curriculum.modules.iter().map(|module| part(None, &module.title.value, &module.folder.join("module.yml")));
    let pages = curriculum.pages.iter().map(|page| part(None, &page.title.value, &page.file));
    let guide = curriculum.guide.iter().map(|page| part(None, &writer.plain(&page.title), &page.file));
    let others: Vec<Part> = [course].into_iter().chain(modules).chain(pages).chain(guide).collect();
    let groups = vec![Group { kind: "sessions", parts: sessions }, Group { kind: "handouts", parts: handouts }, Group { kind: "others", parts: others }];
    let problems = groups.iter().flat_map(|group| &group.parts).map(|part| part.problems.len()).sum();
    let reading = ReadingView { formula: reading::formula_name(&curriculum.language), most: curriculum.reading_grade };
    let settings = curriculum.checks.iter().map(|setting| SettingView {
        rule: setting.rule.as_str(),
        meaning: setting.rule.meaning(),
        is: setting.is.as_str(),
        files: setting.files.iter().map(|file| curriculum.folder.way_to(file)).collect(),
        because: writer.plain(&setting.because),
    });
    HealthView { settings: settings.collect(), passages: health.passages, files: health.files, rules: Code::ALL.len(), problems, groups, reading }
}
