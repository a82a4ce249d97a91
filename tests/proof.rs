//! The promise over many courses: a mark of its own stands in every text for facilitators, no byte that members get holds one,
//! and each stands in the guide. And it can be seen to fail: what is misspelt or moved is an error, never a leak.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]

mod support;

use std::collections::BTreeSet;

use copebook::source::{SourcePath, Sources};
use copebook::theme::ThemeFiles;
use proptest::prelude::*;
use support::grow::{Grown, Place, grow};
use support::whole::{Files, Options, members_alone, whole};

/// What every mark begins with. No text and no program of ours has it.
const MARK: &str = "zqxj";

/// How a text for facilitators may look; `@` is the mark.
const DRESSES: [&str; 10] = [
    "Look first for @ near the door.",
    "**@** and *more*",
    "`@` in code",
    "[@](https://example.org/@)",
    "See @, A & B < C \"quoted\" 'and' ünïcode 怒り",
    "- @\n- one more",
    "| @ | b |\n|---|---|\n| 1 | 2 |",
    "> @\n\nand more",
    "## @\n\nBelow a heading.",
    "```\n@\n```",
];

/// How many of the dresses fit a single line.
const ON_A_LINE: usize = 5;

/// The nth mark: letters only, so that nothing has to be written in another way.
fn mark(n: usize) -> String {
    let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
    format!("{MARK}{}{}{}q", letter(n / 676), letter(n / 26), letter(n))
}

/// A course with a mark in every text for facilitators, and the marks that the guide is to show.
fn marked(bytes: &[u8], dress: usize, group: bool) -> (Grown, BTreeSet<String>) {
    let mut n = 0;
    let mut shown = BTreeSet::new();
    let grown = grow(bytes, &mut |place| {
        n += 1;
        if place != Place::Nobody && (place != Place::OfGroup || group) {
            shown.insert(mark(n));
        }
        let dress = DRESSES[(dress + n) % if place == Place::Text { DRESSES.len() } else { ON_A_LINE }];
        match place {
            Place::Word | Place::Nobody => mark(n),
            Place::Name | Place::OfGroup => format!("Name {}", mark(n)),
            Place::Line | Place::Text => dress.replace('@', &mark(n)),
        }
    });
    (grown, shown)
}

fn sources(files: &[(String, String)]) -> Sources {
    let mut sources = Sources::default();
    sources.curricula.push(SourcePath::new("course"));
    sources.texts.extend(files.iter().map(|(file, text)| (SourcePath::new(file), text.as_str().into())));
    sources
}

/// The files of a site that hold a mark, in their bytes or in their address.
fn with_a_mark(files: &Files) -> Vec<&String> {
    let holds = |url: &str, bytes: &[u8]| url.contains(MARK) || String::from_utf8_lossy(bytes).to_lowercase().contains(MARK);
    files.iter().filter(|(url, bytes)| holds(url, bytes)).map(|(url, _)| url).collect()
}

/// A theme that someone has changed.
fn own_theme() -> ThemeFiles {
    let mut files = ThemeFiles::built_in("calm").unwrap();
    let words = String::from_utf8_lossy(&files.files["words/en.yml"]).replace("help_now: Help now", "help_now: Call someone");
    files.files.insert("words/en.yml".into(), words.into_bytes());
    files
}

fn check(bytes: &[u8], dress: usize, options: &Options) {
    let (grown, planted) = marked(bytes, dress, options.group);
    let made = whole(&sources(&grown.files), options).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(with_a_mark(&made.members), [] as [&String; 0]);
    assert_eq!(made.leaks, 0);
    let guide: String = made.guide.values().map(|bytes| String::from_utf8_lossy(bytes).to_lowercase()).collect();
    assert!(planted.len() > 60, "only {} marks were planted", planted.len());
    let lost: Vec<&String> = planted.iter().filter(|mark| !guide.contains(*mark)).collect();
    assert!(lost.is_empty(), "the guide does not show {lost:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_course_members_get_no_text_for_facilitators(
        bytes in proptest::collection::vec(any::<u8>(), 0..160),
        dress in 0..DRESSES.len(),
        group: bool,
        listed: bool,
        own: bool,
    ) {
        check(&bytes, dress, &Options { theme: own.then(own_theme), group, listed, single: true });
    }
}

/// The keys of a file below which a mark stands: the line, and how many lines belong to it.
fn private_keys(text: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let indent = |line: &str| line.chars().take_while(|c| matches!(c, ' ' | '-')).count();
    let key = |line: &str| {
        line.trim_start_matches([' ', '-']).split_once(':').is_some_and(|(key, _)| key.chars().all(|c| c.is_alphanumeric() || c == '_') && !key.is_empty())
    };
    let below = |n: usize| 1 + lines[n + 1..].iter().take_while(|line| !line.trim().is_empty() && indent(line) > indent(lines[n])).count();
    let own = lines.iter().enumerate().filter(|(_, line)| key(line)).map(|(n, _)| (n, below(n)));
    own.filter(|(n, many)| lines[*n..n + many].iter().any(|line| line.contains(MARK))).collect()
}

/// The known keys below `adapt`.
const USUAL: [&str; 4] = ["online", "low_literacy", "teens", "one_facilitator"];

/// A key as a hurried hand writes it.
fn misspelt(key: &str) -> Vec<String> {
    let (first, rest) = key.split_at(1);
    let swapped: String = key.chars().take(key.len() - 2).chain(key.chars().rev().take(2)).collect();
    let capital = format!("{}{rest}", first.to_uppercase());
    let all = [
        format!("{key}x"),
        format!("{key}s"),
        rest.to_owned(),
        format!("{key}{}", &key[key.len() - 1..]),
        swapped,
        capital,
        key.to_uppercase(),
        key.replace('_', "-"),
        key.replace('_', " "),
        format!("{key}\u{a0}"),
        format!("\u{200b}{key}"),
        format!("{key} (private)"),
    ];
    all.into_iter().filter(|other| other != key && !other.is_empty()).collect()
}

/// What a slip makes of a course: an error, or at least nothing that members could see.
fn slip(grown: &Grown, file: &str, text: &str, what: &str) -> bool {
    let mut sources = sources(&grown.files);
    sources.texts.insert(SourcePath::new(file), text.into());
    // Nearly all are told when the files are read; the rules take longer.
    let loaded = copebook::load::load(&sources);
    if loaded.diagnostics.iter().any(|problem| problem.is_error()) || copebook::check::check(&loaded.value, &sources).iter().any(|problem| problem.is_error()) {
        return true;
    }
    let members = members_alone(&loaded.value[0], &sources);
    let shown = with_a_mark(&members);
    assert!(shown.is_empty(), "{file}: {what}: members see it in {shown:?}");
    false
}

/// The course whose keys are mistyped, and a file of each kind: a course, a module, a handout, a session plan, a guide page
/// and a group.
fn to_mistype() -> (Grown, Vec<(String, String)>) {
    let grown = marked(&[1, 0, 1, 0, 2, 0, 0, 1, 1, 1, 0, 1, 1], 0, false).0;
    let named = ["own0/module.yml", "own0/h0.md", "sessions/01-s1.yml", "groups/tuesday.yml", "curriculum.yml"];
    let one_of_each = |file: &str| file.starts_with("course/guide/") || named.iter().any(|name| file.ends_with(name));
    let kinds: Vec<_> = grown.files.iter().filter(|(file, _)| one_of_each(file)).cloned().collect();
    assert_eq!(kinds.len(), named.len() + 1);
    (grown, kinds)
}

#[test]
fn a_key_for_facilitators_that_is_misspelt_is_an_error() {
    let (grown, kinds) = to_mistype();
    let mut tried = 0;
    for (file, text) in &kinds {
        for (n, _) in private_keys(text) {
            let lines: Vec<&str> = text.lines().collect();
            let (before, after) = lines[n].split_once(':').unwrap();
            let key = before.trim_start_matches([' ', '-']);
            for wrong in misspelt(key) {
                let line = format!("{}{wrong}:{after}", &before[..before.len() - key.len()]);
                let broken = [&lines[..n], &[line.as_str()], &lines[n + 1..]].concat().join("\n");
                // Below `adapt` an author may write words of her own; all of them are facilitators'.
                let own = key.starts_with("for_") || USUAL.contains(&key) && wrong.ends_with(')');
                assert!(slip(&grown, file, &broken, &line) || own, "{file}: `{wrong}` for `{key}` is taken without a word");
                tried += 1;
            }
        }
    }
    assert!(tried > 600, "only {tried} slips were tried");
}

#[test]
fn a_key_for_facilitators_that_is_moved_reaches_no_member() {
    let (grown, kinds) = to_mistype();
    let (mut tried, mut told) = (0, 0);
    for (file, text) in &kinds {
        for (n, many) in private_keys(text) {
            let lines: Vec<&str> = text.lines().collect();
            let moved = &lines[n..n + many];
            let shifted = |by: usize| moved.iter().map(|line| format!("{}{line}", " ".repeat(by))).collect::<Vec<_>>();
            let outdented = |by: usize| {
                moved.iter().map(|line| line.get(by..).filter(|_| line.starts_with(&" ".repeat(by))).unwrap_or(line).to_owned()).collect::<Vec<_>>()
            };
            let bare: Vec<String> = moved.iter().map(|line| line.trim_start_matches([' ', '-']).to_owned()).collect();
            let rest = || [&lines[..n], &lines[n + many..]].concat().into_iter().map(str::to_owned).collect::<Vec<_>>();
            let replaced = |with: Vec<String>| {
                let mut all = rest();
                all.splice(n..n, with);
                all
            };
            let mut slips = vec![
                ("one space more", replaced(shifted(1))),
                ("two spaces more", replaced(shifted(2))),
                ("four spaces more", replaced(shifted(4))),
                ("one space less", replaced(outdented(1))),
                ("two spaces less", replaced(outdented(2))),
                ("a tab before it", replaced(moved.iter().map(|line| format!("\t{line}")).collect())),
                ("at the end of the file", [rest(), bare.clone()].concat()),
                ("at the start of the file", [bare.clone(), rest()].concat()),
                ("its first line two spaces more", replaced([shifted(2)[..1].to_vec(), moved[1..].iter().map(|line| (*line).to_owned()).collect()].concat())),
                ("its key alone on a line", {
                    let (key, value) = moved[0].split_once(':').unwrap();
                    replaced([vec![format!("{key}:"), value.trim().to_owned()], moved[1..].iter().map(|line| (*line).to_owned()).collect()].concat())
                }),
            ];
            if let Some(at) = rest().iter().position(|line| line == "members:") {
                let mut all = rest();
                all.splice(at + 1..=at, bare.iter().enumerate().map(|(n, line)| format!("{}{line}", if n == 0 { "  " } else { "    " })));
                slips.push(("under `members`", all));
            }
            for (what, broken) in slips {
                told += usize::from(slip(&grown, file, &broken.join("\n"), &format!("{what}: {}", moved[0])));
                tried += 1;
            }
        }
    }
    assert!(tried > 700 && told > tried / 2, "{told} of {tried} slips were told");
}

/// Whatever a theme's templates ask for: they are given nothing that is for facilitators.
#[test]
fn no_template_for_members_can_ask_for_what_facilitators_read() {
    use copebook::site;
    let (grown, planted) = marked(&[1, 1, 1, 1, 2, 0, 0, 1, 1, 1, 0, 1, 1], 0, false);
    let sources = sources(&grown.files);
    let (curricula, _) = support::checked(&sources);
    let pictures = site::picture_urls(&sources);
    let members = site::members(&curricula[0], &pictures, true);
    let screens = site::present(&curricula[0], &pictures);
    let no_pictures = Default::default();
    let single = site::single_handouts(&curricula[0], &no_pictures);
    let pages = members.pages.iter().chain(&screens.pages).chain(&single.pages);
    let pages: Vec<_> = pages.map(|page| (page.url.as_str(), page.make())).collect();
    let templates: BTreeSet<&str> = pages.iter().map(|(_, made)| made.template).collect();
    assert!(templates.len() >= 9, "only {templates:?} were made");
    for (url, made) in pages {
        assert!(!format!("{:?}", made.context).to_lowercase().contains(MARK), "{} is given a text for facilitators: {url}", made.template);
    }
    let guide = site::guide(&curricula[0], &[], &pictures, true);
    let given: String = guide.pages.iter().map(|page| format!("{:?}", page.make().context)).collect();
    assert!(planted.iter().filter(|mark| given.contains(*mark)).count() > 60, "this proves nothing");
}
