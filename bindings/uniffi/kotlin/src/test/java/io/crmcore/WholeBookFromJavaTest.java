package io.crmcore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A customer, looked at, as plain Java writes it. */
class WholeBookFromJavaTest {
    private static final LocalDate DAY = LocalDate.of(2025, 12, 31);
    private static final Currency CNY = Currency.of("CNY");
    private static final CompanyCode ONE = CompanyCode.of("one");
    private static final PartyId WANG = PartyId.of("C-1");

    private static Money yuan(String amount) {
        return new Money(new BigDecimal(amount), CNY);
    }

    private static Viewer viewer(String branch, SightLevel level) {
        return new Viewer(StaffId.of("op-23"), List.of(), null, BranchCode.of(branch), ONE, level);
    }

    private static BookRows rows() {
        RowOwner owner = new RowOwner(StaffId.of("op-17"), null, BranchCode.of("CN-11"), ONE);
        CustomerRow wang = CustomerRow.builder()
                .id(WANG).partyKind(PartyKind.PERSON).owner(owner).since(LocalDate.of(2023, 6, 1))
                .standing(false).prospect(false).blacklisted(false)
                .build();
        PolicyRow policy = PolicyRow.builder()
                .id(PolicyId.of("P-1")).customer(WANG).product("MC-1").line("motor").branch("CN-11").department("d1")
                .handler("op-17").channel("agent").signedOn(LocalDate.of(2025, 1, 1)).start(LocalDate.of(2025, 1, 1))
                .end(LocalDate.of(2026, 1, 1)).premium(yuan("3650.00")).sumInsured(yuan("200000.00"))
                .vin("LSVAA4182E2184847")
                .build();
        ClaimRow claim = ClaimRow.builder()
                .id(ClaimId.of("L-1")).policy(PolicyId.of("P-1")).occurred(DAY).reported(DAY)
                .paid(yuan("0.00")).reserve(yuan("365.00")).fraud(false)
                .build();
        return new BookRows(
                List.of(wang, wang), List.of(policy), List.of(), List.of(), List.of(claim), List.of(), List.of());
    }

    @Test
    void aCustomerIsLookedAt() {
        try (CustomerBook book = CustomerBook.load(rows(), CNY);
                FactSource source = Facts.of(book);
                Facts facts = source.at(Crm.factParameters(DAY, CNY));
                FactsView seen = facts.seenBy(viewer("CN-11", SightLevel.BRANCH));
                FactsView elsewhere = facts.seenBy(viewer("CN-31", SightLevel.BRANCH))) {
            assertEquals("portfolio.row.duplicate", book.rejectedRows().get(0).faults().get(0).code());
            CustomerFacts wang = seen.get(WANG);
            assertNotNull(wang);
            assertEquals(new Proportion.Known(new BigDecimal("10.0000")), wang.lossRatioEarned());
            assertEquals("L-1", seen.explain(WANG, "claims_outstanding").terms().get(0).rows().get(0).id());
            assertNull(elsewhere.get(WANG));
            assertEquals(1, elsewhere.withheld().rows());
            try (ProfitReport report = seen.profit(ProfitBasis.EARNED)) {
                assertEquals(yuan("3285.00"), report.total().result());
            }
        }
    }

    @Test
    void segmentsSayWhyAndWarningsStay() {
        try (CustomerBook book = CustomerBook.load(rows(), CNY);
                FactSource source = Facts.of(book);
                SegmentModel model = SegmentModel.load(Crm.chinaSegmentModel());
                Facts facts = source.at(model.factParameters(DAY));
                Assignment assigned = model.assign(facts, Map.of(WANG, Map.of("satisfied", true)));
                AssignmentView places = assigned.seenBy(viewer("CN-11", SightLevel.COMPANY))) {
            assertEquals(1, places.count());
            assertEquals(model.segments().size(), places.why(WANG).size());
            ReviewedWarnings review = model.review(new WarningList(null, List.of()), assigned);
            assertEquals(DAY, review.list().asOf());
            CrmException refused = assertThrows(
                    CrmException.class, () -> model.assign(facts, Map.of(WANG, Map.of("satisfied", "yes"))));
            assertEquals("wire.boolean.expected", refused.code());
            assertTrue(refused.path().startsWith("/host"));
            refused = assertThrows(CrmException.class, () -> model.assign(null));
            assertEquals("wire.engine.expected", refused.code());
            assertEquals(Map.of("expected", "Facts", "found", "null"), refused.params());
        }
    }

    @Test
    void journalsAreOneBook() {
        try (Journal north = Journal.load(List.of(), JournalName.of("north"), Crm.chinaChartOfAccounts());
                Journal south = Journal.load(List.of(), JournalName.of("south"), Crm.chinaChartOfAccounts());
                MergedJournals merged = MergedJournals.of(List.of(north, south))) {
            assertEquals(2, merged.heads().size());
            assertEquals(List.of(), merged.trialBalances(DAY));
            CrmException refused =
                    assertThrows(CrmException.class, () -> MergedJournals.of(List.of(north, north)));
            assertEquals("/1", refused.path());
        }
    }

    @Test
    void personalFieldsStayOutOfLogs() {
        assertFalse(rows().policies().toString().contains("LSVAA4182E2184847"));
    }
}
