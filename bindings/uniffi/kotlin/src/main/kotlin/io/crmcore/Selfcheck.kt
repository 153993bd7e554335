package io.crmcore

import io.crmcore.wire.Arguments
import io.crmcore.wire.Crossing
import io.crmcore.wire.Given
import io.crmcore.wire.Json
import io.crmcore.wire.KitEngine
import io.crmcore.wire.KitNotation
import io.crmcore.wire.Read
import io.crmcore.wire.Typed
import io.crmcore.wire.Unreadable
import java.io.File
import java.security.MessageDigest
import kotlin.system.exitProcess

/**
 * Runs the conformance kit: the same vectors give the same bytes in every language.
 *
 * Arguments that objects can say go through the typed functions, all others straight to the text entry.
 */
object Selfcheck {
    /** What came out: the digest of all answers, and the vectors that were answered otherwise than expected. */
    internal class Report(val digest: String, val all: Int, val typed: Int, val failures: List<Failure>)

    internal class Failure(val id: String, val expected: String, val given: String)

    /** Takes the path of a kit; without one, runs the kit that ships with the library. */
    @JvmStatic
    fun main(args: Array<String>) {
        val kit = args.firstOrNull()?.let { File(it).readBytes() } ?: shipped()
        val report = run(kit.decodeToString())
        for (failure in report.failures) {
            System.err.println("${failure.id}\n  expected ${failure.expected}\n  given    ${failure.given}")
        }
        println("${report.digest} ${report.all - report.failures.size}/${report.all}")
        if (report.failures.isNotEmpty()) exitProcess(1)
    }

    internal fun shipped(): ByteArray =
        requireNotNull(Selfcheck::class.java.getResourceAsStream("kit.json")) { "the kit is not in the jar" }
            .use { it.readBytes() }

    internal fun run(kit: String): Report {
        val json = Read.structure(Json.read(kit))
        val engines = LinkedHashMap<String, KitEngine>()
        for ((name, spec) in Read.optional(json["engines"], Read::structure).orEmpty()) engines[name] = load(spec, engines)
        val digest = MessageDigest.getInstance("SHA-256")
        val failures = ArrayList<Failure>()
        val vectors = Read.list(json["vectors"], Read::structure)
        var typed = 0
        for (vector in vectors) {
            val id = Read.text(vector["id"])
            val run = Run(vector, engines)
            val given = run.answer()
            if (run.typed) typed += 1
            digest.update("$id\n$given\n".toByteArray())
            val expected = expected(Read.structure(vector["expect"]))
            if (given != expected) failures.add(Failure(id, expected, given))
        }
        engines.values.forEach { it.close() }
        return Report(digest.digest().joinToString("") { "%02x".format(it) }, vectors.size, typed, failures)
    }

    /** An engine on its own, or one that an engine before it makes. */
    private fun load(json: Any?, engines: Map<String, KitEngine>): KitEngine {
        val spec = Read.structure(json)
        val op = Read.text(spec["op"])
        val maker = Read.optional(spec["engine"]) { engines.getValue(Read.text(it)) }
        val arguments = KitNotation.arguments(spec["args"], engines)
        val typed = try {
            if (maker == null) Typed.load(op, arguments) else maker.typed?.let { Typed.make(it, op, arguments) }
        } catch (_: Unreadable) {
            null
        }
        val raw = if (maker == null) Crossing.load(op, arguments.given) else Crossing.make(maker.raw, op, arguments.given)
        return KitEngine(typed, raw)
    }

    /** One vector. */
    private class Run(private val vector: Map<String, Any?>, private val engines: Map<String, KitEngine>) {
        private val op = Read.text(vector["op"])
        private val engine = Read.optional(vector["engine"]) { engines.getValue(Read.text(it)) }

        private val makes = op in Typed.MAKERS

        /** Whether the answer came through the typed functions. */
        var typed = false
            private set

        fun answer(): String =
            try {
                val text = vector["text"]
                if (text != null) {
                    cross(Given(KitNotation.bytes(text), emptyList()))
                } else {
                    val arguments = KitNotation.arguments(vector["args"], engines)
                    objects(arguments) ?: cross(arguments.given)
                }
            } catch (refused: CrmException) {
                bare(refused)
            }

        /** The answer of the typed function; nothing when objects can't say the arguments. */
        private fun objects(arguments: Arguments): String? {
            // A value nested beyond the writer's limit would exhaust the stack of the readers.
            if (arguments.text.decodeToString().contains("~depth")) return null
            typed = true
            return try {
                when {
                    engine == null && makes -> Typed.load(op, arguments).close().let { "null" }
                    engine == null -> Typed.call(op, arguments)
                    engine.typed == null -> throw Unreadable("the engine has no typed form")
                    makes -> Typed.make(engine.typed, op, arguments).close().let { "null" }
                    else -> Typed.call(engine.typed, op, arguments)
                }
            } catch (_: Unreadable) {
                typed = false
                null
            }
        }

        private fun cross(args: Given): String =
            when {
                engine == null && makes -> Crossing.load(op, args).close().let { "null" }
                engine == null -> Crossing.call(op, args)
                makes -> Crossing.make(engine.raw, op, args).close().let { "null" }
                else -> Crossing.call(engine.raw, op, args)
            }
    }

    private fun expected(expect: Map<String, Any?>): String {
        if ("refusal" !in expect) return Crossing.text { out -> out.scalar(expect["ok"]) }
        val refusal = expect["refusal"]
        return Crossing.text { out -> out.scalar(refusal as? List<*> ?: listOf(refusal)) }
    }

    /** The faults without their sentences. */
    private fun bare(refused: CrmException): String =
        Crossing.text { out ->
            out.list(refused.faults) { fault ->
                out.structure {
                    out.name("code")
                    out.text(fault.code)
                    out.name("path")
                    out.text(fault.path)
                    out.name("params")
                    out.map<String, Any>(fault.params, { it }) { out.scalar(it) }
                }
            }
        }
}
