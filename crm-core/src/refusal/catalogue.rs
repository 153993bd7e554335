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
    /// A stored document of another format.
    WireStoredFormat = "wire.stored.format" (expected: Text)
        "This is a stored document of another format; \"{expected}\" is expected here."
        "存储文档的格式不符；此处应为“{expected}”。";
    /// A stored document from a newer core.
    WireStoredVersion = "wire.stored.version" (newest: Integer)
        "The version of the stored document is not known; this core reads versions 1 to {newest}. Update the core."
        "无法识别该存储文档的版本；当前版本可读取 1 至 {newest}。请升级本库。";
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

    // ---- rulebook
    /// A name that is none.
    RulebookName = "rulebook.name.invalid" (limit: Integer)
        "A name is written in snake_case: small letters, digits and underscores, beginning with a letter, at most {limit}."
        "名称须用小写字母、数字和下划线（snake_case），以字母开头，最长 {limit} 个字符。";
    /// The same name twice.
    RulebookNameTwice = "rulebook.name.duplicate" (name: Text)
        "The name \"{name}\" is given twice; every fact, parameter and rule needs its own."
        "名称“{name}”重复；每个指标、参数和规则须各有名称。";
    /// Too many entries.
    RulebookTooMany = "rulebook.too_many" (limit: Integer)
        "There are more than {limit} entries; split the rule set."
        "条目超过 {limit} 个，请拆分规则集。";
    /// A source is missing.
    RulebookSourceMissing = "rulebook.source.missing" ()
        "The source is empty; say which rule, circular or decision this comes from."
        "来源为空；请注明所依据的规定、通知或决定。";
    /// A parameter without a value.
    RulebookDatedEmpty = "rulebook.dated.empty" ()
        "The parameter has no value; give at least one with its first day and source."
        "参数没有取值；请至少给出一个取值及其起始日和来源。";
    /// A hole between two values.
    RulebookDatedGap = "rulebook.dated.gap" (from: Text)
        "No value is valid from {from} until this one begins; close the gap so that every day has one answer."
        "自 {from} 起至本取值开始前没有有效取值；请补齐，使每一天都有唯一答案。";
    /// Two values for the same day.
    RulebookDatedOverlap = "rulebook.dated.overlap" (from: Text)
        "Two values are valid on {from}; end the earlier one there so that every day has one answer."
        "{from} 当日有两个有效取值；请让前一个在该日终止，使每一天都有唯一答案。";
    /// A day without a value.
    RulebookDatedOutside = "rulebook.dated.outside" (name: Text, date: Text, from: Text, until: Text)
        "The parameter \"{name}\" has no value on {date}: it is known from {from} until {until}; add a dated value or ask for another day."
        "参数“{name}”在 {date} 没有取值：有效期自 {from} 至 {until}；请补充取值或改查其他日期。";
    /// A range without a value.
    RulebookRangeEmpty = "rulebook.range.empty" ()
        "The range holds no value: its lower bound must be below its upper bound."
        "区间为空：下限须小于上限。";
    /// An order where there is none.
    RulebookOrder = "rulebook.order.none" (type: Text)
        "Values of type {type} have no order; use equal, not_equal or one_of."
        "{type} 类型的值没有大小之分；请使用 equal、not_equal 或 one_of。";
    /// Choices of something else than texts.
    RulebookChoicesType = "rulebook.choices.type" ()
        "Only a fact of type text can have choices; use minimum and maximum for numbers and dates."
        "只有文本类型的指标可以限定选项；数值和日期请用最小值和最大值。";
    /// A pattern over something else than a text.
    RulebookPatternType = "rulebook.pattern.type" (type: Text)
        "A pattern fits texts only, this fact is of type {type}."
        "模式匹配只用于文本，该指标的类型是 {type}。";
    /// A condition without tests.
    RulebookConditionEmpty = "rulebook.condition.empty" ()
        "This condition tests nothing; add at least one test, value or bound."
        "该条件没有任何判断；请至少添加一个条件、取值或界限。";
    /// Two types that don't compare.
    RulebookTypeDiffers = "rulebook.type.differs" (fact: Text, parameter: Text)
        "The fact is of type {fact}, the parameter of type {parameter}; they can't be compared."
        "指标的类型是 {fact}，参数的类型是 {parameter}，两者不能比较。";
    /// A fact that nobody declared, in a rule.
    RulebookFactUndeclared = "rulebook.fact.undeclared" (name: Text)
        "The rule names a fact \"{name}\" that is not declared; declare it or correct the name."
        "规则使用了未声明的指标“{name}”；请声明该指标或更正名称。";
    /// A parameter that nobody declared.
    RulebookParameterUndeclared = "rulebook.parameter.undeclared" (name: Text)
        "There is no parameter \"{name}\" in this rule set; declare it or correct the name."
        "该规则集中没有参数“{name}”；请声明该参数或更正名称。";
    /// A fact that nobody declared, handed in.
    RulebookFactUnknown = "rulebook.fact.unknown" ()
        "No fact of this name is declared; leave it out or correct the name."
        "没有声明该名称的指标；请去掉或更正名称。";
    /// A fact that is needed and not known.
    RulebookFactMissing = "rulebook.fact.missing" ()
        "The answer depends on this fact and it is not known; hand it in."
        "结论取决于该指标，但其值未知；请提供。";
    /// A value that is not among the choices.
    RulebookFactChoice = "rulebook.fact.choice" (expected: Text)
        "The value is not among the choices of this fact: {expected}."
        "该值不在此指标的可选范围内：{expected}。";
    /// A value out of bounds.
    RulebookFactRange = "rulebook.fact.range" (min: Text, max: Text)
        "The value lies outside the bounds of this fact, from {min} to {max}, both inclusive."
        "该值超出此指标的范围（{min} 至 {max}，含两端）。";
    /// A trace that does not follow.
    RulebookTraceBroken = "rulebook.trace.broken" (step: Integer)
        "Step {step} of the trace does not follow from the steps before it; the trace was changed or comes from another version."
        "追溯记录的第 {step} 步无法由前面的步骤得出；记录被改动过或来自其他版本。";

    // ---- ledger
    /// An identifier, reference or dimension that is no short plain text.
    LedgerIdInvalid = "ledger.id.invalid" (limit: Integer)
        "An identifier, reference or dimension has 1 to {limit} bytes, no control characters and no spaces at its ends; correct it."
        "标识、单据号或辅助核算代码须为 1 至 {limit} 字节，不含控制字符，首尾不含空格；请更正。";
    /// A code of an account, or the name of a journal, that is none.
    LedgerCodeInvalid = "ledger.code.invalid" (limit: Integer)
        "The code of an account and the name of a journal have 1 to {limit} ASCII letters, digits and the marks . _ : -; correct it."
        "科目代码和账簿名称须为 1 至 {limit} 个 ASCII 字母、数字或符号 . _ : -；请更正。";
    /// More entries than a document of the ledger can have.
    LedgerTooMany = "ledger.too_many" (limit: Integer)
        "There are more than {limit} here; split the document."
        "此处超过 {limit} 项，请拆分文档。";
    /// Two accounts with one code or name.
    LedgerAccountDuplicate = "ledger.account.duplicate" ()
        "Another account has this code or name already; every account needs its own."
        "已有科目使用该代码或名称；每个科目须各不相同。";
    /// An account without a name.
    LedgerAccountNameless = "ledger.account.nameless" ()
        "The account has no name here; name it in English and in Chinese."
        "科目缺少名称；请填写中英文名称。";
    /// An account that is not in the chart.
    LedgerAccountUnknown = "ledger.account.unknown" (account: Text)
        "The chart has no account {account}; add it or correct the code."
        "科目表中没有科目 {account}；请添加该科目或更正代码。";
    /// A day on which an account may not be booked to.
    LedgerAccountOutside = "ledger.account.outside" (account: Text, from: Text, until: Text)
        "The account {account} may be booked to from {from} until {until} only; choose another account or day."
        "科目 {account} 仅可在 {from} 至 {until} 期间记账；请改用其他科目或日期。";
    /// Too few or too many lines.
    LedgerEntryLines = "ledger.entry.lines" (limit: Integer)
        "An entry has 2 to {limit} lines; complete or split it."
        "一张凭证须有 2 至 {limit} 行分录；请补全或拆分。";
    /// An amount of a line that is not above zero.
    LedgerEntryAmount = "ledger.entry.amount" ()
        "The amount of a line is above zero: choose the other side, mark the line red, or leave it out."
        "分录金额必须大于零；请改记另一方、标为红字，或去掉该行。";
    /// Too many dimensions.
    LedgerEntryDimensions = "ledger.entry.dimensions" (limit: Integer)
        "A line has at most {limit} dimensions; leave some out."
        "一行分录最多 {limit} 个辅助核算项；请减少。";
    /// Debits that are not credits.
    LedgerEntryUnbalanced = "ledger.entry.unbalanced" (currency: Text)
        "Debits and credits differ in {currency}; they must be equal to the last minor unit, nothing is tolerated. Correct the lines."
        "{currency} 借贷不平；借贷双方须完全相等，不允许任何误差。请更正分录。";
    /// The same event with other content.
    LedgerEventConflict = "ledger.event.conflict" ()
        "This event stands in the journal with other content; reverse that entry and book the new one under an id of its own."
        "该业务事件已入账且内容不同；请冲销原凭证，并以新的事件号重新入账。";
    /// A booking in a closed period.
    LedgerPeriodClosed = "ledger.period.closed" (through: Text)
        "The books are closed through {through}; book it on a later day."
        "{through} 及以前已结账；请记入之后的日期。";
    /// A closing of what is closed.
    LedgerCloseEarlier = "ledger.close.earlier" (through: Text)
        "The books are closed through {through} already; close a later day."
        "账簿已结账至 {through}；请选择更晚的日期。";
    /// A reversal of nothing.
    LedgerReversalUnknown = "ledger.reversal.unknown" ()
        "The journal has no entry of this event, so there is nothing to take back; correct the id."
        "账簿中没有该事件的凭证，无可冲销；请更正事件号。";
    /// A second reversal.
    LedgerReversalTwice = "ledger.reversal.twice" ()
        "The entry of this event has been taken back already; nothing is left to reverse."
        "该事件的凭证已被冲销，不能重复冲销。";
    /// A reversal of a reversal.
    LedgerReversalOfReversal = "ledger.reversal.of_reversal" ()
        "A reversal is not taken back; book the entry again under an id of its own."
        "冲销凭证不能再被冲销；请以新的事件号重新入账。";
    /// A reversal before its entry.
    LedgerReversalEarly = "ledger.reversal.early" (from: Text)
        "The entry counts from {from}; it can be taken back on that day or later."
        "原凭证的记账日期为 {from}；只能在该日或之后冲销。";
    /// A reversal with other lines.
    LedgerReversalDiffers = "ledger.reversal.differs" ()
        "The lines are not those of the entry with the colours changed; a reversal takes back all of it. Have it made from the entry."
        "分录与原凭证的红字不符；冲销须针对整张凭证。请由原凭证生成。";
    /// A record that does not follow.
    LedgerChainBroken = "ledger.chain.broken" (sequence: Integer)
        "Record {sequence} of the journal does not follow from those before it: it was changed, moved, left out or put in. Restore it from a backup."
        "账簿第 {sequence} 条记录与之前的记录不衔接：可能被改动、移动、删除或插入。请从备份恢复。";
    /// Another head than the one that was kept.
    LedgerChainHead = "ledger.chain.head" (sequence: Integer)
        "The records do not lead through the head that was kept at record {sequence}: some are missing at the end, or all were rewritten. Compare with a backup."
        "记录与第 {sequence} 条处留存的链头不符：末尾有缺失，或全部被改写。请与备份核对。";
    /// A text that is no hash.
    LedgerHashInvalid = "ledger.hash.invalid" ()
        "A hash has 64 hexadecimal digits in small letters; hand it over as it was made."
        "链式摘要为 64 位小写十六进制数；请原样传入。";
    /// A journal twice in a merged view.
    LedgerMergeTwice = "ledger.merge.twice" ()
        "A journal of this name is in the view already and would count twice; give each journal a name of its own."
        "合并账中已有同名账簿，会重复计入；请使用不同的账簿名称。";
    /// One account code, two kinds.
    LedgerMergeKind = "ledger.merge.kind" (account: Text)
        "The account {account} is of another kind in another journal of the view; give one of them another code."
        "科目 {account} 在合并的账簿中类别不同；请更改其中一个科目代码。";
    /// Rules for another chart.
    LedgerRuleChart = "ledger.rule.chart" (expected: Text)
        "The rules are written for another chart; they are loaded with \"{expected}\". Load the chart that they name."
        "入账规则针对另一科目表，而加载的是“{expected}”；请加载规则所指的科目表。";
    /// An event without a rule.
    LedgerRuleUnknown = "ledger.rule.unknown" (name: Text)
        "There is no posting rule for events of kind \"{name}\"; add one or correct the kind."
        "没有“{name}”类业务的入账规则；请添加规则或更正业务类型。";
    /// A day without a rule.
    LedgerRuleOutside = "ledger.rule.outside" (name: Text, from: Text, until: Text)
        "The posting rules for \"{name}\" are valid from {from} until {until}; add a dated rule or correct the day."
        "“{name}”的入账规则有效期为 {from} 至 {until}；请补充规则或更正日期。";
    /// A rule that does not balance.
    LedgerRuleUnbalanced = "ledger.rule.unbalanced" (hole: Text)
        "Debits less credits of this rule leave {hole}; correct the lines so that it balances whatever the amounts are."
        "该规则借贷之差为 {hole}；请更正分录，使其对任何金额都平衡。";
    /// An amount that no event of the rule gives.
    LedgerRuleAmountUndeclared = "ledger.rule.amount_undeclared" (name: Text)
        "The line names an amount \"{name}\" that the rule does not declare; declare it or correct the name."
        "分录使用了规则未声明的金额“{name}”；请声明或更正名称。";
    /// An amount that no line takes.
    LedgerRuleAmountUnused = "ledger.rule.amount_unused" ()
        "No line takes this amount, so it would be lost; use it or leave it out."
        "没有分录使用该金额，金额会丢失；请使用或去掉。";
    /// An amount declared twice.
    LedgerRuleAmountDuplicate = "ledger.rule.amount_duplicate" ()
        "The rule declares this amount twice; keep one."
        "规则重复声明该金额，请只保留一个。";
    /// A line that is always zero.
    LedgerRuleLineEmpty = "ledger.rule.line_empty" ()
        "This line takes no amount, or takes off what it adds; it would always be zero. Correct or remove it."
        "该分录没有金额，或加减相抵，恒为零；请更正或删除。";
    /// A case that comes out otherwise.
    LedgerRuleCase = "ledger.rule.case" ()
        "The rules make other lines of this case's event than the case states; correct one of them."
        "按规则生成的分录与案例所载不符；请更正规则或案例。";
    /// An amount that the rule needs.
    LedgerAmountMissing = "ledger.amount.missing" (name: Text)
        "The posting rule needs the amount \"{name}\"; hand it in, zero where the rule allows it. Nothing is assumed."
        "入账规则需要金额“{name}”；请提供，规则允许时可为零。系统不作默认。";
    /// An amount that the rule does not know.
    LedgerAmountUnknown = "ledger.amount.unknown" ()
        "The posting rule of this day takes no amount of this name, so it would be lost; leave it out or correct the name."
        "当日的入账规则不使用该名称的金额，金额会丢失；请去掉或更正名称。";
    /// An amount below zero, or zero where there must be one.
    LedgerAmountSign = "ledger.amount.sign" ()
        "The amount must be above zero, or zero where the rule allows it; what goes the other way is another kind of event."
        "金额必须大于零（规则允许时可为零）；反方向的业务请使用相应的业务类型。";
    /// More taken off than is there.
    LedgerAmountExceeds = "ledger.amount.exceeds" ()
        "More is taken off than is there: this amount exceeds those that it is taken from. Correct the amounts."
        "该金额超过其所抵减的金额；请更正。";
    /// Nothing to book.
    LedgerAmountNothing = "ledger.amount.nothing" ()
        "All lines come to zero; there is nothing to book. Leave the event out or correct its amounts."
        "所有分录金额均为零，无可入账；请去掉该事件或更正金额。";
    /// A dimension that the rule needs.
    LedgerDimensionMissing = "ledger.dimension.missing" (name: Text)
        "A line of the posting rule needs the dimension \"{name}\"; hand it in."
        "入账规则的分录需要辅助核算项“{name}”；请提供。";
    /// A dimension that no line takes.
    LedgerDimensionUnknown = "ledger.dimension.unknown" ()
        "No line of the posting rule takes this dimension, so it would be lost; leave it out or add it to the rule."
        "入账规则没有分录使用该辅助核算项，会丢失；请去掉或加入规则。";
    /// A rate of tax below zero.
    LedgerTaxRate = "ledger.tax.rate" ()
        "A rate of tax is zero or more; correct it."
        "税率不得小于零；请更正。";

    // ---- portfolio
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

    // ---- privacy
    /// A key that can be guessed.
    PrivacyKeyShort = "privacy.key.short" (minimum: Integer)
        "The matching key must have at least {minimum} random bytes; a shorter one could be guessed."
        "匹配密钥至少需要 {minimum} 个随机字节，过短可能被猜出。";
    /// A text that is no digest.
    PrivacyDigestInvalid = "privacy.digest.invalid" ()
        "A matching digest has 64 hexadecimal digits in small letters; hand it over as it was made."
        "匹配摘要为 64 位小写十六进制数；请原样传入。";
    /// A line of a table of fields that names no field.
    PrivacyFieldPattern = "privacy.field.pattern" ()
        "A field is named by a JSON pointer such as /phones/*/number, with # only at its end; correct it."
        "字段须写成 JSON 指针，如 /phones/*/number，# 只能在末尾；请更正。";
    /// Two lines for one field.
    PrivacyFieldOverlap = "privacy.field.overlap" ()
        "Another line speaks of the same field, so its class would be unclear; keep one of them."
        "另一行已说明同一字段，敏感级别会不明确；请只保留一行。";
    /// Too many lines.
    PrivacyFieldTooMany = "privacy.field.too_many" (limit: Integer)
        "A record has at most {limit} fields; split the table."
        "一种记录最多 {limit} 个字段；请拆分。";
    /// A field without a line.
    PrivacyFieldUnlisted = "privacy.field.unlisted" ()
        "This field has no line in the table of fields and is shown to nobody; add its sensitivity and mask."
        "字段表中没有该字段，因此对任何人都不显示；请补充其敏感级别和脱敏方式。";
    /// A line without a field.
    PrivacyFieldUnmatched = "privacy.field.unmatched" ()
        "No record has this field; correct the line or remove it."
        "记录中没有该字段；请更正或删除此行。";
    /// A personal text with too low a class.
    PrivacyFieldUnderstated = "privacy.field.understated" ()
        "This field holds a personal text and its line says less; make it personal or sensitive."
        "该字段存放个人信息，而所标级别过低；请改为个人信息或敏感个人信息。";
    /// A field that is empty in every sample.
    PrivacyFieldUnsampled = "privacy.field.unsampled" ()
        "This field is empty in every sample, so what stands inside is not proven; add a sample with a value."
        "该字段在所有样例中都为空，无法验证其内容；请补充一个有值的样例。";

    // ---- access
    /// A code of a person, role or place that is no short plain text.
    AccessCodeInvalid = "access.code.invalid" (limit: Integer)
        "A code has 1 to {limit} bytes, no control or invisible characters and no spaces at its ends; correct it."
        "代码须为 1 至 {limit} 字节，不含控制字符和不可见字符，首尾不含空格；请更正。";
    /// A number of a grant that is in use.
    AccessGrantIdTaken = "access.grant.id_taken" ()
        "Another grant has this number; give the new one its own."
        "该授权编号已被使用；请另用编号。";
    /// A right granted to oneself.
    AccessGrantSelf = "access.grant.self" ()
        "Nobody grants rights to himself or to a role that he is in; another person must enter this grant."
        "任何人不得给自己或自己所任角色授权；请由他人录入。";
    /// The same right twice on one day.
    AccessGrantOverlap = "access.grant.overlap" ()
        "The holder has this right already on some of these days; change the other grant or choose other days."
        "被授权人在部分日期已有此权限；请变更原授权或调整日期。";
    /// A change of rights for days that have passed.
    AccessGrantBackdated = "access.grant.backdated" (on: Text)
        "Rights change on {on} at the earliest, the day of the entry; what was done before can't be made right or wrong afterwards."
        "权限最早自录入日 {on} 起变更，不得追溯；请更正日期。";
    /// A role that holds a role.
    AccessGrantRoleInRole = "access.grant.role_in_role" ()
        "A role can't hold a role; grant its rights one by one."
        "角色不能再包含角色；请逐项授权。";
    /// Too many grants.
    AccessGrantTooMany = "access.grant.too_many" (limit: Integer)
        "There are more than {limit} grants here; use roles, or leave ended grants out."
        "授权超过 {limit} 项；请使用角色，或去掉已终止的授权。";
    /// A grant that is not in the book.
    AccessGrantUnknown = "access.grant.unknown" ()
        "There is no grant of this number; correct the number."
        "没有该编号的授权；请更正编号。";
    /// A grant that has ended.
    AccessGrantOver = "access.grant.over" ()
        "This grant has ended by that day; there is nothing to end or change."
        "该授权届时已终止，无需收回或变更。";
    /// A template user without rights.
    AccessTemplateEmpty = "access.template.empty" ()
        "The template user has no rights on that day; grant them first or correct the template."
        "模板用户当日没有任何权限；请先授权或更正模板。";
    /// A kind of field that is none.
    AccessRightKindWhole = "access.right.kind_whole" ()
        "Fields that are hidden whole are of many kinds; grant their class instead."
        "整体隐藏的字段种类不一；请按敏感级别授权。";
    /// A limit below zero.
    AccessRightLimitNegative = "access.right.limit_negative" ()
        "A limit must not be below zero; correct it."
        "限额不得小于零；请更正。";
    /// Somebody checks his own work.
    AccessCheckSelf = "access.check.self" ()
        "Whoever keyed or proposed this can't verify or approve it; another person must."
        "经办人不得复核或审批自己的录入或申请；请由他人办理。";
    /// A check before there was something to check.
    AccessCheckEarly = "access.check.early" (earliest: Text)
        "This can't happen before {earliest}, the day of what it follows; correct the day."
        "该步骤不得早于前一步骤的日期 {earliest}；请更正日期。";
    /// A keyed record without a person.
    AccessCheckNobody = "access.check.nobody" ()
        "Nobody is named who keyed this record; name everybody who had a hand in it."
        "没有注明录入人；请列出所有录入人。";
    /// No right to approve.
    AccessApprovalNoRight = "access.approval.no_right" (act: Text)
        "This person has no right to approve {act} on that day; somebody who has it must."
        "该人员当日没有审批 {act} 的权限；请由有权限的人员审批。";
    /// An amount above the approver's limit.
    AccessApprovalAboveLimit = "access.approval.above_limit" ()
        "The amount is above this person's limit; somebody with a higher one must approve."
        "金额超过该人员的审批限额；请由限额更高的人员审批。";

    // ---- party
    /// A document number of the wrong length.
    PartyDocumentLength = "party.document.length" (expected: Text)
        "The document number has the wrong length; characters expected: {expected}. Compare it with the document."
        "证件号码长度不对；应为：{expected} 位。请与证件核对。";
    /// A document number with characters that it can't have.
    PartyDocumentCharacters = "party.document.characters" ()
        "The document number contains a character that cannot stand there; compare it with the document."
        "证件号码中有不应出现的字符；请与证件核对。";
    /// A document number without a birth date.
    PartyDocumentBirthDate = "party.document.birth_date" ()
        "The document number contains no day of the calendar as birth date; compare it with the document."
        "证件号码中的出生日期不存在；请与证件核对。";
    /// A document number of somebody not yet born.
    PartyDocumentBirthLater = "party.document.birth_later" (as_of: Text)
        "The birth date in the document number lies after {as_of}; compare it with the document."
        "证件号码中的出生日期晚于 {as_of}；请与证件核对。";
    /// A document number with a wrong check character.
    PartyDocumentCheckDigit = "party.document.check_digit" ()
        "The check character of the document number does not fit its digits: a digit is wrong or two are swapped. Compare it with the document."
        "证件号码的校验位不符：有数字录错或两位颠倒。请与证件核对。";
    /// A region that is not known.
    PartyDocumentRegion = "party.document.region" ()
        "The document number begins with an unknown region; that can be right, but look at the document."
        "证件号码开头的行政区划代码未知；可能无误，但请查看证件。";
    /// A century that can't be told.
    PartyDocumentCentury = "party.document.century" ()
        "Fifteen-digit numbers with this sequence were given to people born in the 19th century; check the birth year."
        "该顺序码的十五位号码曾发给十九世纪出生的人；请核对出生年份。";
    /// A number of another kind of document.
    PartyDocumentOtherKind = "party.document.other_kind" (expected: Text)
        "The number is right but belongs to another kind of document; one of this kind begins with {expected}. Choose the kind that the document shows."
        "号码本身无误，但属于另一种证件；所选证件的号码以 {expected} 开头。请按证件实际种类选择。";
    /// A series of passports that is newer than the rule.
    PartyDocumentSeries = "party.document.series" ()
        "The passport is of a series newer than the rule that it was checked by; that can be right, but look at the document."
        "该护照号段晚于所依据的规则；可能无误，但请查看证件。";
    /// A social credit code older than its standard.
    PartyOrganisationEarlyCode = "party.organisation.early_code" ()
        "The check character does not fit; codes of this early series were given before the standard and can be right. Look at the business licence."
        "校验码不符；该号段在国家标准实施前发放，可能无误。请查看营业执照。";
    /// An organisation code that does not fit inside a social credit code.
    PartyOrganisationCodeInside = "party.organisation.code_inside" ()
        "The organisation code inside the social credit code does not fit its own check character; look at the business licence."
        "统一社会信用代码中的组织机构代码校验码不符；请查看营业执照。";
    /// An organisation code for private use.
    PartyOrganisationPrivateUse = "party.organisation.private_use" ()
        "Organisation codes of this series are for private use and prove nothing; ask for the registered code."
        "该号段的组织机构代码供内部自用，不能证明身份；请索取登记的代码。";
    /// A telephone with something else than digits.
    PartyPhoneCharacters = "party.phone.characters" ()
        "The telephone number contains something else than digits and their usual separators; key the digits again."
        "电话号码含有数字和常用分隔符以外的字符；请重新录入。";
    /// A telephone of the wrong length.
    PartyPhoneLength = "party.phone.length" (min: Integer, max: Integer)
        "A telephone number has {min} to {max} digits and an extension of up to six; add what is missing, such as the area code."
        "电话号码应为 {min} 至 {max} 位数字，分机号不超过六位；请补全，例如区号。";
    /// A mobile number of the wrong length.
    PartyMobileLength = "party.mobile.length" (expected: Integer)
        "A mobile number has {expected} digits, with 0, 86, +86 or 0086 in front at most; count them."
        "手机号码应为 {expected} 位数字，前面最多可加 0、86、+86 或 0086；请核对位数。";
    /// A mobile number that begins with something else than 13 to 19.
    PartyMobilePrefix = "party.mobile.prefix" ()
        "A mobile number of mainland China begins with 13 to 19; enter any other number as a telephone."
        "中国大陆手机号码以 13 至 19 开头；其他号码请作为固定电话录入。";
    /// An e-mail address that is too long.
    PartyEmailLength = "party.email.length" (limit: Integer)
        "The e-mail address is longer than {limit} bytes; correct it."
        "电子邮箱超过 {limit} 字节；请更正。";
    /// An e-mail address without exactly one @.
    PartyEmailAt = "party.email.at" ()
        "An e-mail address has exactly one @; correct it."
        "电子邮箱应恰好含有一个 @；请更正。";
    /// What stands before the @ can't be delivered to.
    PartyEmailLocal = "party.email.local" (limit: Integer)
        "Before the @ stand 1 to {limit} letters, digits and signs, no spaces, and dots only between them; correct it."
        "@ 之前应为 1 至 {limit} 个字母、数字或符号，不含空格，点号只能位于其间；请更正。";
    /// What stands behind the @ is no domain.
    PartyEmailDomain = "party.email.domain" ()
        "Behind the @ stands a domain name such as example.cn: letters, digits and hyphens in two or more parts; correct it."
        "@ 之后应为域名，如 example.cn：两段以上，由字母、数字和连字符组成；请更正。";
    /// An e-mail address with letters beyond ASCII.
    PartyEmailNotAscii = "party.email.not_ascii" ()
        "The e-mail address has letters beyond ASCII; few mail systems deliver to it, so ask whether it is meant."
        "电子邮箱含有非 ASCII 字符，许多邮件系统无法投递；请确认。";
    /// A card or account number with something else than digits.
    PartyCardCharacters = "party.card.characters" ()
        "A card or account number has digits alone; leave out everything else."
        "银行卡号或账号只含数字；请去掉其他字符。";
    /// A card or account number of the wrong length.
    PartyCardLength = "party.card.length" (min: Integer, max: Integer)
        "The number has {min} to {max} digits; compare it with the card or the bank's statement."
        "号码应为 {min} 至 {max} 位数字；请与银行卡或对账单核对。";
    /// A card number with a wrong check digit.
    PartyCardCheckDigit = "party.card.check_digit" ()
        "The check digit of the card number does not fit: a digit is wrong or two are swapped. Compare it with the card; the number of an account that is no card is entered as an account."
        "银行卡号校验位不符：有数字录错或两位颠倒。请与银行卡核对；非银行卡的账号请按账号录入。";
    /// An account number that is no card's.
    PartyAccountCheckDigit = "party.account.check_digit" ()
        "The account number would be wrong as a card number; company accounts often are, but compare it with the bank's statement."
        "该账号不符合银行卡校验规则；对公账号常如此，但请与对账单核对。";
    /// A plate that has no plate's shape.
    PartyPlateShape = "party.plate.shape" ()
        "This is no licence plate: it has a province, a letter and five characters, six for new energy. Compare it with the vehicle licence; leave it out for a vehicle without a plate and enter the VIN."
        "不是有效号牌：应为省份简称、一个字母和五位字符（新能源六位）。请与行驶证核对；未上牌车辆请留空并录入车架号。";
    /// A plate with I or O.
    PartyPlateLetter = "party.plate.letter" ()
        "Licence plates have no letters I and O, which look like 1 and 0; compare it with the vehicle licence."
        "号牌不使用字母 I 和 O，易与 1 和 0 混淆；请与行驶证核对。";
    /// A plate of a special kind.
    PartyPlateUnchecked = "party.plate.unchecked" ()
        "Plates of embassies, armed police and emergency services have rules of their own and are not checked; compare it with the vehicle licence."
        "使馆、武警和应急救援号牌另有规则，未作校验；请与行驶证核对。";
    /// A VIN of the wrong length.
    PartyVinLength = "party.vin.length" (expected: Integer)
        "A VIN has {expected} characters; compare it with the vehicle licence."
        "车架号应为 {expected} 位；请与行驶证核对。";
    /// A VIN with a character that it can't have.
    PartyVinCharacters = "party.vin.characters" ()
        "A VIN has digits and letters without I, O and Q; compare it with the vehicle licence."
        "车架号只含数字和除 I、O、Q 以外的字母；请与行驶证核对。";
    /// A VIN with a wrong check digit.
    PartyVinCheckDigit = "party.vin.check_digit" ()
        "The check digit of the VIN (position 9) does not fit: a character is wrong or two are swapped. Compare it with the vehicle licence."
        "车架号第 9 位校验位不符：有字符录错或两位颠倒。请与行驶证核对。";
    /// A VIN whose serial number has letters at its end.
    PartyVinSerial = "party.vin.serial" (digits: Integer)
        "The last {digits} characters of a VIN are digits; compare it with the vehicle licence."
        "车架号最后 {digits} 位应为数字；请与行驶证核对。";
    /// An engine number of the wrong length.
    PartyEngineLength = "party.engine.length" (limit: Integer)
        "An engine number has 1 to {limit} characters; compare it with the vehicle licence."
        "发动机号应为 1 至 {limit} 个字符；请与行驶证核对。";
    /// An engine number with a control character.
    PartyEngineCharacters = "party.engine.characters" ()
        "The engine number contains a character that can't be printed; key it again."
        "发动机号含有不可打印的字符；请重新录入。";
    /// An identifier that is no short plain text.
    PartyIdInvalid = "party.id.invalid" (limit: Integer)
        "An identifier has 1 to {limit} bytes, no control characters and no spaces at its ends; correct it."
        "标识须为 1 至 {limit} 字节，不含控制字符，首尾不含空格；请更正。";
    /// A text that is empty.
    PartyTextEmpty = "party.text.empty" ()
        "The text is empty; enter it or leave the field out."
        "文本为空；请填写或去掉该字段。";
    /// A text that is too long.
    PartyTextLength = "party.text.length" (limit: Integer)
        "The text is longer than {limit} characters; shorten it."
        "文本超过 {limit} 个字符；请缩短。";
    /// A text with control characters.
    PartyTextCharacters = "party.text.characters" ()
        "The text contains characters that can't be printed; key it again."
        "文本含有不可打印的字符；请重新录入。";
    /// A list that is too long.
    PartyListLength = "party.list.length" (limit: Integer)
        "The list has more than {limit} entries; split it."
        "列表超过 {limit} 项；请拆分。";
    /// A day that has not come.
    PartyDateLater = "party.date.later" (as_of: Text)
        "The date lies after {as_of} and can't have happened yet; correct it."
        "日期晚于 {as_of}，尚未发生；请更正。";
    /// A number out of range.
    PartyNumberRange = "party.number.range" (min: Integer, max: Integer)
        "The number must lie between {min} and {max}, both inclusive; correct it."
        "数值须在 {min} 至 {max} 之间（含两端）；请更正。";
    /// An amount below zero.
    PartyAmountNegative = "party.amount.negative" ()
        "The amount must not be below zero; correct it."
        "金额不得小于零；请更正。";
    /// A person's document shown by an organisation, or the other way round.
    PartyDocumentHolder = "party.document.holder" ()
        "A document of this kind can't belong to this customer: people and organisations prove themselves by different documents. Choose another kind or correct who the customer is."
        "此类证件不能属于该客户：个人与单位使用不同的证件。请更换证件类型或更正客户性质。";
    /// The same document twice.
    PartyDocumentDuplicate = "party.document.duplicate" ()
        "The same document stands in the record already; keep one."
        "记录中已有同一证件；请只保留一份。";
    /// A validity that ends before it begins.
    PartyDocumentValidity = "party.document.validity" ()
        "The document's validity ends before it begins; correct one of the dates."
        "证件有效期的截止日早于起始日；请更正其中之一。";
    /// A document that is no longer valid.
    PartyDocumentExpired = "party.document.expired" (as_of: Text)
        "The document is no longer valid on {as_of}; ask for a new one."
        "证件在 {as_of} 已过有效期；请索取新证件。";
    /// Two codes of different organisations.
    PartyOrganisationCodesDiffer = "party.organisation.codes_differ" ()
        "The organisation code is not the one inside the social credit code; one of them belongs to somebody else. Compare both with the business licence."
        "组织机构代码与统一社会信用代码中的不一致，其中之一属于其他单位；请与营业执照核对。";
    /// A birth date that contradicts a document.
    PartyPersonBirthDiffers = "party.person.birth_differs" ()
        "The birth date in this number is not the one in the record or in another document; correct what was keyed wrong."
        "该号码中的出生日期与记录或其他证件不一致；请更正录错的一项。";
    /// A sex that contradicts a document.
    PartyPersonSexDiffers = "party.person.sex_differs" ()
        "The sex in this number is not the one in the record or in another document; correct what was keyed wrong."
        "该号码中的性别与记录或其他证件不一致；请更正录错的一项。";
    /// A person of an unusual age.
    PartyPersonAge = "party.person.age" (limit: Integer)
        "The person would be {limit} years old or older; that can be right, but check the birth date."
        "该客户年龄将达到或超过 {limit} 岁；可能无误，但请核对出生日期。";
    /// A customer through an agent who is not named.
    PartyCustomerAgentMissing = "party.customer.agent_missing" ()
        "A customer who came through an agent needs the agent's code; add it or choose another kind of customer."
        "代理客户须填写代理人代码；请补上或更换客户类别。";
    /// A group that is a person.
    PartyCustomerGroupPerson = "party.customer.group_person" ()
        "A group customer is an organisation, this one is a person; choose another kind of customer or enter the organisation."
        "集团客户须为单位，而该客户为个人；请更换客户类别或录入单位。";
    /// Facts about health without consent.
    PartyHealthConsentMissing = "party.health.consent_missing" ()
        "Facts about health are kept with the person's own consent alone; enter the day of the consent or remove the facts."
        "健康信息须经本人单独同意方可保存；请填写同意日期或删除该信息。";
    /// Facts about health noted before the consent.
    PartyHealthConsentLater = "party.health.consent_later" ()
        "This fact was noted before the person consented; correct the date or remove the fact."
        "该健康信息的记录日期早于本人同意日期；请更正日期或删除该信息。";
    /// A vehicle by nothing to know it by.
    PartyVehicleUnidentified = "party.vehicle.unidentified" ()
        "The vehicle has neither plate nor VIN; enter the VIN of a vehicle without a plate."
        "车辆既无号牌也无车架号；未上牌车辆请录入车架号。";
    /// The same vehicle twice.
    PartyVehicleDuplicate = "party.vehicle.duplicate" ()
        "Another vehicle of this record has the same number; keep one or correct it."
        "本记录中另一车辆的号码相同；请只保留一辆或更正。";
    /// A company's vehicle without a user.
    PartyVehicleUserMissing = "party.vehicle.user_missing" ()
        "An organisation must name the person who uses the vehicle; add the name."
        "单位车辆须填写使用人；请补上姓名。";
    /// A company that uses a vehicle itself.
    PartyVehicleUserOrganisation = "party.vehicle.user_organisation" ()
        "The owner is an organisation and can't be the user; name the person who uses the vehicle."
        "车主为单位，不能作为使用人；请填写实际使用人。";
    /// A person's vehicle without a user.
    PartyVehicleUserUnknown = "party.vehicle.user_unknown" ()
        "Nobody says who uses the vehicle; mark the owner as its user or name somebody."
        "未说明车辆使用人；请标记为同车主或填写使用人。";
    /// The same tag twice.
    PartyTagDuplicate = "party.tag.duplicate" ()
        "The same tag stands in the record already; keep one."
        "记录中已有相同标签；请只保留一个。";
    /// A time that is none.
    PartyInteractionTime = "party.interaction.time" ()
        "A time of day is written as HH:MM from 00:00 to 23:59; correct it."
        "时间须写成 HH:MM（00:00 至 23:59）；请更正。";
    /// An object that is known already.
    PartyObjectRegistered = "party.object.registered" ()
        "The object is entered already; describe it anew or let it change hands instead."
        "该标的已登记；请改为更新描述或过户。";
    /// An object that is not known.
    PartyObjectUnregistered = "party.object.unregistered" ()
        "The object is not entered yet; register it first."
        "该标的尚未登记；请先登记。";
    /// The same repair or cover twice.
    PartyObjectEntryDuplicate = "party.object.entry_duplicate" ()
        "Another entry of this object's history has the same number; give this one its own."
        "该标的历史中已有相同编号的记录；请另行编号。";
    /// Two owners at a time.
    PartyOwnershipOverlap = "party.ownership.overlap" ()
        "Two owners would have the object on the same day; each ownership begins after the one before and where it ends, or later."
        "同一天将有两个所有人；后一所有权须在前一所有权开始之后、且不早于其结束日开始。";
    /// A change of hands to the same hands.
    PartyOwnershipSameOwner = "party.ownership.same_owner" ()
        "The object belongs to this owner already; nothing changes hands."
        "该标的已属于该所有人，无需过户。";
    /// A release without an owner.
    PartyOwnershipNone = "party.ownership.none" ()
        "The object has no owner who could give it up; nothing needs to be done."
        "该标的当前没有所有人，无需释放。";
    /// Too many attributes.
    PartyAttributeLimit = "party.attribute.limit" (limit: Integer)
        "There are {limit} attributes already, the most that may be; remove one that nobody uses."
        "已有 {limit} 个属性，达到上限；请先删除未使用的属性。";
    /// An attribute that nobody defined.
    PartyAttributeUnknown = "party.attribute.unknown" ()
        "There is no attribute with this code; define it or correct the code."
        "没有该代码的属性；请先定义或更正代码。";
    /// Two attributes of one name.
    PartyAttributeNameDuplicate = "party.attribute.name_duplicate" ()
        "Another attribute has this name; choose another one."
        "已有同名属性；请另取名称。";
    /// An attribute without values.
    PartyAttributeValuesEmpty = "party.attribute.values_empty" ()
        "An attribute is a closed list of values and needs at least one; give one, or remove the attribute."
        "属性是封闭的取值列表，至少需要一个取值；请填写取值或删除该属性。";
    /// The same value twice.
    PartyAttributeValueDuplicate = "party.attribute.value_duplicate" ()
        "The attribute has this value already; keep one."
        "该属性已有此取值；请只保留一个。";
    /// A value that is not in the list.
    PartyAttributeValueUnknown = "party.attribute.value_unknown" ()
        "The value is not in the attribute's list; choose one of the list or add it first."
        "该取值不在属性的列表中；请从列表中选择或先添加。";
    /// A value or attribute that customers have.
    PartyAttributeInUse = "party.attribute.in_use" (uses: Integer)
        "{uses} customers have it: it can be neither changed nor removed. Give them another value first."
        "有 {uses} 个客户正在使用，不能修改或删除；请先为其设置其他取值。";
    /// A relation to oneself.
    PartyRelationSelf = "party.relation.self" ()
        "A party can't be related to itself; choose the other side."
        "当事人不能与自己建立关系；请选择另一方。";
    /// A relation that would make somebody his own parent.
    PartyRelationCycle = "party.relation.cycle" ()
        "Over this relation somebody would become his own parent, or a company its own parent company; check the direction."
        "该关系会使某人成为自己的父母，或某公司成为自己的母公司；请检查方向。";
    /// The same relation twice.
    PartyRelationDuplicate = "party.relation.duplicate" ()
        "The relation is known already for a part of this time; end the one that is known first."
        "该关系在部分时间内已存在；请先终止已有关系。";
    /// A relation that isn't known or can't end.
    PartyRelationUnknown = "party.relation.unknown" ()
        "There is no such relation that could end: it is not known, has ended, or is that of a parent."
        "没有可终止的此类关系：未登记、已终止或属于父母关系。";
    /// Parents with a time.
    PartyRelationParentTime = "party.relation.parent_time" ()
        "Parents are parents at all times; leave both dates out."
        "父母关系不分时间；请不要填写日期。";
    /// A person in two households.
    PartyHouseholdMember = "party.household.member" ()
        "The person is in a household on that day or later; let the person leave it first."
        "该人在当日或之后已属于某个家庭；请先退出。";
    /// A person who isn't in the household.
    PartyHouseholdNotMember = "party.household.not_member" ()
        "The person is not in this household; check who leaves which."
        "该人不在此家庭中；请核对。";
    /// A change whose old value isn't there.
    PartyChangeStale = "party.change.stale" ()
        "The record has another value here than the change says; it was changed in between. Compare again."
        "此处的现有值与变更记录不符，期间已被修改；请重新比较。";
    /// A change of a field that isn't there.
    PartyChangePath = "party.change.path" ()
        "The record has no such place; apply the changes in their order to the version they were made from."
        "记录中没有该位置；请按顺序将变更应用于其所依据的版本。";
    /// A change whose value can't be read.
    PartyChangeValue = "party.change.value" ()
        "The value is not canonical JSON; hand the change over as it was made."
        "该值不是规范的 JSON；请原样传入变更记录。";
}
