package io.crmcore

import io.crmcore.Samples.CENTS
import io.crmcore.Samples.CNY
import io.crmcore.Samples.DAY
import io.crmcore.Samples.refusal
import io.crmcore.Samples.where
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.math.BigDecimal
import java.math.BigInteger
import java.time.Instant
import java.time.LocalDate
import java.time.LocalDateTime
import java.util.Date

/** What the JVM can hold and the wire can't: refused where it stands, with the code of every other language. */
class HostValuesTest {
    private fun refused(name: String, value: Any?): String =
        RuleSet.load(Samples.spec()).use { rules -> where(refusal { rules.evaluate(mapOf("seats" to 5, name to value), DAY) }) }

    private fun found(name: String, value: Any?): Any? =
        RuleSet.load(Samples.spec()).use { rules -> refusal { rules.evaluate(mapOf(name to value), DAY) }.params["found"] }

    @Test
    fun nativeValuesAreFacts() {
        val facts = FactValues.of("seats", 5)
            .and("loss_ratio", BigDecimal("61.50"))
            .and("since", LocalDate.of(2020, 2, 29))
            .and("region", "CN-15")
            .and("fleet", false)
        val outcome = RuleSet.load(Samples.spec()).use { it.evaluate(facts, DAY) }.outcomes.single()
        assertTrue(outcome.holds)
        assertEquals(Step.Fact("seats", 5L, false), outcome.trace.steps.first())
    }

    @Test
    fun everyWidthOfWholeNumberIsTheSame() {
        RuleSet.load(Samples.spec()).use { rules ->
            for (five in listOf<Any>(5, 5L, 5.toShort(), 5.toByte(), BigInteger.valueOf(5))) {
                assertTrue(rules.evaluate(FactValues.of("seats", five), DAY).outcomes.single().holds)
            }
        }
    }

    @Test
    fun aBinaryFloatIsRefused() {
        assertEquals("wire.integer.expected /seats", refused("seats", 5.0))
        assertEquals("wire.decimal.expected /loss_ratio", refused("loss_ratio", 61.5))
        assertEquals("float", found("loss_ratio", 61.5f))
        assertEquals("nan", found("loss_ratio", Double.NaN))
        assertEquals("nan", found("loss_ratio", Float.NEGATIVE_INFINITY))
    }

    @Test
    fun aDateWithATimeIsRefused() {
        for (moment in listOf(LocalDateTime.of(2026, 1, 31, 10, 0), Instant.EPOCH, Date(0), DAY.atStartOfDay())) {
            assertEquals("wire.date.expected /since", refused("since", moment))
            assertEquals("datetime", found("since", moment))
        }
    }

    @Test
    fun aDecimalOrADateIsNoText() {
        assertEquals("wire.text.expected /region", refused("region", BigDecimal("1.50")))
        assertEquals("decimal", found("region", BigDecimal("1.50")))
        assertEquals("date", found("region", DAY))
        assertEquals("decimal", found("since", BigDecimal("1.50")))
        assertEquals("date", found("loss_ratio", DAY))
    }

    @Test
    fun aLoneSurrogateIsRefusedAndNotReplaced() {
        for (text in listOf("\uD800", "京\uDC00", "\uD83D", "\uDE00\uD83D", "a\uD83Db")) {
            assertEquals("wire.text.surrogate /region", refused("region", text))
        }
        assertEquals("wire.text.surrogate /currency", where(refusal { Crm.sum(emptyList(), Currency("\uD800")) }))
        val key = refusal { RuleSet.load(Samples.spec()).use { it.evaluate(mapOf("\uD800" to 1), DAY) } }
        assertEquals("wire.text.surrogate", key.code)
    }

    @Test
    fun textCrossesUnchanged() {
        val text = "京A·😀 \"quoted\" \\ / \b\u000C\n\r\t\u0000\u001F\u007F\u2028"
        val rules = RuleSet.load(Samples.spec(Condition.Compare("region", Comparison.EQUAL, Operand.Value(text))))
        val outcome = rules.use { it.evaluate(FactValues.of("region", text), DAY) }.outcomes.single()
        assertTrue(outcome.holds)
        assertEquals(Step.Fact("region", text, false), outcome.trace.steps.first())
    }

    @Test
    fun otherObjectsAreNamedInTheRefusal() {
        assertEquals("map", found("region", mapOf(1 to 2)))
        assertEquals("object", found("region", mapOf("a" to 2)))
        assertEquals("list", found("region", listOf(1)))
        assertEquals("list", found("region", arrayOf(1)))
        assertEquals("bytes", found("region", byteArrayOf(1)))
        assertEquals("function", found("region", { 1 }))
        assertEquals("other", found("region", Any()))
        assertEquals("wire.integer.range /seats", refused("seats", Long.MAX_VALUE))
        assertEquals("wire.integer.range /seats", refused("seats", BigInteger.TEN.pow(40)))
    }

    @Test
    fun aDecimalIsNeverExpanded() {
        for (text in listOf("1E+200000000", "-1E+2147483647", "1E-200000000", "1E-29", "1E+29")) {
            assertEquals("wire.decimal.range ", where(refusal { Crm.round(BigDecimal(text), CENTS) }), text)
        }
        val long = BigDecimal(BigInteger.ONE.shiftLeft(40_000_000), 2)
        assertEquals("wire.decimal.range ", where(refusal { Crm.round(long, CENTS) }))
    }

    @Test
    fun aDecimalKeepsItsDigits() {
        assertEquals(BigDecimal("1000.00"), Crm.round(BigDecimal("1E+3"), CENTS).after)
        assertEquals("0.0000001", Crm.round(BigDecimal("1E-7"), CENTS).before)
        assertEquals(Money(BigDecimal("475.00"), CNY), Crm.sum(listOf(Money(BigDecimal("475"), CNY)), CNY))
    }

    @Test
    fun aYearBeyondTheCalendarIsRefused() {
        for (year in listOf(0, -1, 10_000, 999_999_999)) {
            val refused = refusal { Crm.daysBetween(LocalDate.of(year, 1, 1), DAY) }
            assertEquals("calendar.date.invalid ", where(refused), "$year")
        }
    }

    @Test
    fun aConditionTenThousandDeepIsRefused() {
        var deep = Samples.SMALL
        repeat(10_000) { deep = Condition.Not(deep) }
        val refused = refusal { RuleSet.load(Samples.spec(deep)) }
        assertEquals("wire.depth", refused.code)
        assertEquals(128L, refused.params["limit"])
        assertTrue(refused.path.startsWith("/rules/0/when/not/of/not/of"))
    }

    @Test
    fun aListThatHoldsItselfEnds() {
        val itself = ArrayList<Any?>()
        repeat(3) { itself.add(itself) }
        assertEquals("wire.size", refusal { RuleSet.load(Samples.spec()).use { it.evaluate(FactValues.of("region", itself), DAY) } }.code)
    }

    @Test
    fun tenMegabytesAreRefused() {
        assertEquals("wire.text.too_long /region", refused("region", "x".repeat(10 * 1024 * 1024)))
    }

    @Test
    fun nothingPersonalStandsInAText() {
        val secret = "11010519491231002X"
        val shown = listOf(
            Personal(secret),
            PolicyId(secret),
            FactValues.of("region", secret),
            Crm.checkResidentId(secret, DAY),
            refusal { Crm.checkResidentId("${secret}9", DAY) },
            refusal { RuleSet.load(Samples.spec()).use { it.evaluate(mapOf(secret to secret), DAY) } },
        )
        for (each in shown) assertFalse(each.toString().contains(secret), each.javaClass.name)
    }
}
