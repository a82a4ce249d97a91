//! Themes that have been made ready, for all curricula that wear them. To make one takes as long as a hundred pages, so the preview keeps
//! them from one round to the next.

use std::sync::{Arc, Mutex, PoisonError};

use super::themes::Themes;
use crate::audience::{Audience, Facilitator, Member};
use crate::model::Curriculum;
use crate::site;
use crate::theme::{Theme, ThemeFiles};

/// Themes for both sites.
#[derive(Default)]
pub(super) struct Wardrobe {
    guide: Rail<Facilitator>,
    members: Rail<Member>,
}

impl Wardrobe {
    /// The themes of the guide, which is in the main language of each curriculum.
    pub(super) fn for_guide(&self, themes: &Themes, curricula: &[Curriculum]) -> anyhow::Result<Dressed<Facilitator>> {
        self.guide.dress(themes, curricula, |curriculum| vec![curriculum.language.as_str()])
    }

    /// The themes of the member site, in all languages of each curriculum: the main one comes first.
    pub(super) fn for_members(&self, themes: &Themes, curricula: &[Curriculum]) -> anyhow::Result<Dressed<Member>> {
        self.members.dress(themes, curricula, |curriculum| curriculum.languages_of_members().collect())
    }
}

/// A theme with the files and the language that it was made from.
type Hung<V> = (ThemeFiles, String, Arc<Theme<V>>);

/// Themes for a site.
struct Rail<V>(Mutex<Vec<Hung<V>>>);

impl<V> Default for Rail<V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

/// The themes of a run for a site: those of each curriculum, one for each of its languages, and one for the page that lists them.
pub(super) struct Dressed<V> {
    pub(super) each: Vec<Vec<Arc<Theme<V>>>>,
    pub(super) list: Arc<Theme<V>>,
}

impl<V: Audience> Rail<V> {
    /// Takes what a run asks for, and keeps nothing else: an author may change a theme all day.
    fn dress(&self, themes: &Themes, curricula: &[Curriculum], languages: impl Fn(&Curriculum) -> Vec<&str>) -> anyhow::Result<Dressed<V>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut worn: Vec<Hung<V>> = Vec::new();
        let mut get = |files: &ThemeFiles, language: &str| {
            let find = |among: &[Hung<V>]| among.iter().find(|(known, spoken, _)| known == files && spoken == language).map(|(.., theme)| Arc::clone(theme));
            if let Some(theme) = find(&worn) {
                return anyhow::Ok(theme);
            }
            let theme = find(&kept).map_or_else(|| Theme::new(files, language).map(Arc::new), Ok)?;
            worn.push((files.clone(), language.to_owned(), Arc::clone(&theme)));
            Ok(theme)
        };
        let mut each = Vec::new();
        for (files, curriculum) in themes.each.iter().zip(curricula) {
            each.push(languages(curriculum).iter().map(|language| get(files, language)).collect::<anyhow::Result<_>>()?);
        }
        let list = get(&themes.list, site::list_language(curricula))?;
        *kept = worn;
        Ok(Dressed { each, list })
    }
}
