//! Where the pages of a member site are: their addresses, plain or discreet, and as a code to point a phone at.

use fast_qr::{ECL, QRBuilder};
use serde::Serialize;

use super::page::short_hash;
use crate::model::{Curriculum, HandoutId, MemberPage, SessionPlan};

/// The addresses of a member site. A discreet one's say nothing of what stands there: they stay the same as long as the
/// files keep their names.
#[derive(Clone, Copy)]
pub struct Addresses {
    discreet: bool,
}

impl Addresses {
    /// The addresses of a curriculum's member site.
    pub fn of(curriculum: &Curriculum) -> Self {
        Self { discreet: curriculum.discreet }
    }

    /// A session's page.
    pub fn session(self, session: &SessionPlan) -> String {
        self.page_in("sessions", session.slug.as_str())
    }

    /// A handout's page.
    pub fn handout(self, id: &HandoutId) -> String {
        self.page_in("handouts", &id.to_string())
    }

    /// A page that belongs to no module.
    pub fn page(self, page: &MemberPage) -> String {
        self.page_in("pages", page.slug.as_str())
    }

    fn page_in(self, folder: &str, name: &str) -> String {
        if self.discreet { format!("p/{}.html", short_hash(&format!("{folder}/{name}"))) } else { format!("{folder}/{name}.html") }
    }
}

/// The folder of a curriculum on a member site that lists several.
pub fn members_folder(curriculum: &Curriculum) -> String {
    let slug = curriculum.slug.as_str();
    if curriculum.discreet { short_hash(slug) } else { slug.to_owned() }
}

/// An address as a code to point a phone at.
#[derive(Serialize)]
pub struct Code {
    /// How many modules it is wide and high.
    size: usize,
    /// Its dark modules, as the path of a drawing of that size.
    path: String,
    /// The address in letters.
    address: String,
}

/// The code of a page of the member site, where the curriculum says at which address the site is published.
pub fn code(curriculum: &Curriculum, url: &str) -> Option<Code> {
    let site = curriculum.publish_at.as_ref()?;
    let address = format!("{}/{url}", site.value.trim_end_matches('/'));
    // Level M reads well from paper that was copied twice.
    let drawn = QRBuilder::new(address.as_str()).ecl(ECL::M).build().ok()?;
    let mut path = String::new();
    for (y, row) in drawn.data.chunks(drawn.size).take(drawn.size).enumerate() {
        let mut x = 0;
        while x < row.len() {
            let run = row.iter().skip(x).take_while(|module| module.value()).count();
            if run > 0 {
                path.push_str(&format!("M{x} {y}h{run}v1h-{run}z"));
            }
            x += run.max(1);
        }
    }
    Some(Code { size: drawn.size, path, address })
}
