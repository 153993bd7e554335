package io.crmcore

/**
 * One thing that is wrong.
 *
 * @property code the permanent code, such as `wire.integer.expected`; see the page of codes
 * @property path where in the record that was handed in, as a JSON pointer in canonical names, such as `/rules/2/seats`;
 *   empty for the record itself
 * @property params limits, positions and names that the sentence uses; each a [Long] or a [String]
 * @property texts the sentence by language: `en` and `zh`
 */
@JvmRecord
data class Fault(
    val code: String,
    val path: String,
    val params: Map<String, Any>,
    val texts: Map<String, String>,
) {
    /** The sentence: what, why and what to do; Chinese for a language tag that starts with `zh`, else English. */
    fun text(lang: String): String = texts[if (lang.startsWith("zh", ignoreCase = true)) "zh" else "en"].orEmpty()
}

/**
 * A refusal of the core 拒绝: an error with a permanent code. It holds no personal data and may be logged.
 *
 * `code`, `path`, `params` and [text] are those of the first fault; `faults` has all of them, in the order of the record.
 */
class CrmException internal constructor(
    /** Every fault; at least one. */
    @get:JvmName("faults") val faults: List<Fault>,
) : RuntimeException(faults.first().text("en")) {
    /** The permanent code of the first fault. */
    @get:JvmName("code")
    val code: String get() = faults.first().code

    /** Where the first fault is, as a JSON pointer; empty for the record itself. */
    @get:JvmName("path")
    val path: String get() = faults.first().path

    /** The params of the first fault. */
    @get:JvmName("params")
    val params: Map<String, Any> get() = faults.first().params

    /** The sentence of the first fault: Chinese for a language tag that starts with `zh`, else English. */
    fun text(lang: String): String = faults.first().text(lang)

    /** Code, path and sentence. */
    override fun toString(): String =
        "${javaClass.name}: $code${if (path.isEmpty()) "" else " at $path"}: ${text("en")}"

    internal companion object {
        /** For what the core itself could not put into words. */
        fun internalFault(): CrmException =
            CrmException(
                listOf(
                    Fault(
                        "internal",
                        "",
                        emptyMap(),
                        mapOf(
                            "en" to
                                "The library failed inside; nothing was changed. " +
                                "Please report what you called, without the data.",
                            "zh" to "程序库内部出错，没有改动任何数据。请反馈所调用的函数，不要附上数据。",
                        ),
                    ),
                ),
            )
    }
}
