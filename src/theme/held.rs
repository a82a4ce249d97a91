//! A page in one file holds its style and scripts, and its policy names them by their hashes.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest as _, Sha256};
use tera::{Kwargs, State, Tera, TeraResult};

/// The rest of the policy of a page in one file: nothing is loaded.
const REST: &str =
    "; img-src data:; connect-src 'none'; form-action 'none'; base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'\">";

/// Gives templates the styles and scripts that a page may hold.
pub fn register(tera: &mut Tera, held: &Arc<BTreeMap<String, Vec<u8>>>) {
    let texts = Arc::clone(held);
    tera.register_function("text_of", move |kwargs: Kwargs, _: &State<'_>| text(&texts, &kwargs).map(str::to_owned));
    let texts = Arc::clone(held);
    tera.register_function("hash_of", move |kwargs: Kwargs, _: &State<'_>| text(&texts, &kwargs).map(policy_hash));
}

/// The template function `text_of(file="…")`: a style or script, for a page that holds it. Refused where the text could end
/// its element early.
fn text<'h>(held: &'h BTreeMap<String, Vec<u8>>, kwargs: &Kwargs) -> TeraResult<&'h str> {
    let file: &str = kwargs.must_get("file")?;
    let text = held.get(file).and_then(|bytes| std::str::from_utf8(bytes).ok());
    let text = text.ok_or_else(|| tera::Error::message(format!("the theme has no style or script `{file}`")))?;
    let lower = text.to_lowercase();
    match ["</style", "</script", "<!--"].into_iter().find(|end| lower.contains(end)) {
        Some(end) => Err(tera::Error::message(format!("{file} has `{end}` in it, so a page cannot hold it"))),
        None => Ok(text),
    }
}

/// The template function `hash_of(file="…")`: how the policy of a page names a style or script that the page holds
/// (<https://www.w3.org/TR/CSP3/#grammardef-hash-source>).
fn policy_hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// Whether a text begins with the policy of a page in one file: it runs and wears what it names by hash, and loads nothing.
pub fn is_policy(text: &str) -> bool {
    const START: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src";
    let sources = text.strip_prefix(START).and_then(|rest| rest.split_once("; style-src"));
    let Some((scripts, (styles, _))) = sources.and_then(|(scripts, rest)| Some((scripts, rest.split_once(REST)?))) else { return false };
    let are_hashes = |sources: &str| {
        sources.split_whitespace().all(|source| {
            let hash = source.strip_prefix("'sha256-").and_then(|rest| rest.strip_suffix('\''));
            hash.is_some_and(|hash| hash.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=')))
        })
    };
    are_hashes(scripts) && are_hashes(styles)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_names_what_a_page_holds() {
        // The example of the specification.
        assert_eq!(policy_hash("alert('Hello, world.');"), "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
    }

    #[test]
    fn a_policy_that_allows_more_is_none() {
        let with = |scripts: &str, styles: &str| {
            let start = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src";
            is_policy(&format!("{start}{scripts}; style-src{styles}{REST}<link>"))
        };
        assert!(with(" 'sha256-ab+/='", " 'sha256-cd'") && with("", " 'sha256-cd'"));
        for wrong in [" *", " 'unsafe-inline'", " https://e.org", " 'sha256-ab' 'self'", " 'sha256-a\"b'"] {
            assert!(!with(wrong, "") && !with("", wrong), "{wrong}");
        }
    }
}
