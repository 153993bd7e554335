#![allow(clippy::expect_used)]

use super::*;
use crate::bindgen::model::{Identifier, Variant};

fn field(name: &str, ty: Type) -> Field {
    Field::new(name, Vec::new(), ty)
}

fn named(name: &str) -> Type {
    Type::Named(name.to_owned(), Vec::new())
}

fn variant(name: &str, wire: &str, fields: Vec<Field>) -> Variant {
    Variant { name: name.to_owned(), wire: wire.to_owned(), docs: Vec::new(), fields }
}

fn call(op: &str, name: &str, params: Vec<Field>, result: Type) -> Call {
    Call { op: op.to_owned(), name: name.to_owned(), docs: Vec::new(), params, result, fallible: true }
}

fn sample() -> Model {
    let record = |name: &str, parameters: &[&str], fields| Record {
        name: name.to_owned(),
        docs: vec![format!(" A {name}.")],
        parameters: parameters.iter().map(|parameter| (*parameter).to_owned()).collect(),
        fields,
    };
    Model {
        identifiers: vec![Identifier { name: "Currency".to_owned(), docs: vec!["A currency.".to_owned()] }],
        records: vec![
            record(
                "Money",
                &[],
                vec![field("amount", Type::Decimal), field("currency", Type::Identifier("Currency".into()))],
            ),
            record("Explained", &["T"], vec![field("value", Type::Parameter("T".into()))]),
            record("Spec", &[], vec![field("valid_from", Type::Date), field("when", named("Condition"))]),
            record("Count", &[], vec![field("rows", Type::Integer)]),
        ],
        enums: vec![
            Enum {
                name: "Mode".to_owned(),
                docs: Vec::new(),
                variants: vec![variant("HalfUp", "half_up", vec![]), variant("Down", "down", vec![])],
                unit: true,
            },
            Enum {
                name: "Condition".to_owned(),
                docs: Vec::new(),
                variants: vec![
                    variant("All", "all", vec![field("of", Type::List(Box::new(named("Condition"))))]),
                    variant(
                        "Is",
                        "is",
                        vec![field("fact_name", Type::Text), field("to", Type::Optional(Box::new(Type::Scalar)))],
                    ),
                ],
                unit: false,
            },
        ],
        calls: vec![
            call(
                "convert",
                "convert",
                vec![
                    field("amount", named("Money")),
                    field("new", Type::Date),
                    field("mode", Type::Optional(Box::new(named("Mode")))),
                ],
                Type::Named("Explained".into(), vec![named("Money")]),
            ),
            call("count_rows", "count_rows", vec![field("count", named("Count"))], named("Count")),
        ],
        engines: vec![Engine {
            name: "RuleSet".to_owned(),
            docs: vec!["Rules.".to_owned()],
            makers: vec![call(
                "RuleSet.load",
                "load",
                vec![field("spec", named("Spec"))],
                Type::Engine("RuleSet".to_owned()),
            )],
            methods: vec![
                call(
                    "RuleSet.merge",
                    "merge",
                    vec![
                        field("parts", Type::List(Box::new(Type::Engine("RuleSet".to_owned())))),
                        field("base", Type::Optional(Box::new(Type::Engine("RuleSet".to_owned())))),
                    ],
                    Type::Engine("RuleSet".to_owned()),
                ),
                call(
                    "RuleSet.evaluate",
                    "evaluate",
                    vec![
                        field("facts", Type::Map(Box::new(Type::Text), Box::new(Type::Scalar))),
                        field("as_of", Type::Date),
                    ],
                    Type::List(Box::new(Type::Optional(Box::new(Type::Date)))),
                ),
            ],
        }],
    }
}

#[track_caller]
fn contains(text: &str, part: &str) {
    assert!(text.contains(part), "missing:\n{part}\nin:\n{text}");
}

fn file(name: &str) -> String {
    let wanted = PathBuf::from(DIRECTORY).join(name);
    files(&sample()).into_iter().find(|(path, _)| *path == wanted).expect("the file is generated").1
}

#[test]
fn a_record_that_goes_both_ways_is_declared_twice() {
    let text = file("api.d.cts");
    contains(
        &text,
        "/** A Money. */\nexport interface Money {\n  readonly amount: DecimalString;\n  readonly currency: Currency;\n}",
    );
    contains(&text, "/** {@link Money} on its way in: plain strings are taken, options may be left out. */");
    contains(&text, "export interface MoneyInput {\n  readonly amount: DecimalInput;\n  readonly currency: string;\n}");
    contains(&text, "import type { Branded, DateInput, DateString, DecimalInput, DecimalString, Scalar } from");
}

#[test]
fn a_record_that_goes_one_way_or_is_the_same_is_declared_once() {
    let text = file("api.d.cts");
    contains(&text, "export interface Spec {\n  readonly validFrom: DateInput;\n  readonly when: Condition;\n}");
    contains(&text, "export interface Explained<T> {\n  readonly value: T;\n}");
    contains(&text, "export declare function countRows(count: Count): Count;");
    for absent in ["SpecInput", "ExplainedInput", "CountInput", "ConditionInput"] {
        assert!(!text.contains(absent), "{absent}");
    }
}

#[test]
fn enums_are_constants_or_unions_by_kind() {
    let text = file("api.d.cts");
    contains(
        &text,
        "export type Mode = 'half_up' | 'down';\nexport declare const Mode: {\n  readonly HalfUp: 'half_up';",
    );
    contains(
        &text,
        "export type Condition =\n  | {\n      readonly kind: 'all';\n      readonly of: readonly Condition[];\n    }\n  | {\n      \
         readonly kind: 'is';\n      readonly factName: string;\n      readonly to?: Scalar | null | undefined;\n    };",
    );
    contains(&file("api.cjs"), "exports.Mode = Object.freeze({\n  HalfUp: 'half_up',\n  Down: 'down',\n});");
}

#[test]
fn calls_take_inputs_and_leave_options_out() {
    contains(
        &file("api.d.cts"),
        "export declare function convert(amount: MoneyInput, new_: DateInput, mode?: Mode | null): Explained<Money>;",
    );
    contains(
        &file("api.cjs"),
        "exports.convert = function convert(amount, new_, mode) {\n  return call('convert', arguments, [2]);\n};",
    );
    contains(&file("api.mjs"), "export const {\n  Mode,\n  convert,\n  countRows,\n  RuleSet,\n} = api;");
}

#[test]
fn engines_are_classes_that_load_documents() {
    let text = file("api.d.cts");
    contains(&text, "  /** @param spec the record, or the text");
    contains(&text, "  static load(spec: Spec | string | Uint8Array): RuleSet;");
    contains(&text, "  merge(parts: readonly RuleSet[], base?: RuleSet | null): RuleSet;");
    contains(
        &text,
        "  evaluate(facts: Readonly<Record<string, Scalar | null | undefined>>, asOf: DateInput): readonly (DateString | null)[];",
    );
    let text = file("api.cjs");
    contains(&text, "    return new exports.RuleSet(loadDocument('RuleSet.load', arguments));");
    contains(&text, "    return new exports.RuleSet(make(this, 'RuleSet.merge', arguments, [1]));");
    contains(&text, "    return callEngine(this, 'RuleSet.evaluate', arguments);");
}

#[test]
fn prose_becomes_tsdoc() {
    let mut out = String::new();
    let lines = ["A `Money`.", "", "# Errors", "`wire.depth`.", ""];
    docs(&mut out, &lines.map(str::to_owned), "  ");
    assert_eq!(out, "  /**\n   * A `Money`.\n   *\n   * @throws {CrmError} `wire.depth`.\n   */\n");
    let mut sum = call("sum", "sum", vec![field("as_of", Type::Date)], Type::Nothing);
    sum.docs.push("As of `as_of`, not `as_of_day`.".to_owned());
    assert_eq!(call_docs(&sum), ["As of `asOf`, not `as_of_day`."]);
    out.clear();
    docs(&mut out, &["Ends */ here".to_owned()], "");
    assert_eq!(out, "/** Ends *\\/ here */\n");
}
