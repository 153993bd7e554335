//! Codes of rate plans and quotes.

/// Adds its codes to those gathered so far.
macro_rules! product_codes {
    ($rest:tt { $($before:tt)* }) => { gather! { $rest { $($before)*

        /// Too many entries of a rate plan.
        ProductPlanTooMany = "product.plan.too_many" (limit: Integer)
            "There are more than {limit} entries; split the plan."
            "条目超过 {limit} 个，请拆分费率方案。";
        /// An input without bounds.
        ProductInputUnbounded = "product.input.unbounded" (type: Text)
            "This input of type {type} is open: a text needs choices, a number or a day a smallest and a largest value; without them no table can be proven complete."
            "该 {type} 类型的输入项没有界限：文本须给出可选值，数值或日期须给出最小值和最大值；否则无法证明费率表完整。";
        /// Bounds that are too far apart.
        ProductInputWide = "product.input.too_wide" ()
            "The bounds of this input have too many digits; bring them together or give fewer digits after the point."
            "该输入项的界限位数过多；请缩小范围或减少小数位数。";
        /// A personal input.
        ProductInputPersonal = "product.input.personal" ()
            "A price holds no personal data; rate by a class or an age instead of this input."
            "价格不得含有个人信息；请改用等级或年龄等指标，不要使用该输入项。";
        /// More digits than declared.
        ProductInputDigits = "product.input.digits" (digits: Integer)
            "The value has more than {digits} digits after the point, which is what the bounds of this input are written with; round it before it is handed in."
            "该值的小数位数超过 {digits} 位（以该输入项界限的位数为准）；请先取舍再提供。";
        /// A name that stands for nothing.
        ProductReferenceUnknown = "product.reference.unknown" (what: Text, name: Text)
            "There is no {what} \"{name}\" in this plan; declare it or correct the name."
            "该费率方案中没有 {what}“{name}”；请声明或更正名称。";
        /// A name that stands for something later.
        ProductReferenceLater = "product.reference.later" (what: Text, name: Text)
            "The {what} \"{name}\" is not surely worked out before this step; name one that stands before it and outside of branches."
            "{what}“{name}”在本步骤之前未必已算出；请引用位于其前且不在分支内的项目。";
        /// Something that is no number.
        ProductReferenceType = "product.reference.type" (name: Text, type: Text)
            "\"{name}\" is of type {type}; a calculation needs a whole number or a decimal."
            "“{name}”的类型是 {type}；计算需要整数或小数。";
        /// Figures that use each other.
        ProductFigureCircular = "product.figure.circular" (names: Text)
            "These figures use each other in a circle: {names}; work one of them out from inputs and tables alone."
            "以下计算项循环引用：{names}；请让其中一项只由输入项和费率表算出。";
        /// A table without versions or columns.
        ProductTableEmpty = "product.table.empty" ()
            "The table has no version or no column; give at least one of each."
            "费率表没有版本或没有数值列；请至少各给出一个。";
        /// A row of the wrong length.
        ProductTableRowLength = "product.table.row_length" (expected: Integer, found: Integer)
            "The row has {found} entries here where {expected} are needed, one for each key or column of the table."
            "本行此处有 {found} 项，应为 {expected} 项，与费率表的键或数值列一一对应。";
        /// A row that nothing can come to.
        ProductTableUnreachable = "product.table.unreachable" ()
            "No allowed value of the input fits this key; correct the key or the bounds of the input."
            "该键不匹配输入项的任何允许值；请更正该键或输入项的界限。";
        /// A combination without a row.
        ProductTableHole = "product.table.hole" (point: Text)
            "No row fits {point}, the smallest of the combinations that are left out; add a row, with an empty value where nothing is offered."
            "没有任何行匹配 {point}（遗漏组合中最小者）；请补充一行，不承保的留空值。";
        /// A combination with two rows.
        ProductTableOverlap = "product.table.overlap" (point: Text, first: Integer, second: Integer)
            "Rows {first} and {second} both fit {point}, the smallest such combination; let each combination fit one row."
            "第 {first} 行和第 {second} 行都匹配 {point}（此类组合中最小者）；每个组合只能匹配一行。";
        /// A table whose rows are too entangled.
        ProductTableTangled = "product.table.tangled" (limit: Integer)
            "The rows overlap in so many ways that it takes more than {limit} comparisons to prove the table; split it or put the keys with single values first."
            "各行交错过多，证明该表需超过 {limit} 次比较；请拆分该表，或把取单值的键放在前面。";
        /// A table that can't be interpolated.
        ProductTableInterpolation = "product.table.interpolation" ()
            "A table for interpolation is used for nothing else; its last key is a number or a day, and each row has a single value for it."
            "用于插值的费率表不得另作他用；其最后一个键须为数值或日期，且每行取单一值。";
        /// A step that acts on nothing.
        ProductStepsBegin = "product.steps.begin" (date: Text)
            "Nothing is worked out yet here, for a policy rated on {date}; begin with a step that takes a value and is valid on every day of the plan."
            "对于 {date} 计价的保单，此处尚无金额；请以取值步骤开始，且该步骤在方案的每一天都有效。";
        /// An amount that nothing rounds.
        ProductStepsUnrounded = "product.steps.unrounded" (digits: Integer, date: Text)
            "For a policy rated on {date} the result can have more than {digits} digits after the point; end with a step that rounds it and says how."
            "对于 {date} 计价的保单，结果的小数位数可能超过 {digits} 位；请以取舍步骤结束并注明方式。";
        /// A factor of zero by which is divided.
        ProductStepsSize = "product.steps.size" ()
            "A unit has no size; give how many make one, more than zero."
            "计量单位的大小为零；请给出大于零的数量。";
        /// A share that is none.
        ProductSharePart = "product.share.part" ()
            "A share is more than 0 and at most 1."
            "份额须大于 0 且不超过 1。";
        /// Shares that don't add up.
        ProductSharesSum = "product.shares.sum" (sum: Text)
            "The shares add up to {sum}; they must add up to 1."
            "各份额之和为 {sum}，必须等于 1。";
        /// A case that does not come out.
        ProductCaseFailed = "product.case.failed" (case: Text, expected: Text, found: Text)
            "The case \"{case}\" must come to {expected} and comes to {found}; correct the plan or the case."
            "用例“{case}”应得 {expected}，实得 {found}；请更正费率方案或用例。";
        /// A day for which a table has no version.
        ProductQuoteOutside = "product.quote.outside" (table: Text, date: Text)
            "The table \"{table}\" has no version for {date} and this kind of business; add a version or ask for another day."
            "费率表“{table}”对 {date} 的此类业务没有有效版本；请补充版本或改查其他日期。";
        /// A risk that is not offered.
        ProductQuoteNotOffered = "product.quote.not_offered" (table: Text, row: Integer)
            "Row {row} of the table \"{table}\" has no rate: this risk is not offered."
            "费率表“{table}”第 {row} 行没有费率：该风险不予承保。";
        /// Beyond the ends of a table for interpolation.
        ProductQuoteBeyond = "product.quote.beyond" (table: Text)
            "The value lies below the first or above the last row of the table \"{table}\"; interpolation never goes beyond its ends."
            "该值低于费率表“{table}”的首行或高于其末行；插值不得超出两端。";
        /// A premium below zero.
        ProductQuoteNegative = "product.quote.negative" (name: Text)
            "The premium \"{name}\" comes to less than zero; give the plan a smallest amount."
            "保费“{name}”小于零；请在费率方案中设最低金额。";
        /// A net premium without a coverage to put it on.
        ProductQuoteNothing = "product.quote.nothing" ()
            "No coverage is part of this quote, and the plan still asks a premium; include one."
            "报价不含任何险别，而费率方案仍产生保费；请至少选择一个险别。";
        /// A trace that does not follow.
        ProductTraceBroken = "product.trace.broken" (step: Text)
            "The step \"{step}\" of the trace does not follow from what stands before it; the trace was changed or comes from another version."
            "追溯记录中的步骤“{step}”无法由前文得出；记录被改动过或来自其他版本。";
        /// Columns that don't fit the plan.
        ProductBatchColumns = "product.batch.columns" (expected: Integer, found: Integer)
            "There are {found} entries where {expected} are needed; hand in one column for each input and as many values in each as there are rows."
            "此处有 {found} 项，应为 {expected} 项；每个输入项须有一列，且各列行数一致。";
    } } };
}
