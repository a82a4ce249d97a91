//! The preview: both sites in a browser while their author writes, made again whenever she saves.
//!
//! Nothing is written: pages are made in memory and given out from a map, as the very bytes that a build would write. What the
//! preview knows beside them (which file makes which page, what is wrong) stays in the page around the two sites.
//!
//! `work` makes the sites anew when `watch` sees a change, and puts what came of it in a [`Shown`]; `server` gives that to
//! the browsers that `guard` lets in, by the `routes`. What was looked at last (`looked`) is made and shown ahead of the rest.

mod editor;
mod guard;
mod looked;
mod routes;
mod server;
mod shown;
mod watch;
mod work;

pub use editor::Editor;
pub use looked::Looked;
pub use server::{Door, serve};
pub use shown::{Ahead, Made, Pages, Problem, Shown};
pub use watch::{Wanted, Watching};
pub use work::{Round, work};
