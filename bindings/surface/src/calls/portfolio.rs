//! Figures of a book (业务汇总).

use crm_core::access::Viewer;
use crm_core::calendar::Date;
use crm_core::money::Currency;
use crm_core::party::PartyId;
use crm_core::portfolio::{
    self, Book, BookParameters, BookSummary, FactParameters, MoveReport, PolicyTerm, SegmentHistory, SegmentModelSpec,
    SegmentSnapshot, StatementName, Warning, WarningList,
};
use crm_core::refusal::{Code, Lang, Refusal};
use crm_core::rulebook::FactDeclaration;

use crate::placed::placed;
use crate::records::{VisibleSnapshot, VisibleWarnings};

/// Every fact about a customer that conditions may ask for, with type, unit and meaning (指标目录).
pub fn fact_catalogue(currency: Currency) -> Vec<FactDeclaration> {
    portfolio::fact_catalogue(currency)
}

/// Parameters of facts to start from: a window of 12 months, expiring within 60 days, overdue after 30, a gap in cover
/// of 90 days, ratios half up to four places (指标参数). A segment model states its own as dated data.
pub fn fact_parameters(as_of: Date, currency: Currency) -> FactParameters {
    FactParameters::new(as_of, currency)
}

/// The segment model of China's pack, as data to load or to start one's own from (客户细分模型).
///
/// # Errors
/// None for the pack as shipped.
pub fn china_segment_model() -> Result<SegmentModelSpec, Refusal> {
    portfolio::china_segments()
}

/// What a statement of the customer pyramid says (结论). `lang` is a language tag: `zh` and everything that begins with
/// it is Chinese, everything else English.
pub fn statement_text(name: StatementName, lang: String) -> String {
    let text = match Lang::from_tag(&lang) {
        Lang::En => name.text(),
        Lang::Zh => name.text_zh(),
    };
    text.to_owned()
}

/// The warnings that a viewer sees, and how many he does not (可见预警).
pub fn visible_warnings(list: WarningList, viewer: Viewer) -> VisibleWarnings {
    let visible = list.visible(&viewer);
    let withheld = visible.withheld().clone();
    VisibleWarnings { raised: visible.into_rows().into_iter().cloned().collect(), withheld }
}

/// The list in which the viewer has taken note of a warning (预警确认). It stays until a review clears it; raised anew,
/// it is open again.
///
/// # Errors
/// `portfolio.warning.not_raised`, also when the viewer does not see the customer; `portfolio.warning.acknowledged`
/// when somebody has before.
pub fn acknowledge_warning(
    list: WarningList,
    customer: PartyId,
    warning: String,
    viewer: Viewer,
    on: Date,
) -> Result<WarningList, Refusal> {
    let mut list = list;
    list.acknowledge(&viewer, &customer, &warning, on)?;
    Ok(list)
}

/// The customers of a snapshot that a viewer sees, and how many he does not (可见快照).
pub fn visible_snapshot(snapshot: SegmentSnapshot, viewer: Viewer) -> VisibleSnapshot {
    let (seen, withheld) = snapshot.visible(&viewer);
    let customers = seen.into_iter().map(|(customer, row)| (customer.clone(), row.clone())).collect();
    VisibleSnapshot { customers, withheld }
}

/// A snapshot with the customers of other parts of it, in any order (快照合并): a large book can be stored in parts.
///
/// # Errors
/// At the part: `portfolio.snapshot.model` when anything but the customers differs; `portfolio.facts.customer_twice` when
/// another part has a customer of it.
pub fn merge_snapshots(snapshot: SegmentSnapshot, parts: Vec<SegmentSnapshot>) -> Result<SegmentSnapshot, Refusal> {
    let mut snapshot = snapshot;
    for (index, part) in parts.into_iter().enumerate() {
        snapshot.merge(part).map_err(|refusal| refusal.at_index(index).at("parts"))?;
    }
    Ok(snapshot)
}

/// Who moved between groups and grades from one stored day to a later one, and why (客户变动表). A customer is shown when
/// the viewer sees him in the later snapshot; one who is no longer there, when he sees him in the earlier.
///
/// The model may have changed in between: a threshold that did is named, and a group that only one of the two has is
/// entered or left without one.
///
/// # Errors
/// At `/later`: `portfolio.states.order` unless it is of a later day; `portfolio.snapshot.model` when it is of a model of
/// another name or currency.
pub fn snapshot_moves(earlier: SegmentSnapshot, later: SegmentSnapshot, viewer: Viewer) -> Result<MoveReport, Refusal> {
    earlier.moves(&later, &viewer).map_err(|refusal| placed(refusal, |_| Some("later")))
}

/// Into which groups one customer came and out of which he went, on which day and why, over snapshots in the order of
/// their days (客户细分历史); nothing when he is in none of them, or the viewer does not see him in the last in which he is.
///
/// # Errors
/// At the snapshot: `portfolio.states.order` when it is not of a later day than the one before it;
/// `portfolio.snapshot.model` when it is of a model of another name or currency.
pub fn segment_history(
    snapshots: Vec<SegmentSnapshot>,
    viewer: Viewer,
    customer: PartyId,
) -> Result<Option<SegmentHistory>, Refusal> {
    let snapshots: Vec<&SegmentSnapshot> = snapshots.iter().collect();
    SegmentHistory::of(&snapshots, &viewer, &customer)
}

/// Checks one policy year and says what looks odd about it; an odd row counts all the same (保单年度校验).
///
/// # Errors
/// `calendar.period.empty` at `/end`, `money.currency.mixed` at `/claims_cost`, `portfolio.claims.range` at `/claims`,
/// `portfolio.code.invalid`, `portfolio.coverages.many`; all at once.
pub fn check_policy_term(term: PolicyTerm) -> Result<Vec<Warning>, Refusal> {
    term.check()?;
    Ok(term.warnings().collect())
}

/// The figures of a book of policy years: rows, customers, premium, claims cost, loss ratio, renewals, warnings (业务汇总).
///
/// Rows that can't be used are left out and counted by the code of the reason, so that rows in = rows used + rows left out.
/// A row that is given twice counts once.
///
/// # Errors
/// `money.amount.range` when a total is too large; `money.rounding.place` at `/parameters/ratio_rounding/place`.
pub fn summarise(terms: Vec<PolicyTerm>, parameters: BookParameters) -> Result<BookSummary, Refusal> {
    let mut book = Book::new(parameters);
    for term in terms {
        // The book counts what it refuses; the summary tells.
        let _ = book.add(term);
    }
    book.summary().map_err(|refusal| {
        let rounding = |code| (code == Code::MoneyRoundingPlace).then_some("ratio_rounding");
        let inside = |code| (code == Code::MoneyRoundingPlace).then_some("parameters");
        placed(placed(refusal, rounding), inside)
    })
}
