//! Identifiers of the host: who and what a record is about, and who changed it.

use alloc::string::String;

use crate::{
    refusal::{Code, Fault},
    wire,
};

/// Longest identifier, in bytes of UTF-8.
pub const MAX_ID_BYTES: usize = 128;

wire::identifier! {
    /// A person or organisation in the host's system (当事人编号): a customer (客户编号) has no other.
    ///
    /// 1 to 128 bytes of UTF-8 without control characters, without invisible ones and without spaces at its ends.
    /// `Debug` does not show it: it leads to a person.
    PartyId = id_fault, hidden;
    /// A vehicle or another insured object (标的编号).
    ///
    /// Written as [`PartyId`].
    ObjectId = id_fault, hidden;
    /// One repair or one cover of an object (维修或承保记录编号).
    ///
    /// Written as [`PartyId`].
    ObjectEntryId = id_fault, hidden;
    /// A household (家庭编号).
    ///
    /// Written as [`PartyId`].
    HouseholdId = id_fault, hidden;
    /// A person on the staff, or a program that acts for one (工号 / 操作人); who it is, the host knows.
    ///
    /// Written as [`PartyId`].
    StaffId = id_fault, hidden;
    /// The code of an attribute (属性代码): generated, never changed, never used again.
    ///
    /// Written as [`PartyId`].
    AttributeCode = id_fault, hidden;
}

impl StaffId {
    /// Whether two codes may mean one person: case, width and spaces don't count.
    ///
    /// Two people are only kept apart (经办与复核分离) by codes that differ in more than the way they are typed. For who
    /// may *see* something codes are compared exactly: each comparison errs on the safe side.
    ///
    /// ```
    /// use crm_core::party::StaffId;
    ///
    /// let code = StaffId::new("op-17")?;
    /// assert!(code.may_be(&StaffId::new("ＯＰ-１7")?) && code.may_be(&StaffId::new("Op - 17")?));
    /// assert!(!code.may_be(&StaffId::new("op-18")?));
    /// # Ok::<(), crm_core::refusal::Refusal>(())
    /// ```
    #[must_use]
    pub fn may_be(&self, other: &Self) -> bool {
        folded(self.as_str()).eq(folded(other.as_str()))
    }

    /// What is equal for codes that may mean one person.
    pub(crate) fn folded(&self) -> String {
        folded(self.as_str()).collect()
    }
}

/// The letters of a code without case, width and spaces.
fn folded(text: &str) -> impl Iterator<Item = char> {
    let narrow = |letter: char| match letter {
        // Full-width forms of ASCII stand in the same order 0xFEE0 higher.
        '\u{FF01}'..='\u{FF5E}' => u32::from(letter).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(letter),
        other => other,
    };
    // Up, then down: 'ſ' and 's' have one upper case.
    let letters = text.chars().filter(|letter| !letter.is_whitespace()).map(narrow);
    letters.flat_map(char::to_uppercase).flat_map(char::to_lowercase)
}

fn id_fault(text: &str) -> Option<Fault> {
    (!wire::is_plain(text, MAX_ID_BYTES)).then(|| Fault::new(Code::PartyIdInvalid).with("limit", MAX_ID_BYTES))
}
