//! Claims, costs and complaints.

use crm_core::{
    calendar::Date,
    party::PartyId,
    portfolio::{ClaimId, ClaimRow, ComplaintId, ComplaintRow, CostId, CostRow, PolicyId},
    refusal,
};

use super::{
    Known,
    contracts::{amount, day, id, known_customer, known_policy, not_after, own},
};
use crate::{
    finding::{Code, Finding},
    record::{Cells, TableLayout},
};

type Outcome<T> = Result<T, Vec<Finding>>;

/// A claim within the cover of its policy.
pub(super) fn claim(cells: &Cells, layout: &TableLayout<'_>, known: &Known, as_of: Date) -> Outcome<ClaimRow> {
    let row = ClaimRow {
        id: id(cells, layout, "id", ClaimId::new)?,
        policy: id(cells, layout, "policy", PolicyId::new)?,
        occurred: day(cells, layout, "occurred")?,
        reported: day(cells, layout, "reported")?,
        opened: cells.date("opened"),
        closed: cells.date("closed"),
        paid: amount(cells, layout, "paid")?,
        reserve: amount(cells, layout, "reserve")?,
        fraud: cells.flag("fraud"),
        // The tables of this host say neither how a case ended nor when its amounts were valued.
        outcome: None,
        valued_on: None,
    };
    row.check().map_err(|refusal| own(layout, refusal))?;
    for field in ["reported", "opened", "closed"] {
        not_after(cells, layout, field, as_of)?;
    }
    if row.paid.is_negative() {
        let negative = refusal::Fault::new(refusal::Code::PortfolioAmountNegative);
        return Err(vec![layout.at(negative.into(), "paid")]);
    }
    let policy = known_policy(&row.policy, layout, known)?;
    if row.occurred < policy.start || row.occurred >= policy.until {
        return Err(vec![layout.at(Finding::new(Code::RowOutsideCover), "occurred")]);
    }
    Ok(row)
}

/// A cost of a customer in the book.
pub(super) fn cost(cells: &Cells, layout: &TableLayout<'_>, known: &Known, as_of: Date) -> Outcome<CostRow> {
    let row = CostRow {
        id: id(cells, layout, "id", CostId::new)?,
        customer: id(cells, layout, "customer", PartyId::new)?,
        policy: None,
        on: day(cells, layout, "on")?,
        kind: cells.filled("kind").to_owned(),
        amount: amount(cells, layout, "amount")?,
    };
    row.check().map_err(|refusal| own(layout, refusal))?;
    not_after(cells, layout, "on", as_of)?;
    known_customer(cells, layout, known)?;
    Ok(row)
}

/// A complaint of a customer in the book.
pub(super) fn complaint(cells: &Cells, layout: &TableLayout<'_>, known: &Known, as_of: Date) -> Outcome<ComplaintRow> {
    let row = ComplaintRow {
        id: id(cells, layout, "id", ComplaintId::new)?,
        customer: id(cells, layout, "customer", PartyId::new)?,
        on: day(cells, layout, "on")?,
        kind: cells.filled("kind").to_owned(),
        resolved_on: cells.date("resolved_on"),
    };
    row.check().map_err(|refusal| own(layout, refusal))?;
    not_after(cells, layout, "on", as_of)?;
    known_customer(cells, layout, known)?;
    Ok(row)
}
