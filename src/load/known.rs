//! Every key and every fixed word that authors may write: what editors are told is held to this.

use super::{curriculum, group, handout, module, session, settings, translation, worksheet};
use crate::model::{Adaptation, ItemKind, Lead, RuleIs, THREADS};

/// The keys of each kind of thing.
pub fn keys() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut keys: Vec<(&str, Vec<&str>)> = [
        ("curriculum", curriculum::CURRICULUM_KEYS),
        ("group of a course", curriculum::GROUP_KEYS),
        ("defaults", curriculum::DEFAULT_KEYS),
        ("crisis line", curriculum::CRISIS_KEYS),
        ("hard moment", curriculum::MOMENT_KEYS),
        ("term", curriculum::TERM_KEYS),
        ("setting of a rule", settings::SETTING_KEYS),
        ("module", module::MODULE_KEYS),
        ("notes of a module", module::NOTE_KEYS),
        ("session", session::SESSION_KEYS),
        ("members", session::MEMBER_KEYS),
        ("item", session::ITEM_KEYS),
        ("part", session::PART_KEYS),
        ("step", session::STEP_KEYS),
        ("adapt", Adaptation::USUAL),
        ("handout", handout::HANDOUT_KEYS),
        ("page", handout::PAGE_KEYS),
        ("group", group::GROUP_KEYS),
        ("translated curriculum", translation::COURSE_KEYS),
        ("translated defaults", translation::DEFAULT_KEYS),
        ("translated crisis line", translation::CRISIS_KEYS),
        ("translated module", translation::MODULE_KEYS),
        ("translated session", translation::SESSION_KEYS),
        ("translated page", handout::TRANSLATED_KEYS),
    ]
    .map(|(thing, keys)| (thing, keys.to_vec()))
    .into();
    keys.extend(worksheet::KINDS.iter().map(|(kind, others)| (*kind, std::iter::once(*kind).chain(others.iter().copied()).collect())));
    keys
}

/// The words that may stand under a key that has fixed ones.
pub fn words() -> Vec<(&'static str, Vec<&'static str>)> {
    fn first<T>(words: &[(&'static str, T)]) -> Vec<&'static str> {
        words.iter().map(|(word, _)| *word).collect()
    }
    vec![
        ("kind of a group", first(curriculum::GROUP_KINDS)),
        ("kind of an item", first(ItemKind::WORDS)),
        ("lead", first(Lead::WORDS)),
        ("what a rule is", first(RuleIs::WORDS)),
        ("thread", THREADS.to_vec()),
        ("weekday", first(group::WEEKDAYS)),
    ]
}
