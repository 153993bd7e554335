//! Codes of the ledger.

/// Adds its codes to those gathered so far.
macro_rules! ledger_codes {
    ($rest:tt { $($before:tt)* }) => { gather! { $rest { $($before)*

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
    } } };
}
