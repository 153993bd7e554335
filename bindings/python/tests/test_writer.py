"""What comes out: frozen dataclasses with native values, and how they copy, compare and travel."""

from __future__ import annotations

import copy
import dataclasses
import datetime
import decimal
import pickle
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest

import crm_core
from conftest import fact, rule_set
from crm_core import (
    ConditionCompare,
    Comparison,
    Currency,
    DatedValue,
    EndOfMonth,
    Evaluation,
    Money,
    OperandParameter,
    Period,
    Rounded,
    RoundedMoney,
    Rounding,
    RoundingMode,
    RuleSet,
    StepCompare,
    StepFact,
    StepParameter,
    multiply,
    overlap,
    split,
)

DAY = datetime.date(2026, 3, 1)


def test_a_record_is_a_frozen_dataclass_of_native_values() -> None:
    result = multiply(Money(Decimal("950.05"), Currency("CNY")), Decimal("0.50"), Rounding(RoundingMode.HALF_UP, 2))
    assert type(result) is RoundedMoney
    assert result == RoundedMoney(
        Money(Decimal("475.03"), Currency("CNY")), Rounded("475.025", Decimal("475.03"), RoundingMode.HALF_UP, 2)
    )
    assert type(result.money.amount) is Decimal and str(result.money.amount) == "475.03"
    assert result.rounding.mode is RoundingMode.HALF_UP
    assert hash(result) == hash(copy.deepcopy(result))
    with pytest.raises(dataclasses.FrozenInstanceError):
        result.money = result.money  # type: ignore[misc]
    with pytest.raises((AttributeError, TypeError)):
        result.extra = 1  # type: ignore[attr-defined]


def test_lists_are_tuples_and_nothing_is_none() -> None:
    assert type(split(Money(Decimal("1.00"), Currency("CNY")), 3)) is tuple
    january = Period(datetime.date(2026, 1, 1), datetime.date(2026, 2, 1))
    later = Period(datetime.date(2026, 3, 1), datetime.date(2026, 4, 1))
    assert overlap(january, january) == january
    assert overlap(january, later) is None


def test_what_comes_out_goes_in_again() -> None:
    first, *_ = split(Money(Decimal("100.00"), Currency("CNY")), 3)
    assert split(first, 1) == (first,)


def test_a_decimal_keeps_its_places_whatever_the_context() -> None:
    with decimal.localcontext() as context:
        context.prec, context.capitals = 2, 0
        (share,) = split(Money(Decimal("1234567.80"), Currency("CNY")), 1)
        rounded = crm_core.round(Decimal("1E+9"), {"mode": "half_up", "place": 0})
    assert str(share.amount) == "1234567.80"
    assert rounded.after == Decimal(1_000_000_000)


def evaluation() -> Evaluation:
    spec = rule_set(ConditionCompare("a_decimal", Comparison.AT_MOST, OperandParameter("cap")))
    spec["parameters"] = [
        {
            "name": "cap", "value_type": "decimal", "checked_until": datetime.date(2026, 12, 31),
            "values": [DatedValue(Decimal("1.50"), datetime.date(2020, 1, 1), source="a circular")],
        }
    ]
    return RuleSet.load(spec).evaluate({"a_decimal": Decimal("1.20")}, DAY)


def test_a_trace_has_native_values_and_can_be_matched() -> None:
    outcome = evaluation().outcomes[0]
    assert outcome.holds and not outcome.stale
    seen: list[Any] = []
    for step in outcome.trace.steps:
        match step:
            case StepFact(name="a_decimal", value=value):
                seen.append(value)
            case StepParameter(known=known):
                seen.append(known.value)
            case StepCompare(is_=comparison, passed=passed):
                seen.append((comparison, passed))
    assert seen == [Decimal("1.20"), Decimal("1.50"), (Comparison.AT_MOST, True)]


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_answers_can_be_pickled(protocol: int) -> None:
    answer = evaluation()
    assert pickle.loads(pickle.dumps(answer, protocol)) == answer


def test_choices_are_texts_in_every_version_of_python() -> None:
    clamp: str = EndOfMonth.CLAMP
    assert clamp == "clamp" and str(EndOfMonth.CLAMP) == f"{EndOfMonth.CLAMP}" == "clamp"
    assert EndOfMonth("stick") is EndOfMonth.STICK
    assert pickle.loads(pickle.dumps(EndOfMonth.STICK)) is EndOfMonth.STICK


def test_an_engine_has_no_constructor_and_cannot_be_pickled() -> None:
    with pytest.raises(TypeError, match="RuleSet.load"):
        RuleSet()
    rules = RuleSet.load(rule_set({"known": {"fact": "a_text"}}))
    with pytest.raises(TypeError):
        pickle.dumps(rules)


def test_an_engine_is_shared_between_threads() -> None:
    spec = rule_set(ConditionCompare("a_integer", Comparison.AT_LEAST, crm_core.OperandValue(500)))
    spec["facts"] = [fact("a_integer", "integer")]
    rules = RuleSet.load(spec)

    def holds(number: int) -> bool:
        return rules.evaluate({"a_integer": number}, DAY).outcomes[0].holds

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(holds, range(1000))) == [number >= 500 for number in range(1000)]


def test_a_persons_values_stay_out_of_repr() -> None:
    number = "110101199003077862"
    person = crm_core.check_resident_id(number, DAY)
    assert person.number == number and person.birth == datetime.date(1990, 3, 7)
    for shown in (repr(person), str(person), f"{(person,)}"):
        assert number not in shown and "1990" not in shown and "110101" not in shown and "completed=False" in shown
    term = crm_core.PolicyTerm(
        crm_core.PolicyId("P-1"), crm_core.PartyId("C-1"), DAY, DAY, datetime.date(2027, 3, 1),
        birth=datetime.date(1990, 3, 7), channel="agent", risk_type="taxi", coverages=(),
        premium=Money(Decimal(1), Currency("CNY")), claims_cost=Money(Decimal(0), Currency("CNY")), claims=0,
    )
    assert "1990" not in repr(term)


def test_a_trace_can_be_handed_back() -> None:
    money = Money(Decimal("950.05"), Currency("CNY"))
    explained = crm_core.explain_product(money, Decimal("0.50"), Rounding(RoundingMode.HALF_UP, 2))
    assert explained.value == Money(Decimal("475.03"), Currency("CNY"))
    assert crm_core.replay(explained.trace) == Decimal("475.03")
