package io.crmcore

import io.crmcore.Samples.CENTS
import io.crmcore.Samples.CNY
import io.crmcore.Samples.DAY
import io.crmcore.Samples.refusal
import io.crmcore.Samples.where
import io.crmcore.wire.Crossing
import io.crmcore.wire.Json
import io.crmcore.wire.Read
import io.crmcore.wire.Unreadable
import io.crmcore.wire.readCondition
import io.crmcore.wire.readRuleSetSpec
import io.crmcore.wire.writeCondition
import io.crmcore.wire.writeRuleSetSpec
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.math.BigDecimal
import java.util.concurrent.Callable
import java.util.concurrent.Executors

/** Refusals, panics, threads and the codec. */
class CrossingTest {
    @Test
    fun aRefusalHasCodePathParamsAndBothLanguages() {
        val refused = refusal { Crm.round(BigDecimal("1.5"), Rounding(RoundingMode.UP, 29)) }
        assertEquals("money.rounding.place /rounding/place", where(refused))
        assertTrue(refused.params.values.all { it is Long })
        assertEquals(refused.text("en"), refused.message)
        assertTrue(refused.text("zh-CN").any { it in '一'..'鿿' })
        assertNotEquals(refused.text("en"), refused.text("ZH"))
        assertTrue(refused.toString().contains("money.rounding.place at /rounding/place: "))
    }

    @Test
    fun everyFaultOfASpecificationIsReported() {
        val spec = Samples.spec().copy(
            name = "Not A Name",
            rules = listOf(Samples.rule(Condition.Known("nobody")), Samples.rule(Condition.Known("no_one"))),
        )
        val refused = refusal { RuleSet.load(spec) }
        assertTrue(refused.faults.size >= 3, refused.faults.toString())
        assertEquals(refused.faults.first().code, refused.code)
    }

    @Test
    fun aPanicIsARefusalAndTheProcessLivesOn() {
        repeat(100) {
            val refused = refusal { CanonicalJson.call("selfcheck.panic", "[]".toByteArray()) }
            assertEquals("internal ", where(refused))
            assertTrue(!refused.toString().contains("138"))
            assertEquals(31L, Crm.daysBetween(DAY, Crm.addMonths(DAY, 1, EndOfMonth.CLAMP)))
        }
    }

    @Test
    fun anEngineIsSharedByThreads() {
        val threads = Executors.newFixedThreadPool(8)
        try {
            RuleSet.load(Samples.spec()).use { rules ->
                val work = (0 until 2_000).map { seats ->
                    Callable {
                        if (seats % 10 == 0) assertEquals("wire.integer.expected", refusal { rules.evaluate(FactValues.of("seats", 0.5), DAY) }.code)
                        rules.evaluate(FactValues.of("seats", seats), DAY).outcomes.single().holds
                    }
                }
                val held = threads.invokeAll(work).map { it.get() }
                assertEquals(List(7) { true } + List(1_993) { false }, held)
            }
        } finally {
            threads.shutdownNow()
        }
    }

    @Test
    fun aClosedEngineFails() {
        val rules = RuleSet.load(Samples.spec())
        rules.close()
        rules.close()
        assertThrows(IllegalStateException::class.java) { rules.evaluate(FactValues.none(), DAY) }
    }

    @Test
    fun objectsSurviveTheCodec() {
        val condition = Condition.All(
            listOf(
                Samples.SMALL,
                Condition.Any(listOf(Condition.Not(Condition.Known("since")), Condition.OneOf("region", listOf("CN-15", "京")))),
                Condition.Within("loss_ratio", "0.5", null),
                Condition.Matches("region", "CN-*"),
                Condition.Compare("seats", Comparison.MORE_THAN, Operand.Parameter("least")),
            ),
        )
        val text = Crossing.text { writeCondition(it, condition) }
        assertEquals(text, Crossing.text { writeCondition(it, readCondition(Json.read(text))) })
        val spec = Crossing.text { writeRuleSetSpec(it, Samples.spec()) }
        assertEquals(spec, Crossing.text { writeRuleSetSpec(it, readRuleSetSpec(Json.read(spec))) })
    }

    @Test
    fun figuresComeBackAsObjects() {
        val explained = Crm.explainProduct(Money(BigDecimal("950.05"), CNY), BigDecimal("0.50"), CENTS)
        assertEquals(Money(BigDecimal("475.03"), CNY), explained.value)
        assertEquals(BigDecimal("475.03"), Crm.replay(explained.trace))
        assertEquals(RoundingMode.HALF_UP, (explained.trace.steps.last() as Step.Round).mode)
    }

    @Test
    fun theReaderOfAnswersIsStrict() {
        val wrong = listOf(
            "", "{", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "01", "+1", "1 2", "tru", "nul", "\"\u0001\"", "\"\\x\"",
            "\"\\u12\"", "\"\\u12G4\"", "'a'", "[1 2]", "{\"a\" 1}", "{1:2}", "NaN", "\uFEFF1", "[".repeat(600),
        )
        for (text in wrong) assertThrows(Unreadable::class.java, { Json.read(text) }, text)
        assertEquals(listOf(1L, "é😀", null, true, mapOf("k" to -5L)), Json.read(" [1, \"\\u00e9\\ud83d\\ude00\", null, true, {\"k\": -5}] "))
        assertThrows(Unreadable::class.java) { Read.fields(Json.read("{\"b\":1}"), "a") }
        for (decimal in listOf("+1", "1.", ".5", "1E3", "1e-3", "NaN", "", "--1", "1".repeat(40))) {
            assertThrows(Unreadable::class.java, { Read.decimal(decimal) }, decimal)
        }
        for (date in listOf("2026-02-29", "2026-2-1", "20260201", "2026-02-01T00:00")) {
            assertThrows(Unreadable::class.java, { Read.date(date) }, date)
        }
    }

    @Test
    fun aWholeNumberForADecimalIsRefusedAsText() {
        assertEquals("wire.decimal.expected ", where(refusal { CanonicalJson.call("round", "[2,{}]".toByteArray()) }))
        assertEquals("wire.utf8 ", where(refusal { CanonicalJson.call("round", byteArrayOf(91, -1)) }))
        assertEquals("wire.call.unknown ", where(refusal { CanonicalJson.call("versoin", "[]".toByteArray()) }))
    }
}
