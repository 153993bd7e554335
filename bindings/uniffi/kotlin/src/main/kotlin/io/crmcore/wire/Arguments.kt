package io.crmcore.wire

/**
 * Arguments as native values without a class (lists, maps with the names of fields, numbers…) on their way into objects.
 *
 * Only the self-check builds calls this way.
 */
internal class Arguments(private val items: List<Any?>) {
    /** The arguments as they cross. */
    val given: Given = Crossing.arguments { out ->
        for (item in items) {
            out.separate()
            out.scalar(item)
        }
    }

    val text: ByteArray get() = given.text

    operator fun get(index: Int): Any? = items.getOrNull(index)

    fun atMost(count: Int) {
        if (items.size > count) throw Unreadable("too many arguments")
    }

    /** Requires that the objects say what was given: an absent value is the same as `null`, everything else as it was. */
    inline fun same(write: (Writer) -> Unit) = sameAs(Crossing.arguments(write).text)

    fun sameAs(written: ByteArray) {
        val theirs = Json.read(plain(written)) as? List<*>
        val ours = Json.read(plain(text)) as? List<*>
        if (theirs == null || ours == null || theirs.indices.any { !same(theirs[it], ours.getOrNull(it)) }) {
            throw Unreadable("objects can't say this")
        }
    }

    /** Decimals and dates as the texts that they are in JSON, whether or not the place knew their type. */
    private fun plain(arguments: ByteArray): String = NATIVE.replace(arguments.decodeToString(), "\"")

    private fun same(written: Any?, given: Any?): Boolean =
        when (written) {
            is Map<*, *> ->
                given is Map<*, *> && written.keys.containsAll(given.keys) &&
                    written.all { (name, value) -> same(value, given[name]) }
            is List<*> ->
                given is List<*> && written.size == given.size && written.indices.all { same(written[it], given[it]) }
            else -> written == given
        }

    private companion object {
        val NATIVE = Regex("(?<=[\\[,:])~(?:decimal|date|engine)\"")
    }
}
