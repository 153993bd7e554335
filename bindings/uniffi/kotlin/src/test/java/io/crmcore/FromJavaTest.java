package io.crmcore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The library as plain Java sees it. */
class FromJavaTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
    private static final Currency CNY = Currency.of("CNY");
    private static final Rounding CENTS = new Rounding(RoundingMode.HALF_UP, 2);

    private static FactDeclaration fact(String name, ValueType type) {
        return FactDeclaration.builder()
                .name(name).valueType(type).meaning(name).meaningZh(name).personal(false).choices(List.of())
                .build();
    }

    private static RuleSetSpec spec(Condition condition) {
        return new RuleSetSpec(
                "motor",
                List.of(fact("seats", ValueType.INTEGER), fact("region", ValueType.TEXT)),
                List.of(),
                List.of(new Rule("small", "A small car.", "小型车。", "house rule 1", condition)));
    }

    private static Money yuan(String amount) {
        return new Money(new BigDecimal(amount), CNY);
    }

    private static String refused(org.junit.jupiter.api.function.Executable call) {
        CrmException refused = assertThrows(CrmException.class, call);
        return refused.code() + " " + refused.path();
    }

    @Test
    void recordsAreRecords() {
        Money money = yuan("12.30");
        assertTrue(Money.class.isRecord());
        assertEquals(new BigDecimal("12.30"), money.amount());
        assertEquals("CNY", money.currency().value());
        assertEquals(money, yuan("12.30"));
    }

    @Test
    void figuresComeWithTheirTrace() {
        Explained<Money> explained = Crm.explainProduct(yuan("950.05"), new BigDecimal("0.50"), CENTS);
        assertEquals(yuan("475.03"), explained.value());
        assertEquals(List.of(yuan("158.35"), yuan("158.34"), yuan("158.34")), Crm.split(explained.value(), 3));
        List<Step> steps = explained.trace().steps();
        assertInstanceOf(Step.Round.class, steps.get(steps.size() - 1));
        assertEquals(new BigDecimal("475.03"), Crm.replay(explained.trace()));
    }

    @Test
    void anEngineEvaluatesFacts() {
        Condition small = new Condition.Compare("seats", Comparison.AT_MOST, new Operand.Value(6));
        Condition here = new Condition.OneOf("region", List.of("CN-15", "CN-31"));
        try (RuleSet rules = RuleSet.load(spec(new Condition.All(List.of(small, here))))) {
            Evaluation evaluation = rules.evaluate(FactValues.of("seats", 5).and("region", "CN-15"), DAY);
            assertTrue(evaluation.outcomes().get(0).holds());
            assertFalse(rules.evaluate(Map.of("seats", 7, "region", "CN-15"), DAY).outcomes().get(0).holds());
            assertEquals("wire.integer.expected /seats", refused(() -> rules.evaluate(FactValues.of("seats", 5.0), DAY)));
            assertEquals("wire.text.expected /region",
                    refused(() -> rules.evaluate(FactValues.of("region", LocalDateTime.MIN), DAY)));
            assertEquals("wire.text.expected /region", refused(() -> rules.evaluate(FactValues.of("region", (Runnable) () -> {}), DAY)));
        }
    }

    @Test
    void anEngineLoadsFromADocument() {
        String document = """
                {"name": "motor", "parameters": [],
                 "facts": [{"name": "seats", "value_type": "integer", "meaning": "Seats", "meaning_zh": "座位数",
                            "personal": false, "choices": []}],
                 "rules": [{"name": "small", "text": "Small.", "text_zh": "小型车。", "source": "GB/T 15089",
                            "when": {"compare": {"fact": "seats", "is": "at_most", "to": {"value": {"value": 9}}}}}]}
                """;
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        try (RuleSet rules = RuleSet.load(bytes)) {
            assertTrue(rules.evaluate(FactValues.of("seats", 5), DAY).outcomes().get(0).holds());
        }
        byte[] twice = document.replace("\"parameters\"", "\"name\"").getBytes(StandardCharsets.UTF_8);
        assertEquals("wire.field.duplicate /name", refused(() -> RuleSet.load(twice)));
        CrmException cut = assertThrows(CrmException.class, () -> RuleSet.load(Arrays.copyOf(bytes, 10)));
        assertEquals("wire.syntax", cut.code());
        assertEquals(Map.of("line", 1L, "column", 11L), cut.params());
    }

    @Test
    void aNullIsRefusedWhereItStands() {
        assertEquals("wire.decimal.expected /amount", refused(() -> Crm.multiply(new Money(null, CNY), BigDecimal.ONE, CENTS)));
        assertEquals("wire.object.expected ", refused(() -> Crm.multiply(null, BigDecimal.ONE, CENTS)));
        assertEquals("wire.decimal.expected /by", refused(() -> Crm.multiply(yuan("1"), null, CENTS)));
        assertEquals("wire.variant.expected /rounding/mode",
                refused(() -> Crm.multiply(yuan("1"), BigDecimal.ONE, new Rounding(null, 2))));
        assertEquals("wire.list.expected ", refused(() -> Crm.sum(null, CNY)));
        assertEquals("wire.object.expected /1", refused(() -> Crm.sum(Arrays.asList(yuan("1"), null), CNY)));
        assertEquals("wire.text.expected /currency", refused(() -> Crm.sum(List.of(), Currency.of(null))));
        assertEquals("wire.date.expected /end", refused(() -> Crm.daysBetween(DAY, null)));
        assertEquals("wire.decimal.expected /weights/1",
                refused(() -> Crm.allocate(yuan("1"), Arrays.asList(BigDecimal.ONE, null))));
        assertEquals("wire.variant.expected /rules/0/when", refused(() -> RuleSet.load(spec(null))));
        assertEquals("wire.integer.expected /steps/0/all/of/1", refused(() ->
                Crm.replay(new Trace(List.of(new Step.All(Arrays.asList(0L, null)))))));
        Map<String, Object> keyless = new HashMap<>();
        keyless.put(null, 1);
        try (RuleSet rules = RuleSet.load(spec(new Condition.Known("seats")))) {
            assertTrue(refused(() -> rules.evaluate(keyless, DAY)).startsWith("wire.syntax"));
            assertFalse(rules.evaluate(FactValues.of("seats", null), DAY).outcomes().get(0).holds());
        }
    }

    @Test
    void whatIsAbsentIsNull() {
        Period march = new Period(DAY, DAY.plusMonths(1));
        assertNull(Crm.overlap(march, new Period(march.end(), march.end().plusDays(1))));
        assertEquals(march, Crm.overlap(march, new Period(LocalDate.MIN.withYear(1), march.end())));
    }

    @Test
    void aBuilderNamesWhatIsMissing() {
        IllegalStateException missing = assertThrows(IllegalStateException.class, () -> FactDeclaration.builder().name("x").build());
        assertEquals("valueType is missing", missing.getMessage());
    }

    @Test
    void aRefusalSpeaksBothLanguages() {
        CrmException refused = assertThrows(CrmException.class, () -> Crm.split(yuan("1.00"), 0));
        assertEquals("money.split.parts", refused.code());
        assertEquals("/parts", refused.path());
        assertEquals(refused.getMessage(), refused.text("en"));
        assertFalse(refused.text("zh").isEmpty());
        assertEquals(1, refused.faults().size());
        assertEquals(List.of(refused.code()), refused.faults().stream().map(Fault::code).toList());
    }
}
