//! The promise over many courses: a mark of its own stands in every text for facilitators, no byte that members get holds one,
//! and each stands in the guide. And it can be seen to fail: what is misspelt or moved is an error, never a leak.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]

mod support;

use std::collections::BTreeSet;

use copebook::source::SourcePath;
use copebook::theme::ThemeFiles;
use proptest::prelude::*;
use support::Folder;
use support::grow::{Grown, Place, grow};
use support::keys::{BODY, THINGS, Thing, held, kind_of};
use support::whole::{Files, Options, Whole, members_alone, whole};

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

/// A course with a mark of its own in every text for facilitators, the marks that the guide is to show, and those that nobody is
/// to see.
struct Marked {
    grown: Grown,
    shown: BTreeSet<String>,
    hidden: BTreeSet<String>,
}

fn marked(bytes: &[u8], dress: usize, group: bool) -> Marked {
    let mut n = 0;
    let (mut shown, mut hidden) = (BTreeSet::new(), BTreeSet::new());
    let grown = grow(bytes, &mut |place| {
        n += 1;
        match place {
            Place::Nobody => hidden.insert(mark(n)),
            Place::Stray => false,
            Place::OfGroup if !group => false,
            _ => shown.insert(mark(n)),
        };
        let dress = DRESSES[(dress + n) % if place == Place::Text { DRESSES.len() } else { ON_A_LINE }];
        match place {
            Place::Word | Place::Drawing | Place::Nobody | Place::Stray => mark(n),
            Place::Name | Place::Credit | Place::OfGroup => format!("Name {}", mark(n)),
            Place::Line | Place::Text => dress.replace('@', &mark(n)),
        }
    });
    Marked { grown, shown, hidden }
}

/// The files of a site that hold a mark, in their bytes or in their address.
fn with_a_mark(files: &Files) -> Vec<&String> {
    let holds = |url: &str, bytes: &[u8]| url.contains(MARK) || String::from_utf8_lossy(bytes).to_lowercase().contains(MARK);
    files.iter().filter(|(url, bytes)| holds(url, bytes)).map(|(url, _)| url).collect()
}

/// Another theme of copebook's own, one that someone has changed, or none, for the usual one.
fn theme(which: usize) -> Option<ThemeFiles> {
    let mut files = ThemeFiles::built_in(if which == 1 { "plain" } else { "calm" }).unwrap();
    if which == 2 {
        let words = String::from_utf8_lossy(&files.files["words/en.yml"]).replace("help_now: Help now", "help_now: Call someone");
        files.files.insert("words/en.yml".into(), words.into_bytes());
    }
    matches!(which, 1 | 2).then_some(files)
}

fn made(grown: &Grown, options: &Options) -> Whole {
    whole(&grown.sources(), options).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn check(bytes: &[u8], dress: usize, options: &Options) {
    let Marked { grown, shown, hidden } = marked(bytes, dress, options.group);
    let made = made(&grown, options);
    assert_eq!(with_a_mark(&made.members), [] as [&String; 0]);
    assert_eq!(made.leaks, 0);
    let guide: String = made.guide.values().map(|bytes| String::from_utf8_lossy(bytes).to_lowercase()).collect();
    assert!(shown.len() > 70 && hidden.len() > 10, "only {} marks were planted", shown.len());
    let lost: Vec<&String> = shown.iter().filter(|mark| !guide.contains(*mark)).collect();
    assert!(lost.is_empty(), "the guide does not show {lost:?}");
    let seen: Vec<&String> = hidden.iter().filter(|mark| guide.contains(*mark)).collect();
    assert!(seen.is_empty(), "the guide shows what is for nobody: {seen:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_course_members_get_no_text_for_facilitators(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        dress in 0..DRESSES.len(),
        group: bool,
        listed: bool,
        worn in 0..9usize,
    ) {
        check(&bytes, dress, &Options { theme: theme(worn), group, listed, single: true });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// No figure, number, order, gap or address for members comes from what facilitators read: whatever that is, members get
    /// the same bytes.
    #[test]
    fn whatever_facilitators_read_members_get_the_same_bytes(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        words in proptest::collection::vec("[a-zA-Zäöü怒][a-zA-Z ,.äöü🙂<>&*_`#-]{0,60}", 1..6),
        group: bool,
        listed: bool,
    ) {
        let options = Options { theme: None, group, listed, single: true };
        let with = |words: &[String]| {
            let mut n = 0;
            let grown = grow(&bytes, &mut |place| {
                n += 1;
                let words = &words[n % words.len()];
                match place {
                    Place::Word | Place::Nobody | Place::Stray => mark(n + words.len() * 100),
                    Place::Drawing => "x".repeat(words.len()),
                    Place::Name | Place::Credit | Place::OfGroup | Place::Line => quiet(words),
                    Place::Text => format!("{}\n\n{}", quiet(words), quiet(words)),
                }
            });
            made(&grown, &options)
        };
        let (one, other) = (with(&["x".to_owned()]), with(&words));
        let differs = one.members.keys().chain(other.members.keys()).find(|url| one.members.get(*url) != other.members.get(*url));
        prop_assert!(differs.is_none(), "{differs:?} changes with what facilitators read");
        prop_assert!(one.guide != other.guide, "this proves nothing");
    }
}

/// Words that are no HTML and no number, whatever they are made of.
fn quiet(words: &str) -> String {
    format!("x{}", words.replace(['<', '&'], "x"))
}

/// What the commands write is what was proved above, with all that stands between: files, groups, themes, folders and archives.
#[test]
fn what_build_and_pack_write_for_members_has_no_text_for_facilitators() {
    // A course in two languages with all sessions, and a discreet one of one language that is in its first week.
    for (bytes, all) in [(with_everything(), true), (choices(&["discreet", "released: 1"], &["translations"]), false)] {
        let Marked { grown, shown, .. } = marked(&bytes, 1, true);
        let folder = Folder::with(&[]);
        grown.files.iter().for_each(|(file, text)| folder.put(file, text));
        grown.pictures.iter().for_each(|(file, drawing)| folder.put(file, drawing));
        let mut guide = String::new();
        for (command, out) in [("build", "site"), ("pack", "packed")] {
            let run = folder.copebook(&[command, "course", "--group", "tuesday"]);
            assert_eq!(run.status.code(), Some(0), "{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
            let mut members = folder.files(&format!("{out}/members"));
            let zips: Vec<_> = members.iter().filter(|(name, _)| name.ends_with(".zip")).map(|(_, bytes)| support::unpacked(bytes)).collect();
            assert_eq!(zips.len(), usize::from(command == "pack"));
            members.extend(zips.into_iter().flatten());
            assert_eq!(with_a_mark(&members), [] as [&String; 0], "{command}");
            let has = |what: &str| members.keys().any(|url| url.contains(what));
            for (what, must) in
                [("index.html", true), ("search", true), ("workbook", true), ("calendar.ics", true), ("pictures/", true), ("es/index.html", all)]
            {
                assert_eq!(has(what), must, "{command}: {what}");
            }
            assert_eq!(has("-handouts/"), command == "pack");
            let guides = folder.files(&format!("{out}/facilitator")).into_iter();
            let guides = guides.flat_map(|(name, bytes)| if name.ends_with(".zip") { support::unpacked(&bytes) } else { Files::from([(name, bytes)]) });
            guide.extend(guides.map(|(_, bytes)| String::from_utf8_lossy(&bytes).to_lowercase()));
            let lost: Vec<&String> = shown.iter().filter(|mark| !guide.contains(*mark)).collect();
            assert!(lost.is_empty(), "{command}: the guide does not show {lost:?}");
            guide.clear();
        }
    }
}

/// The choices for the first course that has, anywhere in its files, all of some words, and none of others.
fn choices(with: &[&str], without: &[&str]) -> Vec<u8> {
    let bytes = |seed: u64| {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state.to_be_bytes()[0]
        };
        (0..300).map(|_| next()).collect::<Vec<u8>>()
    };
    let fits = |bytes: &Vec<u8>| {
        let grown = grow(bytes, &mut |_| "x".to_owned());
        let has = |words: &&str| grown.files.iter().any(|(file, text)| format!("{file}\n{text}").contains(*words));
        with.iter().all(has) && !without.iter().any(has)
    };
    (1..5000).map(bytes).find(fits).expect("a course that has all of this")
}

/// The choices for a course with everything: each kind of translation, and a session with an opening of its own.
fn with_everything() -> Vec<u8> {
    let with = ["curriculum.es.yml", "about.es.md", "module.es.yml", "h0.es.md", "01-s1.es.yml", "\nopen:", "extra.yml"];
    choices(&with, &["discreet", "released", "own1", "03-s3"])
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
    let mut sources = grown.sources();
    sources.texts.insert(SourcePath::new(file), text.into());
    // Nearly all are told when the files are read; the rules take longer.
    let mut loaded = copebook::load::load(&sources);
    if loaded.diagnostics.iter().any(|problem| problem.is_error()) || copebook::check::check(&loaded.value, &sources).iter().any(|problem| problem.is_error()) {
        return true;
    }
    // What the group's file says is shown to the group.
    loaded.value[0].running = Some(0);
    let members = members_alone(&loaded.value[0], &sources);
    let shown = with_a_mark(&members);
    assert!(shown.is_empty(), "{file}: {what}: members see it in {shown:?}");
    false
}

/// The course whose keys are mistyped, and a file of each kind that has keys for facilitators.
fn to_mistype() -> (Grown, Vec<(&'static str, String, String)>) {
    // A small one: it is read anew for each slip.
    let grown = marked(&choices(&["\nopen:"], &["translations", "own1", "h1.md", "03-s3", "extra"]), 0, false).grown;
    let mut kinds: Vec<(&str, String, String)> = Vec::new();
    for (file, text) in &grown.files {
        let Some(kind) = kind_of(file).filter(|_| !private_keys(text).is_empty()) else { continue };
        // The second session has an opening of its own.
        if !kinds.iter().any(|(known, ..)| *known == kind) && (kind != "session" || text.contains("\nopen:")) {
            kinds.push((kind, file.clone(), text.clone()));
        }
    }
    assert_eq!(kinds.iter().map(|(kind, ..)| *kind).collect::<BTreeSet<_>>(), ["curriculum", "group", "guide page", "handout", "module", "session"].into());
    (grown, kinds)
}

/// A file of each kind that is for members alone.
fn for_members(grown: &Grown) -> Vec<(&'static str, String, String)> {
    let kinds = grown.files.iter().filter_map(|(file, text)| Some((kind_of(file)?, file.clone(), text.clone())));
    let mut seen = BTreeSet::new();
    let kinds: Vec<_> = kinds.filter(|(kind, ..)| (kind.starts_with("translated") || *kind == "page") && seen.insert(*kind)).collect();
    assert_eq!(seen, ["page", "translated curriculum", "translated module", "translated page", "translated session"].into());
    kinds
}

/// Every key of the format whose text is for facilitators, or that holds such keys.
fn all_private_keys() -> BTreeSet<&'static str> {
    THINGS.iter().flat_map(|Thing { private, holds, .. }| private.iter().chain(*holds)).copied().filter(|key| *key != BODY).collect()
}

/// The key of a line.
fn key_of(line: &str) -> &str {
    line.split_once(':').map_or("", |(before, _)| before.trim_start_matches([' ', '-']))
}

#[test]
fn a_key_for_facilitators_that_is_misspelt_is_an_error() {
    let (grown, kinds) = to_mistype();
    let mut tried = 0;
    let mut keys = BTreeSet::new();
    for (_, file, text) in &kinds {
        for (n, _) in private_keys(text) {
            let lines: Vec<&str> = text.lines().collect();
            let (before, after) = lines[n].split_once(':').unwrap();
            let key = key_of(lines[n]);
            keys.insert(key);
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
    let never: Vec<_> = all_private_keys().into_iter().filter(|key| !keys.contains(key) && !IN_BRACES.contains(key)).collect();
    assert!(never.is_empty(), "these keys were never misspelt: {never:?}");
}

/// Keys that stand between braces in the courses grown.
const IN_BRACES: [&str; 1] = ["size"];

/// The same keys in files that are for members alone, spelt well and misspelt, at the start and at the end.
#[test]
fn a_key_for_facilitators_in_a_file_for_members_is_an_error() {
    let grown = marked(&with_everything(), 0, false).grown;
    let mut tried = 0;
    for (kind, file, text) in for_members(&grown) {
        let own = THINGS.iter().find(|thing| thing.name == kind).unwrap().others;
        for key in all_private_keys().into_iter().filter(|key| !own.contains(key)) {
            for key in [key.to_owned(), format!("{key}s"), key.to_uppercase()] {
                let line = format!("{key}: {MARK}");
                let head = if file.ends_with(".md") { text.replacen("---\n", &format!("---\n{line}\n"), 1) } else { format!("{line}\n{text}") };
                assert!(slip(&grown, &file, &head, &line) || own.contains(&key.as_str()), "{file}: `{line}` is taken without a word");
                tried += 1;
            }
        }
    }
    assert!(tried > 500, "only {tried} slips were tried");
}

/// Keys of one name that members and facilitators have in the same file, one inside the other, are told apart by two spaces
/// alone, which nobody can see to. There are two, and SECURITY.md names them.
#[test]
fn no_more_keys_of_one_name_than_we_tell() {
    let named = |name: &str| THINGS.iter().find(|thing| thing.name == name).unwrap();
    let mut twins = BTreeSet::new();
    for thing in THINGS.iter().filter(|thing| !thing.private.is_empty()) {
        let inside = thing.others.iter().filter_map(|key| held(thing.name, key)).flat_map(|inner| named(inner).others);
        twins.extend(inside.filter(|key| thing.private.contains(key)));
    }
    assert_eq!(twins, ["goals", "practice"].iter().collect());
    let told = include_str!("../SECURITY.md");
    assert!(twins.iter().all(|key| told.contains(&format!("`{key}`"))), "SECURITY.md does not name {twins:?}");
}

#[test]
fn a_key_for_facilitators_that_is_moved_reaches_no_member() {
    let (grown, kinds) = to_mistype();
    let (mut tried, mut told) = (0, 0);
    let mut keys = BTreeSet::new();
    for (_, file, text) in &kinds {
        for (n, many) in private_keys(text) {
            let lines: Vec<&str> = text.lines().collect();
            let moved = &lines[n..n + many];
            keys.insert(key_of(lines[n]));
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
    let never: Vec<_> = all_private_keys().into_iter().filter(|key| !keys.contains(key) && !IN_BRACES.contains(key)).collect();
    assert!(never.is_empty(), "these keys were never moved: {never:?}");
    assert!(tried > 700 && told > tried / 2, "{told} of {tried} slips were told");
}

/// Whatever a theme's templates ask for: they are given nothing that is for facilitators.
#[test]
fn no_template_for_members_can_ask_for_what_facilitators_read() {
    use copebook::site;
    let Marked { grown, shown: planted, .. } = marked(&with_everything(), 0, false);
    let sources = grown.sources();
    let (curricula, _) = support::checked(&sources);
    let pictures = site::picture_urls(&sources);
    let members = site::members(&curricula[0], &pictures, true, &Default::default());
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
    let guide = site::guide(&curricula[0], &[], &pictures, true, &Default::default());
    let given: String = guide.pages.iter().map(|page| format!("{:?}", page.make().context)).collect();
    assert!(planted.iter().filter(|mark| given.contains(*mark)).count() > 60, "this proves nothing");
}
