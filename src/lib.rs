//! copebook builds two websites from one folder of YAML and Markdown: a guide for the facilitators of a
//! psychoeducational group, and handouts for its members.
//!
//! Data flows one way, and only the first and the last step touch the disk:
//!
//! 1. [`read`]: folders → [`source::Sources`], texts and pictures with their paths
//! 2. [`load`]: sources → [`model::Curriculum`], what they mean, and every problem met on the way
//! 3. [`check`]: curricula → [`diagnostic::Diagnostic`]s, what is wrong with them though they load
//! 4. [`site`]: a curriculum → the pages of the guide, and the pages for members
//! 5. [`render`]: pages and a [`theme`] → bytes
//! 6. [`scan`]: the bytes for members → proof that no text for facilitators is in them
//! 7. [`write`](mod@write): bytes → a folder, or [`pack`]: bytes → an archive to hand over
//!
//! [`commands`] puts the steps together, and [`report`] draws problems.
//!
//! # The promise: no text for facilitators reaches a member
//!
//! Four walls hold it. **Types**: a text carries its audience ([`audience::Prose`]), and the pages for members are
//! written through a reader that opens members' text only:
//!
//! ```
//! use copebook::audience::{Member, Prose, Reader};
//! fn page(reader: &Reader<Member>, text: &Prose<Member>) -> String {
//!     reader.open(text).value.clone()
//! }
//! ```
//!
//! The same with one word changed does not compile:
//!
//! ```compile_fail,E0277
//! use copebook::audience::{Facilitator, Member, Prose, Reader};
//! fn page(reader: &Reader<Member>, text: &Prose<Facilitator>) -> String {
//!     reader.open(text).value.clone()
//! }
//! ```
//!
//! **A closed model**: nothing of [`model`] can be given to a template. A title can, being for both:
//!
//! ```
//! fn show(context: &mut tera::Context, module: &copebook::model::Module) {
//!     context.insert("module", &module.title.value);
//! }
//! ```
//!
//! A module cannot:
//!
//! ```compile_fail,E0277
//! fn show(context: &mut tera::Context, module: &copebook::model::Module) {
//!     context.insert("module", &module);
//! }
//! ```
//!
//! **Templates**: a [`theme::Theme`] for members holds no template of the guide, and one that asks for a field that it is
//! not given fails the build. **Proof**: every build looks for facilitators' passages in every byte for members ([`scan`]), and tests plant a mark
//! in every text for facilitators and look for it there.

// In reading order: what the program is asked, the steps, and the ground that they stand on.
pub mod cli;
pub mod commands;

pub mod changes;
pub mod check;
pub mod load;
pub mod pack;
pub mod read;
pub mod render;
pub mod scan;
pub mod schema;
pub mod site;
pub mod starter;
pub mod write;

pub mod explain;
pub mod preview;
pub mod report;
pub mod theme;

pub mod reading;

pub mod model;
pub mod texts;

pub mod audience;
pub mod diagnostic;
pub mod kept;
pub mod link;
pub mod markdown;
pub mod picture;
pub mod plain;
pub mod plural;
pub mod source;
