//! What the authors mean. Nothing here can be serialised, so nothing of it can slip into a template by itself.

mod curriculum;
mod group;
mod handout;
mod id;
mod module;
mod session;
mod setting;
mod translation;
mod units;

pub use curriculum::{Adaptation, CrisisLine, Curriculum, Defaults, Group, GroupKind, GuidePage, HardMoment, Leads, MemberPage, OwnTerm, Places};
pub use group::{Hours, RunningGroup};
pub use handout::{Block, BlockKind, Breath, Field, FieldKind, Handout, Rows, Worksheet, holds};
pub use id::{HandoutId, Slug};
pub use module::{Module, ModuleNotes, THREADS};
pub use session::{AgendaItem, ItemKind, Lead, MemberView, Part, SessionPlan, Step, Verb};
pub use setting::{RuleIs, RuleSetting};
pub use translation::{CourseTexts, CrisisTexts, ModuleTexts, PageTexts, SessionTexts, Standing, Translated, Translation, outline};
pub use units::{Date, Minutes, Title};
