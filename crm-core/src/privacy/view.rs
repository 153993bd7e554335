//! Views of a record: what a clearance shows of it, and nothing else.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{
    Clearance, FieldTable, Personal, Sensitivity, Showing,
    field::{Way, pattern},
    tree::Node,
};
use crate::{refusal::Refusal, wire};

/// A record as somebody may see it (脱敏视图).
///
/// The lists of fields hold patterns of the table (`/phones/*/number`), never a value and never the key of a map, so
/// they can stand in an audit trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaskedView {
    /// The type of record.
    pub record: String,
    /// The record as canonical JSON of its own shape: a masked field is the text of its mask, a hidden one `null`.
    /// `Debug` doesn't show it, for it may hold what was shown in full.
    pub view: Personal,
    /// Personal and sensitive fields that the view shows in full.
    pub revealed: Vec<String>,
    /// Fields of the table that this clearance shows by their masks.
    pub masked: Vec<String>,
    /// Fields of the table that this clearance does not show, whether they have a value or not.
    pub hidden: Vec<String>,
    /// Fields of the record without a line in the table; they are not shown to anybody.
    pub unlisted: Vec<String>,
}

impl FieldTable {
    /// The view of a record under a clearance.
    ///
    /// A field that the table doesn't name is not shown. A [`Personal`] text is at least of class personal, whatever its
    /// line says. A text is masked by its mask; numbers, yes-and-no values and texts without a mask have no masked form
    /// and are hidden instead.
    ///
    /// # Errors
    /// `wire.depth`, `wire.unsupported`, `wire.integer.range`: what the wire can't write can't be viewed.
    ///
    /// ```
    /// use crm_core::privacy::{Clearance, FieldClass, FieldTable, Mask, Personal, Sensitivity, Showing};
    ///
    /// #[derive(serde::Serialize)]
    /// struct Contact { name: Personal, phones: Vec<Personal>, note: Option<Personal> }
    ///
    /// let table = FieldTable::load("contact", &[
    ///     FieldClass::new("/name", Sensitivity::Personal, Some(Mask::Name)),
    ///     FieldClass::new("/phones/*", Sensitivity::Personal, Some(Mask::Mobile)),
    ///     FieldClass::new("/note", Sensitivity::Sensitive, Some(Mask::Whole)),
    /// ])?;
    /// let contact = Contact { name: "段正淳".into(), phones: vec!["18049531999".into()], note: Some("高血压".into()) };
    /// let mut clearance = Clearance::default();
    /// clearance.classes.insert(Sensitivity::Personal, Showing::Masked);
    /// let seen = table.view(&contact, &clearance)?;
    /// assert_eq!(seen.view.reveal(), r#"{"name":"段**","phones":["180****1999"],"note":null}"#);
    /// assert_eq!(seen.hidden, ["/note"]);
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    pub fn view<T: Serialize + ?Sized>(&self, record: &T, clearance: &Clearance) -> Result<MaskedView, Refusal> {
        let mut view = View { table: self, clearance, revealed: Vec::new(), unlisted: Vec::new() };
        let shown = view.look(Node::of(record)?, &mut Vec::new());
        let of = |wanted: Showing| {
            let fields = self.fields().filter(|line| {
                let showing = clearance.showing(line.sensitivity, line.mask);
                // Without a mask there is nothing between all and nothing.
                let showing = if showing == Showing::Masked && line.mask.is_none() { Showing::Hidden } else { showing };
                showing == wanted
            });
            fields.map(|line| line.field.clone()).collect()
        };
        Ok(MaskedView {
            record: self.record().into(),
            view: Personal::from(wire::to_json(&shown)?),
            revealed: view.revealed,
            masked: of(Showing::Masked),
            hidden: of(Showing::Hidden),
            unlisted: view.unlisted,
        })
    }
}

struct View<'t> {
    table: &'t FieldTable,
    clearance: &'t Clearance,
    revealed: Vec<String>,
    unlisted: Vec<String>,
}

impl View<'_> {
    fn look(&mut self, node: Node, way: &mut Vec<Way<'_>>) -> Node {
        let table = self.table;
        let Some((_, line)) = table.find(way) else { return self.without_line(node, way) };
        let class = class_of(&node, line.class.sensitivity);
        let inside = is_container(&node);
        match self.clearance.showing(class, line.class.mask) {
            Showing::Hidden => Node::Nothing,
            _ if inside => self.children(node, way),
            Showing::Masked => match (node, line.class.mask) {
                (Node::Text { text, .. }, Some(mask)) => Node::Text { text: mask.in_view(&text), personal: false },
                _ => Node::Nothing,
            },
            Showing::Full => {
                if class >= Sensitivity::Personal && node != Node::Nothing {
                    note(&mut self.revealed, line.class.field.clone());
                }
                node
            }
        }
    }

    fn without_line(&mut self, node: Node, way: &mut Vec<Way<'_>>) -> Node {
        if is_container(&node) {
            return self.children(node, way);
        }
        if node != Node::Nothing || !self.table.goes_inside(way) {
            note(&mut self.unlisted, pattern(way));
        }
        Node::Nothing
    }

    fn children(&mut self, node: Node, way: &mut Vec<Way<'_>>) -> Node {
        match node {
            Node::List(items) => Node::List(items.into_iter().map(|item| self.step(item, way, Way::Entry)).collect()),
            Node::Fields(fields) => {
                let shown = fields.into_iter().map(|(name, value)| {
                    let value = self.step(value, way, Way::Field(&name));
                    (name, value)
                });
                Node::Fields(shown.collect())
            }
            Node::Map { entries, personal } => {
                if !self.shows_keys(way, personal, entries.is_empty()) {
                    return Node::Nothing;
                }
                let shown = entries.into_iter().map(|(key, value)| {
                    let value = self.step(value, way, Way::Key(&key));
                    (key, value)
                });
                Node::Map { entries: shown.collect(), personal }
            }
            leaf => leaf,
        }
    }

    /// Keys can't be masked, for two masks may be equal: they are shown, or the whole map is not.
    fn shows_keys(&mut self, way: &[Way<'_>], personal: bool, empty: bool) -> bool {
        let mut keys = way.to_vec();
        keys.push(Way::Keys);
        let Some((_, line)) = self.table.find(&keys) else {
            if !empty {
                note(&mut self.unlisted, pattern(&keys));
            }
            return false;
        };
        let class = if personal { line.class.sensitivity.max(Sensitivity::Personal) } else { line.class.sensitivity };
        let shown = self.clearance.showing(class, line.class.mask) == Showing::Full;
        if shown && class >= Sensitivity::Personal && !empty {
            note(&mut self.revealed, line.class.field.clone());
        }
        shown
    }

    fn step(&mut self, node: Node, way: &[Way<'_>], step: Way<'_>) -> Node {
        let mut inside = way.to_vec();
        inside.push(step);
        self.look(node, &mut inside)
    }
}

pub(super) fn is_container(node: &Node) -> bool {
    matches!(node, Node::List(_) | Node::Fields(_) | Node::Map { .. })
}

/// A personal text is personal whatever the table says.
pub(super) fn class_of(node: &Node, listed: Sensitivity) -> Sensitivity {
    match node {
        Node::Text { personal: true, .. } => listed.max(Sensitivity::Personal),
        _ => listed,
    }
}

fn note(list: &mut Vec<String>, field: String) {
    if !list.contains(&field) {
        list.push(field);
    }
}
