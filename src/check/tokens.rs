//! The colours of a style: its custom properties, as they are by day and by night, in each of its threads.
//!
//! Reads as much of CSS as themes use for this: custom properties of the whole page and of threads, the pair
//! `var(--day, …) var(--night, …)`, `light-dark(…)`, and properties that stand for others.

use std::collections::{BTreeMap, BTreeSet};

/// The colours of a page in one look.
pub struct Look {
    /// Whether it is the dark one.
    pub night: bool,
    /// The name of the thread; none for the page itself.
    pub thread: Option<String>,
    /// Colours by custom property.
    pub colours: BTreeMap<String, String>,
}

/// A custom property as it is written.
struct Written {
    name: String,
    value: String,
    /// Whether it holds by day, and by night.
    when: (bool, bool),
    /// Whether it is of the page itself.
    page: bool,
    /// The threads that it is of.
    threads: Vec<String>,
}

/// All looks of a style.
pub fn looks(css: &str) -> Vec<Look> {
    let written = properties(&without_comments(css));
    let threads: BTreeSet<&String> = written.iter().flat_map(|property| &property.threads).collect();
    let mut looks = Vec::new();
    for night in [false, true] {
        for thread in [None].into_iter().chain(threads.iter().map(|thread| Some((*thread).clone()))) {
            let holds = |property: &&Written| if night { property.when.1 } else { property.when.0 };
            let is_of = |property: &&Written| property.page || thread.as_ref().is_some_and(|thread| property.threads.contains(thread));
            // What a thread says stands nearer than what the page says, wherever it is written.
            let mut ordered: Vec<&Written> = written.iter().filter(holds).filter(is_of).collect();
            ordered.sort_by_key(|property| thread.as_ref().is_some_and(|thread| property.threads.contains(thread)));
            let raw: BTreeMap<String, String> = ordered.iter().map(|property| (property.name.clone(), by_look(&property.value, night))).collect();
            let colours = raw.keys().map(|name| (name.clone(), resolved(&format!("var({name})"), &raw, 0))).collect();
            looks.push(Look { night, thread, colours });
        }
    }
    looks
}

/// The custom properties of pages and threads, in the order of the style. What is for paper, or for those who ask their
/// device for more contrast, is left out.
fn properties(css: &str) -> Vec<Written> {
    let mut found = Vec::new();
    let mut around: Vec<String> = Vec::new();
    let mut piece = String::new();
    let mut depth = 0usize;
    for c in css.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match c {
            '{' if depth == 0 => around.push(std::mem::take(&mut piece).trim().to_owned()),
            ';' if depth == 0 => found.extend(property(&std::mem::take(&mut piece), &around)),
            '}' if depth == 0 => {
                found.extend(property(&std::mem::take(&mut piece), &around));
                around.pop();
            }
            _ => piece.push(c),
        }
    }
    found
}

fn property(declaration: &str, around: &[String]) -> Option<Written> {
    let (name, value) = declaration.split_once(':')?;
    let name = name.trim();
    let selectors: Vec<&str> = around.last()?.split(',').map(str::trim).collect();
    let whole = around.join(" ").replace(['"', '\'', ' '], "");
    if !name.starts_with("--") || ["prefers-contrast", "forced-colors", "@mediaprint"].iter().any(|other| whole.contains(other)) {
        return None;
    }
    let by_night = whole.contains("prefers-color-scheme:dark") || whole.contains("[data-look=dark]");
    let by_day = whole.contains("prefers-color-scheme:light") || (whole.contains("[data-look=light]") && !whole.contains(":not([data-look=light])"));
    let threads = selectors.iter().filter_map(|selector| selector.strip_prefix("[data-thread=")?.split(']').next());
    let threads: Vec<String> = threads.map(|thread| thread.trim_matches(['"', '\'']).to_owned()).collect();
    let page = selectors.iter().any(|selector| selector.starts_with(":root") || matches!(*selector, "html" | "body"));
    (page || !threads.is_empty()).then(|| Written { name: name.to_owned(), value: value.trim().to_owned(), when: (!by_night, !by_day), page, threads })
}

/// A value as it is by day or by night.
fn by_look(value: &str, night: bool) -> String {
    let of = |start: &str| value.split_once(start).and_then(|(_, rest)| inside(rest)).map(|inside| inside.trim().to_owned());
    if let (Some(by_day), Some(by_night)) = (of("var(--day,"), of("var(--night,")) {
        return if night { by_night } else { by_day };
    }
    if let Some(both) = of("light-dark(") {
        let mut depth = 0i32;
        let middle = both.char_indices().find(|(_, c)| {
            depth += i32::from(*c == '(') - i32::from(*c == ')');
            *c == ',' && depth == 0
        });
        let halves = middle.and_then(|(at, _)| Some((both.get(..at)?, both.get(at + 1..)?)));
        return halves.map_or_else(|| both.clone(), |(by_day, by_night)| if night { by_night } else { by_day }.trim().to_owned());
    }
    value.to_owned()
}

/// What stands before the bracket that closes.
fn inside(rest: &str) -> Option<&str> {
    let mut depth = 0i32;
    let (end, _) = rest.char_indices().find(|(_, c)| {
        depth += i32::from(*c == '(') - i32::from(*c == ')');
        depth < 0
    })?;
    rest.get(..end)
}

/// A value with the property that it stands for put in its place.
fn resolved(value: &str, raw: &BTreeMap<String, String>, depth: u8) -> String {
    // Properties may stand for one another in a circle.
    let Some(named) = value.strip_prefix("var(").and_then(inside).filter(|_| depth < 8) else { return value.to_owned() };
    let (name, otherwise) = named.split_once(',').map_or((named, None), |(name, otherwise)| (name, Some(otherwise.trim())));
    match raw.get(name.trim()).map(String::as_str).or(otherwise) {
        Some(next) => resolved(next, raw, depth + 1),
        None => value.to_owned(),
    }
}

fn without_comments(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(css: &str, night: bool, thread: Option<&str>, name: &str) -> Option<String> {
        let look = looks(css).into_iter().find(|look| look.night == night && look.thread.as_deref() == thread)?;
        look.colours.get(name).cloned()
    }

    #[test]
    fn by_day_and_by_night() {
        for css in [
            "@layer t { :root { --ink: var(--day, #111) var(--night, #eee); /* --ink: red */ } }",
            ":root { --ink: light-dark(#111, #eee) }",
            ":root { --ink: #111; } @media (prefers-color-scheme: dark) { :root { --ink: #eee; } }",
            ":root { --a: #111; --b: #eee; --ink: var(--day, var(--a)) var(--night, var(--b)); }",
        ] {
            assert_eq!(colour(css, false, None, "--ink").as_deref(), Some("#111"), "{css}");
            assert_eq!(colour(css, true, None, "--ink").as_deref(), Some("#eee"), "{css}");
        }
        assert_eq!(colour(":root { --ink: light-dark(rgb(1, 2, 3), #eee) }", false, None, "--ink").as_deref(), Some("rgb(1, 2, 3)"));
    }

    #[test]
    fn threads_stand_nearer_and_the_rest_is_left_out() {
        let css = ":root, [data-thread=moss] { --thread: #1; } [data-thread=\"clay\"] { --thread: #2; } .box { --thread: #3; }
            :root { --thread: #4; } @media print { :root { --thread: #5; } } @media (prefers-contrast: more) { :root { --thread: #6; } }";
        assert_eq!(colour(css, false, None, "--thread").as_deref(), Some("#4"));
        assert_eq!(colour(css, false, Some("clay"), "--thread").as_deref(), Some("#2"));
        assert_eq!(colour(":root { --a: var(--b); --b: var(--a); }", false, None, "--a").as_deref(), Some("var(--a)"));
    }
}
