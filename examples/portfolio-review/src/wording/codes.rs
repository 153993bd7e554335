//! Codes of a book in words.

use crate::{mapping::TableName, report::page::Words};

/// A line of business (险类), or a type of risk.
#[must_use]
pub fn line(line: &str) -> Words {
    match line {
        "compulsory_motor" => Words::new("交强险", "Compulsory motor"),
        "commercial_motor" => Words::new("商业车险", "Commercial motor"),
        "accident" => Words::new("意外险", "Accident"),
        "health" => Words::new("健康险", "Health"),
        "household" => Words::new("家财险", "Household"),
        "enterprise_property" => Words::new("企财险", "Enterprise property"),
        "liability" => Words::new("责任险", "Liability"),
        "cargo" => Words::new("货运险", "Cargo"),
        "passenger_car" => Words::new("乘用车", "Passenger car"),
        "motorbike" => Words::new("摩托车", "Motorbike"),
        "van" => Words::new("厢式货车", "Van"),
        "agricultural_vehicle" => Words::new("农用车辆", "Agricultural vehicle"),
        other => Words::both(other),
    }
}

/// A channel (渠道).
#[must_use]
pub fn channel(channel: &str) -> Words {
    match channel {
        "direct" => Words::new("直销", "Direct"),
        "agent" => Words::new("代理", "Agent"),
        "broker" => Words::new("经纪", "Broker"),
        "telephone" => Words::new("电销", "Telephone"),
        "online" => Words::new("网销", "Online"),
        other => Words::both(other),
    }
}

/// A code of any other column: kind of a customer, of a cost, of an endorsement.
#[must_use]
pub fn choice(code: &str) -> Words {
    let (zh, en) = match code {
        "person" => ("个人", "Person"),
        "organisation" => ("单位", "Organisation"),
        "change" => ("批改", "Change"),
        "cancellation" | "cancel" => ("退保", "Cancellation"),
        "cancel_sold" => ("车辆过户退保", "Cancellation, vehicle sold"),
        "reinstatement" | "reinstate" => ("恢复效力", "Reinstatement"),
        "contact" => ("联系方式变更", "Contact details"),
        "increase" => ("增加保费", "Increase"),
        "decrease" => ("减少保费", "Decrease"),
        "commission" => ("手续费", "Commission"),
        "acquisition" => ("获客", "Acquisition"),
        "visit" => ("拜访", "Visit"),
        "service" => ("服务", "Service"),
        "gift" => ("礼品", "Gift"),
        "survey" => ("查勘", "Survey"),
        "claim_amount" => ("赔款金额", "Amount of the claim"),
        "claim_delay" => ("理赔拖延", "Delay of the claim"),
        "mis_selling" => ("销售误导", "Mis-selling"),
        "premium" => ("保费", "Premium"),
        "good" => ("良好", "good"),
        "same_document" => ("同一证件", "The same document"),
        "same_name_and_mobile" => ("同名同手机", "The same name and mobile"),
        other => return Words::both(other),
    };
    Words::new(zh, en)
}

/// A table of the database.
#[must_use]
pub fn table(name: &str) -> Words {
    if let Some(table) = TableName::ALL.into_iter().find(|table| table.name() == name) {
        let en = match table {
            TableName::Branches => "Branch",
            TableName::Agents => "Agent",
            TableName::Customers => "Customer",
            TableName::Vehicles => "Vehicle",
            TableName::Policies => "Policy",
            TableName::Endorsements => "Endorsement",
            TableName::Receipts => "Receipt",
            TableName::Claims => "Claim",
            TableName::Costs => "Cost",
            TableName::Complaints => "Complaint",
        };
        return Words::new(table.zh(), en);
    }
    match name {
        "rejected" => Words::new("被拒绝的行", "Rejected row"),
        "notice" => Words::new("附提示的行", "Row with a notice"),
        "twin" => Words::new("客户对", "Pair"),
        "entry" => Words::new("凭证", "Entry"),
        "trial_balance" => Words::new("科目余额", "Account"),
        "policy_years" => Words::new("保单年度", "Policy year"),
        other => Words::both(other),
    }
}

/// A group of policies by the parts of its name: `year.2023.channel.agent`, `line.health`.
#[must_use]
pub fn group_of_policies(name: &str) -> Words {
    let mut parts: Vec<Words> = Vec::new();
    let mut rest = name;
    while let Some((key, more)) = rest.split_once('.') {
        // The code of a year has no point; what follows any other key is all of it.
        let (code, more) = if key == "year" { more.split_once('.').unwrap_or((more, "")) } else { (more, "") };
        parts.push(match key {
            "year" => Words::new(format!("{code} 年"), code),
            "channel" => channel(code),
            "line" | "risk_type" => line(code),
            _ => Words::both(code),
        });
        rest = more;
    }
    if parts.is_empty() {
        return Words::new("全部", "all");
    }
    let join = |pick: fn(&Words) -> &str, comma: &str| parts.iter().map(pick).collect::<Vec<_>>().join(comma);
    Words::new(join(|part| &part.zh, "，"), join(|part| &part.en, ", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_told_in_words() {
        for (name, words) in [
            ("line.accident", ("意外险", "Accident")),
            ("year.2023", ("2023 年", "2023")),
            ("year.2023.channel.agent", ("2023 年，代理", "2023, Agent")),
            ("channel.a.b", ("a.b", "a.b")),
            ("book", ("全部", "all")),
        ] {
            assert_eq!(group_of_policies(name), Words::new(words.0, words.1), "{name}");
        }
    }
}
