"""An engine from a document of canonical JSON, as it was read from a file."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest

from conftest import Refused, rule_set
from crm_core import CrmError, RuleSet

DAY = datetime.date(2026, 3, 1)
SPEC = rule_set({"known": {"fact": "a_integer"}})
TEXT = json.dumps(SPEC, ensure_ascii=False)


class Text(str):
    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        return b"{}"


class Bytes(bytes):
    def __bytes__(self) -> bytes:
        return b"{}"


def refusal(document: str | bytes) -> tuple[str, str, dict[str, int | str]]:
    with pytest.raises(CrmError) as caught:
        RuleSet.load(document)
    return caught.value.code, caught.value.path, dict(caught.value.params)


@pytest.mark.parametrize("document", [TEXT, TEXT.encode(), Text(TEXT), Bytes(TEXT.encode()), json.dumps(SPEC, indent=2)])
def test_a_document_loads_the_same_engine(document: str | bytes) -> None:
    expected = RuleSet.load(SPEC).evaluate({"a_integer": 5}, DAY)
    assert RuleSet.load(document).evaluate({"a_integer": 5}, DAY) == expected


@pytest.mark.parametrize(
    ("document", "code", "params"),
    [
        ("", "wire.syntax", {"line": 1, "column": 1}),
        ('{"name":"motor",}', "wire.syntax", {"line": 1, "column": 17}),
        (TEXT + "\n]", "wire.syntax", {"line": 2, "column": 1}),
        (TEXT + TEXT, "wire.syntax", {"line": 1, "column": len(TEXT) + 1}),
        (b"{\xff", "wire.utf8", {"offset": 1}),
        (" " * (64 * 1024 * 1024 + 1), "wire.size", {"limit": 64 * 1024 * 1024}),
        # Half of a surrogate pair is no character: it has no bytes and no position.
        (TEXT.replace("sample", "\ud83d"), "wire.text.surrogate", {}),
    ],
    ids=["empty", "comma", "behind", "two", "utf8", "size", "surrogate"],
)
def test_a_document_is_refused_at_the_place_in_the_document(document: str | bytes, code: str, params: Any) -> None:
    assert refusal(document) == (code, "", params)


def test_a_name_that_stands_twice_is_refused() -> None:
    twice = TEXT.replace('{"name"', '{"name": "first", "name"', 1)
    assert json.loads(twice) == SPEC, "json itself keeps the last one and says nothing"
    assert refusal(twice)[:2] == ("wire.field.duplicate", "/name")


def test_a_document_is_read_by_its_types(refused: Refused) -> None:
    assert refused(RuleSet.load, "[]") == ("wire.object.expected list", "")
    assert refused(RuleSet.load, TEXT.replace('"decimal"', '"float"')) == ("wire.variant.unknown", "/facts/2/value_type")
    # Bytes that may change while they are read are no document.
    assert refused(RuleSet.load, bytearray(TEXT.encode())) == ("wire.object.expected bytes", "")
