"""Objects made to crash, hang or mislead the reader: each is a refusal, and the process lives on."""

from __future__ import annotations

import datetime
import gc
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest

import crm_core
from conftest import Refused, rule_set
from crm_core import ConditionNot, Currency, Money, RuleSet, _native, add_months, split

DAY = datetime.date(2026, 1, 31)
TEN = {"amount": "10.00", "currency": "CNY"}


def load(when: Any) -> RuleSet:
    return RuleSet.load(rule_set(when))


class Raising(Mapping[str, Any]):
    """Raises at one of its methods."""

    def __init__(self, where: str, error: BaseException) -> None:
        self.where, self.error = where, error

    def _at(self, where: str) -> None:
        if self.where == where:
            raise self.error

    def __getitem__(self, key: str) -> Any:
        self._at("getitem")
        return TEN[key]

    def __iter__(self) -> Iterator[str]:
        self._at("iter")
        yield "amount"
        self._at("next")
        yield "currency"

    def __len__(self) -> int:
        self._at("len")
        return 2


@pytest.mark.parametrize(
    ("where", "path"), [("getitem", "/amount"), ("iter", ""), ("next", "")],
)
def test_an_object_that_raises_is_refused(where: str, path: str, refused: Refused) -> None:
    assert refused(split, Raising(where, RuntimeError("张三")), 1) == ("wire.object.expected other", path)


def test_a_length_is_not_asked_for() -> None:
    assert split(Raising("len", RuntimeError()), 1)[0].amount == Decimal("10.00")


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(3)])
def test_an_interrupt_goes_through(error: BaseException) -> None:
    with pytest.raises(type(error)):
        split(Raising("getitem", error), 1)


def test_an_object_that_lies_about_its_class(refused: Refused) -> None:
    class Impostor:
        @property  # type: ignore[misc]
        def __class__(self) -> Any:
            raise RuntimeError("asked for the class")

        def __getattr__(self, name: str) -> Any:
            raise RuntimeError(f"asked for {name}")

    assert refused(split, Impostor(), 1) == ("wire.object.expected other", "")
    assert refused(split, {"amount": Impostor(), "currency": "CNY"}, 1)[1] == "/amount"


def test_an_endless_mapping_ends(refused: Refused, rules: RuleSet) -> None:
    class Endless(Mapping[str, Any]):
        def __init__(self, step: int) -> None:
            self.step = step

        def __getitem__(self, key: str) -> Any:
            return "x" * 100_000

        def __iter__(self) -> Iterator[str]:
            number = 0
            while True:
                yield f"a{number}"
                number += self.step

        def __len__(self) -> int:
            return sys.maxsize

    started = time.monotonic()
    evaluate: Any = rules.evaluate
    assert refused(evaluate, Endless(0), DAY) == ("wire.field.duplicate", "/a0")
    assert refused(evaluate, Endless(1), DAY)[0] == "wire.size"
    assert refused(split, Endless(1), 1) == ("wire.field.unknown", "/a0")
    assert time.monotonic() - started < 20


def test_a_list_that_changes_while_it_is_read() -> None:
    weights: list[Any] = []

    class Shrinking(Mapping[str, Any]):
        def __getitem__(self, key: str) -> Any:
            weights.clear()
            return "1"

        def __iter__(self) -> Iterator[str]:
            return iter(["amount", "currency"])

        def __len__(self) -> int:
            return 2

    weights.extend([Shrinking()] * 5)
    total: Any = crm_core.sum
    with pytest.raises(crm_core.CrmError):
        total(weights, "CNY")


def test_a_dict_that_changes_while_it_is_read(refused: Refused) -> None:
    record: dict[str, Any] = {}

    class Clearing(Mapping[str, Any]):
        def __getitem__(self, key: str) -> Any:
            record.clear()
            return {"mode": "half_up", "place": 2}[key]

        def __iter__(self) -> Iterator[str]:
            return iter(["mode", "place"])

        def __len__(self) -> int:
            return 2

    record.update({"when": Clearing(), "name": "x", "text": "x", "text_zh": "x", "source": "x"})
    spec = {"name": "x", "facts": [], "parameters": [], "rules": [record]}
    assert refused(RuleSet.load, spec)[0].startswith("wire.")


def nested(depth: int) -> dict[str, Any]:
    when: dict[str, Any] = {"known": {"fact": "a_text"}}
    for _ in range(depth):
        when = {"not": {"of": when}}
    return when


def test_depth_ten_thousand(refused: Refused) -> None:
    assert refused(load, nested(10_000))[0] == "wire.depth"
    when: Any = crm_core.ConditionKnown("a_text")
    for _ in range(10_000):
        when = ConditionNot(when)
    assert refused(load, when)[0] == "wire.depth"


def test_the_limit_of_depth_is_the_same_for_dicts_dataclasses_and_text() -> None:
    """The list of arguments, the specification, its rules, the rule and the innermost condition are 6 of the 128."""
    def refusal(work: Callable[[], Any]) -> tuple[str, str] | None:
        try:
            work()
        except crm_core.CrmError as error:
            return (error.code, error.path)
        return None

    def as_dataclasses(depth: int) -> Any:
        when: Any = crm_core.ConditionKnown("a_text")
        for _ in range(depth):
            when = ConditionNot(when)
        return when

    seen: set[str | None] = set()
    for depth in range(58, 66):
        spec = rule_set(nested(depth))
        answers = {
            refusal(lambda: RuleSet.load(spec)),
            refusal(lambda: load(as_dataclasses(depth))),
            refusal(lambda: _native.load_text("RuleSet.load", json.dumps([spec]).encode())),
        }
        assert len(answers) == 1, (depth, answers)
        seen.update(answer and answer[0] for answer in answers)
    assert "wire.depth" in seen and len(seen) > 1


def test_containers_inside_themselves(refused: Refused) -> None:
    loop: dict[str, Any] = {}
    loop["not"] = {"of": loop}
    assert refused(load, loop)[0] == "wire.depth"
    items: list[Any] = []
    items.append({"all": {"of": items}})
    assert refused(load, {"all": {"of": items}})[0] == "wire.depth"


def test_a_small_object_that_stands_for_a_huge_one_is_refused(refused: Refused) -> None:
    items: list[Any] = [crm_core.ConditionKnown("a_text")] * 100
    for _ in range(12):
        items = [{"all": {"of": items}}] * 100
    started = time.monotonic()
    assert refused(load, {"all": {"of": items}})[0] == "wire.size"
    assert time.monotonic() - started < 30


def test_nothing_is_kept_or_lost() -> None:
    """References: what goes in is let go, refused or not."""
    money, day = Money(Decimal("10.00"), Currency("CNY")), datetime.date(2026, 1, 2)
    bad: Any = {"amount": 1.5, "currency": "CNY"}

    def work() -> None:
        split(money, 3)
        add_months(day, 1, "clamp")
        wrong: list[Any] = [bad, {"x": money}, None]
        for record in wrong:
            with pytest.raises(crm_core.CrmError):
                split(record, 1)

    work()
    gc.collect()
    before = (sys.getrefcount(money), sys.getrefcount(day), sys.getrefcount(bad), sys.getrefcount(None))
    for _ in range(200):
        work()
    gc.collect()
    after = (sys.getrefcount(money), sys.getrefcount(day), sys.getrefcount(bad), sys.getrefcount(None))
    assert all(now - then < 20 for now, then in zip(after, before)), (before, after)
