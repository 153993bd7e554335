//! The catalogue: every code that the core can refuse with, its params and its two sentences.
//!
//! A code is written once, here. Its name in Rust, its permanent text, the params and their kinds, and the sentences
//! cannot drift apart, and the documentation page is generated from [`Code::ALL`].

use core::fmt;

use super::Lang;

/// The kind of a param.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParamKind {
    /// A whole number.
    Integer,
    /// A name or another short text that belongs to a rule, never to a person.
    Text,
}

macro_rules! catalogue {
    ($( $(#[$doc:meta])* $name:ident = $code:literal ( $( $param:ident : $kind:ident ),* ) $en:literal $zh:literal; )*) => {
        /// A permanent code of the catalogue.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $( $(#[$doc])* #[doc = ""] #[doc = concat!("`", $code, "`: ", $en)] $name, )*
        }

        impl Code {
            /// Every code, in the order of the catalogue.
            pub const ALL: &'static [Self] = &[ $( Self::$name, )* ];

            /// The permanent text of the code.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$name => $code, )* }
            }

            /// The code with this permanent text.
            #[must_use]
            pub fn from_text(text: &str) -> Option<Self> {
                match text { $( $code => Some(Self::$name), )* _ => None }
            }

            /// The params that its sentences use.
            #[must_use]
            pub const fn params(self) -> &'static [(&'static str, ParamKind)] {
                match self { $( Self::$name => &[ $( (stringify!($param), ParamKind::$kind), )* ], )* }
            }

            /// The sentence with `{param}` where a param stands.
            #[must_use]
            pub const fn template(self, lang: Lang) -> &'static str {
                match (self, lang) { $( (Self::$name, Lang::En) => $en, (Self::$name, Lang::Zh) => $zh, )* }
            }
        }
    };
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

catalogue! {
    /// A fault of the library itself.
    Internal = "internal" ()
        "The library failed inside; nothing was changed. Please report what you called, without the data."
        "程序库内部出错，没有改动任何数据。请反馈所调用的函数，不要附上数据。";

    // ---- wire
    /// The text is not JSON as the wire takes it.
    WireSyntax = "wire.syntax" (line: Integer, column: Integer)
        "This is not valid JSON at line {line}, column {column}; correct the text there."
        "第 {line} 行第 {column} 列不是合法的 JSON，请在该处更正。";
    /// The bytes are not UTF-8.
    WireUtf8 = "wire.utf8" (offset: Integer)
        "The bytes are not UTF-8 from offset {offset} on; convert the text to UTF-8 first."
        "自第 {offset} 字节起不是 UTF-8，请先转换编码。";
    /// The document is too large.
    WireSize = "wire.size" (limit: Integer)
        "The document is larger than {limit} bytes; split it."
        "文档超过 {limit} 字节，请拆分。";
    /// Nested too deeply.
    WireDepth = "wire.depth" (limit: Integer)
        "The value is nested deeper than {limit} levels; make it flatter."
        "嵌套超过 {limit} 层，请减少层级。";
    /// A text is too long.
    WireTextTooLong = "wire.text.too_long" (limit: Integer)
        "The text is longer than {limit} bytes; shorten it."
        "文本超过 {limit} 字节，请缩短。";
    /// Half of a surrogate pair.
    WireTextSurrogate = "wire.text.surrogate" ()
        "The text contains half of a UTF-16 surrogate pair and is no valid Unicode; repair it at its source."
        "文本含有不成对的 UTF-16 代理码，不是合法的 Unicode，请在来源处修复。";
    /// A field that must be there is not.
    WireFieldMissing = "wire.field.missing" (field: Text)
        "The field \"{field}\" is missing; add it."
        "缺少字段“{field}”，请补上。";
    /// A field that nobody knows.
    WireFieldUnknown = "wire.field.unknown" (expected: Text)
        "This field is unknown; known here: {expected}."
        "未知字段；此处可用：{expected}。";
    /// The same key twice.
    WireFieldDuplicate = "wire.field.duplicate" ()
        "This field is given twice; keep one."
        "字段重复，请只保留一个。";
    /// Not a variant of the enum.
    WireVariantUnknown = "wire.variant.unknown" (expected: Text)
        "This value is not one of the choices; choose from: {expected}."
        "该值不在可选范围内；可选：{expected}。";
    /// Expected a whole number.
    WireIntegerExpected = "wire.integer.expected" (found: Text)
        "A whole number is expected here, found: {found}; write it without fraction or quotes."
        "此处应为整数，实为：{found}；请不要带小数或引号。";
    /// A whole number out of range.
    WireIntegerRange = "wire.integer.range" (min: Integer, max: Integer)
        "The whole number must lie between {min} and {max}."
        "整数须在 {min} 与 {max} 之间。";
    /// Expected a decimal.
    WireDecimalExpected = "wire.decimal.expected" (found: Text)
        "An exact decimal is expected here, found: {found}; hand over a decimal (in JSON a string such as \"12.30\"), never a binary float."
        "此处应为精确小数，实为：{found}；请使用十进制小数（JSON 中写成字符串，如 \"12.30\"），不要用二进制浮点数。";
    /// Not a decimal.
    WireDecimalInvalid = "wire.decimal.invalid" ()
        "This is not a decimal number; write digits with an optional sign and point, such as \"-12.30\"."
        "不是十进制数；请写成带可选正负号和小数点的数字，如 \"-12.30\"。";
    /// A decimal that can't be held exactly.
    WireDecimalRange = "wire.decimal.range" ()
        "The decimal has more digits than can be held exactly (28 after the point, about 29 in all); nothing is rounded silently, so shorten it yourself."
        "小数位数超出可精确表示的范围（小数点后 28 位，总计约 29 位）；本库不做隐式舍入，请自行缩短。";
    /// Expected a date.
    WireDateExpected = "wire.date.expected" (found: Text)
        "A date without a time is expected here, found: {found}; write it as YYYY-MM-DD."
        "此处应为不含时间的日期，实为：{found}；请写成 YYYY-MM-DD。";
    /// Expected a text.
    WireTextExpected = "wire.text.expected" (found: Text)
        "A text is expected here, found: {found}."
        "此处应为文本，实为：{found}。";
    /// Expected true or false.
    WireBooleanExpected = "wire.boolean.expected" (found: Text)
        "true or false is expected here, found: {found}."
        "此处应为 true 或 false，实为：{found}。";
    /// Expected a list.
    WireListExpected = "wire.list.expected" (found: Text)
        "A list is expected here, found: {found}."
        "此处应为列表，实为：{found}。";
    /// A list of the wrong length.
    WireListLength = "wire.list.length" (expected: Integer)
        "The list must have exactly {expected} items."
        "列表必须恰好有 {expected} 项。";
    /// Expected an object.
    WireObjectExpected = "wire.object.expected" (found: Text)
        "An object with named fields is expected here, found: {found}."
        "此处应为带字段名的对象，实为：{found}。";
    /// Expected one of the variants.
    WireVariantExpected = "wire.variant.expected" (found: Text)
        "One of the named choices is expected here, found: {found}."
        "此处应为命名选项之一，实为：{found}。";
    /// Expected a single value.
    WireScalarExpected = "wire.scalar.expected" (found: Text)
        "A single value (text, whole number, decimal, date, true or false) is expected here, found: {found}."
        "此处应为单个值（文本、整数、小数、日期或真假值），实为：{found}。";
    /// Expected nothing.
    WireNullExpected = "wire.null.expected" (found: Text)
        "Nothing (null) is expected here, found: {found}."
        "此处应为空值 null，实为：{found}。";
    /// A type outside the wire's conventions.
    WireUnsupported = "wire.unsupported" ()
        "This type cannot cross the wire; use exact decimals, whole numbers, dates, texts, lists, maps and named fields."
        "该类型不能在接口上传输；请使用精确小数、整数、日期、文本、列表、映射和具名字段。";
    /// No such call.
    WireCallUnknown = "wire.call.unknown" ()
        "There is no call of this name in this version."
        "此版本中没有这个名称的调用。";

    // ---- calendar
    /// Not a day of the calendar.
    CalendarDateInvalid = "calendar.date.invalid" ()
        "This is not a day of the calendar between the years 1 and 9999; write it as YYYY-MM-DD without a time."
        "不是公元 1 年至 9999 年之间的有效日期；请写成 YYYY-MM-DD，不带时间。";
    /// A result outside the calendar.
    CalendarDateRange = "calendar.date.range" ()
        "The date would lie outside the years 1 to 9999."
        "计算结果超出公元 1 年至 9999 年。";
    /// A period that is empty or runs backwards.
    CalendarPeriodEmpty = "calendar.period.empty" ()
        "The period must start before it ends; the end is the first day after it."
        "期间的起始日必须早于终止日；终止日为期间结束后的第一天。";
    /// A day that the counting can't place.
    CalendarPeriodOutside = "calendar.period.outside" ()
        "The date lies outside the period."
        "日期不在期间之内。";
    /// A day that its month does not have.
    CalendarMonthNoDay = "calendar.month.no_day" ()
        "The month arrived at does not have this day, and the rule refuses to take another; choose another day or another end-of-month rule."
        "目标月份没有对应日，且规则不允许取其他日期；请改选日期或月末规则。";
    /// An age before birth.
    CalendarAgeBeforeBirth = "calendar.age.before_birth" ()
        "The day for the age lies before the date of birth; correct one of them."
        "计算年龄的日期早于出生日期，请更正其一。";

    // ---- money
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
}
