package io.crmcore.wire

import io.crmcore.ffi.Handle
import java.io.ByteArrayOutputStream
import java.math.BigDecimal
import java.math.BigInteger
import java.time.LocalDate
import java.time.LocalDateTime

/** An engine of the kit, for the typed functions where objects can say what it is made from, and for the text entry. */
internal class KitEngine(val typed: AutoCloseable?, val raw: Handle) : AutoCloseable {
    override fun close() {
        typed?.close()
        raw.close()
    }
}

/** The notation of the conformance kit (`docs/conformance.md`) as values of this language. */
internal object KitNotation {
    private val HOLE = Any()

    /** The arguments with the engines themselves: they stand alone or in a list. */
    fun arguments(json: Any?, engines: Map<String, KitEngine>): Arguments {
        fun place(item: Any?): Any? =
            when (item) {
                is Named -> engines.getValue(item.engine)
                is List<*> -> item.map(::place)
                else -> item
            }
        return Arguments(Read.list(json) { place(value(it)) })
    }

    private class Named(val engine: String)

    fun value(json: Any?): Any? =
        when (json) {
            is List<*> -> json.map { value(it) }
            is Map<*, *> -> structure(Read.structure(json))
            else -> json
        }

    /** The pieces of a `text`, joined. */
    fun bytes(pieces: Any?): ByteArray {
        val out = ByteArrayOutputStream()
        for (piece in pieces as? List<*> ?: listOf(pieces)) {
            val hex = (piece as? Map<*, *>)?.get("\$hex") as? String
            if (hex == null) {
                out.write((value(piece) as String).toByteArray())
            } else {
                out.write(hex.chunked(2) { it.toString().toInt(16).toByte() }.toByteArray())
            }
        }
        return out.toByteArray()
    }

    private fun structure(json: Map<String, Any?>): Any? {
        val name = json.keys.firstOrNull { it.startsWith("$") } ?: return json.mapValues { value(it.value) }
        val content = json[name]
        return when (name) {
            "\$entries" -> Read.structure(content).mapValues { value(it.value) }
            "\$variant" -> mapOf(content to value(json["fields"] ?: emptyMap<String, Any?>()))
            "\$decimal" -> BigDecimal(content as String)
            "\$date" -> LocalDate.parse(content as String)
            "\$integer" -> integer(BigInteger(content as String))
            "\$float" -> (content as String).toDouble()
            "\$nan" -> Double.NaN
            "\$infinity" -> Double.POSITIVE_INFINITY
            "\$datetime" -> LocalDateTime.parse(content as String)
            "\$function" -> { -> }
            "\$map" -> mapOf(1 to 2)
            "\$bytes" -> byteArrayOf(0)
            "\$value" -> Read.structure(content).mapValues { value(it.value) }
            "\$engine" -> Named(Read.text(content))
            "\$surrogate" -> "\uD800"
            "\$hole" -> HOLE
            "\$repeat" -> Read.structure(content).let { Read.text(it["text"]).repeat(times(it)) }
            "\$list" -> Read.structure(content).let { part -> value(part["item"]).let { item -> List(times(part)) { item } } }
            "\$nest" -> nest(Read.structure(content))
            else -> throw Unreadable("an unknown notation of the kit")
        }
    }

    private fun integer(value: BigInteger): Number = if (value.bitLength() < Long.SIZE_BITS) value.toLong() else value

    private fun times(part: Map<String, Any?>): Int = Math.toIntExact(Read.integer(part["times"]))

    /** In a loop: the depth is beyond what recursion survives. */
    private fun nest(part: Map<String, Any?>): Any? {
        val around = value(part["around"])
        var inner = value(part["core"])
        repeat(times(part)) { inner = filled(around, inner) }
        return inner
    }

    private fun filled(around: Any?, inner: Any?): Any? =
        when {
            around === HOLE -> inner
            around is List<*> -> around.map { filled(it, inner) }
            around is Map<*, *> -> around.mapValues { filled(it.value, inner) }
            else -> around
        }
}
