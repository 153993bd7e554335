//! The tables of a customer system and their fields: what a mapping file can map.

use super::Kind;

/// A table of a customer system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TableName {
    /// Branches (机构).
    Branches,
    /// Agents and brokers (代理人, 经纪机构).
    Agents,
    /// Customers (客户).
    Customers,
    /// Vehicles and who owned them when (车辆): a row for each owner.
    Vehicles,
    /// Policies (保单).
    Policies,
    /// Endorsements (批单).
    Endorsements,
    /// Receipts and refunds (收付款).
    Receipts,
    /// Claims (赔案).
    Claims,
    /// Costs (费用).
    Costs,
    /// Complaints (投诉).
    Complaints,
}

/// A field of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldSpec {
    /// Its name in a mapping file.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether the mapping file has to map it.
    pub mapped: bool,
    /// Whether a row has to fill it, where it is mapped.
    pub filled: bool,
}

/// A field that is mapped and filled.
const fn must(name: &'static str, kind: Kind) -> FieldSpec {
    FieldSpec { name, kind, mapped: true, filled: true }
}

/// A field that is mapped and may be empty.
const fn open(name: &'static str, kind: Kind) -> FieldSpec {
    FieldSpec { name, kind, mapped: true, filled: false }
}

/// A field that need not be mapped and may be empty.
const fn may(name: &'static str, kind: Kind) -> FieldSpec {
    FieldSpec { name, kind, mapped: false, filled: false }
}

const FLAG: Kind = Kind::Choice(&["true", "false"]);
const PARTY: Kind = Kind::Choice(&["person", "organisation"]);
const CAME: Kind = Kind::Choice(&["direct", "indirect", "agent", "group"]);
const DOCUMENT: Kind = Kind::Choice(&[
    "resident_id",
    "hmt_residence_permit",
    "permanent_residence",
    "hk_macao_travel_permit",
    "taiwan_travel_permit",
    "chinese_passport",
    "foreign_passport",
    "social_credit_code",
    "organisation_code",
    "other",
]);
const EFFECT: Kind = Kind::Choice(&["change", "cancellation", "reinstatement"]);
const LEVEL: Kind = Kind::Choice(&["head_office", "province", "city"]);
const AGENT: Kind = Kind::Choice(&["agent", "broker"]);

const BRANCHES: &[FieldSpec] =
    &[must("code", Kind::Text), must("name", Kind::Text), may("level", LEVEL), may("parent", Kind::Text)];
const AGENTS: &[FieldSpec] = &[
    must("code", Kind::Text),
    must("name", Kind::Text),
    may("kind", AGENT),
    may("branch", Kind::Text),
    may("superior", Kind::Text),
    may("since", Kind::Date),
    may("until", Kind::Date),
];
const CUSTOMERS: &[FieldSpec] = &[
    must("id", Kind::Text),
    must("party_kind", PARTY),
    must("name", Kind::Text),
    may("short_name", Kind::Text),
    may("came", CAME),
    may("document_kind", DOCUMENT),
    may("document", Kind::Text),
    may("phone", Kind::Text),
    may("mobile", Kind::Text),
    may("email", Kind::Text),
    may("address", Kind::Text),
    may("birth", Kind::Date),
    may("occupation", Kind::Text),
    may("industry", Kind::Text),
    may("income_band", Kind::Text),
    may("source_channel", Kind::Text),
    may("manager", Kind::Text),
    may("department", Kind::Text),
    may("branch", Kind::Text),
    must("since", Kind::Date),
    may("standing", FLAG),
    may("commercial_credit", Kind::Text),
    may("prospect", FLAG),
    may("household", Kind::Text),
    may("group", Kind::Text),
    may("blacklisted", FLAG),
];
const VEHICLES: &[FieldSpec] = &[
    must("id", Kind::Text),
    must("customer", Kind::Text),
    open("plate", Kind::Text),
    open("vin", Kind::Text),
    may("engine", Kind::Text),
    may("make_model", Kind::Text),
    may("first_registered", Kind::Date),
    must("owner_from", Kind::Date),
    may("owner_until", Kind::Date),
];
const POLICIES: &[FieldSpec] = &[
    must("id", Kind::Text),
    must("customer", Kind::Text),
    must("product", Kind::Text),
    must("line", Kind::Text),
    must("branch", Kind::Text),
    must("department", Kind::Text),
    must("handler", Kind::Text),
    may("agent", Kind::Text),
    must("channel", Kind::Text),
    must("signed_on", Kind::Date),
    must("start", Kind::Date),
    must("end", Kind::Date),
    may("currency", Kind::Currency),
    must("premium", Kind::Amount),
    must("sum_insured", Kind::Amount),
    may("vin", Kind::Text),
    may("plate", Kind::Text),
    may("renewal_of", Kind::Text),
];
const ENDORSEMENTS: &[FieldSpec] = &[
    must("id", Kind::Text),
    must("policy", Kind::Text),
    must("code", Kind::Text),
    must("effect", EFFECT),
    must("effective", Kind::Date),
    must("booked", Kind::Date),
    must("premium_change", Kind::Amount),
];
const RECEIPTS: &[FieldSpec] = &[
    must("id", Kind::Text),
    must("policy", Kind::Text),
    must("received_on", Kind::Date),
    must("amount", Kind::Amount),
];
const CLAIMS: &[FieldSpec] = &[
    must("id", Kind::Text),
    must("policy", Kind::Text),
    must("occurred", Kind::Date),
    must("reported", Kind::Date),
    may("opened", Kind::Date),
    may("closed", Kind::Date),
    must("paid", Kind::Amount),
    must("reserve", Kind::Amount),
    may("fraud", FLAG),
];
const COSTS: &[FieldSpec] = &[
    must("id", Kind::Text),
    must("customer", Kind::Text),
    must("on", Kind::Date),
    must("kind", Kind::Text),
    must("amount", Kind::Amount),
];
const COMPLAINTS: &[FieldSpec] = &[
    must("id", Kind::Text),
    must("customer", Kind::Text),
    must("on", Kind::Date),
    must("kind", Kind::Text),
    may("resolved_on", Kind::Date),
];

impl TableName {
    /// Every table, in the order in which they are read: what others refer to comes first.
    pub const ALL: [Self; 10] = [
        Self::Branches,
        Self::Agents,
        Self::Customers,
        Self::Vehicles,
        Self::Policies,
        Self::Endorsements,
        Self::Receipts,
        Self::Claims,
        Self::Costs,
        Self::Complaints,
    ];

    /// The name in a mapping file, in the database and in figures.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Branches => "branches",
            Self::Agents => "agents",
            Self::Customers => "customers",
            Self::Vehicles => "vehicles",
            Self::Policies => "policies",
            Self::Endorsements => "endorsements",
            Self::Receipts => "receipts",
            Self::Claims => "claims",
            Self::Costs => "costs",
            Self::Complaints => "complaints",
        }
    }

    /// What stands in it, in Chinese.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Branches => "机构",
            Self::Agents => "代理人与经纪",
            Self::Customers => "客户",
            Self::Vehicles => "车辆",
            Self::Policies => "保单",
            Self::Endorsements => "批单",
            Self::Receipts => "收付款",
            Self::Claims => "赔案",
            Self::Costs => "费用",
            Self::Complaints => "投诉",
        }
    }

    /// Its fields; the first is the number of the row.
    #[must_use]
    pub const fn fields(self) -> &'static [FieldSpec] {
        match self {
            Self::Branches => BRANCHES,
            Self::Agents => AGENTS,
            Self::Customers => CUSTOMERS,
            Self::Vehicles => VEHICLES,
            Self::Policies => POLICIES,
            Self::Endorsements => ENDORSEMENTS,
            Self::Receipts => RECEIPTS,
            Self::Claims => CLAIMS,
            Self::Costs => COSTS,
            Self::Complaints => COMPLAINTS,
        }
    }

    /// Whether a mapping file has to map it.
    #[must_use]
    pub const fn needed(self) -> bool {
        matches!(self, Self::Customers | Self::Policies)
    }
}
