import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import io.crmcore.Comparison;
import io.crmcore.Condition;
import io.crmcore.Crm;
import io.crmcore.FactDeclaration;
import io.crmcore.Operand;
import io.crmcore.Rule;
import io.crmcore.RuleSet;
import io.crmcore.RuleSetSpec;
import io.crmcore.ValueType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Crossing from the JVM: crm-core beside bare calls of JNA. Run by `cargo xtask bench`; the work is that of crossing.json. */
public final class Crossing {
    private static final int ROUNDS = 15;
    private static Object kept;

    /** The C library by JNA's interface mapping, as uniffi uses it. */
    public interface Mapped extends Library {
        int abs(int number);
    }

    /** The C library by JNA's direct mapping. */
    public static final class Direct {
        static {
            Native.register(Platform.C_LIBRARY_NAME);
        }

        static native int abs(int number);

        static native long strlen(String text);
    }

    /** Runs the contestants in turn and prints the median of each in picoseconds a call. */
    private static void group(String name, int calls, Map<String, Supplier<Object>> contestants) {
        Map<String, long[]> times = new LinkedHashMap<>();
        contestants.keySet().forEach(contestant -> times.put(contestant, new long[ROUNDS]));
        // The first rounds warm the compiler up and are not counted.
        for (int round = -ROUNDS; round < ROUNDS; round++) {
            for (Map.Entry<String, Supplier<Object>> contestant : contestants.entrySet()) {
                long start = System.nanoTime();
                for (int call = 0; call < calls; call++) {
                    kept = contestant.getValue().get();
                }
                long taken = System.nanoTime() - start;
                if (round >= 0) {
                    times.get(contestant.getKey())[round] = taken;
                }
            }
        }
        times.forEach((contestant, taken) -> {
            Arrays.sort(taken);
            System.out.println("bench\t" + name + "\t" + contestant + "\t" + taken[ROUNDS / 2] * 1000 / calls);
        });
    }

    private static FactDeclaration fact(String name, ValueType type, String... choices) {
        return new FactDeclaration(name, type, null, name, name, false, List.of(choices));
    }

    private static RuleSet rules() {
        List<FactDeclaration> facts = List.of(
                fact("clean_years", ValueType.INTEGER),
                fact("seats", ValueType.INTEGER),
                fact("loss_ratio", ValueType.DECIMAL),
                fact("vehicle_class", ValueType.TEXT, "private_car", "taxi"),
                fact("since", ValueType.DATE),
                fact("fleet", ValueType.BOOLEAN));
        Condition when = new Condition.All(List.of(
                new Condition.Compare("clean_years", Comparison.AT_LEAST, new Operand.Value(3L)),
                new Condition.Compare("seats", Comparison.AT_MOST, new Operand.Value(9L)),
                new Condition.Compare("loss_ratio", Comparison.AT_MOST, new Operand.Value(new BigDecimal("70.00")))));
        Rule rule = new Rule("good", "good customer", "优质客户", "benchmark", when);
        return RuleSet.load(new RuleSetSpec("crossing", facts, new ArrayList<>(), List.of(rule)));
    }

    public static void main(String[] args) {
        Mapped mapped = Native.load(Platform.C_LIBRARY_NAME, Mapped.class);
        Map<String, Supplier<Object>> noop = new LinkedHashMap<>();
        noop.put("floor: JNA, direct mapping", () -> Direct.abs(-1));
        noop.put("floor: JNA, interface mapping", () -> mapped.abs(-1));
        noop.put("Crm.version()", Crm::version);
        group("JVM: no-op (version)", 5_000, noop);

        RuleSet rules = rules();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("clean_years", 3L);
        facts.put("seats", 5L);
        facts.put("loss_ratio", new BigDecimal("48.61"));
        facts.put("vehicle_class", "private_car");
        facts.put("since", LocalDate.of(2020, 3, 1));
        facts.put("fleet", false);
        LocalDate asOf = LocalDate.of(2026, 3, 1);
        if (!rules.evaluate(facts, asOf).outcomes().get(0).holds()) {
            throw new IllegalStateException("the rule must hold");
        }
        String answer = rules.evaluate(facts, asOf).toString();
        Map<String, Supplier<Object>> evaluate = new LinkedHashMap<>();
        evaluate.put("floor: JNA, a text of the answer's size in", () -> Direct.strlen(answer));
        evaluate.put("rules.evaluate(facts, asOf)", () -> rules.evaluate(facts, asOf));
        group("JVM: six fields in, thirty values out (RuleSet.evaluate)", 2_000, evaluate);
    }
}
