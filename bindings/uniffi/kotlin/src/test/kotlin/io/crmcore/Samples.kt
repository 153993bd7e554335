package io.crmcore

import java.time.LocalDate

/** Small specifications that the tests share. */
internal object Samples {
    val DAY: LocalDate = LocalDate.of(2026, 3, 1)
    val CNY = Currency("CNY")
    val CENTS = Rounding(RoundingMode.HALF_UP, 2)

    fun fact(name: String, type: ValueType): FactDeclaration =
        FactDeclaration(name, type, null, name, name, false, emptyList())

    fun rule(condition: Condition): Rule = Rule("small", "A small car.", "小型车。", "house rule 1", condition)

    val SMALL: Condition = Condition.Compare("seats", Comparison.AT_MOST, Operand.Value(6))

    fun spec(condition: Condition = SMALL): RuleSetSpec =
        RuleSetSpec(
            "motor",
            listOf(
                fact("seats", ValueType.INTEGER),
                fact("loss_ratio", ValueType.DECIMAL),
                fact("since", ValueType.DATE),
                fact("region", ValueType.TEXT),
                fact("fleet", ValueType.BOOLEAN),
            ),
            emptyList(),
            listOf(rule(condition)),
        )

    /** The refusal of `call`; a call that is not refused fails the test. */
    inline fun refusal(call: () -> Any?): CrmException {
        try {
            call()
        } catch (refused: CrmException) {
            return refused
        }
        throw AssertionError("not refused")
    }

    fun where(refused: CrmException): String = "${refused.code} ${refused.path}"
}
