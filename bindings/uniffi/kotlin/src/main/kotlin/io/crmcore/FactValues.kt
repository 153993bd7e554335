package io.crmcore

import java.util.Collections

/**
 * Facts 事实 by name, built in one line.
 *
 * A value may be a text, a whole number ([Int], [Long], …), a [java.math.BigDecimal], a [java.time.LocalDate], a
 * boolean or `null`; which one it must be is declared by what the facts are for, and checked by the core. Anything
 * else, a [Double] or a date with a time above all, is refused by the core with the path of the fact.
 *
 * Wherever facts are taken, any other `Map<String, ?>` will do as well.
 *
 * ```java
 * FactValues facts = FactValues.of("seats", 5).and("region", "CN-15");
 * ```
 */
class FactValues private constructor(private val held: Map<String, Any?>) : AbstractMap<String, Any?>() {
    override val entries: Set<Map.Entry<String, Any?>> get() = held.entries

    /** The same facts and one more; a name that is there already gets the new value. */
    fun and(name: String, value: Any?): FactValues {
        val more = LinkedHashMap(held)
        more[name] = value
        return FactValues(Collections.unmodifiableMap(more))
    }

    /** The names alone: a value may be personal and stays out of logs. */
    override fun toString(): String = held.keys.joinToString(", ", "FactValues(", ")")

    companion object {
        /** No facts. */
        @JvmStatic
        fun none(): FactValues = FactValues(emptyMap())

        /** One fact; add others with [and]. */
        @JvmStatic
        fun of(name: String, value: Any?): FactValues = none().and(name, value)
    }
}
