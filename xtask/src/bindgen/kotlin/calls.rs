//! Functions and engines as Kotlin calls, and the same calls by their text for the self-check.

use super::super::model::{Call, Engine, Field, Model, Type};
use super::codec::{imports, read, write};
use super::names::member;
use super::spelling::{Scope, is_optional};
use super::{head, kdoc, respelled};

/// `Crm.kt`.
pub fn calls(model: &Model) -> String {
    let mut out = with_imports("io.crmcore", &[], &["wire.*"]);
    out.push_str("\n/** The functions of the core. */\nobject Crm {\n");
    for (index, call) in model.calls.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        out.push_str(&function(call, "    @JvmStatic\n", &format!("Crossing.call(\"{}\", arguments)", call.op), 4));
    }
    out.push_str("}\n");
    out
}

/// `Engines.kt`.
pub fn engines(model: &Model) -> String {
    let mut out = with_imports("io.crmcore", &[], &["wire.*", "ffi.Handle"]);
    for each in &model.engines {
        out.push_str(&engine(each));
    }
    out
}

/// `wire/Typed.kt`: the typed call behind the name of an operation.
pub fn typed(model: &Model) -> String {
    let engines: Vec<String> = model.engines.iter().map(|each| format!("io.crmcore.{}", each.name)).collect();
    let types = imports(model).into_iter().chain(engines).collect::<Vec<_>>();
    let mut out = with_imports("io.crmcore.wire", &types, &["Crm"]);
    out.push_str(
        "\n/** Calls by name through the typed functions: arguments read into objects, the result written from its object. */\ninternal object Typed {\n",
    );
    out.push_str("    /** Operations that make an engine. */\n    val MAKERS: Set<String> = setOf(\n");
    for call in model.operations().filter(|call| call.makes().is_some()) {
        out.push_str(&format!("        \"{}\",\n", call.op));
    }
    out.push_str("    )\n\n");
    out.push_str("    fun call(op: String, given: Arguments): String =\n        when (op) {\n");
    for call in &model.calls {
        out.push_str(&branch(call, &format!("Crm.{}", member(&call.name))));
    }
    out.push_str("            else -> throw Unreadable(\"an unknown call\")\n        }\n");
    out.push_str("\n    fun load(op: String, given: Arguments): AutoCloseable =\n        when (op) {\n");
    for engine in &model.engines {
        for maker in &engine.makers {
            out.push_str(&making_branch(maker, &format!("{}.{}", engine.name, member(&maker.name))));
        }
    }
    out.push_str("            else -> throw Unreadable(\"an unknown engine\")\n        }\n");
    out.push_str(
        "\n    fun make(engine: AutoCloseable, op: String, given: Arguments): AutoCloseable =\n        when (op) {\n",
    );
    for engine in &model.engines {
        for method in engine.methods.iter().filter(|method| method.makes().is_some()) {
            out.push_str(&making_branch(method, &format!("(engine as {}).{}", engine.name, member(&method.name))));
        }
    }
    out.push_str("            else -> throw Unreadable(\"an unknown method\")\n        }\n");
    out.push_str(
        "\n    fun call(engine: AutoCloseable, op: String, given: Arguments): String =\n        when (op) {\n",
    );
    for engine in &model.engines {
        for method in engine.methods.iter().filter(|method| method.makes().is_none()) {
            out.push_str(&branch(method, &format!("(engine as {}).{}", engine.name, member(&method.name))));
        }
    }
    out.push_str("            else -> throw Unreadable(\"an unknown method\")\n        }\n}\n");
    out
}

fn with_imports(package: &str, types: &[String], own: &[&str]) -> String {
    let native = ["java.math.BigDecimal", "java.time.LocalDate"].map(str::to_owned);
    let own = own.iter().map(|name| format!("io.crmcore.{name}"));
    head(package, &types.iter().cloned().chain(native).chain(own).collect::<Vec<_>>())
}

fn engine(engine: &Engine) -> String {
    let name = &engine.name;
    let mut out = format!(
        "\n{}class {name} private constructor(private val handle: Handle) : AutoCloseable {{\n",
        kdoc(&engine.docs, 0)
    );
    for method in &engine.methods {
        if method.makes().is_some() {
            let crossing = format!("Crossing.make(handle, \"{}\", arguments)", method.op);
            out.push_str(&making(method, "", &crossing, 4));
        } else {
            let crossing = format!("Crossing.call(handle, \"{}\", arguments)", method.op);
            // `facts["C-0042"]`
            let operator = if method.name == "get" && method.params.len() == 1 { "operator " } else { "" };
            out.push_str(&function(method, "", &crossing, 4).replacen("    fun ", &format!("    {operator}fun "), 1));
        }
        out.push('\n');
    }
    out.push_str(
        "    /** Frees the native half now instead of with the garbage collector; calls after it fail. */\n    override fun close() = handle.close()\n\n",
    );
    out.push_str("    companion object {\n");
    for maker in &engine.makers {
        let crossing = format!("Crossing.load(\"{}\", arguments)", maker.op);
        out.push_str(&making(maker, "        @JvmStatic\n", &crossing, 8));
        out.push('\n');
    }
    out.push_str(&format!(
        "        @JvmSynthetic\n        internal fun around(handle: Handle): {name} = {name}(handle)\n\n        \
         @JvmSynthetic\n        internal fun handleOf(engine: {name}?): Handle? = engine?.handle\n"
    ));
    if let Some(load) = engine.makers.iter().find(|maker| maker.takes_document()) {
        let mut lines =
            vec!["From a document of canonical JSON in UTF-8, as it was read from a file.".to_owned(), String::new()];
        lines.extend(docs(load));
        out.push_str(&format!(
            "\n{}        @JvmStatic\n        fun load(document: ByteArray): {name} = {name}(Crossing.loadDocument(\"{}\", document))\n",
            kdoc(&lines, 8),
            load.op
        ));
    }
    out.push_str("    }\n}\n");
    out
}

/// One call: its docs, its parameters, the crossing and the reading of the answer.
fn function(call: &Call, annotation: &str, crossing: &str, indent: usize) -> String {
    let pad = " ".repeat(indent);
    let result = Scope::default().spell(&call.result);
    let answer = read(&call.result, "answer", 0);
    format!(
        "{}{annotation}{}{pad}fun {}({}): {result} {{\n{}{pad}    return Crossing.answer({crossing}) {{ answer -> {answer} }}\n{pad}}}\n",
        kdoc(&docs(call), indent),
        overloads(call, indent),
        member(&call.name),
        parameters(call),
        arguments(call, indent + 4),
    )
}

/// One call that makes an engine, around the handle that the crossing gives.
fn making(call: &Call, annotation: &str, crossing: &str, indent: usize) -> String {
    let pad = " ".repeat(indent);
    let made = Scope::default().spell(&call.result);
    format!(
        "{}{annotation}{}{pad}fun {}({}): {made} {{\n{}{pad}    return {made}.around({crossing})\n{pad}}}\n",
        kdoc(&docs(call), indent),
        overloads(call, indent),
        member(&call.name),
        parameters(call),
        arguments(call, indent + 4),
    )
}

/// Rust's `# Errors` as the exception that says the same.
fn docs(call: &Call) -> Vec<String> {
    let errors_as_throws = |line| if line == "# Errors" { "@throws CrmException".to_owned() } else { line };
    respelled(&call.docs, &call.params).into_iter().map(errors_as_throws).collect()
}

fn overloads(call: &Call, indent: usize) -> String {
    if call.params.iter().any(|param| is_optional(&param.ty)) {
        format!("{}@JvmOverloads\n", " ".repeat(indent))
    } else {
        String::new()
    }
}

fn parameters(call: &Call) -> String {
    let scope = Scope::default();
    let one = |param: &Field| {
        let default = if is_optional(&param.ty) { " = null" } else { "" };
        format!("{}: {}{default}", member(&param.name), scope.spell(&param.ty))
    };
    call.params.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Writes the arguments by position into `arguments`.
fn arguments(call: &Call, indent: usize) -> String {
    let pad = " ".repeat(indent);
    if call.params.is_empty() {
        return format!("{pad}val arguments = Given.NOTHING\n");
    }
    let mut out = format!("{pad}val arguments = Crossing.arguments {{ out ->\n");
    for param in &call.params {
        out.push_str(&format!("{pad}    out.separate()\n{pad}    {}\n", write(&param.ty, &member(&param.name), 0)));
    }
    out.push_str(&format!("{pad}}}\n"));
    out
}

fn making_branch(call: &Call, callee: &str) -> String {
    format!(
        "            \"{}\" -> {{\n{}                {callee}({})\n            }}\n",
        call.op,
        takes(call),
        arguments_of(call)
    )
}

fn branch(call: &Call, callee: &str) -> String {
    let answer = match call.result {
        Type::Nothing => {
            format!("                {callee}({})\n                \"null\"\n", arguments_of(call))
        }
        _ => format!(
            "                val answer = {callee}({})\n                Crossing.text {{ out -> {} }}\n",
            arguments_of(call),
            write(&call.result, "answer", 0)
        ),
    };
    format!("            \"{}\" -> {{\n{}{answer}            }}\n", call.op, takes(call))
}

/// `val a0 = …` for every argument; nothing but these may have been given.
fn takes(call: &Call) -> String {
    let mut out = format!("                given.atMost({})\n", call.params.len());
    for (index, param) in call.params.iter().enumerate() {
        let value = read(&param.ty, &format!("given[{index}]"), 0);
        out.push_str(&format!("                val a{index} = {value}\n"));
    }
    // Written back, the arguments must be the text that was given: nothing got lost in the objects.
    out.push_str("                given.same { out ->\n");
    for (index, param) in call.params.iter().enumerate() {
        let value = write(&param.ty, &format!("a{index}"), 0);
        out.push_str(&format!("                    out.separate()\n                    {value}\n"));
    }
    out.push_str("                }\n");
    out
}

fn arguments_of(call: &Call) -> String {
    (0..call.params.len()).map(|index| format!("a{index}")).collect::<Vec<_>>().join(", ")
}
