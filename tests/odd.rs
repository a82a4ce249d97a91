//! Odd folders, odd files and odd machines: what is refused is told, what is not makes the same bytes, and nothing hangs. The
//! numbers are those of docs/attacks.md.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]

mod support;

use std::process::{Command, Output};
use std::time::{Duration, Instant};

use support::{EVERYTHING, Folder};

/// What a run said, and its exit code. No run may say anything in the words of machines, or to the terminal.
fn said(output: &Output) -> (Option<i32>, String) {
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(!text.contains(|c: char| c != '\n' && c.is_control()), "{text:?}");
    assert!(!text.contains("panicked") && !text.contains("os error"), "{text}");
    (output.status.code(), text)
}

fn refused(folder: &Folder, words: &[&str]) {
    let begun = Instant::now();
    let (code, text) = said(&folder.copebook(&["check", "course"]));
    assert_eq!(code, Some(1), "{text}");
    for words in words {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(begun.elapsed() < Duration::from_secs(15), "it took {:?}", begun.elapsed());
}

fn builds(folder: &Folder) {
    let (code, text) = said(&folder.copebook(&["build", "course"]));
    assert_eq!(code, Some(0), "{text}");
}

#[cfg(unix)]
#[test]
fn a023_files_without_end_are_not_waited_for() {
    let folder = Folder::everything();
    let at = |name: &str| folder.path.join("course").join(name);
    std::fs::File::create(at("pages/large.md")).unwrap().set_len(100 * 1024 * 1024).unwrap();
    std::fs::File::create(at("assets/large.png")).unwrap().set_len(100 * 1024 * 1024).unwrap();
    assert!(Command::new("mkfifo").arg(at("sessions/03-pipe.yml")).status().unwrap().success());
    std::os::unix::fs::symlink("/dev/zero", at("sessions/04-zero.yml")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(at("pages/socket.md")).unwrap();
    refused(
        &folder,
        &[
            "large.md is larger than 1 MB",
            "large.png is larger than 20 MB",
            "03-pipe.yml is not a file",
            "04-zero.yml is not a file",
            "socket.md is not a file",
        ],
    );
}

#[test]
fn a030_five_hundred_mistakes_are_counted_and_fifty_are_shown() {
    let folder = Folder::everything();
    let steps = "      - sya: Hello.\n".repeat(500);
    folder.put("course/sessions/03-many.yml", format!("title: Many\nagenda:\n  - title: A\n    steps:\n{steps}"));
    for n in 0..200 {
        folder.put(&format!("course/sessions/{:03}-s{n}.yml", n + 100), "titel: One\nagenda: [ { title: A } ]\n");
    }
    refused(&folder, &["more. Mend these first", "errors"]);
    let (_, text) = said(&folder.copebook(&["check", "course"]));
    let told = text.lines().find_map(|line| line.split_once(" errors")?.0.parse::<usize>().ok()).unwrap();
    assert!(told >= 700, "{told} mistakes are told");
    assert_eq!(text.matches("= rule:").count(), 50);
    let json = folder.copebook(&["check", "course", "--format", "json"]);
    assert!(serde_json::from_slice::<Vec<serde_json::Value>>(&json.stdout).unwrap().len() >= told);
}

#[test]
fn a034_signs_of_html_in_plain_words_stay_words() {
    let odd = "\\\"><script>alert(1)</script>'</title></textarea>]]>--!>&lt;\u{2028}__proto__";
    let in_markdown = "\\\"\\\\<script>alert(1)\\\\</script>'\\\\</textarea>]]>--!>\\u2028__proto__";
    let files: Vec<(&str, String)> = EVERYTHING
        .iter()
        .map(|(file, text)| {
            let lines = text.lines().map(|line| if line.starts_with("title: ") { format!("title: \"{odd}\"") } else { line.to_owned() });
            (
                *file,
                lines
                    .collect::<Vec<_>>()
                    .join("\n")
                    .replace("name: Test line", &format!("name: \"{odd}\""))
                    .replace("hours: day and night", &format!("hours: \"{odd}\""))
                    .replace("leads: [Counselor, Co-leader]", &format!("leads: [\"{odd}\", \"{odd}\"]"))
                    .replace("size: 6 to 10", &format!("size: \"{odd}\""))
                    .replace("license: CC-BY-4.0", &format!("license: \"{odd}\""))
                    // In Markdown, what looks like HTML is an error; written out, it is shown.
                    .replace("Where were you?", &format!("\"{in_markdown}\""))
                    .replace("low: calm", &format!("low: \"{in_markdown}\""))
                    .replace("[Sight, Touch]", &format!("[\"{in_markdown}\", Touch]"))
                    .replace("A hill with a path", "\\\"\\<script>alert(1)\\</script>\\'\\</textarea>\\]\\]>"),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(file, text)| (*file, text.as_str())).collect();
    let sources = support::with_hill(support::sources(&files));
    let options = support::whole::Options { single: true, ..Default::default() };
    let made = support::whole::whole(&sources, &options).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let mut seen = 0;
    for (url, bytes) in made.members.iter().chain(&made.guide) {
        let text = String::from_utf8(bytes.clone()).unwrap();
        seen += text.matches("alert(1)").count();
        assert!(!text.contains("<script>alert") && !text.contains("</textarea>]]"), "{url}");
        if url.ends_with(".js") {
            assert!(!text.contains("alert(1)<") && !text.contains('\u{2028}'), "{url}: text in a script");
        }
    }
    assert!(seen > 60, "the odd title is shown {seen} times");
}

#[test]
fn a036_what_looks_like_a_template_is_printed() {
    let folder = Folder::everything();
    folder.put("course/pages/about.md", "---\ntitle: \"About {{ course.title }}\"\n---\nHello `{% include \"guide/home.html\" %}` and `{{ 7 * 7 }}`.\n");
    builds(&folder);
    let page = folder.text("site/members/pages/about.html");
    assert!(page.contains("{{ course.title }}") && page.contains("{{ 7 * 7 }}") && page.contains("{% include"), "{page}");
}

#[test]
fn a040_only_pictures_that_are_shown_reach_a_site() {
    let folder = Folder::everything();
    for name in ["sw.js", ".htaccess", "_headers", "CNAME", "page.html", "notes.yaml", "private-notes.docx", "unused.svg"] {
        folder.put(&format!("course/assets/{name}"), "<svg xmlns='http://www.w3.org/2000/svg'><text>CANARY</text></svg>");
    }
    builds(&folder);
    for (name, bytes) in folder.files("site") {
        assert!(!String::from_utf8_lossy(&bytes).contains("CANARY"), "{name}");
        assert!(!["sw.js", "CNAME", "page.html", "notes.yaml", ".htaccess", "unused.svg"].iter().any(|own| name.ends_with(own)), "{name}");
    }
    folder.put("course/pages/about.md", "---\ntitle: About\n---\n[a script](../assets/sw.js)\n");
    refused(&folder, &["sw.js"]);
}

#[test]
fn a042_pages_that_would_fill_a_computer_are_told() {
    let folder = Folder::everything();
    let list = |letter: &str| (0..500).map(|n| format!("{letter}{n}")).collect::<Vec<_>>().join(", ");
    let grid = format!("::: worksheet\n- grid: Which?\n  items: [{}]\n  options: [{}]\n:::\n", list("i"), list("o"));
    let blocks = |many: usize| "::: breathe 4-2-6\n:::\n\n".repeat(many);
    let about = |body: &str| folder.put("course/pages/about.md", format!("---\ntitle: About\n---\n{body}"));
    for (body, told) in [
        (grid, "have 5000 places to write or to choose at the most"),
        (blocks(501), "a page holds 500 blocks at the most"),
        (format!("{}a\n", "> ".repeat(100_000)), "quotes and lists are nested too deep here"),
        (format!("{}a\n", "- ".repeat(100_000)), "quotes and lists are nested too deep here"),
    ] {
        about(&body);
        refused(&folder, &[told, "about.md"]);
    }
    about(&blocks(500));
    let (code, text) = said(&folder.copebook(&["check", "course"]));
    assert_eq!(code, Some(0), "{text}");
    // Facilitators' texts, too.
    about("Text.\n");
    folder.put("course/guide/before.md", format!("# Before\n\n{}a\n", ">".repeat(100_000)));
    refused(&folder, &["quotes and lists are nested too deep here", "before.md"]);
}

#[test]
fn a044_every_place_of_a_page_has_a_name_of_its_own() {
    let folder = Folder::everything();
    let names =
        ["Main", "main", "🙂", "怒り", "שלום", "content", "constructor", "__proto__", "toString", "!!!", "Help", "Help title", "i-phone", "w-1", "S main"];
    let headings: String = names.iter().map(|name| format!("## {name}\n\nText.\n\n")).collect();
    folder.put("course/pages/about.md", format!("---\ntitle: About\n---\n{headings}"));
    let handout = folder.text("course/modules/own/second.md").replacen("## What else", &format!("{headings}## What else"), 1);
    assert!(handout.contains("constructor"));
    folder.put("course/modules/own/second.md", handout);
    builds(&folder);
    let mut of_authors = 0;
    for (name, bytes) in folder.files("site").iter().filter(|(name, _)| name.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        let mut seen = std::collections::BTreeSet::new();
        for id in html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(seen.insert(id), "{name}: two places are called {id}");
            of_authors += usize::from(id.starts_with("s-"));
        }
        // An author's heading can take no name that the page's own parts or programs look for.
        for heading in html.split("<h").skip(1).filter_map(|rest| rest.split('>').next()).filter(|tag| tag.contains("id=\"s-")) {
            assert!(heading.starts_with(|c: char| c.is_ascii_digit()), "{name}: {heading}");
        }
        assert!(!seen.contains("constructor") && !seen.contains("tostring"), "{name}: a heading took a name of the language of programs");
    }
    assert!(of_authors > 40, "only {of_authors} headings were looked at");
}

#[test]
fn a064_a_site_built_over_another_is_the_site_built_alone() {
    let folder = Folder::everything();
    builds(&folder);
    // A page becomes the facilitators', a handout goes, a session changes.
    let course = folder
        .text("course/curriculum.yml")
        .replace("pages: [ pages/about.md ]", "pages: []")
        .replace("guide: [ guide/before.md ]", "guide: [ guide/before.md, pages/about.md ]");
    folder.put("course/pages/about.md", "# About this course\n\nWords.\n");
    folder.put("course/curriculum.yml", course);
    folder.put("course/sessions/02-next.yml", "title: Another\nmembers: { handouts: [ shared/first ] }\nagenda: [ { title: T } ]\n");
    builds(&folder);
    let alone = folder.copebook(&["build", "course", "--out", "alone"]);
    assert_eq!(alone.status.code(), Some(0));
    assert_eq!(folder.files("site/members"), folder.files("alone/members"));
    assert_eq!(folder.files("site/facilitator"), folder.files("alone/facilitator"));
    assert!(!folder.path.join("site/members/pages/about.html").exists());
}

#[test]
fn a065_each_site_has_a_folder_of_its_own_and_nothing_lies_beside_them() {
    let folder = Folder::everything();
    builds(&folder);
    let names: std::collections::BTreeSet<String> = folder.files("site").keys().filter_map(|name| name.split('/').next()).map(str::to_owned).collect();
    assert_eq!(names, [".copebook.json", ".copebook.lock", ".copebook.made", "facilitator", "members"].map(str::to_owned).into());
    // Nothing for members leads into the other folder, and no list of what was written lies in a folder that is published.
    for (name, bytes) in folder.files("site/members") {
        assert!(!name.contains(".copebook"), "{name}");
        assert!(!String::from_utf8_lossy(&bytes).contains("facilitator/"), "{name} names the folder of the guide");
    }
}

#[cfg(unix)]
#[test]
fn a070_links_to_other_places_are_refused_and_the_folder_itself_may_be_one() {
    use std::os::unix::fs::symlink;
    let folder = Folder::everything();
    let at = |name: &str| folder.path.join(name);
    let around = tempfile::tempdir().unwrap();
    symlink(&folder.path, around.path().join("by-link")).unwrap();
    let course = around.path().join("by-link/course");
    let (code, text) = said(&folder.copebook(&["check", course.to_str().unwrap()]));
    assert_eq!(code, Some(0), "{text}");
    // A module by a link, and a link in the middle of the way to it.
    std::fs::rename(at("modules"), at("real")).unwrap();
    symlink(at("real"), at("modules")).unwrap();
    refused(&folder, &["modules is a link to another folder"]);
    std::fs::remove_file(at("modules")).unwrap();
    std::fs::create_dir(at("modules")).unwrap();
    symlink(at("real/shared"), at("modules/shared")).unwrap();
    refused(&folder, &["shared is a link to another folder"]);
    std::fs::remove_file(at("modules/shared")).unwrap();
    std::fs::rename(at("real/shared"), at("modules/shared")).unwrap();
    builds(&folder);
    // A curriculum by a link, in a folder of them; circles, and links that lead nowhere.
    symlink(at("course"), at("course/circle")).unwrap();
    symlink("/nowhere", at("course/pages/gone.md")).unwrap();
    symlink("/etc/hostname", at("course/pages/host.md")).unwrap();
    refused(&folder, &["circle is a link", "gone.md is not a file", "host.md is not a file"]);
}

#[cfg(unix)]
#[test]
fn a070_a_curriculum_by_a_link_is_told_in_a_folder_of_them() {
    let (folder, other) = (Folder::everything(), Folder::everything());
    std::os::unix::fs::symlink(other.path.join("course"), folder.path.join("elsewhere")).unwrap();
    let (code, text) = said(&folder.copebook(&["check", "."]));
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("elsewhere is a link to another folder"), "{text}");
}

#[test]
fn a071_no_way_leads_out_of_the_curricula() {
    for way in ["/etc", "~/modules", "C:/x", "\\\\\\\\host\\\\share", "file:///etc", "../../../../../../etc", "..", "modules/own/../../../.."] {
        let folder = Folder::everything();
        let course = folder.text("course/curriculum.yml");
        folder.put(
            "course/curriculum.yml",
            course.replace("modules: [ ../modules/shared, modules/own ]", &format!("modules: [ ../modules/shared, modules/own, \"{way}\" ]")),
        );
        refused(&folder, &["curriculum.yml"]);
    }
    for address in ["../../../../etc/passwd", "/etc/passwd", "C:\\\\x", "\\\\\\\\host\\\\x.png", "file:///etc/x.png", "%2e%2e/%2e%2e/x.png", "~/x.png"] {
        let folder = Folder::everything();
        folder.put("course/pages/about.md", format!("---\ntitle: About\n---\n![x]({address})\n"));
        refused(&folder, &["about.md"]);
        folder.put("course/pages/about.md", format!("---\ntitle: About\n---\n[x]({address})\n"));
        refused(&folder, &["about.md"]);
    }
}

#[test]
fn a074_two_courses_with_one_address_are_refused() {
    let folder = Folder::everything();
    for name in ["My Course", "my-course"] {
        folder.put(
            &format!("all/{name}/curriculum.yml"),
            "title: One\ncrisis: [ { name: Line, call: \"988\" } ]\nagreements: [ A ]\nconfidentiality: B\ndistress_protocol: C\n",
        );
    }
    let (code, text) = said(&folder.copebook(&["build", "all"]));
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("my-course"), "{text}");
}

#[cfg(target_os = "linux")]
#[test]
fn a073_names_that_cannot_be_read_or_steer_the_terminal_are_told() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = Folder::everything();
    let put = |name: &[u8]| std::fs::File::create(folder.path.join("course/pages").join(std::ffi::OsStr::from_bytes(name))).unwrap();
    put(b"caf\xe9.md");
    put(b"line\nbreak.md");
    put(b"esc\x1b[31m.md");
    put("turn\u{202e}dm.md".as_bytes());
    put(&[[b'a'; 250].as_slice(), b".md"].concat());
    put(b"CON.md");
    let course = folder.text("course/curriculum.yml");
    let long = "a".repeat(250);
    folder.put("course/curriculum.yml", course.replace("pages: [ pages/about.md ]", &format!("pages: [ pages/about.md, pages/{long}.md, pages/CON.md ]")));
    refused(
        &folder,
        &[
            "has signs in it that cannot be read",
            "line\\nbreak.md",
            "esc\\u{1b}[31m.md",
            "turn\\u{202e}dm.md",
            "cannot be called `aaaaa",
            "cannot be called `CON`",
        ],
    );
    // Nor does a name in the folder of the sites.
    std::fs::create_dir(folder.path.join("foreign")).unwrap();
    std::fs::File::create(folder.path.join("foreign").join(std::ffi::OsStr::from_bytes(b"x\x1b[31m"))).unwrap();
    folder.put("course/curriculum.yml", course);
    for name in [&b"caf\xe9.md"[..], b"line\nbreak.md", b"esc\x1b[31m.md"] {
        std::fs::remove_file(folder.path.join("course/pages").join(std::ffi::OsStr::from_bytes(name))).unwrap();
    }
    let (code, text) = said(&folder.copebook(&["build", "course", "--out", "foreign"]));
    assert_eq!(code, Some(2), "{text}");
}

#[test]
fn a076_what_programs_leave_behind_is_passed_over() {
    let folder = Folder::everything();
    for name in [
        ".#first.md",
        "first.md~",
        "4913",
        ".first.md.swp",
        "first.md.swp",
        "first.md.bak",
        "first.md.orig",
        "Thumbs.db",
        ".DS_Store",
        "~$first.docx",
        "#first.md#",
        ".git/HEAD.md",
    ] {
        folder.put(&format!("modules/shared/{name}"), "CANARY");
        folder.put(&format!("course/{name}"), "CANARY");
        folder.put(&format!("course/sessions/{name}"), "CANARY");
    }
    let (code, text) = said(&folder.copebook(&["check", "course", "--strict"]));
    assert_eq!(code, Some(0), "{text}");
    // Copies of two computers are told, wherever they are.
    for (name, text) in [
        ("modules/shared/module (1).yml", "title: Copy\n"),
        ("course/curriculum.sync-conflict-20261101.yml", "title: Copy\n"),
        ("modules/shared/first (1).md", "# Copy\n"),
        ("course/groups/tuesday (1).yml", "starts: 2026-12-01\n"),
    ] {
        folder.put(name, text);
        let (code, told) = said(&folder.copebook(&["check", "course", "--strict"]));
        assert_eq!(code, Some(1), "{name}: {told}");
        std::fs::remove_file(folder.path.join(name)).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a083_who_stops_reading_hears_no_complaint() {
    let folder = Folder::everything();
    folder.put("course/sessions/03-many.yml", format!("title: Many\nagenda:\n  - title: A\n    steps:\n{}", "      - sya: Hello.\n".repeat(500)));
    for format in ["text", "json"] {
        let script = format!("{} check course --format {format} | head -c 1", env!("CARGO_BIN_EXE_copebook"));
        let run = Command::new("sh").args(["-c", &script]).current_dir(&folder.path).output().unwrap();
        let told = String::from_utf8_lossy(&run.stderr);
        assert!(!told.contains("panicked") && !told.contains("mistake in copebook") && !told.contains("Broken pipe"), "{told}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a085_a_machine_with_little_to_give_is_no_reason_to_panic() {
    let folder = Folder::everything();
    for limit in ["ulimit -n 24", "ulimit -v 300000"] {
        let script = format!("{limit}; exec {} build course --out small", env!("CARGO_BIN_EXE_copebook"));
        let run = Command::new("sh").args(["-c", &script]).current_dir(&folder.path).output().unwrap();
        let told = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success() || run.status.code() == Some(2), "{limit}: {:?} {told}", run.status);
        assert!(!told.contains("panicked"), "{limit}: {told}");
    }
}

/// Two folders with the same files, made in another order and dated otherwise: a disk lists them otherwise, too.
fn the_same_course_twice() -> (Folder, Folder) {
    let shared = std::path::Path::new("/dev/shm");
    let other = tempfile::tempdir_in(shared).or_else(|_| tempfile::tempdir()).unwrap();
    let (one, mut two) = (Folder::everything(), Folder::with(&[]));
    one.put("course/groups/tuesday.yml", "starts: 2026-12-01\ntime: 18:00\nplace: Room 4\ncontact: Call 555 0199\n");
    two.path = other.keep();
    let mut files = Vec::new();
    for part in ["course", "modules"] {
        files.extend(one.files(part).into_iter().map(|(name, bytes)| (format!("{part}/{name}"), bytes)));
    }
    for (n, (name, bytes)) in files.iter().rev().enumerate() {
        two.put(name, bytes);
        let date = std::time::UNIX_EPOCH + Duration::from_secs(n as u64 * 100_000_000);
        std::fs::File::options().write(true).open(two.path.join(name)).unwrap().set_modified(date).unwrap();
    }
    (one, two)
}

#[test]
fn a088_the_same_course_makes_the_same_bytes_on_every_machine() {
    let (one, two) = the_same_course_twice();
    let build = |folder: &Folder, from: &str, course: &str, out: &str, threads: &str, zone: &str, language: &str, mask: &str| {
        let script = format!("umask {mask}; cd '{from}'; exec {} build {course} --group tuesday --out {out}", env!("CARGO_BIN_EXE_copebook"));
        let mut run = Command::new("sh");
        run.args(["-c", &script]).current_dir(&folder.path).env("RAYON_NUM_THREADS", threads).env("TZ", zone).env("LANG", language).env("LC_ALL", language);
        let done = run.env("USER", "zqxuser").env("SOURCE_DATE_EPOCH", "1").output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    };
    build(&one, ".", "course", "site", "1", "Pacific/Kiritimati", "tr_TR.UTF-8", "022");
    build(&two, "course/pages", "../../course", "../../site", "2", "America/Los_Angeles", "C", "077");
    for site in ["members", "facilitator"] {
        let (first, second) = (one.files(&format!("site/{site}")), two.files(&format!("site/{site}")));
        assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
        for (name, bytes) in &first {
            assert!(bytes == &second[name], "{site}/{name} differs");
        }
    }
    // Nothing of the machine, its user or the day is in it.
    let day = Command::new("date").arg("+%Y-%m-%d").output().unwrap().stdout;
    let day = String::from_utf8_lossy(&day).trim().to_owned();
    let places = [one.path.to_string_lossy().into_owned(), two.path.to_string_lossy().into_owned(), env!("CARGO_MANIFEST_DIR").to_owned(), "zqxuser".into()];
    for (name, bytes) in one.files("site").iter().chain(&two.files("site")) {
        let text = String::from_utf8_lossy(bytes);
        // A comment of ours may name the day on which something was tried.
        let day = (!name.contains("static/")).then_some(&day);
        let found = places.iter().chain(day).find(|word| text.contains(word.as_str()));
        assert!(found.is_none(), "{name} holds {found:?}");
    }
    std::fs::remove_dir_all(&two.path).unwrap();
}

/// All that depends on the day is whether a crisis line was checked within a year. It is told, and changes no byte of a site: so
/// a day later, or ten years, the sites are the same.
#[test]
fn a088_the_day_changes_no_byte() {
    let folder = Folder::everything();
    let course = folder.text("course/curriculum.yml");
    let built = |checked: &str, out: &str| {
        folder.put("course/curriculum.yml", course.replace("checked: 2026-11-01", &format!("checked: {checked}")));
        let (code, text) = said(&folder.copebook(&["build", "course", "--out", out]));
        assert_eq!(code, Some(0), "{text}");
        (text.contains("crisis-line-old"), folder.files(&format!("{out}/members")), folder.files(&format!("{out}/facilitator")))
    };
    let (told, members, guide) = built("2001-01-01", "old");
    let (told_later, members_later, guide_later) = built("2999-01-01", "new");
    assert_eq!((told, told_later), (true, false), "the day is looked at");
    assert!(members == members_later && guide == guide_later, "the day changes the sites");
    // Nobody else asks what day it is.
    let asks = |text: &str| ["SystemTime", "UNIX_EPOCH", "elapsed()", "Instant"].iter().any(|word| text.contains(word));
    let sources = support::files(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")));
    let asking: Vec<&str> = sources.iter().filter(|(_, bytes)| asks(&String::from_utf8_lossy(bytes))).map(|(name, _)| name.as_str()).collect();
    // How long a file has looked the same is no day.
    let others = ["commands/gather.rs", "commands/progress.rs", "commands/serve.rs", "read/files.rs"];
    let known = |name: &str| name.starts_with("preview/") || others.contains(&name);
    assert!(asking.iter().all(|name| known(name)), "{asking:?}");
}
