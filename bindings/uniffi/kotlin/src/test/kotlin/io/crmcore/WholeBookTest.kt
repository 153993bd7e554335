package io.crmcore

import io.crmcore.wire.KitNotation
import io.crmcore.wire.Json
import io.crmcore.wire.Read
import io.crmcore.wire.readBookRows
import io.crmcore.wire.readSegmentModelSpec
import io.crmcore.wire.readViewer
import java.math.BigDecimal
import java.time.LocalDate
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test

/** A customer, looked at, on the book of the conformance kit. */
class WholeBookTest {
    private val engines = Read.structure(Read.structure(Json.read(Selfcheck.shipped().decodeToString()))["engines"])

    private fun arguments(name: String): List<Any?> =
        Read.list(Read.structure(engines[name])["args"]) { KitNotation.value(it) }

    private val rows = readBookRows(arguments("book")[0])
    private val cny = Currency.of("CNY")
    private val day = LocalDate.of(2025, 12, 31)
    private val branch = readViewer(arguments("facts_of_branch")[0])
    private val company = readViewer(arguments("facts_of_all")[0])
    private val first = PartyId.of("C-1")

    @Test
    fun aCustomerIsLookedAt() {
        val facts = Facts.of(CustomerBook.load(rows, cny)).at(Crm.factParameters(day, cny))
        val seen = facts.seenBy(branch)
        assertEquals(Proportion.Known(BigDecimal("13.6799")), seen[first]?.lossRatioEarned)
        assertEquals(listOf("P-0", "P-1"), seen.explain(first, "premium_written")?.terms?.first()?.rows?.map { it.id })
        assertNull(seen[PartyId.of("C-3")])
        assertEquals(BigDecimal("11014.00"), facts.seenBy(company).profit(ProfitBasis.EARNED).total().result.amount)
    }

    @Test
    fun segmentsSayWhyAndWarningsStay() {
        val facts = Facts.of(CustomerBook.load(rows, cny)).at(Crm.factParameters(day, cny))
        val model = SegmentModel.load(readSegmentModelSpec(arguments("segments")[0]))
        val assigned = model.assign(facts, mapOf(first to mapOf("vip" to true)))
        val places = assigned.seenBy(company)
        assertEquals(listOf("good", "vip"), places[first]?.segments)
        assertEquals(BigDecimal("33224"), places.whyGrade(first)?.above?.lacks)
        val list = model.review(WarningList(null, emptyList()), assigned).list
        val third = PartyId.of("C-3")
        assertEquals(listOf(third), list.raised.map { it.customer })
        val noted = Crm.acknowledgeWarning(list, third, "many_claims", company, day)
        assertEquals(noted, model.review(noted, assigned).list)
        val refused = assertThrows(CrmException::class.java) { Crm.acknowledgeWarning(list, third, "many_claims", branch, day) }
        assertEquals("portfolio.warning.not_raised", refused.code)
    }

    @Test
    fun whatWasMadeOutlivesItsMakersAndAClosedEngineFails() {
        val view = CustomerBook.load(rows, cny).use { book ->
            Facts.of(book).use { source -> source.at(Crm.factParameters(day, cny)).use { it.seenBy(company) } }
        }
        assertEquals(4, view.count())
        val book = CustomerBook.load(rows, cny)
        book.close()
        assertThrows(IllegalStateException::class.java) { Facts.of(book) }
    }
}
