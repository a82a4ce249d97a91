//! The preview from outside: a real process, spoken to over bare connections, as an attacker and as a browser would.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]

mod support;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use support::{EVERYTHING, Folder};

const HANDOUT: &str = "modules/shared/first.md";
const PAGE: &str = "members/handouts/shared/first.html";
const BROKEN: &str = "---\ntitle: Broken\n---\n::: practise\nTry.\n:::\n";

fn handout(words: &str) -> String {
    EVERYTHING[1].1.replace("Before the first heading.", words)
}

struct Preview {
    process: Child,
    port: u16,
    token: String,
    said: String,
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Sends these bytes and reads until the other side ends, or says nothing for three seconds.
fn send(port: u16, bytes: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(3))).unwrap();
    // The other side may end before it has read all of it.
    let _ = stream.write_all(bytes);
    let mut all = Vec::new();
    let _ = stream.read_to_end(&mut all);
    let end = all.windows(4).position(|four| four == b"\r\n\r\n").map_or(all.len(), |at| at + 4);
    let head = String::from_utf8_lossy(&all[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Answer { status, head, body: all[end..].to_vec() }
}

impl Preview {
    fn start(folder: &Folder, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_copebook"));
        command.arg("serve").args(arguments).current_dir(&folder.path).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let mut address = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let (place, token) = address.trim().split_once("/?token=").unwrap_or_else(|| panic!("{address:?}"));
        let mut preview = Self { port: place.rsplit(':').next().unwrap().parse().unwrap(), token: token.to_owned(), process, said: String::new() };
        preview.until("it has shown something", |preview| preview.number() > 0);
        preview
    }

    fn of(folder: &Folder) -> Self {
        Self::start(folder, &["course", "--port", "0"])
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        let mut all = vec![("Host", format!("127.0.0.1:{}", self.port)), ("Cookie", format!("copebook-{}={}", self.port, self.token))];
        all.retain(|(name, _)| !headers.iter().any(|(other, _)| other == name));
        all.extend(headers.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (*name, (*value).to_owned())));
        for (name, value) in all {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        send(self.port, format!("{request}\r\n").as_bytes())
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    fn now(&self) -> serde_json::Value {
        serde_json::from_slice(&self.get(&format!("/-/now?guide=facilitator/index.html&members={PAGE}")).body).unwrap()
    }

    fn number(&self) -> u64 {
        self.now()["number"].as_u64().unwrap()
    }

    fn page(&self) -> String {
        self.get(&format!("/{PAGE}")).text()
    }

    fn until(&mut self, what: &str, done: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !done(self) {
            if start.elapsed() > Duration::from_secs(30) {
                panic!("never: {what}\n{}", self.end());
            }
            sleep(Duration::from_millis(10));
        }
    }

    /// Waits until a page shows these words.
    fn until_shown(&mut self, words: &str) {
        self.until(words, |preview| preview.page().contains(words));
    }

    /// Ends it, and gives what it said.
    fn end(&mut self) -> String {
        let _ = self.process.kill();
        if let Some(mut stderr) = self.process.stderr.take() {
            let _ = stderr.read_to_string(&mut self.said);
        }
        let _ = self.process.wait();
        self.said.clone()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.end();
    }
}

#[test]
fn it_gives_out_what_a_build_writes_and_writes_nothing() {
    let folder = Folder::everything();
    folder.copebook(&["build", "course", "--out", "built"]);
    let before = folder.files(".");
    let preview = Preview::of(&folder);
    let mut pages = 0;
    for (url, bytes) in folder.files("built").iter().filter(|(url, _)| url.contains('/')) {
        let answer = preview.get(&format!("/{url}"));
        assert_eq!((answer.status, &answer.body), (200, bytes), "{url}");
        pages += 1;
        if url.starts_with("members/") {
            for trace in ["first.md", "second.md", "/-/", "obsidian", preview.token.as_str()] {
                assert!(!answer.text().contains(trace), "{url} holds a trace of the preview: {trace}");
            }
        }
    }
    assert!(pages > 20);
    assert_eq!(before, folder.files("."));
}

#[test]
fn each_page_and_block_names_its_file_and_line() {
    let folder = Folder::everything();
    let preview = Preview::of(&folder);
    let asked = preview.get(&format!("/-/now?guide=facilitator/sessions/01-start.html&members={PAGE}"));
    let now: serde_json::Value = serde_json::from_slice(&asked.body).unwrap();
    assert_eq!(now["members"]["place"]["file"], HANDOUT, "{now:#}");
    assert_eq!(now["members"]["twin"], "facilitator/handouts/shared/first.html");
    assert!(now["members"]["note"].as_str().unwrap().starts_with("obsidian://open?path=%2F"));
    let line = |side: &str, id: &str| {
        let parts = now[side]["parts"].as_array().unwrap();
        let part = parts.iter().find(|part| part["id"] == id).unwrap_or_else(|| panic!("{id} is not in {parts:#?}"));
        let (file, line) = (part["file"].as_str().unwrap(), part["line"].as_u64().unwrap());
        let text = EVERYTHING.iter().find(|(path, _)| *path == file).unwrap().1;
        text.lines().nth(usize::try_from(line).unwrap() - 1).unwrap().to_owned()
    };
    assert_eq!(line("members", "b-1"), "::: practice Try it now");
    assert_eq!(line("members", "s-why-it-helps"), "## Why it helps");
    assert_eq!(line("members", "s-a-smaller-heading"), "### A smaller heading");
    assert_eq!(line("members", "breathe-3"), "::: breathe 4-2-6");
    assert!(line("guide", "item-1").contains("title: Check-in"), "a default of the course comes from its file");
    assert_eq!(line("guide", "h1-s-why-it-helps"), "## Why it helps");
    // Each part that is named is on the page.
    let guide = preview.get("/facilitator/sessions/01-start.html").text();
    for part in now["guide"]["parts"].as_array().unwrap() {
        let id = part["id"].as_str().unwrap();
        assert!(guide.contains(&format!("\"{id}\"")) || guide.contains(&format!("\"{id}-")), "{id}");
    }
}

#[test]
fn only_the_browser_with_the_token_is_let_in() {
    let folder = Folder::everything();
    let preview = Preview::of(&folder);
    for path in ["/", &format!("/{PAGE}"), "/-/now", "/-/events", "/-/preview.js"] {
        for cookie in ["", "copebook=1", &format!("copebook-{}=0000", preview.port)] {
            let answer = preview.ask("GET", path, &[("Cookie", cookie)]);
            assert_eq!(answer.status, 403, "{path} {cookie}");
            assert!(answer.text().contains("open the whole address"), "{}", answer.text());
        }
    }
    assert_eq!(preview.ask("GET", "/?token=0123", &[("Cookie", "")]).status, 403);
    let welcome = preview.ask("GET", &format!("/?token={}", preview.token), &[("Cookie", "")]);
    assert_eq!(welcome.status, 303);
    assert!(welcome.head.contains("location: /\r\n") && welcome.head.contains("HttpOnly; SameSite=Strict"), "{}", welcome.head);
    assert!(preview.get("/").text().contains("Facilitator guide"));
}

#[test]
fn other_names_origins_and_sites_are_turned_away() {
    let folder = Folder::everything();
    let preview = Preview::of(&folder);
    let (port, page) = (preview.port, format!("/{PAGE}"));
    let here = format!("http://127.0.0.1:{port}");
    for path in ["/", page.as_str(), "/-/events", "/-/now"] {
        for (name, value) in [
            ("Host", "evil.example"),
            ("Host", &format!("evil.example:{port}")),
            ("Host", "127.0.0.1"),
            ("Host", &format!("127.0.0.1:{port}.evil.example")),
            ("X-Forwarded-Host", "evil.example"),
            ("Origin", "http://evil.example"),
            ("Origin", "null"),
            ("Origin", &format!("http://localhost:{port}")),
            ("Origin", "http://127.0.0.1:3000"),
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Site", "same-site"),
        ] {
            let answer = preview.ask("GET", path, &[(name, value)]);
            assert_eq!(answer.status, 403, "{path} {name}: {value}");
            assert!(!answer.head.to_lowercase().contains("access-control"), "{}", answer.head);
        }
    }
    let absolute = send(port, format!("GET http://evil.example{page} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n").as_bytes());
    assert_eq!(absolute.status, 403);
    assert_eq!(preview.ask("GET", &page, &[("Host", "")]).status, 403, "no host");
    let ours = preview.ask("GET", &page, &[("Origin", &here), ("Sec-Fetch-Site", "same-origin")]);
    assert_eq!(ours.status, 200);
    for header in [
        "cache-control: no-store",
        "x-content-type-options: nosniff",
        "cross-origin-resource-policy: same-origin",
        "frame-ancestors 'self'",
        "default-src 'none'",
    ] {
        assert!(ours.head.contains(header), "{header} is not in {}", ours.head);
    }
}

#[test]
fn no_address_leads_out_of_the_pages() {
    let folder = Folder::everything();
    let preview = Preview::of(&folder);
    for path in [
        "/../../../../etc/passwd",
        "/members/../../course/curriculum.yml",
        "/%2e%2e%2f%2e%2e%2fetc/passwd",
        "/%252e%252e%252fetc%252fpasswd",
        "/..%5c..%5cetc",
        "/..\\..\\etc\\passwd",
        "/c:/windows/win.ini",
        "//etc/passwd",
        "///etc/passwd",
        "/members//index.html",
        "/members/index.html%00.png",
        "/%00",
        "/.copebook.json",
        "/members",
        "/members/",
        "/course/curriculum.yml",
        "/modules/shared/first.md",
        "/-/",
        "/-/nothing",
        "/members/%2e%2e/facilitator/index.html",
        "/members/../facilitator/index.html",
    ] {
        assert_eq!(preview.get(path).status, 404, "{path}");
    }
    assert_eq!(preview.get(&format!("//{PAGE}")).status, 404);
    assert_eq!(preview.get(&format!("/{}", "a".repeat(5000))).status, 400);
    assert_eq!(preview.get(&format!("/{PAGE}?any=thing")).status, 200);
}

#[test]
fn it_can_only_be_read() {
    let folder = Folder::everything();
    let preview = Preview::of(&folder);
    let here = format!("http://127.0.0.1:{}", preview.port);
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"] {
        assert_eq!(preview.ask(method, &format!("/{PAGE}"), &[("Origin", &here)]).status, 405, "{method}");
    }
    let connect = format!("CONNECT 127.0.0.1:{0} HTTP/1.1\r\nHost: 127.0.0.1:{0}\r\n\r\n", preview.port);
    assert_eq!(send(preview.port, connect.as_bytes()).status, 405);
    let head = preview.ask("HEAD", &format!("/{PAGE}"), &[]);
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[test]
fn huge_and_strange_requests_are_refused_in_little_memory() {
    let folder = Folder::everything();
    let preview = Preview::of(&folder);
    assert_eq!(preview.get(&format!("/{PAGE}")).status, 200);
    let before = memory(&preview);
    let port = preview.port;
    let host = format!("Host: 127.0.0.1:{port}\r\n");
    let get = format!("GET /{PAGE} HTTP/1.1\r\n{host}Cookie: copebook-{port}={}\r\n", preview.token);
    let status = |request: &str| send(port, request.as_bytes()).status;
    assert_eq!(status(&format!("{get}X-Long: {}\r\n\r\n", "a".repeat(4_000_000))), 431);
    assert_eq!(status(&format!("{get}{}\r\n", "X-A: b\r\n".repeat(10_000))), 431);
    assert_eq!(status(&format!("{get}Content-Length: 100000000\r\n\r\n{}", "a".repeat(4_000_000))), 413);
    assert_eq!(status(&format!("{get}Transfer-Encoding: chunked\r\n\r\nzz\r\n")), 413);
    assert_eq!(status(&format!("POST /-/open?file=x HTTP/1.1\r\n{host}Content-Length: 100000000\r\n\r\n")), 413);
    assert!([0, 400].contains(&status("GET /\r\n\r\n")), "HTTP/0.9");
    assert!([0, 400].contains(&status("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")), "HTTP/2");
    assert!([0, 400].contains(&status("\x16\x03\x01\x02\x00\x01\x00\x01\u{fc}\x03\x03\r\n\r\n")), "TLS");
    assert_eq!(status(&format!("GET /{PAGE} HTTP/1.1\r\nHost: a\r\n{host}Connection: close\r\n\r\n")), 403, "two hosts");
    assert_eq!(status(&format!("{get}Content-Length: 1\r\nContent-Length: 2\r\n\r\n")), 400);
    // Several at once on one connection are answered in turn.
    let two = send(port, format!("{get}\r\n{get}Connection: close\r\n\r\n").as_bytes());
    assert_eq!(two.text().matches("<!doctype html>").count(), 2);
    if let Some((before, peak)) = before.zip(memory(&preview)) {
        assert!(peak < before + 8_000, "{before} KB grew to {peak} KB");
    }
    assert_eq!(preview.get(&format!("/{PAGE}")).status, 200);
}

/// The most memory that the process ever held, in KB, where the system tells.
fn memory(preview: &Preview) -> Option<u64> {
    let status = proc_file(preview, "status")?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}

#[expect(clippy::disallowed_methods, reason = "the system tells of the process in a file")]
fn proc_file(preview: &Preview, name: &str) -> Option<String> {
    std::fs::read_to_string(format!("/proc/{}/{name}", preview.process.id())).ok()
}

#[test]
fn many_slow_connections_do_not_keep_the_author_out() {
    let folder = Folder::everything();
    let preview = Preview::of(&folder);
    let start = Instant::now();
    let mut slow: Vec<TcpStream> = (0..300).map(|_| TcpStream::connect(("127.0.0.1", preview.port)).unwrap()).collect();
    for stream in &mut slow {
        let _ = stream.write_all(b"GET / HTTP/1.1\r\nX-Slow: ");
    }
    let asked = Instant::now();
    assert_eq!(preview.get(&format!("/{PAGE}")).status, 200);
    assert!(asked.elapsed() < Duration::from_millis(900), "{:?}", asked.elapsed());
    // The last is among those that were kept; a byte a second does not keep it open for longer.
    let last = slow.last_mut().unwrap();
    last.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
    let mut byte = [0; 512];
    while !matches!(last.read(&mut byte), Ok(0)) && start.elapsed() < Duration::from_secs(14) {
        if last.write_all(b"a").is_err() {
            break;
        }
    }
    assert!(start.elapsed() < Duration::from_secs(13), "a slow connection stayed open for {:?}", start.elapsed());
    assert!(start.elapsed() > Duration::from_secs(8), "a slow connection was ended after {:?}", start.elapsed());
}

#[test]
fn a_taken_port_is_told_and_the_next_is_used() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let folder = Folder::everything();
    let mut preview = Preview::start(&folder, &["course", "--port", &port.to_string()]);
    assert_ne!(preview.port, port);
    assert_eq!(preview.get("/").status, 200);
    assert!(preview.end().contains(&format!("The port {port} is taken")), "{}", preview.said);
}

#[test]
fn it_starts_with_errors_and_shows_them() {
    let folder = Folder::everything();
    folder.put(HANDOUT, BROKEN.replace("title: Broken", "title: \"<img src=x onerror=alert(1)>\""));
    let mut preview = Preview::of(&folder);
    let now = preview.now();
    assert_eq!(now["pages"], "none");
    let problem = now["problems"].as_array().unwrap().iter().find(|problem| problem["text"].as_str().unwrap().contains("practise")).unwrap().clone();
    assert_eq!((problem["severity"].as_str(), problem["file"].as_str(), problem["opens"].as_bool()), (Some("error"), Some(HANDOUT), Some(true)));
    assert!(problem["text"].as_str().unwrap().contains("4 | ::: practise"), "{problem}");
    assert_eq!(preview.get("/").status, 200);
    assert!(preview.get("/-/now").head.contains("application/json"));
    folder.put(HANDOUT, EVERYTHING[1].1);
    preview.until_shown("Before the first heading.");
    assert_eq!(preview.now()["pages"], "new");
}

#[test]
fn no_folder_is_wrong_usage() {
    let ended = Folder::everything().copebook(&["serve", "nothing"]);
    assert_eq!(ended.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "copebook: there is no folder nothing\n");
}

#[test]
fn the_last_good_page_stays_and_the_next_save_recovers() {
    let folder = Folder::everything();
    let mut preview = Preview::of(&folder);
    folder.put(HANDOUT, BROKEN);
    preview.until("errors", |preview| preview.now()["pages"] == "old");
    assert!(preview.page().contains("Before the first heading."));
    assert_eq!(preview.get("/facilitator/index.html").status, 200);
    // The whole course may go for a moment, too.
    std::fs::rename(folder.path.join("course"), folder.path.join("away")).unwrap();
    preview.until("no course", |preview| preview.now()["problems"].to_string().contains("there is no folder"));
    std::fs::rename(folder.path.join("away"), folder.path.join("course")).unwrap();
    folder.put(HANDOUT, handout("Mended."));
    preview.until_shown("Mended.");
    let said = preview.end();
    assert!(said.contains("::: practise") && said.contains("Mend the errors and save"), "{said}");
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn a_half_saved_file_is_not_shown() {
    let folder = Folder::everything();
    let mut preview = Preview::of(&folder);
    for round in 0..3 {
        folder.put(HANDOUT, "");
        sleep(Duration::from_millis(50));
        folder.put(HANDOUT, handout(&format!("Round {round}.")));
        preview.until_shown(&format!("Round {round}."));
    }
    assert!(!preview.end().contains("error"), "{}", preview.said);
}

#[test]
fn nothing_is_new_when_the_pages_are_the_same() {
    let folder = Folder::everything();
    let mut preview = Preview::of(&folder);
    let before = preview.number();
    let mark = preview.now()["members"]["mark"].clone();
    folder.put(HANDOUT, EVERYTHING[1].1);
    folder.put("course/curriculum.yml", format!("# A comment.\n{}", EVERYTHING[2].1));
    for n in 0..300 {
        folder.put(&format!("course/sessions/.01-start.yml.{n}.swp"), "x");
    }
    sleep(Duration::from_millis(700));
    assert_eq!(preview.number(), before);
    // Another page has changed: this one has not.
    folder.put("course/modules/own/second.md", EVERYTHING[4].1.replace("title: ", "title: Not "));
    preview.until("the other page", |preview| preview.number() > before);
    assert_eq!(preview.now()["members"]["mark"], mark);
    folder.put(HANDOUT, handout("Something new."));
    preview.until("this page", |preview| preview.now()["members"]["mark"] != mark);
}

#[test]
fn it_rests_when_nothing_changes() {
    let folder = Folder::everything();
    let preview = Preview::of(&folder);
    for n in 0..2000 {
        folder.put(&format!("course/sessions/extra-{}.tmp", n % 50), "x");
    }
    sleep(Duration::from_millis(500));
    let Some(before) = ticks(&preview) else { return };
    sleep(Duration::from_millis(700));
    assert!(ticks(&preview).unwrap() - before <= 3, "it works though nothing changes");
}

/// How long the process has worked, in hundredths of a second, where the system tells.
fn ticks(preview: &Preview) -> Option<u64> {
    let stat = proc_file(preview, "stat")?;
    stat.rsplit(')').next()?.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u64>().ok()).sum()
}

#[test]
fn every_way_to_save_is_seen() {
    let folder = Folder::everything();
    let mut preview = Preview::of(&folder);
    // The module is shared: it lies outside the folder of the course. Editors put a new file in the place of the old one.
    folder.put("modules/shared/.first.md.new", handout("By a rename."));
    std::fs::rename(folder.path.join("modules/shared/.first.md.new"), folder.path.join(HANDOUT)).unwrap();
    preview.until_shown("By a rename.");
    folder.put(HANDOUT, handout("Once more."));
    preview.until_shown("Once more.");
    // A folder that was not there before.
    folder.put("modules/new/module.yml", "title: New\nhandouts: [ fresh ]\n");
    folder.put("modules/new/fresh.md", "---\ntitle: Fresh\n---\nFresh words.\n");
    let course = EVERYTHING[2].1.replace("modules: [", "modules: [../modules/new, ");
    assert_ne!(course, EVERYTHING[2].1);
    folder.put("course/curriculum.yml", course);
    preview.until("a new module", |preview| preview.get("/members/handouts/new/fresh.html").text().contains("Fresh words."));
    folder.put("modules/new/fresh.md", "---\ntitle: Fresh\n---\nFresher words.\n");
    preview.until("its change", |preview| preview.get("/members/handouts/new/fresh.html").text().contains("Fresher words."));
    // A watched folder is put in the place of another.
    std::fs::rename(folder.path.join("modules"), folder.path.join("elsewhere")).unwrap();
    preview.until("no modules", |preview| preview.now()["pages"] == "old");
    std::fs::rename(folder.path.join("elsewhere"), folder.path.join("modules")).unwrap();
    preview.until("modules again", |preview| preview.now()["pages"] == "new");
    folder.put(HANDOUT, handout("After the move."));
    preview.until_shown("After the move.");
}

/// What has been read is kept once it has stood for a while, but no change is too small to be seen.
#[test]
fn every_change_of_every_file_is_seen() {
    let folder = Folder::everything();
    let mut preview = Preview::of(&folder);
    // From the second look on, files are taken as they were.
    sleep(Duration::from_millis(3200));
    folder.put(HANDOUT, handout("Settled by now."));
    preview.until_shown("Settled by now.");
    for (file, _) in EVERYTHING {
        let (path, text) = (folder.path.join(file), folder.text(file));
        let was = path.metadata().unwrap().modified().unwrap();
        let number = preview.number();
        // As long as before, and of the same time.
        let at = text.find("title: ").map(|at| at + 9).or_else(|| text.find("# ").map(|at| at + 4)).unwrap();
        folder.put(file, format!("{}x{}", &text[..at], &text[at + 1..]));
        std::fs::File::options().append(true).open(&path).unwrap().set_modified(was).unwrap();
        preview.until(&format!("{file} is shown anew"), |preview| preview.number() > number);
    }
    let made = folder.copebook(&["build", "course", "--out", "built"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let built = folder.files("built");
    let is_same = |preview: &Preview| built.iter().filter(|(url, _)| url.contains('/')).all(|(url, bytes)| preview.get(&format!("/{url}")).body == *bytes);
    assert!(built.len() > 20);
    preview.until("all pages are those of a build", is_same);
}

#[test]
fn a_theme_of_ones_own_is_watched() {
    let folder = Folder::everything();
    let theme = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/calm");
    for (file, bytes) in support::files(std::path::Path::new(theme)) {
        folder.put(&format!("theme/{file}"), bytes);
    }
    let mut preview = Preview::start(&folder, &["course", "--port", "0", "--theme", "theme"]);
    let style = folder.text("theme/static/shared/tokens.css");
    let mark = preview.now()["members"]["mark"].clone();
    folder.put("theme/static/shared/tokens.css", format!("{style}\n:root {{ --planted: 1; }}\n"));
    preview.until("the new style", |preview| preview.get("/members/static/members.css").text().contains("--planted"));
    assert_ne!(preview.now()["members"]["mark"], mark);
    let template = folder.text("theme/templates/members/handout.html");
    folder.put("theme/templates/members/handout.html", "{% if %}");
    preview.until("a broken template", |preview| preview.now()["pages"] == "old");
    folder.put("theme/templates/members/handout.html", template.replace(">{{ handout.title }}</h1>", ">Planted {{ handout.title }}</h1>"));
    preview.until_shown("<h1>Planted ");
}

#[test]
fn folders_can_be_looked_at_every_second() {
    let folder = Folder::everything();
    let mut preview = Preview::start(&folder, &["course", "--port", "0", "--poll"]);
    folder.put(HANDOUT, handout("Seen by looking."));
    preview.until_shown("Seen by looking.");
}

#[test]
fn a_browser_that_waits_is_told() {
    let folder = Folder::everything();
    let preview = Preview::of(&folder);
    let mut stream = TcpStream::connect(("127.0.0.1", preview.port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    write!(stream, "GET /-/events HTTP/1.1\r\nHost: 127.0.0.1:{0}\r\nCookie: copebook-{0}={1}\r\n\r\n", preview.port, preview.token).unwrap();
    let mut lines = BufReader::new(stream).lines().map(Result::unwrap);
    let mut next = || lines.by_ref().find_map(|line| line.strip_prefix("data: ").map(str::to_owned)).unwrap();
    assert_eq!(next(), "1");
    folder.put(HANDOUT, handout("Told."));
    assert_eq!(next(), "2");
    assert!(preview.page().contains("Told."));
}

#[test]
fn a_file_is_opened_only_when_it_is_one_of_the_sources() {
    let folder = Folder::everything();
    folder.put("editor.sh", "printf '%s|' \"$@\" >> opened\n");
    folder.put("secret.md", "secret");
    let mut preview = Preview::start(&folder, &["course", "--port", "0", "--editor", "sh editor.sh --line {line} {file}"]);
    let here = format!("http://127.0.0.1:{}", preview.port);
    let open = |preview: &Preview, file: &str, headers: &[(&str, &str)]| preview.ask("POST", &format!("/-/open?file={file}&line=7"), headers).status;
    for file in ["secret.md", "course/../secret.md", "..%2Fsecret.md", "/etc/passwd", "", "course", "course/assets/hill.svg", "%2e%2e/secret.md"] {
        assert_eq!(open(&preview, file, &[("Origin", &here)]), 404, "{file}");
    }
    assert_eq!(open(&preview, HANDOUT, &[]), 403, "no origin");
    assert_eq!(open(&preview, HANDOUT, &[("Origin", "http://evil.example")]), 403);
    assert_eq!(open(&preview, HANDOUT, &[("Origin", &here), ("Cookie", "")]), 403);
    assert_eq!(preview.get(&format!("/-/open?file={HANDOUT}")).status, 404, "not by a link");
    assert!(!folder.path.join("opened").exists());
    assert_eq!(open(&preview, "modules%2Fshared%2Ffirst.md", &[("Origin", &here)]), 200);
    preview.until("it is open", |_| folder.path.join("opened").exists() && folder.text("opened").ends_with("first.md|"));
    assert_eq!(folder.text("opened"), format!("--line|7|{HANDOUT}|"));
    let without = Preview::start(&folder, &["course", "--port", "0", "--editor", "no-such-program-here"]);
    let answer = without.ask("POST", &format!("/-/open?file={HANDOUT}&line=1"), &[("Origin", &format!("http://127.0.0.1:{}", without.port))]);
    assert_eq!(answer.status, 502);
    assert!(answer.text().contains("--editor"), "{}", answer.text());
}

#[test]
#[cfg(unix)]
fn it_ends_at_once_and_outlives_a_closed_terminal() {
    let folder = Folder::everything();
    let mut preview = Preview::of(&folder);
    // Standard output is closed already; now nobody reads its errors either.
    drop(preview.process.stderr.take());
    folder.put(HANDOUT, BROKEN);
    preview.until("errors", |preview| preview.now()["pages"] == "old");
    folder.put(HANDOUT, handout("Still here."));
    preview.until_shown("Still here.");
    let start = Instant::now();
    assert!(Command::new("kill").args(["-INT", &preview.process.id().to_string()]).status().unwrap().success());
    let ended = loop {
        if let Some(ended) = preview.process.try_wait().unwrap() {
            break ended;
        }
        // Whoever starts the tests may have it ignored, as `nohup` and `&` do; then it would never end.
        assert!(start.elapsed() < Duration::from_millis(500), "Ctrl and C did not end it: {:?}", start.elapsed());
        std::thread::sleep(Duration::from_millis(5));
    };
    assert_eq!(std::os::unix::process::ExitStatusExt::signal(&ended), Some(2));
}
