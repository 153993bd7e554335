"""What the tests share: how to see a refusal, and a small rule set."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from crm_core import CrmError, RuleSet

Refused = Callable[..., tuple[str, str]]


def fact(name: str, value_type: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name, "value_type": value_type, "meaning": name, "meaning_zh": name, "personal": False, "choices": [], **more,
    }


def rule_set(when: Any) -> dict[str, Any]:
    kinds = ["text", "integer", "decimal", "date", "boolean"]
    return {
        "name": "sample",
        "facts": [fact(f"a_{kind}", kind) for kind in kinds],
        "parameters": [],
        "rules": [{"name": "only", "text": "the rule", "text_zh": "规则", "source": "test", "when": when}],
    }


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    """A rule that asks for every fact, each of its own type."""
    kinds = ["text", "integer", "decimal", "date", "boolean"]
    return RuleSet.load(rule_set({"all": {"of": [{"known": {"fact": f"a_{kind}"}} for kind in kinds]}}))


@pytest.fixture(scope="session")
def refused() -> Refused:
    """Calls a function that must refuse; gives code and path, and `found` where there is one."""

    def call(function: Callable[..., Any], *args: Any) -> tuple[str, str]:
        with pytest.raises(CrmError) as caught:
            function(*args)
        found = caught.value.params.get("found")
        return (caught.value.code if found is None else f"{caught.value.code} {found}", caught.value.path)

    return call


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """A huge value is named by its kind."""
    long = isinstance(val, str) and len(val) > 40 or isinstance(val, int) and val.bit_length() > 64
    return f"long_{type(val).__name__}" if long else None
