//! Shares and ratios of the core as values of a page: in per cent, or why there is none.

use crm_core::portfolio::{Absence, Proportion, Ratio, RatioAbsence};

use super::page::{Value, Words};

/// A share in per cent. Facts of another unit (claims a year) are [`Value::Number`], not this.
impl From<Proportion> for Value {
    fn from(share: Proportion) -> Self {
        match share {
            Proportion::Known { value } => Self::Percent(value),
            Proportion::Absent { reason } => Self::Absent(reason.into()),
        }
    }
}

impl From<Ratio> for Value {
    fn from(ratio: Ratio) -> Self {
        match ratio {
            Ratio::Known { percent } => Self::Percent(percent),
            Ratio::Absent { reason } => Self::Absent(reason.into()),
        }
    }
}

impl From<Absence> for Words {
    fn from(reason: Absence) -> Self {
        let (zh, en) = match reason {
            Absence::NothingEarned => ("无满期保费", "no premium earned"),
            Absence::NothingCollected => ("无实收保费", "no premium collected"),
            Absence::NothingWritten => ("期内无签单保费", "no premium written in the window"),
            Absence::NothingBefore => ("上期无签单保费", "no premium written in the window before"),
            Absence::NoCover => ("无承保天数", "no day of cover passed"),
            Absence::NoProfit => ("总盈利不为正", "all together earn nothing"),
            Absence::NothingSpent => ("无费用", "nothing spent"),
            Absence::NoCustomers => ("无客户", "no customers"),
            Absence::NoEarlierState => ("无前期数据", "no earlier day to compare with"),
            Absence::NobodySuch => ("无此类客户", "nobody of this kind"),
        };
        Self::new(zh, en)
    }
}

impl From<RatioAbsence> for Words {
    fn from(reason: RatioAbsence) -> Self {
        let (zh, en) = match reason {
            RatioAbsence::NoPremium => ("保费不为正", "premium not above zero"),
            RatioAbsence::NobodyDue => ("无应续保单", "nobody was due"),
        };
        Self::new(zh, en)
    }
}

#[cfg(test)]
mod tests {
    use crm_core::money::Decimal;

    use super::*;

    #[test]
    fn an_absent_share_says_why_and_is_no_number() {
        let known = Value::from(Proportion::Known { value: Decimal::ZERO });
        assert_eq!(known, Value::Percent(Decimal::ZERO));
        let absent = Value::from(Proportion::Absent { reason: Absence::NoCover });
        assert_eq!(absent, Value::Absent(Words::new("无承保天数", "no day of cover passed")));
        let absent = Value::from(Ratio::Absent { reason: RatioAbsence::NobodyDue });
        assert_eq!(absent, Value::Absent(Words::new("无应续保单", "nobody was due")));
    }
}
