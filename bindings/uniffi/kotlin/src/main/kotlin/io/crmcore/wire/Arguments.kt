package io.crmcore.wire

/** Arguments as they stand in the conformance kit, on their way into objects. */
internal class Arguments(private val items: List<Any?>) {
    operator fun get(index: Int): Any? = items.getOrNull(index)

    fun atMost(count: Int) {
        if (items.size > count) throw Unreadable("too many arguments")
    }

    /** Whether the objects say what was given, an absent value being the same as `null`. */
    inline fun same(write: (Writer) -> Unit) = sameAs(Json.read(Crossing.arguments(write)))

    fun sameAs(written: Any?) {
        val all = written as? List<*> ?: throw Unreadable("a list is expected")
        if (all.indices.any { !same(all[it], this[it]) }) throw Unreadable("objects can't say this")
    }

    private fun same(written: Any?, given: Any?): Boolean =
        when (written) {
            is Map<*, *> ->
                given is Map<*, *> && written.keys.containsAll(given.keys) &&
                    written.all { (name, value) -> same(value, given[name]) }
            is List<*> ->
                given is List<*> && written.size == given.size && written.indices.all { same(written[it], given[it]) }
            else -> written == given
        }
}
