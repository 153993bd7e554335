//! What the generator takes, and every breach that it must see.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use super::*;

const NO_ENGINES: &str = "//! None.";

fn model_of(types: &str, calls: &str, engines: &str) -> Result<Model, String> {
    let mut sources = Sources::default();
    sources.add(Path::new("core.rs"), types)?;
    let file = |path: &str, text: &str| vec![(path.into(), text.to_owned())];
    read_from(&sources, &file(CALLS, calls), &file(ENGINES, engines))
}

/// The breaches of one type that a call takes.
fn breaches_of(types: &str) -> String {
    model_of(types, "/// Takes it.\npub fn take(it: It) -> bool { true }", NO_ENGINES).unwrap_err()
}

const RATE: &str = r#"
    identifier! {
        /// Who published a rate.
        SourceId;
        /// Another one.
        OtherId;
    }
    /// A rate, see [`crate::money::Decimal`].
    #[derive(Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Rate {
        /// Above zero.
        pub rate: Decimal,
        pub on: Option<Date>,
        pub sources: Vec<SourceId>,
        pub by_day: BTreeMap<Date, Box<Choice>>,
    }
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "snake_case", deny_unknown_fields)]
    pub enum Choice { Plain {}, Nested { inner: Box<Choice>, scalar: Scalar } }
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Mode { HalfUp, #[serde(rename = "actual_365")] Actual365 }
    #[derive(Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Explained<T> { pub value: T, pub why: String }
    /// Checked.
    pub struct Checked { inside: i64 }
    #[derive(Serialize, Deserialize)]
    #[serde(rename = "Checked", deny_unknown_fields)]
    struct CheckedForm { shown: bool }
    impl Serialize for Checked {}
    impl<'de> Deserialize<'de> for Checked {}
    pub struct NotReached { float: f64 }
"#;

#[test]
fn follows_types_from_the_signatures() {
    let calls = r#"
        /// Works it out.
        ///
        /// ```
        /// let left_out = 1;
        /// ```
        pub fn work(rate: Rate, mode: Mode, note: Option<String>) -> Result<Explained<Checked>, Refusal> { todo!() }
        fn private() {}
    "#;
    let engines = r#"
        /// Loaded.
        pub struct Set(u8);
        impl Set {
            /// Loads.
            pub fn load(rate: Rate) -> Result<Self, Refusal> { todo!() }
            /// Asks.
            pub fn ask(&self, facts: BTreeMap<String, Scalar>) -> Value { todo!() }
            fn private(&self) {}
        }
    "#;
    let model = model_of(RATE, calls, engines).unwrap();
    let call = model.calls.first().unwrap();
    assert_eq!((call.op.as_str(), call.docs.join("|").as_str(), call.fallible), ("work", "Works it out.", true));
    assert_eq!(call.result, Type::Named("Explained".into(), vec![Type::Named("Checked".into(), vec![])]));
    assert_eq!(call.params.get(2).unwrap().ty, Type::Optional(Box::new(Type::Text)));
    assert_eq!(model.calls.len(), 1);

    let rate = model.record("Rate").unwrap();
    assert_eq!(rate.docs, ["A rate, see `Decimal`."]);
    let types: Vec<&Type> = rate.fields.iter().map(|field| &field.ty).collect();
    assert_eq!(
        types,
        [
            &Type::Decimal,
            &Type::Optional(Box::new(Type::Date)),
            &Type::List(Box::new(Type::Identifier("SourceId".into()))),
            &Type::Map(Box::new(Type::Date), Box::new(Type::Named("Choice".into(), vec![]))),
        ]
    );
    assert_eq!(model.record("Explained").unwrap().fields.first().unwrap().ty, Type::Parameter("T".into()));
    assert_eq!(model.record("Checked").unwrap().fields.first().unwrap().name, "shown");
    assert_eq!(model.record("Checked").unwrap().docs, ["Checked."]);
    assert!(model.record("NotReached").is_none());
    assert_eq!(model.identifiers.iter().map(|own| own.name.as_str()).collect::<Vec<_>>(), ["SourceId"]);

    let mode = model.enumeration("Mode").unwrap();
    assert!(mode.unit && !model.enumeration("Choice").unwrap().unit);
    let wire: Vec<&str> = mode.variants.iter().map(|variant| variant.wire.as_str()).collect();
    assert_eq!(wire, ["half_up", "actual_365"]);

    let engine = model.engines.first().unwrap();
    assert_eq!((engine.makers.first().unwrap().op.as_str(), engine.methods.len()), ("Set.load", 1));
    assert_eq!(engine.methods.first().unwrap().op, "Set.ask");
}

#[test]
fn every_breach_is_told_at_once_with_its_line() {
    let told = breaches_of(
        "#[derive(Deserialize)]\nstruct It {\n    float: f64,\n    count: usize,\n    #[serde(flatten)]\n    other: i64,\n}",
    );
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 4, "{told}");
    assert!(lines.iter().any(|line| line.starts_with("core.rs:2: ") && line.contains("deny_unknown_fields")), "{told}");
    assert!(lines.iter().any(|line| line.starts_with("core.rs:3: ") && line.contains("binary float")), "{told}");
    assert!(lines.iter().any(|line| line.starts_with("core.rs:4: ") && line.contains("unsigned")), "{told}");
    assert!(lines.iter().any(|line| line.contains("serde(flatten)")), "{told}");
}

#[test]
fn what_no_language_could_keep_is_refused() {
    const STRUCT: &str = "#[derive(Deserialize)] #[serde(deny_unknown_fields)] struct It";
    const ENUM: &str = "#[derive(Deserialize)] #[serde(rename_all = \"snake_case\", deny_unknown_fields)] enum It";
    for (types, why) in [
        (format!("{STRUCT}(i64);"), "named fields"),
        (format!("{STRUCT} {{ a: Option<Option<i64>> }}"), "Option in an Option"),
        (format!("{STRUCT} {{ a: u128 }}"), "128-bit"),
        (format!("{STRUCT} {{ a: i32 }}"), "the one integer"),
        (format!("{STRUCT} {{ a: &'static str }}"), "borrowed"),
        (format!("{STRUCT} {{ a: Cow<'static, str> }}"), "borrowed"),
        (format!("{STRUCT} {{ a: (i64, i64) }}"), "without names"),
        (format!("{STRUCT} {{ a: HashMap<String, i64> }}"), "unordered"),
        (format!("{STRUCT} {{ a: BTreeMap<i64, i64> }}"), "key of a map"),
        (format!("{STRUCT} {{ a: Nowhere }}"), "no type of crm-core"),
        (format!("{STRUCT} {{ line_2: i64 }}"), "camelCase"),
        (format!("{STRUCT} {{ kind: i64, a: i64 }}"), "first field"),
        (format!("{STRUCT} {{ #[serde(default)] a: i64 }}"), "default"),
        (format!("{STRUCT} {{ #[serde(skip_serializing_if = \"f\")] a: Option<i64> }}"), "skip_serializing_if"),
        (format!("{STRUCT} {{ #[serde(with = \"f\")] a: i64 }}"), "serde(with)"),
        (format!("{STRUCT}<A, B> {{ a: A, b: B }}"), "one type parameter"),
        ("#[derive(Deserialize)] #[serde(deny_unknown_fields, transparent)] struct It { a: i64 }".into(), "transparent"),
        ("#[derive(Deserialize)] #[serde(try_from = \"String\")] struct It { a: i64 }".into(), "try_from"),
        (format!("{ENUM} {{ One(i64) }}"), "names its fields"),
        (format!("{ENUM} {{ One, Two {{ a: i64 }} }}"), "Lapsed {}"),
        (format!("{ENUM} {{ One {{ kind: i64 }} }}"), "`kind`"),
        (format!("{ENUM} {{ #[serde(rename = \"ONE\")] One {{}} }}"), "serde(rename)"),
        ("#[derive(Deserialize)] enum It { One }".into(), "rename_all"),
        ("#[derive(Deserialize)] #[serde(rename_all = \"camelCase\")] enum It { One }".into(), "rename_all"),
        ("#[derive(Deserialize)] #[serde(rename_all = \"snake_case\")] enum It { One {} }".into(), "deny_unknown_fields"),
        ("#[derive(Deserialize)] #[serde(rename_all = \"snake_case\", untagged)] enum It { One }".into(), "untagged"),
        ("#[derive(Deserialize)] #[serde(rename_all = \"snake_case\", tag = \"t\")] enum It { One }".into(), "serde(tag)"),
        ("struct It { a: i64 }".into(), "neither serde's derive"),
        ("struct It { a: i64 } impl Serialize for It {}".into(), "`ItForm` beside it"),
        (
            "struct It; impl Serialize for It {} #[derive(Serialize)] #[serde(deny_unknown_fields)] struct ItForm { a: i64 }"
                .into(),
            "rename = \"It\"",
        ),
        (format!("{STRUCT} {{ a: i64 }} mod other {{ {STRUCT} {{ b: i64 }} }}"), "names on the wire are unique"),
    ] {
        let told = breaches_of(&types);
        assert!(told.contains(why), "{types}\n{told}");
    }
}

#[test]
fn a_call_must_be_callable_from_everywhere() {
    const TYPE: &str =
        "#[derive(Deserialize)] #[serde(deny_unknown_fields)] struct It { rounding: i64 }\nidentifier! { /// x\n A; }";
    for (calls, why) in [
        ("pub fn f(a: It) -> i64 { 1 }", "no documentation"),
        ("/// F.\npub fn f(a: It, rounding: i64) -> i64 { 1 }", "a path could mean either"),
        ("/// F.\npub fn f(a: Option<i64>, b: i64) -> i64 { 1 }", "optional ones stand last"),
        ("/// F.\npub fn f<T>(a: i64) -> i64 { 1 }", "generic"),
        ("/// F.\npub fn f(a: &It) -> i64 { 1 }", "borrowed"),
        ("/// F.\npub fn f(a: i64) -> Result<i64, String> { Ok(1) }", "`Refusal` and nothing else"),
        ("/// F.\npub fn f((a, b): It) -> i64 { 1 }", "needs a name"),
    ] {
        let told = model_of(TYPE, calls, NO_ENGINES).unwrap_err();
        assert!(told.contains(why), "{calls}\n{told}");
    }
    for (engine, why) in [
        ("", "nothing makes the engine"),
        ("impl E { /// L.\n pub fn load(a: i64) -> Self { E } }", "`load` has no `&self` and returns"),
        ("impl E { /// L.\n pub fn load(&self) -> Result<Self, Refusal> { E } }", "`load` has no `&self`"),
        (
            "impl E { /// L.\n pub fn load(a: i64) -> Result<Self, Refusal> { E } /// M.\n pub fn m(&mut self) {} }",
            "are shared",
        ),
        (
            "impl E { /// L.\n pub fn load(a: i64) -> Result<Self, Refusal> { E } /// M.\n pub fn m(a: i64) {} }",
            "without `&self` makes an engine",
        ),
        ("impl E { /// O.\n pub fn of(all: Vec<E>) -> Self { E } }", "is no type of crm-core"),
    ] {
        let told = model_of(TYPE, "", &format!("/// E.\npub struct E; {engine}")).unwrap_err();
        assert!(told.contains(why), "{engine}\n{told}");
    }
}

#[test]
fn engines_take_and_make_engines() {
    let engines = r#"
        /// A book.
        pub struct Book(u8);
        impl Book {
            /// Of parts.
            pub fn of(parts: Vec<&Book>, base: Option<&Book>) -> Result<Self, Refusal> { todo!() }
            /// Opened.
            pub fn open(&self, days: i64) -> Page { todo!() }
        }
        /// A page.
        pub struct Page(u8);
        impl Page {
            /// Its number.
            pub fn number(&self) -> i64 { 1 }
        }
    "#;
    let model = model_of("", "", engines).unwrap();
    let ops: Vec<(&str, Option<&str>)> = model.operations().map(|call| (call.op.as_str(), call.makes())).collect();
    assert_eq!(ops, [("Book.of", Some("Book")), ("Book.open", Some("Page")), ("Page.number", None)]);
    let params: Vec<&Type> = model.operations().next().unwrap().params.iter().map(|param| &param.ty).collect();
    let book = || Box::new(Type::Engine("Book".into()));
    assert_eq!(params, [&Type::List(book()), &Type::Optional(book())]);

    let calls = "/// Takes one.\npub fn take(book: &Book) -> i64 { 1 }";
    assert!(model_of("", calls, engines).unwrap_err().contains("taken and made by engines"));
    let record = "/// Theirs.\n#[derive(Serialize)] #[serde(deny_unknown_fields)] pub struct Page { pub number: i64 }";
    let calls = "/// Gives one.\npub fn give() -> Vec<Page> { todo!() }";
    assert!(model_of(record, calls, engines).unwrap_err().contains("the name `Page` is taken"));
}
