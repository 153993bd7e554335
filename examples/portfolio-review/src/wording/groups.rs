//! Short names of the groups of the shipped segment model, and what each means.

use crm_core::rulebook::Rule;

use crate::report::page::Words;

/// Groups by their name in the model: short name, then in a sentence who is in it (Chinese; the English stands in the model).
const GROUPS: [(&str, &str, &str); 11] = [
    ("newly_insured", "Newly insured", "近一年内首次投保"),
    ("renewal", "Renewed", "近一年内有续保"),
    ("prospect", "Prospect", "建档为潜在客户，或没有保单"),
    ("had_claim", "Had a claim", "有过赔案"),
    ("blacklisted", "Blacklisted", "列入黑名单"),
    ("good", "Good", "连续多年未出险或赔付率极低，且商业信用良好"),
    ("large", "Large", "保费占比、行业地位与利润贡献突出"),
    ("poor", "Poor", "出险频繁、赔付率过高或有欺诈"),
    ("large_enterprise", "Large enterprise", "大客户：大型企业"),
    ("system_customer", "System customer", "大客户：系统客户"),
    ("large_project", "Large project", "大客户：大项目"),
];

/// The short name of a group; the rule's own text where this program knows none.
#[must_use]
pub fn name(group: &str, rule: Option<&Rule>) -> Words {
    let zh = rule.map_or(group, |rule| &rule.text_zh);
    let own = GROUPS.iter().find(|(name, ..)| *name == group).map(|(_, short, _)| *short);
    Words::new(zh, own.unwrap_or_else(|| rule.map_or(group, |rule| &rule.text)))
}

/// Who is in a group.
#[must_use]
pub fn meaning(group: &str, rule: Option<&Rule>) -> Words {
    let own = GROUPS.iter().find(|(name, ..)| *name == group).map(|(.., zh)| *zh);
    let text = rule.map_or(group, |rule| &rule.text);
    // "large customer: share of premium, …": the name stands beside it.
    let en = text.split_once(" customer: ").map_or(text, |(_, rest)| rest);
    Words::new(own.unwrap_or_else(|| rule.map_or(group, |rule| &rule.text_zh)), en)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_group_of_the_shipped_model_has_a_short_name_and_a_meaning() {
        let model = crate::analysis::shipped_model().unwrap();
        for group in model.segments() {
            let rule = model.segment(group);
            let (name, meaning) = (name(group, rule), meaning(group, rule));
            assert!(name.en.len() <= 16 && name.en != group, "{name:?}");
            assert!(!meaning.zh.is_ascii() && meaning.zh != name.zh, "{meaning:?}");
        }
    }
}
