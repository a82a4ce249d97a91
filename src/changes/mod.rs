//! What differs between two versions of a course: what must be printed again, and what facilitators read again. For authors
//! only: nothing of this is in a site.

mod compare;
mod crisis;
mod found;
mod plan;
mod sheet;
mod tell;
mod words;

pub use compare::{Version, changes};
pub use found::{CourseChanges, Differs, First, Moved, Reread, Sheet, State};
pub use tell::text;
