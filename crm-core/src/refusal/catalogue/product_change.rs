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
        /// A short-rate table without rows, or with too many.
        ProductShortRateRows = "product.short_rate.rows" (limit: Integer)
            "A short-rate table has 1 to {limit} rows; correct it."
            "短期费率表须有 1 至 {limit} 行；请更正。";
        /// Rows that do not follow each other.
        ProductShortRateOrder = "product.short_rate.order" ()
            "Each row must reach at least a day or a month, and surely further than the one before it, whatever the months; put the rows in order."
            "每行的期限至少为一日或一个月，且无论月份长短均须长于上一行；请按顺序排列。";
        /// A per cent outside 0 to 100, or less than before.
        ProductShortRatePercent = "product.short_rate.percent" ()
            "A per cent lies between 0 and 100 and is no less than that of the row before; a longer time can't cost less. Correct it."
            "百分比须在 0 至 100 之间且不小于上一行，时间越长费率不得越低；请更正。";
        /// Beyond the last row.
        ProductShortRateOutside = "product.short_rate.outside" (table: Text)
            "The short-rate table \"{table}\" ends before this time and says nothing about what lies beyond; add rows or state what holds beyond."
            "短期费率表“{table}”未覆盖该期限，也未规定超出部分；请补充行或规定超出部分的比例。";
        /// A part outside 0 to 1.
        ProductRetentionPart = "product.retention.part" ()
            "A part lies between 0 and 1; write 0.03 for 3 %."
            "比例须在 0 与 1 之间；3 % 请写作 0.03。";
        /// A base that does not fit the method.
        ProductRetentionBase = "product.retention.base" ()
            "This method is not reckoned on this base: a share of the unearned premium goes with its own base, a fee or all or nothing with all that was charged, methods of time with any other. Correct one of them."
            "该扣费方法与扣费基数不匹配：按未到期保费比例须用未到期保费为基数；手续费、全额、零扣费须用全部应收保费；按时间的方法可用其余基数。请更正。";
        /// A rule that names no table.
        ProductRetentionTable = "product.retention.table" (table: Text)
            "There is no short-rate table \"{table}\" beside the rule; add it or correct the name."
            "没有短期费率表“{table}”；请添加或更正名称。";
        /// An amount below zero in a rule.
        ProductRetentionMinimum = "product.retention.minimum" ()
            "What is kept at least or at most is zero or more; correct it."
            "最低或最高留存金额不得小于零；请更正。";
        /// A ground on which a policy may not end.
        ProductRefundGround = "product.refund.ground" (allowed: Text)
            "On this ground the policy may not end. Allowed are: {allowed}."
            "不得以该原因退保。允许的原因：{allowed}。";
        /// An end after the end.
        ProductRefundAfterEnd = "product.refund.after_end" ()
            "The term is over by that day, so nothing is left to end; correct the day."
            "届时保险期间已结束，无可解除；请更正日期。";
        /// Cooling-off without the day from which it runs.
        ProductRefundReceiptMissing = "product.refund.receipt_missing" ()
            "The cooling-off period runs from the day on which the policyholder signed for the policy; hand that day in."
            "犹豫期自投保人书面签收保单之日起算；请提供签收日期。";
        /// Cooling-off too late.
        ProductRefundCoolingOffOver = "product.refund.cooling_off_over" (days: Integer)
            "The cooling-off period of {days} days was over when it was asked for; choose another ground."
            "申请时 {days} 日犹豫期已过；请选择其他退保原因。";
        /// A cooling-off period of no days.
        ProductRefundCoolingOff = "product.refund.cooling_off" ()
            "A cooling-off period has at least one day; correct it, or leave it out."
            "犹豫期至少为一日；请更正或去掉。";
        /// A ground or table named twice.
        ProductRefundDuplicate = "product.refund.duplicate" ()
            "This name stands twice, so it would have two answers; keep one."
            "名称重复，会有两个答案；请只保留一个。";
        /// A rate that is none.
        ProductChargeRate = "product.charge.rate" ()
            "The rate of a charge is a decimal of zero or more; correct the parameter."
            "税费费率须为不小于零的小数；请更正参数。";
        /// A number of a change that is none.
        ProductChangeId = "product.change.id" (limit: Integer)
            "The number of a change has 1 to {limit} bytes without control characters and without spaces at its ends; correct it."
            "批单号须为 1 至 {limit} 字节，不含控制字符，首尾无空格；请更正。";
        /// A number that is used.
        ProductChangeIdTaken = "product.change.id_taken" ()
            "A change of this number was recorded already; give this one a number of its own."
            "该批单号已使用；请使用新的批单号。";
        /// Too many changes.
        ProductChangeTooMany = "product.change.too_many" (limit: Integer)
            "A policy takes {limit} changes; issue a new one."
            "一张保单最多 {limit} 次批改；请重新出单。";
        /// A policy twice.
        ProductChangeIssued = "product.change.issued" ()
            "The policy has begun already; record a change."
            "保单已出单；请录入批改。";
        /// A change of nothing.
        ProductChangeUnknown = "product.change.unknown" ()
            "There is no such policy, or no change of this number stands in it; correct the number."
            "没有该保单，或其中没有该批单号的批改；请更正。";
        /// Two changes at one instant.
        ProductChangeSameInstant = "product.change.same_instant" ()
            "Another change takes effect on this day at this place, so it would not be clear which comes first; give this one another place."
            "另有批改在同日同一顺序生效，先后不明；请为本次批改指定其他顺序号。";
        /// A day outside the term.
        ProductChangeOutsideTerm = "product.change.outside_term" ()
            "This day lies outside the term of the policy; choose one from its first to its last day of cover."
            "该日期不在保险期间内；请选择保险期间内的日期。";
        /// Steps out of order.
        ProductChangeOrder = "product.change.order" ()
            "The steps of a timeline stand by coverage and then by day, each day once; put them in order."
            "时间线的步骤须按险别、日期排列，同一日期只出现一次；请排序。";
        /// A price below zero.
        ProductChangePriceNegative = "product.change.price_negative" ()
            "A coverage costs zero or more; correct the rates."
            "险别保费不得小于零；请更正费率。";
        /// A coverage without a price.
        ProductChangePriceMissing = "product.change.price_missing" (coverage: Text)
            "The coverage \"{coverage}\" has no term annual_premium that states its price; add it."
            "险别“{coverage}”未提供年保费（annual_premium）；请补充。";
        /// No coverage left.
        ProductChangeNoCover = "product.change.no_cover" ()
            "A policy has at least one coverage; cancel it instead of taking the last one out."
            "保单至少有一个险别；如需全部退出请办理退保。";
        /// A coverage that is there.
        ProductChangeCoverPresent = "product.change.cover_present" (coverage: Text)
            "The coverage \"{coverage}\" is in force on that day already; change its terms instead."
            "险别“{coverage}”当日已在保；请改为变更该险别。";
        /// A coverage that is not there.
        ProductChangeCoverMissing = "product.change.cover_missing" (coverage: Text)
            "The coverage \"{coverage}\" is not in force on that day; add it first, or correct the day."
            "险别“{coverage}”当日不在保；请先加保或更正日期。";
        /// A change after the end.
        ProductChangeEnded = "product.change.ended" ()
            "The policy has ended by that day; reinstate it first, or correct the day."
            "保单届时已终止；请先复效或更正日期。";
        /// A reinstatement of what did not end.
        ProductChangeNotEnded = "product.change.not_ended" ()
            "The change that is to be undone is no cancellation that stands on that day; name the one that ended the policy."
            "所撤销的批改不是当日有效的退保；请填写使保单终止的批单号。";
        /// Undoing what others build on.
        ProductChangeBuiltOn = "product.change.built_on" (code: Text)
            "Other changes build on what this would undo; one of them would be refused with {code}. Withdraw those first."
            "其他批改以此为基础，否则将因 {code} 被拒绝；请先撤销那些批改。";
    } } };
}
