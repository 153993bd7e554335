package io.crmcore.wire

import io.crmcore.ffi.Handle
import java.math.BigDecimal
import java.math.BigInteger
import java.time.LocalDate
import java.time.temporal.TemporalAccessor
import java.util.Calendar
import java.util.Date

/** The writer's own limit of nesting; the core's limit is lower and is the one that callers see. */
private const val MAX_DEPTH = 512

/** A text longer than this is refused by the core for its size; nothing more is added to it. */
private const val MAX_LENGTH = 65 * 1024 * 1024

/** A decimal with more bits than this has far more digits than the core can hold (96 bits). */
private const val MAX_DECIMAL_BITS = 1024

/** A decimal whose point lies further off than this is written with an exponent instead of zeros. */
private const val MAX_PLAIN_SCALE = 64

/**
 * Writes arguments as canonical JSON.
 *
 * A value that JSON can't say (a binary float, a date with a time, half of a surrogate pair, a `null` where Java got
 * one past the compiler) is written so that the core refuses it where it stands, with the same code and path as in
 * every other language. Nothing is checked, rounded or repaired here.
 */
internal class Writer {
    private val out = StringBuilder(256)
    private var depth = 0

    /** The engines that were written, each as its place here. */
    val engines = ArrayList<Handle>(0)

    fun finish(): String = out.toString()

    fun nothing() {
        out.append("null")
    }

    fun boolean(value: Boolean?) {
        if (value == null) nothing() else out.append(value)
    }

    fun integer(value: Long?) {
        if (value == null) nothing() else out.append(value)
    }

    fun text(value: String?) {
        when {
            value == null -> nothing()
            hasLoneSurrogate(value) -> foreign("surrogate")
            else -> quoted(value)
        }
    }

    fun date(value: LocalDate?) {
        if (value == null) nothing() else quoted(value.toString())
    }

    fun decimal(value: BigDecimal?) {
        if (value == null) nothing() else out.append('"').append(decimalText(value)).append('"')
    }

    /** An engine, by its place among those of the call. */
    fun engine(handle: Handle?) {
        if (handle == null) return nothing()
        out.append("~engine\"").append(engines.size).append('"')
        engines.add(handle)
    }

    /** A value whose type only the core knows; where it takes single values only, it says what it found instead. */
    fun scalar(value: Any?) {
        when (value) {
            null -> nothing()
            is String -> text(value)
            is Boolean -> boolean(value)
            is Long -> integer(value)
            is Int, is Short, is Byte -> integer((value as Number).toLong())
            is BigInteger -> if (value.bitLength() < Long.SIZE_BITS) integer(value.toLong()) else foreign("integer")
            is BigDecimal -> {
                out.append("~decimal")
                decimal(value)
            }
            is LocalDate -> {
                out.append("~date")
                date(value)
            }
            is Double -> foreign(if (value.isFinite()) "float" else "nan")
            is Float -> foreign(if (value.isFinite()) "float" else "nan")
            is TemporalAccessor, is Date, is Calendar -> foreign("datetime")
            is ByteArray -> foreign("bytes")
            is Function<*> -> foreign("function")
            is KitEngine -> engine(value.raw)
            is Collection<*> -> list(value) { scalar(it) }
            is Array<*> -> list(value.asList()) { scalar(it) }
            is Map<*, *> -> mapping(value)
            is CharSequence -> text(value.toString())
            is Char -> text(value.toString())
            else -> foreign("other")
        }
    }

    private fun mapping(value: Map<*, *>) {
        if (value.keys.all { it is String }) {
            map(value, { it as String }) { scalar(it) }
        } else {
            foreign("map")
        }
    }

    /** A typed value, with its type as the tag. */
    fun value(value: Any?) {
        when (value) {
            null -> nothing()
            is BigDecimal -> tagged("decimal") { decimal(value) }
            is LocalDate -> tagged("date") { date(value) }
            is Boolean -> tagged("boolean") { boolean(value) }
            is Long -> tagged("integer") { integer(value) }
            is Int, is Short, is Byte -> tagged("integer") { integer((value as Number).toLong()) }
            is String -> tagged("text") { text(value) }
            else -> scalar(value)
        }
    }

    inline fun tagged(tag: String, content: () -> Unit) = structure {
        name(tag)
        content()
    }

    inline fun structure(content: () -> Unit) {
        if (open('{')) {
            content()
            close('}')
        }
    }

    inline fun <T> list(items: Iterable<T>?, item: (T) -> Unit) {
        if (items == null) {
            nothing()
        } else if (open('[')) {
            for (each in items) {
                separate()
                item(each)
            }
            close(']')
        }
    }

    inline fun <K, V> map(entries: Map<K, V>?, key: (K) -> String?, value: (V) -> Unit) {
        if (entries == null) {
            nothing()
        } else if (open('{')) {
            for ((each, its) in entries) {
                key(key(each))
                value(its)
            }
            close('}')
        }
    }

    /** The name of a field: ASCII, chosen by the core. */
    fun name(name: String) {
        separate()
        out.append('"').append(name).append("\":")
    }

    /** A key that a caller chose. */
    fun key(key: String?) {
        separate()
        // Half of a surrogate pair is written as its escape, no key as `null`: the core refuses both.
        if (key == null) nothing() else quoted(key)
        out.append(':')
    }

    /** A value that JSON can't say, by its word. */
    fun foreign(word: String) {
        out.append('~').append(word)
    }

    fun open(bracket: Char): Boolean {
        if (depth == MAX_DEPTH || out.length > MAX_LENGTH) {
            foreign("depth")
            return false
        }
        depth += 1
        out.append(bracket)
        return true
    }

    fun close(bracket: Char) {
        depth -= 1
        out.append(bracket)
    }

    fun separate() {
        val last = out[out.length - 1]
        if (last != '{' && last != '[') out.append(',')
    }

    private fun quoted(text: String) {
        out.append('"')
        var from = 0
        for (index in text.indices) {
            val letter = text[index]
            if (letter >= ' ' && letter != '"' && letter != '\\' && !letter.isSurrogate()) continue
            if (letter.isSurrogate() && !standsAlone(text, index)) continue
            out.append(text, from, index)
            from = index + 1
            escape(letter)
        }
        out.append(text, from, text.length).append('"')
    }

    private fun escape(letter: Char) {
        when (letter) {
            '"' -> out.append("\\\"")
            '\\' -> out.append("\\\\")
            '\b' -> out.append("\\b")
            '\u000C' -> out.append("\\f")
            '\n' -> out.append("\\n")
            '\r' -> out.append("\\r")
            '\t' -> out.append("\\t")
            else -> out.append("\\u").append(letter.code.toString(16).padStart(4, '0'))
        }
    }
}

/** Whether UTF-8 could not carry the text: the platform would put a `?` in its place without a word. */
private fun hasLoneSurrogate(text: String): Boolean =
    text.indices.any { text[it].isSurrogate() && standsAlone(text, it) }

private fun standsAlone(text: String, index: Int): Boolean =
    if (text[index].isHighSurrogate()) {
        index + 1 >= text.length || !text[index + 1].isLowSurrogate()
    } else {
        index == 0 || !text[index - 1].isHighSurrogate()
    }

/** All digits of the decimal; with an exponent where writing it out would take more than a line. */
private fun decimalText(value: BigDecimal): String =
    when {
        // Nothing this long can be held: its size alone is enough to be refused.
        value.unscaledValue().bitLength() > MAX_DECIMAL_BITS -> "1E+$MAX_DECIMAL_BITS"
        value.scale() in -MAX_PLAIN_SCALE..MAX_PLAIN_SCALE -> value.toPlainString()
        else -> value.toString()
    }
