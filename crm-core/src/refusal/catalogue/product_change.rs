//! Codes of changes, instalments and unearned premium.

/// Adds its codes to those gathered so far.
macro_rules! product_change_codes {
    ($rest:tt { $($before:tt)* }) => { gather! { $rest { $($before)*

        /// Columns of different length.
        ProductUnearnedColumns = "product.unearned.columns" (expected: Integer, found: Integer)
            "The columns of the book must have the same number of rows: {expected} premiums, {found} in another column. Hand in one value a row."
            "各列行数必须相同：保费 {expected} 行，另一列 {found} 行。请逐行提供。";
        /// No instalment, or too many.
        ProductInstalmentCount = "product.instalment.count" (limit: Integer)
            "A schedule has 1 to {limit} instalments; correct the number."
            "分期期数须为 1 至 {limit} 期；请更正。";
        /// Due dates that do not follow each other.
        ProductInstalmentDates = "product.instalment.dates" ()
            "Each due date must be later than the one before it; put them in order and name no day twice."
            "每个应缴日须晚于前一个；请按先后排列，且不要重复。";
        /// A grace period below zero.
        ProductInstalmentGrace = "product.instalment.grace" ()
            "A period of grace is zero or longer; correct it."
            "宽限期不得小于零；请更正。";
        /// A first instalment that leaves nothing, or nothing sensible, for the others.
        ProductInstalmentFirst = "product.instalment.first" ()
            "The first instalment must be above zero and less than what is divided, and there must be another one: otherwise a later one would be zero or negative. Correct it."
            "首期须大于零且小于分期总额，并且至少还有一期，否则后期将为零或负数；请更正。";
        /// An amount below zero.
        ProductInstalmentNegative = "product.instalment.negative" ()
            "Only amounts of zero or more are paid in instalments; pay a refund out instead."
            "分期金额不得小于零；退费请另行支付。";
        /// A charge named twice.
        ProductInstalmentChargeTwice = "product.instalment.charge_twice" ()
            "The schedule names this charge twice; add both up or give each a code of its own."
            "分期计划中该费用重复；请合并或使用不同代码。";
        /// Less than a minor unit an instalment.
        ProductInstalmentTooSmall = "product.instalment.too_small" (count: Integer)
            "The amount does not reach for {count} instalments: one would be zero. Choose fewer."
            "金额不足以分为 {count} 期，会出现零金额；请减少期数。";
        /// More written off than there is premium.
        ProductInstalmentWriteOff = "product.instalment.write_off" ()
            "More would be written off than there is premium, and taxes and fees are owed to others; put the remainder into an instalment."
            "抹零金额超过保费，而税费不得抹零；请将尾差并入某一期。";
        /// A receipt of nothing.
        ProductInstalmentReceipt = "product.instalment.receipt" ()
            "A receipt is above zero; leave out what was taken back."
            "收款金额须大于零；已撤销的收款请不要列入。";
    } } };
}
