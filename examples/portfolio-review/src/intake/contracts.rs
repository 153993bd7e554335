//! Policies, endorsements and receipts.

use crm_core::{
    calendar::Date,
    party::PartyId,
    portfolio::{EndorsementEffect, EndorsementId, EndorsementRow, PolicyId, PolicyRow, ReceiptId, ReceiptRow},
    refusal::{self, Refusal},
};

use super::{Known, KnownPolicy, after_as_of};
use crate::{
    finding::{Code, Finding},
    record::{Cells, TableLayout},
    stop::first,
};

type Outcome<T> = Result<T, Vec<Finding>>;

/// A policy, apart from whether the policy that it renews is there.
pub(super) fn policy(cells: &Cells, layout: &TableLayout<'_>, known: &Known, as_of: Date) -> Outcome<PolicyRow> {
    let code = |field: &str| cells.filled(field).to_owned();
    let row = PolicyRow {
        id: id(cells, layout, "id", PolicyId::new)?,
        customer: id(cells, layout, "customer", PartyId::new)?,
        product: code("product"),
        line: code("line"),
        branch: code("branch"),
        department: code("department"),
        handler: code("handler"),
        agent: cells.owned("agent"),
        channel: code("channel"),
        signed_on: day(cells, layout, "signed_on")?,
        start: day(cells, layout, "start")?,
        end: day(cells, layout, "end")?,
        premium: amount(cells, layout, "premium")?,
        sum_insured: amount(cells, layout, "sum_insured")?,
        vin: cells.owned("vin"),
        plate: cells.owned("plate"),
        renewal_of: cells
            .text("renewal_of")
            .map(PolicyId::new)
            .transpose()
            .map_err(|refusal| vec![layout.at(first(refusal), "renewal_of")])?,
    };
    row.check().map_err(|refusal| own(layout, refusal))?;
    for field in ["start", "signed_on"] {
        not_after(cells, layout, field, as_of)?;
    }
    known_customer(cells, layout, known)?;
    if !known.has_branch(&row.branch) {
        return Err(vec![layout.at(Finding::new(Code::RowBranchUnknown), "branch")]);
    }
    if row.agent.as_ref().is_some_and(|agent| !known.has_agent(agent)) {
        return Err(vec![layout.at(Finding::new(Code::RowAgentUnknown), "agent")]);
    }
    Ok(row)
}

/// An endorsement within the cover of its policy.
pub(super) fn endorsement(
    cells: &Cells,
    layout: &TableLayout<'_>,
    known: &Known,
    as_of: Date,
) -> Outcome<EndorsementRow> {
    let row = EndorsementRow {
        id: id(cells, layout, "id", EndorsementId::new)?,
        policy: id(cells, layout, "policy", PolicyId::new)?,
        code: cells.filled("code").to_owned(),
        effect: match cells.text("effect") {
            Some("cancellation") => EndorsementEffect::Cancellation,
            Some("reinstatement") => EndorsementEffect::Reinstatement,
            _ => EndorsementEffect::Change,
        },
        effective: day(cells, layout, "effective")?,
        booked: day(cells, layout, "booked")?,
        premium_change: amount(cells, layout, "premium_change")?,
    };
    row.check().map_err(|refusal| own(layout, refusal))?;
    not_after(cells, layout, "booked", as_of)?;
    let policy = known_policy(&row.policy, layout, known)?;
    if row.effective < policy.signed_on || row.effective > policy.end {
        return Err(vec![layout.at(Finding::new(Code::RowOutsideCover), "effective")]);
    }
    Ok(row)
}

/// Money for a policy, not before it was signed.
pub(super) fn receipt(cells: &Cells, layout: &TableLayout<'_>, known: &Known, as_of: Date) -> Outcome<ReceiptRow> {
    let row = ReceiptRow {
        id: id(cells, layout, "id", ReceiptId::new)?,
        policy: id(cells, layout, "policy", PolicyId::new)?,
        received_on: day(cells, layout, "received_on")?,
        amount: amount(cells, layout, "amount")?,
    };
    not_after(cells, layout, "received_on", as_of)?;
    let policy = known_policy(&row.policy, layout, known)?;
    if row.received_on < policy.signed_on {
        return Err(vec![layout.at(Finding::new(Code::RowBeforeSigning), "received_on")]);
    }
    Ok(row)
}

/// Reads an identifier of a row.
pub(super) fn id<T>(
    cells: &Cells,
    layout: &TableLayout<'_>,
    field: &'static str,
    new: impl Fn(&str) -> Result<T, Refusal>,
) -> Outcome<T> {
    new(cells.filled(field)).map_err(|refusal| vec![layout.at(first(refusal), field)])
}

/// A day that the row must fill.
pub(super) fn day(cells: &Cells, layout: &TableLayout<'_>, field: &'static str) -> Outcome<Date> {
    cells.date(field).ok_or_else(|| vec![layout.at(Finding::new(Code::CsvMissing), field)])
}

/// An amount that the row must fill.
pub(super) fn amount(cells: &Cells, layout: &TableLayout<'_>, field: &'static str) -> Outcome<crm_core::money::Money> {
    cells.amount(field).ok_or_else(|| vec![layout.at(Finding::new(Code::CsvMissing), field)])
}

/// Nothing in the book happened after the day of the review.
pub(super) fn not_after(cells: &Cells, layout: &TableLayout<'_>, field: &'static str, as_of: Date) -> Outcome<()> {
    match cells.date(field) {
        Some(day) if day > as_of => Err(vec![layout.at(after_as_of(), field)]),
        _ => Ok(()),
    }
}

/// Faults of a row of the core; its fields bear the names of the mapping.
pub(super) fn own(layout: &TableLayout<'_>, refusal: Refusal) -> Vec<Finding> {
    layout.locate(refusal, |_| None)
}

pub(super) fn known_customer(cells: &Cells, layout: &TableLayout<'_>, known: &Known) -> Outcome<()> {
    if known.has_customer(cells.filled("customer")) {
        return Ok(());
    }
    let unknown = refusal::Fault::new(refusal::Code::PortfolioRowCustomerUnknown);
    Err(vec![layout.at(unknown.into(), "customer")])
}

pub(super) fn known_policy<'k>(
    policy: &PolicyId,
    layout: &TableLayout<'_>,
    known: &'k Known,
) -> Outcome<&'k KnownPolicy> {
    known.policies.get(policy).ok_or_else(|| {
        let unknown = refusal::Fault::new(refusal::Code::PortfolioRowPolicyUnknown);
        vec![layout.at(unknown.into(), "policy")]
    })
}
