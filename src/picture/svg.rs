//! Drawings. They are text, and may hold more than lines: programs, pictures from other places, notes of the drawing program.

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader as Xml, Writer};

use super::{BROKEN, Unfit};

const PROGRAM: Unfit = Unfit { message: "holds a program (a script) or a piece of a web page", help: "export the drawing again as plain SVG, or as PNG" };
const ELSEWHERE: Unfit = Unfit {
    message: "loads something from another place, which would tell that place who reads the page",
    help: "put what it shows into the drawing itself, or export it as PNG",
};
const SHORT_FORMS: Unfit = Unfit { message: "uses short forms (entities) that browsers do not know", help: "export the drawing again as plain SVG" };

/// A drawing without comments, notes of programs and names of their own; refused when it runs or loads something.
pub fn clean(text: &str) -> Result<Vec<u8>, Unfit> {
    let mut reader = Xml::from_str(text);
    let mut writer = Writer::new(Vec::with_capacity(text.len()));
    // Inside something that is left out: how deep.
    let mut out = 0_u32;
    let mut is_drawing = false;
    loop {
        let event = reader.read_event().map_err(|_| BROKEN)?;
        match event {
            Event::Eof => break,
            Event::Start(element) => {
                if out > 0 || !stays(&element)? {
                    out += 1;
                    continue;
                }
                is_drawing |= element.local_name().as_ref() == "svg";
                write(&mut writer, Event::Start(attributes(&element)?))?;
            }
            Event::Empty(element) => {
                if out == 0 && stays(&element)? {
                    is_drawing |= element.local_name().as_ref() == "svg";
                    write(&mut writer, Event::Empty(attributes(&element)?))?;
                }
            }
            Event::End(_) if out > 0 => out -= 1,
            _ if out > 0 => {}
            Event::Text(words) => {
                if loads(&words) {
                    return Err(ELSEWHERE);
                }
                write(&mut writer, Event::Text(words))?;
            }
            Event::CData(words) => {
                if loads(&words) {
                    return Err(ELSEWHERE);
                }
                write(&mut writer, Event::CData(words))?;
            }
            Event::GeneralRef(name) => {
                let known = name.is_char_ref() || matches!(&*name, "amp" | "lt" | "gt" | "quot" | "apos");
                if !known {
                    return Err(SHORT_FORMS);
                }
                write(&mut writer, Event::GeneralRef(name))?;
            }
            Event::End(_) | Event::Decl(_) => write(&mut writer, event)?,
            Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    if is_drawing { Ok(writer.into_inner()) } else { Err(BROKEN) }
}

fn write(writer: &mut Writer<Vec<u8>>, event: Event<'_>) -> Result<(), Unfit> {
    writer.write_event(event).map_err(|_| BROKEN)
}

/// Whether an element is a part of the drawing. Those with a prefix are a drawing program's own.
fn stays(element: &BytesStart<'_>) -> Result<bool, Unfit> {
    let name = element.local_name();
    if ["script", "foreignobject", "iframe", "handler", "audio", "video"].contains(&name.as_ref().to_ascii_lowercase().as_str()) {
        return Err(PROGRAM);
    }
    Ok(element.name().prefix().is_none_or(|prefix| prefix.as_ref() == "svg") && name.as_ref() != "metadata")
}

/// An element with those of its attributes that draw something.
fn attributes(element: &BytesStart<'_>) -> Result<BytesStart<'static>, Unfit> {
    let mut kept = BytesStart::new(element.name().as_ref().to_owned());
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|_| BROKEN)?;
        let name = attribute.key.local_name().as_ref().to_ascii_lowercase();
        if name.starts_with("on") {
            return Err(PROGRAM);
        }
        if !draws(&attribute, &name) {
            continue;
        }
        // The address as a browser reads it, with what stands for letters put in.
        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(|_| SHORT_FORMS)?;
        let address = value.trim().to_lowercase();
        if name == "href" && !address.starts_with('#') && !address.starts_with("data:image/") || loads(&address) {
            return Err(ELSEWHERE);
        }
        kept.push_attribute(attribute);
    }
    Ok(kept)
}

/// Whether an attribute belongs to the drawing: a drawing program's own have a prefix.
fn draws(attribute: &Attribute<'_>, name: &str) -> bool {
    match attribute.key.prefix() {
        None => true,
        Some(prefix) if prefix.as_ref() == "xmlns" => name == "svg" || name == "xlink",
        Some(prefix) => prefix.as_ref() == "xlink" && name == "href" || prefix.as_ref() == "xml",
    }
}

/// Whether a style loads something from elsewhere.
fn loads(text: &str) -> bool {
    let text: String = text.to_lowercase().split_whitespace().collect();
    let outside = text.split("url(").skip(1).any(|address| {
        let address = address.trim_start_matches(['"', '\'']);
        !address.starts_with('#') && !address.starts_with("data:image/")
    });
    outside || text.contains("@import")
}
