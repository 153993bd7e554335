"""What goes in: every kind of Python object where a value of the core is expected."""

from __future__ import annotations

import datetime
from collections import ChainMap, OrderedDict, UserDict
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import Any

import pytest

import crm_core
from conftest import Refused, rule_set
from crm_core import (
    ConditionNot,
    Currency,
    EndOfMonth,
    Money,
    Operand,
    Period,
    Rounding,
    RoundingMode,
    RuleSet,
    add_months,
    allocate,
    days_between,
    multiply,
    overlap,
    split,
)

DAY = datetime.date(2026, 1, 31)
CENTS = {"mode": "half_up", "place": 2}
TEN = {"amount": "10.00", "currency": "CNY"}


class Text(str):
    def __len__(self) -> int:
        raise RuntimeError("asked for a length")

    def __str__(self) -> str:
        raise RuntimeError("asked for a text")


class Whole(int):
    def __index__(self) -> int:
        raise RuntimeError("asked for an index")

    def __int__(self) -> int:
        raise RuntimeError("asked for an int")


class Liar(Decimal):
    def __str__(self) -> str:
        return "1000000"

    def as_tuple(self) -> Any:
        raise RuntimeError("asked for digits")


class Day(datetime.date):
    def isoformat(self) -> str:
        return "1999-01-01"


class Stubborn(dict[Any, Any]):
    def __getitem__(self, key: Any) -> Any:
        raise RuntimeError("asked for an item")

    def keys(self) -> Any:
        raise RuntimeError("asked for keys")

    def __iter__(self) -> Any:
        raise RuntimeError("asked to iterate")


class Words(list[Any]):
    def __iter__(self) -> Any:
        raise RuntimeError("asked to iterate")

    def __len__(self) -> int:
        raise RuntimeError("asked for a length")


class Grade(str, Enum):
    CLAMP = "clamp"


def rounded(value: Any) -> Decimal:
    return crm_core.round(value, CENTS).after


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("2.345"), "2.35"),
        (Decimal("-2.345"), "-2.35"),
        ("2.345", "2.35"),
        (Decimal("1E+3"), "1000.00"),
        ("1e3", "1000.00"),
        (Decimal("1.5E+3"), "1500.00"),
        (Decimal("-15E-10"), "0.00"),
        (Decimal("1E-28"), "0.00"),
        (Decimal("0E+200000000"), "0.00"),
        (Decimal("0.0000001"), "0.00"),
        (Liar("2.5"), "2.50"),
    ],
)
def test_a_decimal_is_read_by_its_digits(value: Any, expected: str) -> None:
    assert rounded(value) == Decimal(expected)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (12.5, "wire.decimal.expected float"),
        (12.0, "wire.decimal.expected float"),
        (12, "wire.decimal.expected integer"),
        (float("nan"), "wire.decimal.expected nan"),
        (float("-inf"), "wire.decimal.expected nan"),
        (Decimal("NaN"), "wire.decimal.invalid"),
        (Decimal("sNaN"), "wire.decimal.invalid"),
        (Decimal("-Infinity"), "wire.decimal.invalid"),
        (Decimal("1E+200000000"), "wire.decimal.range"),
        (Decimal("1E-200000000"), "wire.decimal.range"),
        (Decimal("1E-29"), "wire.decimal.range"),
        (Decimal("9" * 100_000), "wire.decimal.range"),
        ("+1", "wire.decimal.invalid"),
        ("1_0", "wire.decimal.invalid"),
        ("１", "wire.decimal.invalid"),
        ("", "wire.decimal.invalid"),
        (True, "wire.decimal.expected boolean"),
        (None, "wire.decimal.expected null"),
        (b"1", "wire.decimal.expected bytes"),
        (1j, "wire.decimal.expected other"),
        (DAY, "wire.decimal.expected date"),
        ([], "wire.decimal.expected list"),
        ({}, "wire.decimal.expected object"),
        ({1: 2}, "wire.decimal.expected map"),
        (print, "wire.decimal.expected function"),
        (Decimal, "wire.decimal.expected function"),
    ],
)
def test_what_is_no_decimal(value: Any, code: str, refused: Refused) -> None:
    assert refused(rounded, value) == (code, "")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (datetime.datetime(2026, 1, 31), "wire.date.expected datetime"),
        (datetime.time(1), "wire.date.expected other"),
        ("2026-02-30", "calendar.date.invalid"),
        ("2026-1-31", "calendar.date.invalid"),
        ("2026-01-31T00:00:00", "calendar.date.invalid"),
        (20260131, "wire.date.expected integer"),
        (Decimal(1), "wire.date.expected decimal"),
    ],
)
def test_what_is_no_date(value: Any, code: str, refused: Refused) -> None:
    assert refused(add_months, value, 1, "clamp") == (code, "")


def test_a_date_may_be_its_text_or_a_subclass() -> None:
    assert add_months("2026-01-31", 1, "clamp") == datetime.date(2026, 2, 28)
    assert add_months(Day(2026, 1, 31), 0, "clamp") == DAY
    assert days_between(datetime.date.min, datetime.date.max) == 3652058


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (True, "wire.integer.expected boolean"),
        (1.0, "wire.integer.expected float"),
        ("1", "wire.integer.expected text"),
        (Decimal(1), "wire.integer.expected decimal"),
        (2**53, "wire.integer.range"),
        (-(2**53), "wire.integer.range"),
        (10**100_000, "wire.integer.range"),
        (None, "wire.integer.expected null"),
        ("\ud800", "wire.text.surrogate"),
    ],
)
def test_what_is_no_whole_number(value: Any, code: str, refused: Refused) -> None:
    assert refused(add_months, DAY, value, "clamp") == (code, "/months")


def test_a_whole_number_may_be_a_subclass() -> None:
    assert add_months(DAY, Whole(1), "clamp") == datetime.date(2026, 2, 28)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("\ud800", "wire.text.surrogate"),
        ("x" * (1 << 20) + "x", "wire.text.too_long"),
        ("保" * 400_000, "wire.text.too_long"),
        ("x" * 10_000_000, "wire.text.too_long"),
        (b"CNY", "wire.text.expected bytes"),
        (1, "wire.text.expected integer"),
    ],
)
def test_what_is_no_text(value: Any, code: str, refused: Refused) -> None:
    assert refused(split, {"amount": "1.00", "currency": value}, 1) == (code, "/currency")


def test_a_text_of_a_mebibyte_is_within_the_limit() -> None:
    assert len(crm_core.mask("x" * (1 << 20), "name")) == 1 << 20


@pytest.mark.parametrize("value", ["clamp", EndOfMonth.CLAMP, Grade.CLAMP, pytest.param(Text("clamp"), id="Text")])
def test_a_choice_is_its_text(value: Any) -> None:
    assert add_months(DAY, 1, value) == datetime.date(2026, 2, 28)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("CLAMP", "wire.variant.unknown"),
        (1, "wire.variant.expected integer"),
        (None, "wire.variant.expected null"),
        ({}, "wire.variant.expected object"),
        ({"clamp": {}}, "wire.text.expected object"),
        ({1: 2}, "wire.variant.expected map"),
    ],
)
def test_what_is_no_choice(value: Any, code: str, refused: Refused) -> None:
    assert refused(add_months, DAY, 1, value) == (code, "/end_of_month")


@pytest.mark.parametrize(
    "make",
    [
        dict, OrderedDict, MappingProxyType, UserDict, ChainMap, Stubborn,
        lambda fields: Money(Decimal(fields["amount"]), Currency(fields["currency"])),
    ],
)
def test_a_record_may_be_a_dataclass_or_any_mapping(make: Callable[[dict[str, str]], Any]) -> None:
    assert [share.amount for share in split(make(TEN), 3)] == [Decimal("3.34"), Decimal("3.33"), Decimal("3.33")]


@pytest.mark.parametrize("make", [list, tuple, Words])
def test_a_list_may_be_a_list_or_a_tuple(make: Callable[[list[str]], Any]) -> None:
    assert len(allocate(TEN, make(["1", "2"]))) == 2


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("12", "wire.list.expected text"),
        ({"1": "2"}, "wire.list.expected object"),
        (iter(["1"]), "wire.list.expected other"),
        ({"1"}, "wire.list.expected other"),
        (range(3), "wire.list.expected other"),
    ],
)
def test_what_is_no_list(value: Any, code: str, refused: Refused) -> None:
    assert refused(allocate, TEN, value) == (code, "/weights")


def test_faults_of_a_record(refused: Refused) -> None:
    assert refused(split, {"amount": "1.00"}, 1) == ("wire.field.missing", "/currency")
    assert refused(split, {**TEN, "curency": "CNY"}, 1) == ("wire.field.unknown", "/curency")
    assert refused(split, {**TEN, "张三": 1}, 1) == ("wire.field.unknown", "/*")
    assert refused(split, {**TEN, "13812345678": 1}, 1) == ("wire.field.unknown", "/*")
    assert refused(split, {1: 2}, 1) == ("wire.object.expected map", "")
    assert refused(split, {"\ud800": 2}, 1) == ("wire.text.surrogate", "")
    assert refused(split, [], 1) == ("wire.object.expected list", "")
    assert refused(split, None, 1) == ("wire.object.expected null", "")
    assert refused(split, object(), 1) == ("wire.object.expected other", "")
    assert refused(allocate, TEN, ["1", 2.5]) == ("wire.decimal.expected float", "/weights/1")


def test_only_the_dataclass_of_the_record_is_taken(refused: Refused) -> None:
    january = Period(DAY, datetime.date(2026, 3, 1))
    assert refused(split, january, 1) == ("wire.object.expected object", "")
    assert refused(overlap, january, Money(Decimal(1), Currency("CNY"))) == ("wire.object.expected object", "/second")
    assert refused(split, object.__new__(Money), 1) == ("wire.field.missing", "/amount")
    assert refused(split, Money, 1) == ("wire.object.expected function", "")


def test_a_fault_inside_a_dataclass_has_its_path(refused: Refused) -> None:
    money = Money(Decimal(1), Currency("CNY"))
    object.__setattr__(money, "amount", 12.5)
    assert refused(split, money, 1) == ("wire.decimal.expected float", "/amount")
    rounding: Any = Rounding(RoundingMode.HALF_UP, True)
    assert refused(multiply, TEN, "1", rounding) == ("wire.integer.expected boolean", "/rounding/place")


# ---- enums with data


def load(when: Any) -> RuleSet:
    return RuleSet.load(rule_set(when))


AT = "/rules/0/when"
LARGE: Operand = crm_core.OperandValue(Decimal("1.50"))


@pytest.mark.parametrize(
    "when",
    [
        {"compare": {"fact": "a_decimal", "is": "at_least", "to": {"value": {"value": "1.50"}}}},
        {"compare": {"fact": "a_decimal", "is": "at_least", "to": LARGE}},
        crm_core.ConditionCompare("a_decimal", crm_core.Comparison.AT_LEAST, LARGE),
        ConditionNot({"not": {"of": crm_core.ConditionCompare("a_decimal", crm_core.Comparison.AT_LEAST, LARGE)}}),  # type: ignore[arg-type]
        MappingProxyType({"all": UserDict({"of": (crm_core.ConditionWithin("a_decimal", from_=Decimal("1.5")),)})}),
    ],
)
def test_a_condition_may_be_dataclasses_and_mappings_mixed(when: Any) -> None:
    rules = load(when)
    outcomes = [rules.evaluate({"a_decimal": value}, DAY).outcomes[0].holds for value in ("1.49", Decimal("1.50"))]
    assert outcomes == [False, True]


@pytest.mark.parametrize(
    ("when", "code", "path"),
    [
        ({"al": {}}, "wire.variant.unknown", AT),
        ({}, "wire.variant.expected object", AT),
        ("all", "wire.object.expected text", AT),
        ({"known": {"fact": "a_text"}, "not": {}}, "wire.variant.expected object", AT),
        ({"known": {"fcat": "a_text"}}, "wire.field.unknown", f"{AT}/known/fcat"),
        ({"known": 1}, "wire.object.expected integer", f"{AT}/known"),
        ({"all": {"of": [{"known": {"fact": 1}}]}}, "wire.text.expected integer", f"{AT}/all/of/0/known/fact"),
        (crm_core.ConditionAll((crm_core.ConditionKnown(1),)), "wire.text.expected integer", f"{AT}/all/of/0/known/fact"),  # type: ignore[arg-type]
        (Money(Decimal(1), Currency("CNY")), "wire.variant.expected object", AT),
        (LARGE, "wire.variant.expected object", AT),
        (1.5, "wire.variant.expected float", AT),
    ],
)
def test_what_is_no_condition(when: Any, code: str, path: str, refused: Refused) -> None:
    assert refused(load, when) == (code, path)


# ---- scalars


@pytest.mark.parametrize(
    ("fact", "value", "code"),
    [
        ("a_integer", 5.0, "wire.integer.expected float"),
        ("a_integer", float("nan"), "wire.integer.expected nan"),
        ("a_integer", True, "wire.integer.expected boolean"),
        ("a_integer", Decimal(5), "wire.integer.expected decimal"),
        ("a_integer", 2**60, "wire.integer.range"),
        ("a_decimal", 5, "wire.decimal.expected integer"),
        ("a_decimal", 1.5, "wire.decimal.expected float"),
        ("a_decimal", Decimal("NaN"), "wire.decimal.invalid"),
        ("a_decimal", Decimal("1E+200000000"), "wire.decimal.range"),
        ("a_date", datetime.datetime(2026, 1, 1), "wire.date.expected datetime"),
        ("a_date", "2026-02-30", "calendar.date.invalid"),
        ("a_text", DAY, "wire.text.expected date"),
        ("a_text", b"", "wire.text.expected bytes"),
        ("a_text", print, "wire.text.expected function"),
        ("a_text", {1: 2}, "wire.text.expected map"),
        ("a_text", {1}, "wire.text.expected other"),
        ("a_text", "\udfff", "wire.text.surrogate"),
        ("a_text", [], "wire.scalar.expected list"),
        ("a_text", {}, "wire.scalar.expected object"),
        ("a_boolean", 1, "wire.boolean.expected integer"),
    ],
)
def test_a_fact_is_read_as_its_declared_type(
    fact: str, value: Any, code: str, refused: Refused, rules: RuleSet
) -> None:
    assert refused(rules.evaluate, {fact: value}, DAY) == (code, f"/{fact}")


def test_keys_of_a_map(refused: Refused, rules: RuleSet) -> None:
    class Twice(Mapping[str, Any]):
        def __getitem__(self, key: str) -> Any:
            return 1

        def __iter__(self) -> Iterator[str]:
            return iter(["a_integer", "a_integer"])

        def __len__(self) -> int:
            return 2

    evaluate: Any = rules.evaluate
    assert refused(evaluate, Twice(), DAY) == ("wire.field.duplicate", "/a_integer")
    assert refused(evaluate, {1: 2}, DAY) == ("wire.object.expected map", "")
    assert refused(evaluate, {None: 2}, DAY) == ("wire.object.expected map", "")
