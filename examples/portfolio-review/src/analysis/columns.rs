//! The facts that stand in the database as columns of their own.

use crm_core::portfolio::CustomerFacts;

/// A fact as a whole number: a count, or an amount in minor units.
#[derive(Clone, Copy)]
pub struct FactColumn {
    /// Its name in the fact catalogue and in the database.
    pub name: &'static str,
    /// Reads it.
    pub read: fn(&CustomerFacts) -> i64,
}

macro_rules! counts {
    ($($name:ident)*) => { &[ $( FactColumn { name: stringify!($name), read: |facts| facts.$name }, )* ] };
}

macro_rules! amounts {
    ($($name:ident)*) => { &[ $( FactColumn { name: stringify!($name), read: |facts| facts.$name.minor() }, )* ] };
}

/// Counts.
pub const COUNTS: &[FactColumn] = counts! {
    policies policies_in_force policies_expiring renewals renewals_in_window new_in_window policies_before_window
    claims claims_in_window claims_open fraud_claims clean_years complaints complaints_open
};

/// Amounts.
pub const AMOUNTS: &[FactColumn] = amounts! {
    premium_written premium_in_window premium_before premium_earned premium_unearned premium_collected refunds
    receivable_open receivable_overdue claims_paid claims_outstanding claims_incurred commission cost_to_serve
    result_earned result_in_window result_collected
};

/// All of them.
pub fn fact_columns() -> impl Iterator<Item = &'static FactColumn> {
    COUNTS.iter().chain(AMOUNTS)
}
