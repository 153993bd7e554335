"""What a dataclass checks when it is made: decimals and days; the rest is checked by the call that takes it."""

from __future__ import annotations

import copy
import dataclasses
import datetime
import pickle
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from conftest import Refused
from crm_core import Currency, DatedValue, ExchangeRate, Money, Period, split

DAY = datetime.date(2026, 1, 31)
NOON = datetime.datetime(2026, 1, 31, 12)
CNY = Currency("CNY")


class Exact(Decimal):
    pass


@pytest.mark.parametrize(
    ("make", "code", "path"),
    [
        (lambda: Money(1.5, CNY), "wire.decimal.expected float", "/amount"),  # type: ignore[arg-type]
        (lambda: Money(1, CNY), "wire.decimal.expected integer", "/amount"),  # type: ignore[arg-type]
        (lambda: Money(None, CNY), "wire.decimal.expected null", "/amount"),  # type: ignore[arg-type]
        (lambda: Money("1.5e", CNY), "wire.decimal.invalid", "/amount"),  # type: ignore[arg-type]
        (lambda: Period(DAY, NOON), "wire.date.expected datetime", "/end"),
        (lambda: Period("2026-02-30", DAY), "calendar.date.invalid", "/start"),  # type: ignore[arg-type]
        (lambda: DatedValue(1, from_=NOON, until=None, source="test"), "wire.date.expected datetime", "/from"),
        (lambda: dataclasses.replace(Money(Decimal(1), CNY), amount=1.5), "wire.decimal.expected float", "/amount"),  # type: ignore[arg-type]
    ],
)
def test_a_wrong_decimal_or_day_is_refused_where_it_is_made(
    make: Callable[[], Any], code: str, path: str, refused: Refused
) -> None:
    assert refused(make) == (code, path)


def test_what_the_core_takes_can_be_made() -> None:
    assert split(Money("1.50", CNY), 1) == split(Money(Exact("1.50"), CNY), 1) == split(Money(Decimal("1.50"), CNY), 1)  # type: ignore[arg-type]
    assert Period("2026-01-31", DAY).end is DAY  # type: ignore[arg-type]
    assert ExchangeRate(CNY, CNY, Decimal(1), DAY, "test").on is DAY


def test_copies_and_pickles_are_equal() -> None:
    money = Money(Decimal("1.50"), CNY)
    assert copy.deepcopy(money) == pickle.loads(pickle.dumps(money)) == dataclasses.replace(money) == money


def test_the_rest_is_checked_by_the_call(refused: Refused) -> None:
    """As the README says: no currency, no range and no text is looked at when a record is made."""
    assert refused(split, Money(Decimal("NaN"), CNY), 1) == ("wire.decimal.invalid", "/amount")
    assert refused(split, Money(Decimal(1), Currency("yuan")), 1)[1] == "/currency"
