//! Codes of portfolios.

/// Adds its codes to those gathered so far.
macro_rules! portfolio_codes {
    ($rest:tt { $($before:tt)* }) => { gather! { $rest { $($before)*

        /// An identifier that is no short plain text.
        PortfolioIdInvalid = "portfolio.id.invalid" (limit: Integer)
            "An identifier has 1 to {limit} bytes, no control characters and no spaces at its ends; correct it."
            "标识须为 1 至 {limit} 字节，不含控制字符，首尾不含空格；请更正。";
        /// A code that is no short plain text.
        PortfolioCodeInvalid = "portfolio.code.invalid" (limit: Integer)
            "A code has 1 to {limit} bytes, no control characters and no spaces at its ends; correct it."
            "代码须为 1 至 {limit} 字节，不含控制字符，首尾不含空格；请更正。";
        /// More coverages than a policy year can have.
        PortfolioCoveragesMany = "portfolio.coverages.many" (limit: Integer)
            "A policy year has at most {limit} coverages; split the record."
            "一个保单年度最多 {limit} 个险别；请拆分记录。";
        /// A number of claims that cannot be.
        PortfolioClaimsRange = "portfolio.claims.range" (max: Integer)
            "The number of claims of a policy year lies between 0 and {max}; correct it."
            "一个保单年度的赔案件数须在 0 与 {max} 之间；请更正。";
        /// The same row again.
        PortfolioRowDuplicate = "portfolio.row.duplicate" ()
            "The same row is in the book already and counts once; nothing needs to be done."
            "账册中已有完全相同的一行，只计一次；无需处理。";
        /// Another row with the same id.
        PortfolioRowConflict = "portfolio.row.conflict" ()
            "Another row with this id and other contents is in the book already and stands; find out which one is right."
            "账册中已有同一标识而内容不同的另一行，以先入者为准；请核实哪一行正确。";
        /// A policy year of the future.
        PortfolioRowAfterAsOf = "portfolio.row.after_as_of" ()
            "The policy year starts after the day of the review and is left out; choose a later day to count it."
            "该保单年度晚于统计日期起保，未计入；如需计入，请选择更晚的统计日期。";
        /// Parts of different books.
        PortfolioBooksDifferent = "portfolio.books.different" ()
            "The two parts have different parameters (day of the review, currency or rounding); build both with the same."
            "两部分的参数（统计日期、币种或舍入方式）不同；请用相同的参数构建。";
        /// A contract that begins after its last renewal; a warning.
        PortfolioStartAfterLastRenewal = "portfolio.start.after_last_renewal" ()
            "The contract starts after its last renewal; one of the two dates is wrong. The row is counted."
            "首次起保日期晚于最近续保日期，其中之一有误；该行仍计入。";
        /// A licence obtained after the contract began; a warning.
        PortfolioLicenceAfterStart = "portfolio.licence.after_start" ()
            "The driving licence is dated after the start of the contract; check who drives. The row is counted."
            "驾驶证初次领证日期晚于首次起保日期；请核实驾驶人。该行仍计入。";
        /// A lapse before the last renewal; a warning.
        PortfolioLapseBeforeLastRenewal = "portfolio.lapse.before_last_renewal" ()
            "The contract lapsed before its last renewal; check whether the renewal took place. The row is counted."
            "失效日期早于最近续保日期；请核实是否确已续保。该行仍计入。";
    } } };
}
