//! The pages that someone has looked at last: after a save they are made before all others.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Mutex, PoisonError};

/// How many are kept in mind: the two of a window, for a few windows.
const MOST: usize = 8;

/// The addresses of these pages, each below the name of its audience.
#[derive(Default)]
pub struct Looked(Mutex<VecDeque<String>>);

impl Looked {
    /// Someone looks at a page.
    pub fn note(&self, url: &str) {
        let mut looked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        looked.retain(|known| known != url);
        looked.push_front(url.chars().take(500).collect());
        looked.truncate(MOST);
    }

    /// All of them.
    pub fn urls(&self) -> BTreeSet<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_the_last_are_kept_in_mind() {
        let looked = super::Looked::default();
        (0..20).for_each(|n| looked.note(&format!("members/{}.html", n % 10)));
        looked.note(&"x".repeat(10_000));
        let urls = looked.urls();
        assert_eq!(urls.len(), super::MOST);
        assert!(urls.contains("members/9.html") && !urls.contains("members/2.html"), "{urls:?}");
        assert!(urls.iter().all(|url| url.len() <= 500));
    }
}
