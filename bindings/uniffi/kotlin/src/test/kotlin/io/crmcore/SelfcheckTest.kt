package io.crmcore

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** The conformance kit that ships in the jar. */
class SelfcheckTest {
    @Test
    fun everyVectorIsAnsweredAsInEveryLanguage() {
        assertEquals(emptyList<String>(), report.failures.map { "${it.id}: expected ${it.expected}, given ${it.given}" })
        assertTrue(report.all >= 100, "${report.all} vectors")
    }

    @Test
    fun mostVectorsGoThroughTheTypedFunctions() {
        assertTrue(report.typed * 10 >= report.all * 6, "${report.typed} of ${report.all}")
    }

    private companion object {
        val report = Selfcheck.run(Selfcheck.shipped().decodeToString())
    }

    @Test
    fun aVectorThatDiffersIsNamed() {
        val one = """{"version":1,"engines":{},"vectors":[{"id":"%s","op":"days_between",""" +
            """"args":[{"${'$'}date":"2024-01-01"},"2025-01-01"],"expect":{"ok":%d}}]}"""
        val right = Selfcheck.run(one.format("leap", 366))
        assertEquals(listOf(1, 1, 0), listOf(right.all, right.typed, right.failures.size))
        val wrong = Selfcheck.run(one.format("leap", 365)).failures.single()
        assertEquals(listOf("leap", "365", "366"), listOf(wrong.id, wrong.expected, wrong.given))
        assertEquals(right.digest, Selfcheck.run(one.format("leap", 365)).digest)
        assertNotEquals(right.digest, Selfcheck.run(one.format("other", 366)).digest)
    }
}
