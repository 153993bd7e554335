//! The fact catalogue: every fact about a customer, declared once, for conditions and for people.

use alloc::{borrow::ToOwned, string::String, vec, vec::Vec};

use super::{measure::CustomerFacts, term::FactTerm};
use crate::{
    money::{Currency, Money},
    portfolio::{PartyKind, Proportion},
    rulebook::{FactDeclaration, Scalar, Seen, ValueType},
};

/// Whether a term is added, taken away or stands below the line of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermRole {
    /// Added (加).
    Plus,
    /// Taken away (减).
    Minus,
    /// Below the line (除以).
    Below,
}

/// The unit of amounts is the currency of the book.
const MONEY: &str = "currency";

/// Reads a fact of a customer.
pub(in crate::portfolio) type FactRead = for<'a> fn(&'a CustomerFacts) -> Option<Seen<'a>>;

/// One fact of the catalogue.
pub(in crate::portfolio) struct Fact {
    pub(in crate::portfolio) name: &'static str,
    value_type: ValueType,
    unit: &'static str,
    meaning: &'static str,
    meaning_zh: &'static str,
    /// The fact as it is shown; none where it is absent.
    pub(in crate::portfolio) read: FactRead,
    /// What it is made of.
    pub(in crate::portfolio) terms: &'static [(TermRole, FactTerm)],
}

impl Fact {
    /// The fact as conditions compare it: a ratio before it is rounded.
    pub(in crate::portfolio) fn compared(&self) -> FactRead {
        match self.name {
            "growth" => |facts| ratio(facts.premium_change.minor(), facts.premium_before.minor(), 100),
            "claim_frequency" => |facts| ratio(facts.claims, facts.cover_days, 365),
            "loss_ratio_earned" => |facts| ratio(facts.claims_incurred.minor(), facts.premium_earned.minor(), 100),
            "loss_ratio_years" => {
                |facts| ratio(facts.claims_incurred_in_years.minor(), facts.premium_earned_in_years.minor(), 100)
            }
            "loss_ratio_collected" => |facts| ratio(facts.claims_paid.minor(), facts.premium_collected.minor(), 100),
            _ => self.read,
        }
    }
}

fn ratio<'a>(part: i64, whole: i64, times: i64) -> Option<Seen<'a>> {
    Proportion::compared(i128::from(part), i128::from(whole), times).map(Seen::Decimal)
}

trait Read {
    fn seen(&self) -> Option<Seen<'_>>;
}

impl Read for i64 {
    fn seen(&self) -> Option<Seen<'_>> {
        Some(Seen::Integer(*self))
    }
}

impl Read for bool {
    fn seen(&self) -> Option<Seen<'_>> {
        Some(Seen::Boolean(*self))
    }
}

impl Read for Money {
    fn seen(&self) -> Option<Seen<'_>> {
        Some(Seen::Decimal(self.amount()))
    }
}

impl Read for Proportion {
    fn seen(&self) -> Option<Seen<'_>> {
        self.value().map(Seen::Decimal)
    }
}

impl Read for crate::calendar::Date {
    fn seen(&self) -> Option<Seen<'_>> {
        Some(Seen::Date(*self))
    }
}

impl Read for String {
    fn seen(&self) -> Option<Seen<'_>> {
        Some(Seen::Text(self))
    }
}

impl<T: Read> Read for Option<T> {
    fn seen(&self) -> Option<Seen<'_>> {
        self.as_ref().and_then(Read::seen)
    }
}

impl Read for PartyKind {
    fn seen(&self) -> Option<Seen<'_>> {
        Some(Seen::Text(self.as_str()))
    }
}

macro_rules! facts {
    ($( $name:ident $value_type:ident $unit:tt $meaning:literal $zh:literal [$($role:ident $term:ident)*]; )*) => {
        /// Every fact that is read from [`CustomerFacts`].
        pub(in crate::portfolio) const FACTS: &[Fact] = &[ $( Fact {
            name: stringify!($name),
            value_type: ValueType::$value_type,
            unit: $unit,
            meaning: $meaning,
            meaning_zh: $zh,
            read: |facts| Read::seen(&facts.$name),
            terms: &[ $( (TermRole::$role, FactTerm::$term), )* ],
        }, )* ];
    };
}

facts! {
    party_kind Text "" "person or organisation" "客户性质（个人 / 单位）" [];
    standing Boolean "" "has standing by brand, image or place in the industry" "具有品牌、形象或行业地位" [];
    commercial_credit Text "" "the host's code of commercial credit; not known for everybody" "商业信用等级（可能未知）" [];
    prospect Boolean "" "filed as a prospect" "潜在客户" [];
    blacklisted Boolean "" "stands on the blacklist" "黑名单客户" [];
    years_as_customer Integer "years" "completed years since the customer is known" "建档满年数" [];
    policies Integer "policies" "policies signed by the day of the review, without those cancelled as if they had never been" "保单数（不含自始注销）" [Plus Policies];
    policies_in_force Integer "policies" "policies in force on the day of the review" "有效保单数" [Plus InForce];
    policies_expiring Integer "policies" "policies in force whose cover ends soon and that no policy renews" "即将到期且未续保的保单数" [Plus Expiring];
    renewals Integer "policies" "policies that renew another" "续保单数" [Plus Renewals];
    renewals_in_window Integer "policies" "policies signed in the window that renew another" "期内续保单数" [Plus RenewalsInWindow];
    new_in_window Integer "policies" "policies signed in the window that renew none" "期内新保单数" [Plus NewInWindow];
    policies_before_window Integer "policies" "policies signed before the window" "期前保单数" [Plus BeforeWindow];
    policies_cancelled Integer "policies" "policies cancelled by the day of the review and not reinstated" "退保注销保单数" [Plus Cancelled];
    cancelled_in_window Integer "policies" "of these, policies whose cover ended in the window" "期内退保注销保单数" [Plus CancelledInWindow];
    cover_days Integer "days" "days of cover that have passed, policy by policy" "已承保天数（逐单合计）" [Plus CoverDays];
    cover_days_in_window Integer "days" "of these, days in the window" "期内承保天数（逐单合计）" [Plus CoverDaysInWindow];
    cover_years Integer "years" "completed years of 365 days with cover, without a longer stop, up to the review or the end of cover" "连续承保满年数（按承保天数，满 365 天为一年）" [Plus Policies];
    first_start Date "" "the first day of cover ever" "首次起保日期" [Plus Policies];
    last_end Date "" "the first day after the last cover" "最后终保日期的次日" [Plus Policies];
    premium_written Decimal MONEY "written premium: policies signed and endorsements booked" "签单保费" [Plus Written];
    premium_in_window Decimal MONEY "written premium of the window" "期内签单保费" [Plus WrittenInWindow];
    premium_before Decimal MONEY "written premium of the window before" "上期签单保费" [Plus WrittenBefore];
    premium_change Decimal MONEY "written premium of the window less that of the window before" "签单保费增减额" [Plus WrittenInWindow Minus WrittenBefore];
    premium_growth Decimal MONEY "written premium of the window less that of the window before, of customers who had some before" "老客户签单保费增减额（上期有保费者）" [Plus WrittenInWindow Minus WrittenBefore];
    growth Decimal "%" "change of written premium against the window before" "签单保费增长率" [Plus WrittenInWindow Minus WrittenBefore Below WrittenBefore];
    premium_earned Decimal MONEY "earned premium, by days, the day of the review included; all of it where cover was cancelled for good" "满期保费" [Plus Earned];
    premium_earned_in_window Decimal MONEY "earned premium of the window" "期内满期保费" [Plus EarnedInWindow];
    premium_earned_in_years Decimal MONEY "earned premium of the years of the loss ratio" "多年满期保费（按参数年数）" [Plus EarnedInYears];
    premium_unearned Decimal MONEY "written premium less earned premium" "未到期保费" [Plus Unearned];
    premium_collected Decimal MONEY "money received less money paid back" "实收保费" [Plus Collected];
    refunds Decimal MONEY "money paid back" "退费" [Plus Refunded];
    receivable_open Decimal MONEY "written and not received, policy by policy" "应收保费余额" [Plus Receivable];
    receivable_overdue Decimal MONEY "written and not received for cover that started long ago" "逾期应收保费" [Plus Overdue];
    claims Integer "claims" "claims reported whose loss occurred on a day of cover; those that ended without a payment where the parameters count them" "赔案数（拒赔、注销及零结案是否计入由参数决定）" [Plus Claims];
    claims_in_window Integer "claims" "claims reported whose loss occurred in the window" "期内出险次数" [Plus ClaimsInWindow];
    claims_open Integer "claims" "claims reported and not closed" "未结赔案数" [Plus ClaimsOpen];
    fraud_claims Integer "claims" "claims in which fraud was found" "欺诈赔案数" [Plus Fraud];
    claims_nil Integer "claims" "claims that ended without a payment: rejected, withdrawn or nil" "拒赔、注销及零结案数" [Plus NilClaims];
    claims_paid Decimal MONEY "claims paid" "已决赔款" [Plus Paid];
    claims_outstanding Decimal MONEY "claims outstanding" "未决赔款" [Plus Outstanding];
    claims_incurred Decimal MONEY "claims paid and outstanding" "已发生赔款" [Plus Paid Plus Outstanding];
    claims_incurred_in_window Decimal MONEY "claims paid and outstanding for losses in the window" "期内已发生赔款" [Plus IncurredInWindow];
    claims_incurred_in_years Decimal MONEY "claims paid and outstanding for losses in the years of the loss ratio" "多年已发生赔款（按参数年数）" [Plus IncurredInYears];
    claims_outside_cover Decimal MONEY "paid and outstanding for losses on days without cover, which count in profit and loss alone" "保险期间外赔款（仅计入盈亏）" [Plus PaidOutside Plus OutstandingOutside];
    claim_frequency Decimal "claims a year" "claims for 365 days of cover" "出险频度" [Plus Claims Below CoverDays];
    loss_ratio_earned Decimal "%" "claims paid and outstanding ÷ earned premium" "满期赔付率" [Plus Paid Plus Outstanding Below Earned];
    loss_ratio_years Decimal "%" "claims paid and outstanding ÷ earned premium, both of the years of the loss ratio" "多年满期赔付率（按参数年数）" [Plus IncurredInYears Below EarnedInYears];
    loss_ratio_collected Decimal "%" "claims paid ÷ collected premium" "已决赔付率" [Plus Paid Below Collected];
    clean_years Integer "years" "completed years of 365 days with cover since the last claim, without a longer stop" "连续未出险年数（按承保天数，满 365 天为一年）" [Plus Policies Plus Claims];
    commission Decimal MONEY "commission" "手续费" [Plus Commission];
    commission_in_window Decimal MONEY "commission of the window" "期内手续费" [Plus CommissionInWindow];
    cost_to_serve Decimal MONEY "every cost but commission" "服务成本" [Plus CostToServe];
    cost_in_window Decimal MONEY "every cost of the window but commission" "期内服务成本" [Plus CostInWindow];
    complaints Integer "complaints" "complaints made" "投诉数" [Plus Complaints];
    complaints_open Integer "complaints" "complaints not resolved" "未办结投诉数" [Plus ComplaintsOpen];
    result_earned Decimal MONEY "earned premium less incurred claims, those outside cover too, commission and cost" "盈亏（满期口径）" [Plus Earned Minus Paid Minus Outstanding Minus PaidOutside Minus OutstandingOutside Minus Commission Minus CostToServe];
    result_in_window Decimal MONEY "earned premium of the window less claims incurred for its losses, those outside cover too, and its commission and cost" "期内盈亏（满期口径）" [Plus EarnedInWindow Minus IncurredInWindow Minus OutsideInWindow Minus CommissionInWindow Minus CostInWindow];
    result_collected Decimal MONEY "collected premium less paid claims, those outside cover too, commission and cost" "盈亏（实收口径）" [Plus Collected Minus Paid Minus PaidOutside Minus Commission Minus CostToServe];
}

/// Facts about a customer's place in the whole book.
const PLACES: [(&str, &str, &str); 3] = [
    ("premium_share", "share of the written premium of the whole book in the window", "期内签单保费占全部客户的比重"),
    ("result_share", "share of the result of the whole book (earned basis)", "盈亏占全部客户的比重（满期口径）"),
    ("collected_share", "share of the collected premium of the whole book", "实收保费占全部客户的比重"),
];

pub(in crate::portfolio) fn fact_named(name: &str) -> Option<&'static Fact> {
    FACTS.iter().find(|fact| fact.name == name)
}

/// Declarations of every fact of a customer, for conditions over a book in this currency (指标目录): those of
/// [`CustomerFacts`], and the customer's shares of the whole book.
///
/// ```
/// use crm_core::{money::Currency, portfolio::fact_catalogue};
///
/// let facts = fact_catalogue(Currency::CNY);
/// let ratio = facts.iter().find(|fact| fact.name == "loss_ratio_earned").unwrap();
/// assert_eq!((ratio.unit.as_deref(), ratio.meaning_zh.as_str()), (Some("%"), "满期赔付率"));
/// ```
#[must_use]
pub fn fact_catalogue(currency: Currency) -> Vec<FactDeclaration> {
    let own = FACTS.iter().map(|fact| {
        let unit = if fact.unit == MONEY { currency.as_str() } else { fact.unit };
        let choices = if fact.name == "party_kind" {
            [PartyKind::Person, PartyKind::Organisation].iter().map(|kind| kind.as_str().to_owned()).collect()
        } else {
            vec![]
        };
        declaration((fact.name, fact.meaning, fact.meaning_zh), fact.value_type, unit, choices)
    });
    own.chain(PLACES.into_iter().map(|words| declaration(words, ValueType::Decimal, "%", vec![]))).collect()
}

fn declaration(
    (name, meaning, meaning_zh): (&str, &str, &str),
    value_type: ValueType,
    unit: &str,
    choices: Vec<String>,
) -> FactDeclaration {
    FactDeclaration {
        name: name.to_owned(),
        value_type,
        unit: (!unit.is_empty()).then(|| unit.to_owned()),
        meaning: meaning.to_owned(),
        meaning_zh: meaning_zh.to_owned(),
        personal: false,
        choices,
        // Whole numbers of the catalogue are counts: none is below zero.
        minimum: (value_type == ValueType::Integer).then_some(Scalar::Integer(0)),
        maximum: None,
    }
}
