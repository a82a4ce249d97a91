//! What the preview keeps from one round to the next, so that it makes only what has changed.

use std::borrow::Borrow;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ahash::AHashMap;

/// Values by key. One that a whole round has not asked for is forgotten with the next. The default keeps nothing: whoever makes all
/// once has no use for it.
pub struct Kept<K, V>(Option<Mutex<Rounds<K, V>>>);

/// What was made of texts, by the whole text.
pub type OfTexts<V> = Kept<String, Arc<V>>;

struct Rounds<K, V> {
    before: AHashMap<K, V>,
    now: AHashMap<K, V>,
}

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: Eq + Hash, V: Clone> Kept<K, V> {
    /// One that keeps what it is given.
    pub fn keeping() -> Self {
        Self(Some(Mutex::new(Rounds { before: AHashMap::new(), now: AHashMap::new() })))
    }

    /// Whether it keeps anything.
    pub fn keeps(&self) -> bool {
        self.0.is_some()
    }

    /// A new round begins.
    pub fn next_round(&self) {
        if let Some(mut rounds) = self.rounds() {
            rounds.before = std::mem::take(&mut rounds.now);
        }
    }

    /// What is kept under a key.
    pub fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let mut rounds = self.rounds()?;
        if let Some(value) = rounds.now.get(key) {
            return Some(value.clone());
        }
        let (key, value) = rounds.before.remove_entry(key)?;
        rounds.now.insert(key, value.clone());
        Some(value)
    }

    /// Keeps a value in the place of what was there.
    pub fn put(&self, key: K, value: V) {
        if let Some(mut rounds) = self.rounds() {
            rounds.before.remove(&key);
            rounds.now.insert(key, value);
        }
    }

    fn rounds(&self) -> Option<MutexGuard<'_, Rounds<K, V>>> {
        Some(self.0.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<V> OfTexts<V> {
    /// What `make` makes of a text, and of nothing else.
    pub fn of(&self, text: &str, make: impl FnOnce(&str) -> V) -> Arc<V> {
        self.get(text).unwrap_or_else(|| {
            let made = Arc::new(make(text));
            if self.keeps() {
                self.put(text.to_owned(), Arc::clone(&made));
            }
            made
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Kept, OfTexts};

    #[test]
    fn what_is_not_asked_for_is_forgotten() {
        let kept = Kept::keeping();
        kept.put("a", 1);
        kept.put("b", 2);
        kept.next_round();
        assert_eq!(kept.get("a"), Some(1));
        kept.next_round();
        assert_eq!((kept.get("a"), kept.get("b")), (Some(1), None));
        kept.put("a", 3);
        kept.next_round();
        assert_eq!(kept.get("a"), Some(3));
    }

    #[test]
    fn a_text_is_made_once_where_it_is_kept() {
        let made = |kept: &OfTexts<usize>| {
            let mut made = Vec::new();
            for text in ["one", "three", "one"] {
                assert_eq!(*kept.of(text, |text| (made.push(text.to_owned()), text.len()).1), text.len());
            }
            made
        };
        assert_eq!(made(&OfTexts::keeping()), ["one", "three"]);
        assert_eq!(made(&OfTexts::default()), ["one", "three", "one"]);
    }
}
