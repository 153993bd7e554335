//! Fields of the host's own records: how sensitive each is, and what of it may be shown (字段敏感级别表).

use crm_core::access;
use crm_core::privacy::{self, Clearance, FieldClass, MaskedView};
use crm_core::refusal::Refusal;

use crate::shaped::{Lines, Shaped};
use crate::tree::Tree;

/// The fields of a type of record, each with its class and its mask, checked whole (字段敏感级别表).
#[derive(Debug)]
pub struct FieldTable(privacy::FieldTable);

impl FieldTable {
    /// Checks the table of a host's own record; every fault is reported at once. `record` names the type of record.
    ///
    /// # Errors
    /// At the line: `privacy.field.pattern` for what is no pattern, `privacy.field.overlap` where two lines speak of one
    /// field; `privacy.field.too_many`.
    pub fn load(fields: Vec<FieldClass>, record: String) -> Result<Self, Refusal> {
        privacy::FieldTable::load(&record, &fields).map(Self)
    }

    /// The table of the customer's record.
    ///
    /// # Errors
    /// None.
    pub fn of_customers() -> Result<Self, Refusal> {
        access::customer_fields().map(Self)
    }

    /// The table of an insured object's record.
    ///
    /// # Errors
    /// None.
    pub fn of_insured_objects() -> Result<Self, Refusal> {
        access::insured_object_fields().map(Self)
    }

    /// The table of a change of a record.
    ///
    /// # Errors
    /// None.
    pub fn of_changes() -> Result<Self, Refusal> {
        access::field_change_fields().map(Self)
    }

    /// The table of what a resident identity number tells.
    ///
    /// # Errors
    /// None.
    pub fn of_resident_ids() -> Result<Self, Refusal> {
        access::resident_id_fields().map(Self)
    }

    /// The type of record that the table is for.
    pub fn record(&self) -> String {
        self.0.record().to_owned()
    }

    /// The lines in their order.
    pub fn fields(&self) -> Vec<FieldClass> {
        self.0.fields().cloned().collect()
    }

    /// The table for the record of a child under 14: whatever is personal is sensitive (个人信息保护法 art. 28, 未满十四周岁).
    pub fn for_child(&self) -> FieldTable {
        Self(self.0.for_child())
    }

    /// A record as a clearance shows it (脱敏视图): masked, hidden or in full, field by field. `document` is the record as
    /// JSON text in the spelling of the table; `view` in the answer is that text as it may be shown.
    ///
    /// A field that the table doesn't name is not shown, nor its name: it could be data. `unlisted` has the place, `#` for
    /// the name. A text is masked by its mask; numbers, yes-and-no values and
    /// texts without a mask have no masked form and are hidden instead.
    ///
    /// # Errors
    /// `wire.syntax` for what is no JSON; `wire.depth`, `wire.field.duplicate`, `wire.integer.range`, and
    /// `wire.integer.expected` for a number with a fraction: what can't be written exactly can't be viewed.
    pub fn view(&self, document: String, clearance: Clearance) -> Result<MaskedView, Refusal> {
        let tree = Tree::read(&document)?;
        let lines = Lines::of(&self.0);
        let shaped = Shaped::new(&tree, &lines);
        let mut seen = self.0.view(&shaped, &clearance)?;
        seen.unlisted.extend(shaped.unlisted());
        Ok(seen)
    }
}
