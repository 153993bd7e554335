//! The parameters of the shipped segment model in both languages.

use crate::report::page::Words;

/// Names of the parameters, by their key.
const NAMES: [(&str, &str, &str); 28] = [
    ("window_months", "统计期", "Window"),
    ("expiring_within_days", "即将到期：距终保不超过", "Expiring: cover ends within"),
    ("overdue_after_days", "逾期：起保后仍未收到超过", "Overdue: not received after the start of cover for"),
    ("cover_gap_days", "视为连续承保的最大间隔", "Longest gap in continuous cover"),
    ("ratio_years", "优质客户：赔付率的统计年数", "Good: years of the loss ratio"),
    ("nil_claims_count", "无赔付结案是否计入赔案", "Claims without a payment count"),
    ("rank_cover_days", "参与分级：期内承保天数不少于", "Ranked: days of cover in the window, at least"),
    ("good_clean_years", "优质客户：连续未出险不少于", "Good: years without a claim, at least"),
    ("good_loss_ratio", "优质客户：赔付率不高于", "Good: loss ratio, at most"),
    ("large_premium_share", "大客户：保费占比不低于", "Large: share of premium, at least"),
    ("large_result_share", "大客户：盈亏占比不低于", "Large: share of the result, at least"),
    ("poor_claims", "劣质客户：期内出险不少于", "Poor: claims in the window, at least"),
    ("poor_loss_ratio", "劣质客户：赔付率不低于", "Poor: loss ratio, at least"),
    ("weight_income", "价值权重：期内保费", "Value: weight of premium of the window"),
    ("weight_cost", "价值权重：服务成本", "Value: weight of the cost to serve"),
    ("weight_growth", "价值权重：保费增长", "Value: weight of growth of premium"),
    ("share_top", "金字塔：顶层客户占比", "Pyramid: share of the top"),
    ("share_big", "金字塔：大型客户占比", "Pyramid: share of the big"),
    ("share_medium", "金字塔：中型客户占比", "Pyramid: share of the medium"),
    ("share_small", "金字塔：小型客户占比", "Pyramid: share of the small"),
    ("claims_enter", "多次出险预警：提示于", "Several claims: raised from"),
    ("claims_leave", "多次出险预警：解除于低于", "Several claims: cleared below"),
    ("loss_ratio_enter", "赔付率预警：提示于", "Loss ratio: raised from"),
    ("loss_ratio_leave", "赔付率预警：解除于低于", "Loss ratio: cleared below"),
    ("expiring_enter", "到期未续保预警：提示于", "Cover expiring: raised from"),
    ("expiring_leave", "到期未续保预警：解除于低于", "Cover expiring: cleared below"),
    ("overdue_enter", "逾期保费预警：提示于", "Premium overdue: raised from"),
    ("overdue_leave", "逾期保费预警：解除于低于", "Premium overdue: cleared below"),
];

/// Sources as the model tells them, in Chinese.
const SOURCES: [(&str, &str); 24] = [
    (
        "trade text on customer value (客户价值): income, cost to serve and growth; income and cost of the window, growth of those who had premium in the window before, and the weights are the own choice of this pack",
        "行业资料（客户价值）：收入、服务成本与增长；按统计期计，权重为本模型自定",
    ),
    ("own choice of this pack: one year", "本模型自定：一年"),
    (
        "trade text on good customers (优质客户): three and more consecutive years, read for the low loss ratio too",
        "行业资料（优质客户）：连续三年及以上，赔付率亦按此年数理解",
    ),
    (
        "own starting value of this pack: a claim that was rejected, withdrawn or closed at nil cost nothing; no public text states one",
        "本模型自定的初始值：拒赔、注销及零结案未发生赔款；公开资料未见规定",
    ),
    (
        "own starting value of this pack: who had one day of cover in the window is ranked; no public text states one",
        "本模型自定的初始值：期内有一天承保即参与分级；公开资料未见规定",
    ),
    ("own starting value of this pack; no public text states one", "本模型自定的初始值，公开资料未见规定"),
    (
        "trade text on good customers (优质客户): three and more consecutive years without a claim; level 3 of the compulsory motor floating rate (交强险费率浮动) counts the same three years",
        "行业资料（优质客户）：连续三年及以上未出险；交强险费率浮动第三档亦为三年",
    ),
    (
        "trade text: \"a very low loss ratio\" (赔付率极低) without a figure; 20 is own starting value of this pack; no public text states one",
        "行业资料仅称“赔付率极低”而无数值；20 为本模型自定的初始值",
    ),
    (
        "trade text on large customers (大客户): a large share of premium (保费占比大) without a figure; 1 is own starting value of this pack; no public text states one",
        "行业资料（大客户）仅称“保费占比大”而无数值；1 为本模型自定的初始值",
    ),
    (
        "trade text on large customers: large contribution to profit (利润贡献大) without a figure; 1 is own starting value of this pack; no public text states one",
        "行业资料（大客户）仅称“利润贡献大”而无数值；1 为本模型自定的初始值",
    ),
    (
        "no text defines poor customers (劣质客户); 3 claims a year: cpic.com.cn/c/2021-05-31/1735850 calls more than 2 claims a year loss-making (亏损)",
        "劣质客户未见定义；年出险 3 次：cpic.com.cn/c/2021-05-31/1735850 称年出险两次以上为亏损",
    ),
    (
        "own starting value of this pack; 70, 80 and 100 % are all in use at companies, none is published as a rule",
        "本模型自定的初始值；各公司有用 70%、80%、100% 的，均无公开规定",
    ),
    (
        "trade text on customer value (客户价值): income, cost to serve and growth; the weights are the own choice of this pack",
        "行业资料（客户价值）：收入、服务成本与增长；权重为本模型自定",
    ),
    ("as weight_income", "同“价值权重：期内保费”"),
    (
        "customer pyramid (客户金字塔), J. Curry, The Customer Marketing Method, 2000: 1 %",
        "客户金字塔，J. Curry《The Customer Marketing Method》，2000：1%",
    ),
    ("customer pyramid, the same: 4 %", "客户金字塔，同上：4%"),
    ("customer pyramid, the same: 15 %", "客户金字塔，同上：15%"),
    ("customer pyramid, the same: 80 %", "客户金字塔，同上：80%"),
    (
        "own starting value of this pack; several claims in a period (多次出险) is 3 at many companies, published by none",
        "本模型自定的初始值；“多次出险”许多公司取 3 次，均未公开",
    ),
    (
        "own starting value of this pack; no public text states one: left at 1 claim or none",
        "本模型自定的初始值，公开资料未见规定：降至 1 次或无即解除",
    ),
    ("every policy that is about to expire", "每一件即将到期的保单"),
    ("none left that is about to expire", "不再有即将到期的保单"),
    ("every fen that is overdue", "每一分逾期保费"),
    ("nothing left that is overdue", "不再有逾期保费"),
];

/// What a parameter is called; its key where the model is another.
#[must_use]
pub fn parameter(key: &str) -> Words {
    let own = NAMES.iter().find(|(name, ..)| *name == key);
    own.map_or_else(|| Words::both(key), |(_, zh, en)| Words::new(*zh, *en))
}

/// Where a value comes from; as the model tells it where there are no words for it.
#[must_use]
pub fn source(text: &str) -> Words {
    let own = SOURCES.iter().find(|(en, _)| *en == text);
    let en = if text == "as weight_income" { "as the weight of premium of the window" } else { text };
    own.map_or_else(|| Words::both(text), |(_, zh)| Words::new(*zh, en))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_and_source_of_the_shipped_model_stands_in_both_languages() {
        for own in crate::analysis::shipped_spec().unwrap().parameters {
            let name = parameter(&own.name);
            assert!(name.en != own.name && !name.zh.is_ascii(), "{}", own.name);
            for dated in own.values {
                assert!(source(&dated.source).zh != dated.source, "{}", dated.source);
            }
        }
    }
}
