package io.crmcore.wire

import io.crmcore.CrmException
import io.crmcore.Fault
import io.crmcore.ffi.Handle
import io.crmcore.ffi.InternalException
import io.crmcore.ffi.UniffiWithHandle
import io.crmcore.ffi.call as nativeCall
import io.crmcore.ffi.load as nativeLoad
import io.crmcore.ffi.loadDocument as nativeLoadDocument
import io.crmcore.ffi.Fault as NativeFault

/** Arguments on their way: their text in UTF-8, and the engines that it names by their places. */
internal class Given(val text: ByteArray, val engines: List<Handle>) {
    /** Works while no engine among the arguments can be freed; one that was closed before fails as a call on it does. */
    fun <T> held(work: () -> T): T = heldFrom(0, work)

    private fun <T> heldFrom(at: Int, work: () -> T): T =
        if (at == engines.size) {
            work()
        } else {
            // What is handed in is a reference of its own: it is given back when the work is done.
            engines[at].callWithHandle { own -> Handle(UniffiWithHandle, own).use { heldFrom(at + 1, work) } }
        }

    companion object {
        val NOTHING = Given("[]".toByteArray(), emptyList())
    }
}

/** The ways into the core, by text. */
internal object Crossing {
    fun call(op: String, args: Given): String = refusing { nativeCall(op, args.text) }

    fun load(op: String, args: Given): Handle = refusing { args.held { nativeLoad(op, args.text, args.engines) } }

    /** Calls a method that makes an engine. */
    fun make(engine: Handle, op: String, args: Given): Handle = refusing { args.held { engine.make(op, args.text, args.engines) } }

    /** Loads from one record, as it stands in a document of canonical JSON. */
    fun loadDocument(op: String, document: ByteArray): Handle = refusing { nativeLoadDocument(op, document) }

    fun call(engine: Handle, op: String, args: Given): String = refusing { args.held { engine.call(op, args.text, args.engines) } }

    /** One value as text. */
    inline fun text(write: (Writer) -> Unit): String {
        val out = Writer()
        write(out)
        return out.finish()
    }

    /** The argument list as text in UTF-8; the writer leaves nothing in it that UTF-8 could not carry. */
    inline fun arguments(write: (Writer) -> Unit): Given {
        val out = Writer()
        out.open('[')
        write(out)
        out.close(']')
        return Given(out.finish().toByteArray(), out.engines)
    }

    /** Reads an answer of the core. One that can't be read is a fault of the library, never of the caller. */
    inline fun <T> answer(text: String, read: (Any?) -> T): T =
        try {
            read(Json.read(text))
        } catch (_: Unreadable) {
            throw CrmException.internalFault()
        }

    private inline fun <T> refusing(enter: () -> T): T =
        try {
            enter()
        } catch (refused: NativeFault.Refused) {
            throw refusal(refused.refusal)
        } catch (_: InternalException) {
            throw CrmException.internalFault()
        }

    private fun refusal(text: String): CrmException =
        answer(text) { json ->
            val faults = Read.list(Read.fields(json, "faults")["faults"], ::fault)
            if (faults.isEmpty()) throw Unreadable("a refusal without a fault")
            CrmException(faults)
        }

    private fun param(json: Any?): Any =
        if (json is Long || json is String) json else throw Unreadable("a param is expected")

    private fun fault(json: Any?): Fault {
        val fields = Read.fields(json, "code", "path", "params", "text")
        return Fault(
            Read.text(fields["code"]),
            Read.text(fields["path"]),
            Read.map(fields["params"], { it }, ::param),
            Read.map(fields["text"], { it }, Read::text),
        )
    }
}
