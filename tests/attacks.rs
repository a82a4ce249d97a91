//! Every attack and fault in docs/attacks.md has a test that is there, or a line that says why not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]
#![allow(clippy::disallowed_methods, reason = "this test reads the sources")]

use std::fs;
use std::path::{Path, PathBuf};

/// How many there are; a new one goes to the end.
const MANY: usize = 116;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What is wrong with a name of a test, if anything.
fn missing(name: &str, root: &Path) -> Option<String> {
    let text = |file: &str| fs::read_to_string(root.join(file)).unwrap_or_default();
    let found = if let Some((file, function)) = name.split_once("::") {
        text(file).contains(&format!("fn {function}("))
    } else if let Some((file, title)) = name.split_once(": ") {
        text(file).lines().any(|line| line.contains("test(") && line.contains(title))
    } else {
        let case = name.rsplit('/').next().unwrap_or_default();
        root.join("tests/snapshots").join(format!("diagnostics__{case}.snap")).is_file() || root.join(name).is_dir()
    };
    (!found).then(|| name.to_owned())
}

/// What is wrong with the table.
fn wrong(table: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut next = 1;
    for line in table.lines() {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [number, _, held] = cells.as_slice() else { continue };
        let Ok(number) = number.parse::<usize>() else { continue };
        if number != next {
            wrong.push(format!("{number} stands where {next} belongs"));
        }
        next = number + 1;
        let tests: Vec<&str> = held.split('`').skip(1).step_by(2).filter(|name| name.starts_with("tests/") || name.starts_with("src/")).collect();
        if tests.is_empty() && !held.starts_with("not tested: ") {
            wrong.push(format!("{number} has neither a test nor a reason"));
        }
        wrong.extend(tests.iter().filter_map(|name| missing(name, &root())).map(|name| format!("{number}: there is no {name}")));
    }
    if next != MANY + 1 {
        wrong.push(format!("the last number is {}", next - 1));
    }
    wrong
}

#[test]
fn every_attack_has_a_test_that_is_there() {
    let table = fs::read_to_string(root().join("docs/attacks.md")).unwrap();
    assert_eq!(wrong(&table), [] as [&str; 0]);
    // The test can fail.
    let without = table.replacen("| 23 |", "| 24 |", 1).replace("tests/odd.rs::a064_", "tests/odd.rs::a065_");
    let told = wrong(&without).join("\n");
    assert!(told.contains("24 stands where 23 belongs") && told.contains("64: there is no tests/odd.rs::a065_"), "{told}");
}
