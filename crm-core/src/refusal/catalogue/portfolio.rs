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
        /// A row whose policy is not in the book.
        PortfolioRowPolicyUnknown = "portfolio.row.policy_unknown" ()
            "The policy that the row belongs to is not in the book, so the row is left out; load the policy too."
            "该行所属的保单不在账册中，未计入；请一并载入该保单。";
        /// A row whose customer is not in the book.
        PortfolioRowCustomerUnknown = "portfolio.row.customer_unknown" ()
            "The customer that the row belongs to is not in the book, so the row is left out; load the customer too."
            "该行所属的客户不在账册中，未计入；请一并载入该客户。";
        /// An amount below zero where there can be none.
        PortfolioAmountNegative = "portfolio.amount.negative" ()
            "This amount cannot be below zero; correct it."
            "该金额不能小于零；请更正。";
        /// Two dates in the wrong order.
        PortfolioDatesOrder = "portfolio.dates.order" ()
            "This date lies before the date that it follows; one of the two is wrong, correct it."
            "该日期早于其应晚于的日期，其中之一有误；请更正。";
        /// An endorsement that takes effect when its policy is not there.
        PortfolioEndorsementOutsideCover = "portfolio.endorsement.outside_cover" ()
            "The endorsement takes effect before its policy was signed or after its end, so it is left out; correct the date or the policy."
            "批单的生效日期早于保单签单或晚于保单终止，未计入；请更正日期或所属保单。";
        /// A cancellation and a reinstatement of one day.
        PortfolioEndorsementContradiction = "portfolio.endorsement.contradiction" ()
            "The policy has a cancellation and a reinstatement with the same effective and the same booked day, so neither counts; find out which one holds."
            "同一保单存在生效日与批改日均相同的退保与复效，均未计入；请核实以哪一项为准。";
        /// A reinstatement of cover that goes on.
        PortfolioReinstatementNotCancelled = "portfolio.reinstatement.not_cancelled" ()
            "The policy had not been cancelled when the reinstatement takes effect, so it is left out; load the cancellation too, or correct the date."
            "复效生效时该保单并未退保，未计入；请一并载入退保批单或更正日期。";
        /// A loss on a day without cover; a notice.
        PortfolioClaimOutsideCover = "portfolio.claim.outside_cover" ()
            "The loss occurred on a day on which the policy gave no cover: the claim counts in profit and loss alone; correct the day or the policy."
            "出险日期不在保险期间内（或保单已退保），仅计入盈亏，不计赔案；请更正日期或所属保单。";
        /// Amounts of a claim of a later day; a notice.
        PortfolioClaimValuedLater = "portfolio.claim.valued_later" ()
            "The amounts of the claim stand as of a day after the review and count as they are; hand in the rows of that day for its amounts."
            "赔案金额的估值日期晚于统计日期，仍按现有金额计入；如需当日金额，请传入当日的数据。";
        /// An outcome of an open case.
        PortfolioClaimOutcomeOpen = "portfolio.claim.outcome_open" ()
            "A claim that is not closed has no outcome yet; give the day of closing, or leave the outcome empty."
            "未结赔案尚无结案方式；请填写结案日期，或将结案方式留空。";
        /// A payment on a case that ended without one.
        PortfolioClaimOutcomePaid = "portfolio.claim.outcome_paid" ()
            "A claim that was rejected, withdrawn or closed at nil has nothing paid; correct the outcome or the amount."
            "拒赔、注销或零结案的赔案不应有已决赔款；请更正结案方式或金额。";
        /// A cost for a policy of nobody's or somebody else's; a notice.
        PortfolioCostPolicyOther = "portfolio.cost.policy_other" ()
            "The policy that the cost names is none of the customer's in the book: it counts for the customer and for no policy; correct the policy."
            "费用所指的保单不是该客户在账册中的保单，仅计入客户，不计入保单；请更正。";
        /// A closed claim with something outstanding.
        PortfolioClaimClosedWithReserve = "portfolio.claim.closed_with_reserve" ()
            "A closed claim has nothing outstanding; release the reserve, or leave the day of closing empty."
            "已结赔案不应有未决赔款；请释放未决赔款，或将结案日期留空。";
        /// A policy that renews itself.
        PortfolioRenewalSelf = "portfolio.renewal.self" ()
            "A policy cannot renew itself; give the number of the policy before it."
            "保单不能续保自身；请填写上一张保单的保单号。";
        /// Policies that renew each other; a notice.
        PortfolioRenewalCycle = "portfolio.renewal.cycle" ()
            "The policy renews, over others or not, itself: it counts as one that renews none; correct the numbers of the policies before."
            "该保单经由其他保单续保自身，按未续保他单计；请更正上一张保单的保单号。";
        /// A renewal of somebody else's policy; a notice.
        PortfolioRenewalOtherCustomer = "portfolio.renewal.other_customer" ()
            "The policy renews one of another customer; it counts as a renewal. Check whose it is."
            "该保单所续的是另一客户的保单，仍按续保计；请核实归属。";
        /// A parameter that is too small.
        PortfolioParameterRange = "portfolio.parameter.range" (min: Integer)
            "This parameter is {min} or more; correct it."
            "该参数不得小于 {min}；请更正。";
        /// Snapshots of different models.
        PortfolioSnapshotModel = "portfolio.snapshot.model" ()
            "The two snapshots are of different segment models or currencies and have no moves between them; compare those of one model."
            "两份快照出自不同的客户细分模型或币种，无法比较；请使用同一模型的快照。";
        /// One customer in two parts.
        PortfolioFactsCustomerTwice = "portfolio.facts.customer_twice" ()
            "Both parts hold facts of the same customer, so neither knows all his rows; split the book by customer."
            "两部分含有同一客户的指标，均不完整；请按客户拆分账册。";
        /// Bands that are no pyramid.
        PortfolioPyramidShares = "portfolio.pyramid.shares" ()
            "The bands of the pyramid must each be above zero and add up to exactly 100 per cent; correct the shares."
            "客户金字塔各层占比须大于零且合计恰为 100%；请更正。";
        /// A warning that would flicker.
        PortfolioWarningThresholds = "portfolio.warning.thresholds" (date: Text)
            "From {date} on the warning would be left before it is entered; set the threshold for leaving on the safe side of the one for entering."
            "自 {date} 起，预警的解除阈值越过了触发阈值；请把解除阈值设在触发阈值的安全一侧。";
        /// A warning that nobody has.
        PortfolioWarningNotRaised = "portfolio.warning.not_raised" ()
            "This warning is not raised for this customer; look at the list of the day again."
            "该客户当前没有此项预警；请重新查看当日清单。";
        /// A warning that was acknowledged before.
        PortfolioWarningAcknowledged = "portfolio.warning.acknowledged" ()
            "This warning has been acknowledged already; nothing needs to be done."
            "该预警已被确认；无需处理。";
        /// States in the wrong order.
        PortfolioStatesOrder = "portfolio.states.order" ()
            "The earlier state is not of an earlier day than the later one; hand them over in order of time."
            "前期状态的日期不早于后期状态；请按时间先后传入。";
        /// A case of a model that fails.
        PortfolioCaseFailed = "portfolio.case.failed" (name: Text)
            "The case \"{name}\" of the segment model does not come out as it states; correct the model or the case."
            "客户细分模型中的案例“{name}”结果与所述不符；请更正模型或案例。";
        /// Columns of different lengths.
        PortfolioColumnsLength = "portfolio.columns.length" ()
            "The columns of a table have different lengths; hand over columns of one table."
            "同一表的各列长度不同；请传入同一表的列。";
        /// A row of nobody.
        PortfolioColumnsCustomer = "portfolio.columns.customer" (row: Integer)
            "Row {row}, counted from 0, names a customer or a policy beyond their number; number both from 0 without gaps."
            "第 {row} 行（自 0 起计）的客户或保单序号超出总数；序号须自 0 起连续编号。";
    } } };
}
