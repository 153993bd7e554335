//! What the classes and their codec look like, on a small model.

use super::super::model::{Call, Engine, Enum, Field, Identifier, Model, Record, Type, Variant};
use super::files;

fn field(name: &str, docs: &str, ty: Type) -> Field {
    let docs = if docs.is_empty() { Vec::new() } else { vec![docs.to_owned()] };
    let personal = docs.iter().any(|line| line.ends_with("Personal."));
    Field { name: name.to_owned(), docs, ty, personal }
}

fn optional(ty: Type) -> Type {
    Type::Optional(Box::new(ty))
}

fn named(name: &str) -> Type {
    Type::Named(name.to_owned(), Vec::new())
}

fn record(name: &str, parameters: &[&str], fields: Vec<Field>) -> Record {
    let parameters = parameters.iter().map(|&own| own.to_owned()).collect();
    Record { name: name.to_owned(), docs: vec!["A record.".to_owned()], parameters, fields }
}

fn variant(name: &str, wire: &str, fields: Vec<Field>) -> Variant {
    Variant { name: name.to_owned(), wire: wire.to_owned(), docs: Vec::new(), fields }
}

fn call(op: &str, name: &str, params: Vec<Field>, result: Type) -> Call {
    let docs = ["Does `as_of`.", "", "# Errors", "`x.y`."].map(str::to_owned).to_vec();
    Call { op: op.to_owned(), name: name.to_owned(), docs, params, result, fallible: true }
}

fn model() -> Model {
    let scores = Type::Map(Box::new(named("Grade")), Box::new(Type::List(Box::new(Type::Integer))));
    let visit = record(
        "Visit",
        &[],
        vec![
            field("day", "", Type::Date),
            field("who", "The name. Personal.", Type::Text),
            field("note_zh", "", optional(Type::Text)),
            field("default", "", optional(Type::Decimal)),
            field("scores", "", scores),
        ],
    );
    let explained = record("Explained", &["T"], vec![field("value", "", Type::Parameter("T".to_owned()))]);
    let grade = Enum {
        name: "Grade".to_owned(),
        docs: Vec::new(),
        variants: vec![variant("VeryGood", "very_good", Vec::new())],
        unit: true,
    };
    let event = Enum {
        name: "Event".to_owned(),
        docs: Vec::new(),
        variants: vec![
            variant("Visit", "visit", vec![field("visit", "", named("Visit")), field("any", "", Type::Scalar)]),
            variant("Any", "any", vec![field("of", "", Type::List(Box::new(named("Event"))))]),
            variant("Lapsed", "lapsed", Vec::new()),
        ],
        unit: false,
    };
    let explained_decimal = Type::Named("Explained".to_owned(), vec![Type::Decimal]);
    let rate = call(
        "rate_it",
        "rate_it",
        vec![field("visit", "", named("Visit")), field("as_of", "", optional(Type::Date))],
        explained_decimal,
    );
    Model {
        identifiers: ["Currency", "PolicyId"].map(|name| Identifier { name: name.to_owned(), docs: Vec::new() }).into(),
        records: vec![visit, explained],
        enums: vec![grade, event],
        calls: vec![rate],
        engines: vec![Engine {
            name: "Book".to_owned(),
            docs: Vec::new(),
            makers: vec![call(
                "Book.load",
                "load",
                vec![field("events", "", Type::List(Box::new(named("Event"))))],
                Type::Engine("Book".to_owned()),
            )],
            methods: vec![
                call("Book.size", "size", Vec::new(), Type::Integer),
                call("Book.get", "get", vec![field("who", "", Type::Text)], optional(named("Visit"))),
                call(
                    "Book.merge",
                    "merge",
                    vec![field("other", "", Type::Engine("Book".to_owned()))],
                    Type::Engine("Book".to_owned()),
                ),
            ],
        }],
    }
}

/// The generated file of this name, every run of white space as one space.
fn file(name: &str) -> String {
    let text = files(&model()).into_iter().find(|(path, _)| path.ends_with(name)).map(|(_, text)| text);
    text.unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(name: &str, expected: &[&str]) {
    let text = file(name);
    for part in expected {
        assert!(text.contains(part), "{part}\nis not in\n{text}");
    }
}

#[test]
fn records() {
    check(
        "Records.kt",
        &[
            "@JvmRecord data class Visit @JvmOverloads constructor( val day: LocalDate, val who: String, val noteZh: String? = null, val default_: BigDecimal? = null, val scores: Map<Grade, List<Long>>, ) {",
            "@property who The name. Personal.",
            "override fun toString(): String = \"Visit(…)\"",
            "fun noteZh(noteZh: String?): Builder = apply { this.noteZh = noteZh }",
            "Visit( checkNotNull(day) { \"day is missing\" }, checkNotNull(who) { \"who is missing\" }, noteZh, default_,",
            "@JvmRecord data class Explained<T>( val value: T, )",
            "data class Currency(val value: String) { override fun toString(): String = value",
            "data class PolicyId(val value: String) { override fun toString(): String = \"PolicyId(…)\"",
        ],
    );
}

#[test]
fn choices() {
    check(
        "Choices.kt",
        &[
            "@get:JvmName(\"wire\") val wire: String, ) { VERY_GOOD(\"very_good\"), }",
            // Inside the interface its own variants hide types of the same name.
            "sealed interface Event { @JvmRecord data class Visit( val visit: io.crmcore.Visit, val any: kotlin.Any?, ) : Event",
            "data object Lapsed : Event }",
        ],
    );
}

#[test]
fn codec() {
    check(
        "wire/Codec.kt",
        &[
            "internal fun writeVisit(out: Writer, value: Visit?) { if (value == null) return out.nothing() out.structure { out.name(\"day\") out.date(value.day)",
            "out.map<Grade, List<Long>?>(value.scores, { it0 -> textOfGrade(it0) }) { it0 -> out.list<Long?>(it0) { it1 -> out.integer(it1) } }",
            "val fields = Read.fields(json, \"day\", \"who\", \"note_zh\", \"default\", \"scores\")",
            "Read.optional(fields[\"default\"]) { it0 -> Read.decimal(it0) }, Read.map(fields[\"scores\"], { it0 -> readGrade(it0) }) { it0 -> Read.list(it0) { it1 -> Read.integer(it1) } },",
            "internal fun <T> writeExplained(out: Writer, value: Explained<T>?, writeT: (T?) -> Unit) {",
            "internal fun <T> readExplained(json: Any?, readT: (Any?) -> T): Explained<T> {",
            "is Event.Lapsed -> out.tagged(\"lapsed\") { out.structure {} }",
            "\"lapsed\" -> { Read.fields(content) Event.Lapsed }",
            "\"very_good\" -> Grade.VERY_GOOD else -> throw Unreadable(",
        ],
    );
}

#[test]
fn calls_and_engines() {
    check(
        "Crm.kt",
        &[
            "* Does `asOf`. * * @throws CrmException * `x.y`. */ @JvmStatic @JvmOverloads fun rateIt(visit: Visit, asOf: LocalDate? = null): Explained<BigDecimal> {",
            "out.separate() writeVisit(out, visit) out.separate() out.date(asOf) }",
            "Crossing.call(\"rate_it\", arguments)) { answer -> readExplained(answer, { it0 -> Read.decimal(it0) }) }",
        ],
    );
    check(
        "Engines.kt",
        &[
            "class Book private constructor(private val handle: Handle) : AutoCloseable {",
            "fun size(): Long { val arguments = Given.NOTHING return Crossing.answer(Crossing.call(handle, \"Book.size\", arguments)) { answer -> Read.integer(answer) } }",
            "@JvmStatic fun load(events: List<Event>): Book {",
        ],
    );
    check(
        "wire/Typed.kt",
        &["\"Book.size\" -> { given.atMost(0)", "val answer = (engine as Book).size()", "Book.load(a0)"],
    );
}
