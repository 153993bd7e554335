package io.crmcore.wire

import java.math.BigDecimal
import java.time.LocalDate

/** Nesting beyond this is not read; the core writes less than half of it. */
private const val MAX_DEPTH = 512

/** A text that is not what the wire says it should be. */
internal class Unreadable(message: String) : Exception(message)

/** A number that is no whole number: kept as it was written. */
internal data class Fraction(val token: String)

/** A foreign token, `~float`. */
internal data class Foreign(val token: String)

/** The strict reader of answers: JSON text into maps, lists, texts, whole numbers, booleans and `null`. */
internal class Json private constructor(private val text: String) {
    private var at = 0
    private var depth = 0

    private fun document(): Any? {
        val value = value()
        if (peek() != END) throw unreadable()
        return value
    }

    private fun value(): Any? =
        when (peek()) {
            '{' -> structure()
            '[' -> list()
            '"' -> string()
            't' -> word("true", true)
            'f' -> word("false", false)
            'n' -> word("null", null)
            '~' -> foreign()
            else -> number()
        }

    private fun structure(): Map<String, Any?> {
        enter()
        val fields = LinkedHashMap<String, Any?>()
        if (!take('}')) {
            do {
                if (peek() != '"') throw unreadable()
                val name = string()
                need(':')
                if (fields.containsKey(name)) throw Unreadable("duplicate key")
                fields[name] = value()
            } while (take(','))
            need('}')
        }
        depth -= 1
        return fields
    }

    private fun list(): List<Any?> {
        enter()
        val items = ArrayList<Any?>()
        if (!take(']')) {
            do items.add(value()) while (take(','))
            need(']')
        }
        depth -= 1
        return items
    }

    private fun enter() {
        at += 1
        depth += 1
        if (depth > MAX_DEPTH) throw Unreadable("nested too deeply")
    }

    private fun string(): String {
        at += 1
        val start = at
        while (at < text.length && text[at] != '"' && text[at] != '\\' && text[at] >= ' ') at += 1
        if (at < text.length && text[at] == '"') return text.substring(start, at++)
        val out = StringBuilder().append(text, start, at)
        while (at < text.length) {
            val letter = text[at++]
            when {
                letter == '"' -> return out.toString()
                letter == '\\' -> out.append(escape())
                letter < ' ' -> throw unreadable()
                else -> out.append(letter)
            }
        }
        throw unreadable()
    }

    private fun escape(): Char {
        if (at >= text.length) throw unreadable()
        return when (text[at++]) {
            '"' -> '"'
            '\\' -> '\\'
            '/' -> '/'
            'b' -> '\b'
            'f' -> '\u000C'
            'n' -> '\n'
            'r' -> '\r'
            't' -> '\t'
            'u' -> {
                val digits = text.substring(at, minOf(at + 4, text.length))
                if (digits.length != 4 || digits.any { it.digitToIntOrNull(16) == null }) throw unreadable()
                at += 4
                digits.toInt(16).toChar()
            }
            else -> throw unreadable()
        }
    }

    private fun number(): Any {
        val token = NUMBER.matchAt(text, at)?.value ?: throw unreadable()
        at += token.length
        return token.toLongOrNull() ?: Fraction(token)
    }

    private fun foreign(): Foreign {
        val start = at++
        while (at < text.length && text[at] in 'a'..'z') at += 1
        return Foreign(text.substring(start, at))
    }

    private fun <T> word(word: String, value: T): T {
        if (!text.startsWith(word, at)) throw unreadable()
        at += word.length
        return value
    }

    private fun peek(): Char {
        while (at < text.length && text[at] in " \n\r\t") at += 1
        return if (at < text.length) text[at] else END
    }

    private fun take(wanted: Char): Boolean {
        val hit = peek() == wanted
        if (hit) at += 1
        return hit
    }

    private fun need(wanted: Char) {
        if (!take(wanted)) throw unreadable()
    }

    // Only the place: the text may hold personal data.
    private fun unreadable() = Unreadable("not JSON at character $at")

    companion object {
        private const val END = '\u0000'
        private val NUMBER = Regex("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")

        fun read(text: String): Any? = Json(text).document()
    }
}

/**
 * What a value must be, strictly: no default, and no conversion that another text could share.
 *
 * A value is one of [Json], or, in the self-check, a native one.
 */
internal object Read {
    private val DECIMAL = Regex("-?[0-9]{1,30}(\\.[0-9]{1,28})?")
    private val DATE = Regex("[0-9]{4}-[0-9]{2}-[0-9]{2}")

    /** An engine of the self-check where objects are read; no answer holds one. */
    inline fun <reified T> engine(json: Any?): T =
        (json as? KitEngine)?.typed as? T ?: throw Unreadable("an engine is expected")

    fun boolean(json: Any?): Boolean = json as? Boolean ?: throw Unreadable("a boolean is expected")

    fun integer(json: Any?): Long = json as? Long ?: throw Unreadable("a whole number is expected")

    fun text(json: Any?): String = json as? String ?: throw Unreadable("a text is expected")

    fun decimal(json: Any?): BigDecimal {
        if (json is BigDecimal) return json
        val text = text(json)
        if (!DECIMAL.matches(text)) throw Unreadable("a decimal is expected")
        return BigDecimal(text)
    }

    fun date(json: Any?): LocalDate {
        if (json is LocalDate) return json
        val text = text(json)
        if (!DATE.matches(text)) throw Unreadable("a date is expected")
        return try {
            LocalDate.parse(text)
        } catch (_: java.time.DateTimeException) {
            throw Unreadable("a date is expected")
        }
    }

    fun scalar(json: Any?): Any? = json

    fun nothing(json: Any?) {
        if (json != null) throw Unreadable("null is expected")
    }

    /** A tagged value as its native type. */
    fun value(json: Any?): Any {
        val (tag, content) = variant(json)
        return when (tag) {
            "decimal" -> decimal(content)
            "date" -> date(content)
            "integer" -> integer(content)
            "boolean" -> boolean(content)
            "text" -> text(content)
            else -> throw Unreadable("an unknown kind of value")
        }
    }

    /** The fields of a record; a field that is not one of `names` is an error, an absent one reads as `null`. */
    fun fields(json: Any?, vararg names: String): Map<String, Any?> {
        val fields = structure(json)
        if (fields.keys.any { it !in names }) throw Unreadable("an unknown field")
        return fields
    }

    /** The one name and content of a variant with data. */
    fun variant(json: Any?): Pair<String, Any?> {
        val only = structure(json).entries.singleOrNull() ?: throw Unreadable("a variant is expected")
        return only.key to only.value
    }

    inline fun <T> optional(json: Any?, read: (Any) -> T): T? = if (json == null) null else read(json)

    inline fun <T> list(json: Any?, item: (Any?) -> T): List<T> {
        val items = json as? List<*> ?: throw Unreadable("a list is expected")
        return items.map { item(it) }
    }

    inline fun <K, V> map(json: Any?, key: (String) -> K, value: (Any?) -> V): Map<K, V> {
        val out = LinkedHashMap<K, V>()
        for ((name, content) in structure(json)) out[key(name)] = value(content)
        return out
    }

    @Suppress("UNCHECKED_CAST")
    fun structure(json: Any?): Map<String, Any?> {
        if (json !is Map<*, *> || json.keys.any { it !is String }) throw Unreadable("an object is expected")
        return json as Map<String, Any?>
    }
}
