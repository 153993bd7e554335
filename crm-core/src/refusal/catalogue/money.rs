//! Codes of money.

/// Adds its codes to those gathered so far.
macro_rules! money_codes {
    ($rest:tt { $($before:tt)* }) => { gather! { $rest { $($before)*

        /// Not a currency of ISO 4217.
        MoneyCurrencyUnknown = "money.currency.unknown" ()
            "This is not an active currency code of ISO 4217; write three capital letters such as CNY."
            "不是 ISO 4217 现行货币代码；请写三个大写字母，如 CNY。";
        /// Amounts of different currencies.
        MoneyCurrencyMixed = "money.currency.mixed" (expected: Text, found: Text)
            "An amount in {expected} is needed here, found: {found}; convert it with a dated rate first."
            "此处应为 {expected} 金额，实为 {found}；请先按某日汇率折算。";
        /// More decimals than the currency has.
        MoneyAmountPrecision = "money.amount.precision" (digits: Integer)
            "This currency has {digits} decimals; nothing is rounded silently, so round the amount yourself."
            "该货币只有 {digits} 位小数；本库不做隐式舍入，请自行舍入。";
        /// An amount that is too large.
        MoneyAmountRange = "money.amount.range" ()
            "The amount would be larger than 9,223,372,036,854,775,807 minor units and can't be held exactly; check the figures."
            "金额超过 9,223,372,036,854,775,807 个最小货币单位，无法精确表示；请核对数据。";
        /// An exact number that is too long.
        MoneyExactRange = "money.exact.range" ()
            "The exact result has too many digits to be held without rounding; round at an earlier step or use shorter factors."
            "精确结果位数过多，不舍入则无法表示；请在更早的步骤舍入或缩短系数。";
        /// A number that has no end as a decimal.
        MoneyExactEndless = "money.exact.endless" ()
            "The exact number can't be written as a decimal; state a rounding."
            "该精确数不能写成有限小数；请指明舍入方式。";
        /// Division by zero.
        MoneyDivisionZero = "money.division.zero" ()
            "A division by zero has no result; check the divisor."
            "除数为零，没有结果；请检查除数。";
        /// A place to which can't be rounded.
        MoneyRoundingPlace = "money.rounding.place" (min: Integer, max: Integer)
            "The place of a rounding must lie between {min} and {max} (2 is cents, 0 whole units, -1 tens)."
            "舍入位数须在 {min} 与 {max} 之间（2 为分，0 为元，-1 为十元）。";
        /// Too few or too many parts.
        MoneySplitParts = "money.split.parts" (limit: Integer)
            "An amount can be split into 1 to {limit} parts."
            "金额可拆分为 1 至 {limit} 份。";
        /// No weight to allocate by.
        MoneySplitWeights = "money.split.weights" ()
            "There is nothing to allocate by: give at least one weight above zero."
            "没有分摊依据：至少需要一个大于零的权重。";
        /// A weight below zero.
        MoneySplitWeightNegative = "money.split.weight_negative" ()
            "A weight must not be below zero; correct it."
            "权重不得小于零，请更正。";
        /// A rate of exchange that is not above zero.
        MoneyRateNotPositive = "money.rate.not_positive" ()
            "A rate of exchange must be above zero; correct it."
            "汇率必须大于零，请更正。";
        /// A rate of exchange from a currency to itself.
        MoneyRateSameCurrency = "money.rate.same_currency" ()
            "A rate of exchange needs two different currencies."
            "汇率的两种货币不能相同。";
        /// Columns of different length.
        MoneyBatchLength = "money.batch.length" (expected: Integer, found: Integer)
            "The columns must have the same number of rows: {expected} amounts, {found} factors."
            "各列行数必须相同：金额 {expected} 行，系数 {found} 行。";
    } } };
}
