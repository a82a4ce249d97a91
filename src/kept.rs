//! What the preview keeps from one round to the next, so that it makes only what has changed.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Values by key. One that a whole round has not asked for is forgotten with the next.
pub struct Kept<K, V>(Mutex<Rounds<K, V>>);

struct Rounds<K, V> {
    before: HashMap<K, V>,
    now: HashMap<K, V>,
}

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(Mutex::new(Rounds { before: HashMap::new(), now: HashMap::new() }))
    }
}

impl<K: Eq + Hash, V: Clone> Kept<K, V> {
    /// A new round begins.
    pub fn next_round(&self) {
        let mut rounds = self.rounds();
        rounds.before = std::mem::take(&mut rounds.now);
    }

    /// What is kept under a key.
    pub fn get(&self, key: &K) -> Option<V> {
        let mut rounds = self.rounds();
        if let Some((key, value)) = rounds.before.remove_entry(key) {
            rounds.now.insert(key, value);
        }
        rounds.now.get(key).cloned()
    }

    /// Keeps a value in the place of what was there.
    pub fn put(&self, key: K, value: V) {
        let mut rounds = self.rounds();
        rounds.before.remove(&key);
        rounds.now.insert(key, value);
    }

    fn rounds(&self) -> MutexGuard<'_, Rounds<K, V>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::Kept;

    #[test]
    fn what_is_not_asked_for_is_forgotten() {
        let kept = Kept::default();
        kept.put("a", 1);
        kept.put("b", 2);
        kept.next_round();
        assert_eq!(kept.get(&"a"), Some(1));
        kept.next_round();
        assert_eq!((kept.get(&"a"), kept.get(&"b")), (Some(1), None));
        kept.put("a", 3);
        kept.next_round();
        assert_eq!(kept.get(&"a"), Some(3));
    }
}
