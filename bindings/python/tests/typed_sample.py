"""A program as a user would write it: `mypy --strict` must accept it, and it must run."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

from typing_extensions import assert_never, assert_type

import crm_core as crm
from crm_core import Condition, CrmError, Currency, Money, Rounding, RoundingMode, RuleSet, Value

CENTS = Rounding(RoundingMode.HALF_UP, 2)


def in_words(condition: Condition) -> str:
    """Every kind of condition: leaving one out is an error of types."""
    match condition:
        case crm.ConditionAll(of=parts):
            return " and ".join(in_words(part) for part in parts)
        case crm.ConditionAny(of=parts):
            return " or ".join(in_words(part) for part in parts)
        case crm.ConditionNot(of=part):
            return f"not {in_words(part)}"
        case crm.ConditionCompare(fact=fact, is_=comparison):
            return f"{fact} {comparison} …"
        case crm.ConditionOneOf(fact=fact) | crm.ConditionWithin(fact=fact):
            return f"{fact} in …"
        case crm.ConditionMatches(fact=fact, pattern=pattern):
            return f"{fact} like {pattern}"
        case crm.ConditionKnown(fact=fact):
            return f"{fact} is known"
        case _:
            assert_never(condition)


def discounted(premium: Money, factor: Decimal) -> Money:
    result = crm.multiply(premium, factor, CENTS)
    assert_type(result.rounding.mode, RoundingMode)
    return result.money


def holds(rules: RuleSet, facts: Mapping[str, crm.Scalar], as_of: datetime.date) -> dict[str, bool]:
    return {outcome.rule: outcome.holds for outcome in rules.evaluate(facts, as_of).outcomes}


def main() -> None:
    day = datetime.date(2026, 3, 1)
    premium = Money(Decimal("950.05"), Currency("CNY"))
    assert discounted(premium, Decimal("0.50")) == Money(Decimal("475.03"), Currency("CNY"))
    # A dict, a text for a decimal and a text for a choice are fine, too.
    crm.multiply({"amount": "1.00", "currency": "CNY"}, "0.5", {"mode": "half_up", "place": 2})
    assert_type(crm.split(premium, 3), tuple[Money, ...])
    assert_type(crm.add_months(day, 1, "clamp"), datetime.date)
    assert_type(crm.add_months("2026-01-31", 1, crm.EndOfMonth.CLAMP), datetime.date)
    march = crm.Period(day, crm.add_months(day, 1, "clamp"))
    assert_type(crm.overlap(march, {"start": day, "end": "2026-03-05"}), crm.Period | None)

    seats = crm.ConditionCompare("seats", crm.Comparison.AT_MOST, crm.OperandValue(5))
    assert in_words(crm.ConditionAll((seats, crm.ConditionNot(crm.ConditionKnown("fleet"))))) == "seats at_most … and not fleet is known"
    spec = crm.RuleSetSpec(
        name="motor",
        facts=(
            crm.FactDeclaration(
                "seats", crm.ValueType.INTEGER, meaning="seats", meaning_zh="座位数", personal=False, choices=()
            ),
        ),
        parameters=(),
        rules=(crm.Rule("small", "up to five seats", "五座及以下", "house rule", seats),),
    )
    rules = RuleSet.load(spec)
    assert holds(rules, {"seats": 5}, day) == {"small": True}
    for outcome in rules.evaluate({"seats": 5}, day).outcomes:
        for step in outcome.trace.steps:
            if isinstance(step, crm.StepFact):
                assert_type(step.value, Value | None)

    try:
        holds(rules, {"seats": Decimal(5)}, day)
    except CrmError as error:
        assert_type(error.code, str)
        assert (error.code, error.path) == ("wire.integer.expected", "/seats")
    else:
        raise AssertionError("a decimal is no whole number")


if __name__ == "__main__":
    main()
