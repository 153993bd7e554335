//! Codes of the rulebook.

/// Adds its codes to those gathered so far.
macro_rules! rulebook_codes {
    ($rest:tt { $($before:tt)* }) => { gather! { $rest { $($before)*

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
        /// A text that is too long.
        RulebookTextTooLong = "rulebook.text.too_long" (limit: Integer)
            "The text is longer than {limit} bytes; shorten it."
            "文本超过 {limit} 字节，请缩短。";
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
        /// A pattern that is too long.
        RulebookPatternTooLong = "rulebook.pattern.too_long" (limit: Integer)
            "The pattern is longer than {limit} characters; shorten it."
            "模式超过 {limit} 个字符，请缩短。";
        /// A condition without tests.
        RulebookConditionEmpty = "rulebook.condition.empty" ()
            "This condition tests nothing; add at least one test, value or bound."
            "该条件没有任何判断；请至少添加一个条件、取值或界限。";
        /// Two types that don't compare.
        RulebookTypeDiffers = "rulebook.type.differs" (fact: Text, parameter: Text)
            "The fact is of type {fact}, the parameter of type {parameter}; they can't be compared."
            "指标的类型是 {fact}，参数的类型是 {parameter}，两者不能比较。";
        /// A fact and a parameter of different units.
        RulebookUnitDiffers = "rulebook.unit.differs" (fact: Text, parameter: Text)
            "The fact counts in \"{fact}\" and the parameter in \"{parameter}\"; compare like with like."
            "指标单位为“{fact}”，参数单位为“{parameter}”；请比较相同单位的值。";
        /// A case of a rule set that fails.
        RulebookCaseFailed = "rulebook.case.failed" (name: Text, rule: Text)
            "The rule \"{rule}\" does not come out in the case \"{name}\" as it states; correct the rule or the case."
            "规则“{rule}”在案例“{name}”中的结果与所述不符；请更正规则或案例。";
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
    } } };
}
