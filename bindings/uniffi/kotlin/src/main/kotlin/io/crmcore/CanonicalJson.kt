package io.crmcore

import io.crmcore.wire.Crossing
import io.crmcore.wire.Given

/** The functions of the core over JSON text, for a host that has its records as canonical JSON anyhow. */
object CanonicalJson {
    /**
     * Calls a function by its name.
     *
     * `args` is the JSON list of its arguments by position, in UTF-8; the answer is the JSON of its result.
     *
     * @throws CrmException
     * `wire.*` for what is wrong with the text, `wire.call.unknown`, and every refusal of the function.
     */
    @JvmStatic
    fun call(op: String, args: ByteArray): String = Crossing.call(op, Given(args, emptyList()))
}
