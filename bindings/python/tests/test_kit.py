"""The conformance kit in Python: as it is, through dataclasses, and with faults planted."""

from __future__ import annotations

import copy
import doctest
import importlib
import inspect
import json
import subprocess
import sys
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

import crm_core
from crm_core import CrmError, _registry, _shapes, selfcheck

README = Path(__file__).parent.parent / "README.md"


@pytest.fixture(scope="module")
def kit() -> dict[str, Any]:
    text = resources.files("crm_core").joinpath("kit.json").read_text(encoding="utf-8")
    parsed: dict[str, Any] = json.loads(text)
    return parsed


def test_every_vector_passes(kit: dict[str, Any]) -> None:
    outcome = selfcheck.run(kit)
    assert outcome.failures == []
    assert outcome.count == len(kit["vectors"]) >= 100


def test_the_command_prints_digest_and_count(kit: dict[str, Any], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "crm_core.selfcheck"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120)
    count = len(kit["vectors"])
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == [selfcheck.run(kit).digest, f"{count}/{count}"]

    wrong = copy.deepcopy(kit)
    vector = next(vector for vector in wrong["vectors"] if "ok" in vector["expect"])
    vector["expect"]["ok"] = "something else"
    path = tmp_path / "kit.json"
    path.write_text(json.dumps(wrong), encoding="utf-8")
    done = subprocess.run([*command, str(path)], capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert done.returncode == 1 and done.stderr.startswith(f"{vector['id']}\n")
    # The digest is of the answers that were given: they are the same.
    assert done.stdout.split() == [selfcheck.run(kit).digest, f"{count - 1}/{count}"]


def test_a_planted_fault_is_found(kit: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Mutant: a `round` that gives the text of the amount without its last zero."""
    right = crm_core.round

    def wrong(*args: Any) -> Any:
        result = right(*args)
        return crm_core.Rounded(result.before, result.after.normalize(), result.mode, result.place)

    digest = selfcheck.run(kit).digest
    monkeypatch.setattr(crm_core, "round", wrong)
    outcome = selfcheck.run(kit)
    assert outcome.failures and all(name.startswith("round") for name, _, _ in outcome.failures)
    assert outcome.digest != digest


def as_dataclasses(shape: Any, value: Any) -> Any:
    """A record of the kit, made of dataclasses wherever it fits; what doesn't fit stays as it is."""
    kind = shape[0]
    if kind == "optional" and value is not None:
        return as_dataclasses(shape[1], value)
    if kind == "list" and isinstance(value, list):
        return tuple(as_dataclasses(shape[1], item) for item in value)
    if kind == "map" and isinstance(value, dict):
        return {key: as_dataclasses(shape[2], item) for key, item in value.items()}
    if kind == "record" and isinstance(value, dict):
        cls, names = _registry.RECORDS[shape[1]]
        return made(cls, names, _shapes.RECORDS[shape[1]][1], value)
    if kind == "union" and isinstance(value, dict) and len(value) == 1:
        ((tag, content),) = value.items()
        if tag in _registry.VARIANTS[shape[1]] and isinstance(content, dict):
            variant, names = _registry.VARIANTS[shape[1]][tag]
            fields = made(variant, names, _shapes.VARIANTS[shape[1]][tag][1], content)
            return fields if type(fields) is variant else {tag: fields}
    if kind == "choice" and isinstance(value, str) and value in _registry.CHOICES[shape[1]]:
        return _registry.CHOICES[shape[1]][value]
    return value


def made(cls: type, names: tuple[tuple[str, str], ...], shapes: tuple[Any, ...], fields: dict[str, Any]) -> Any:
    given = {key: as_dataclasses(shape, fields[key]) for key, shape in shapes if key in fields}
    try:
        known = cls(**{attribute: given[wire] for wire, attribute in names if wire in given})
    except TypeError:
        return {**fields, **given}
    except CrmError:
        # Refused when it is made; the call must refuse it too when it was made in another way, by a pickle for instance.
        known = object.__new__(cls)
        for wire, attribute in names:
            object.__setattr__(known, attribute, given.get(wire))
    return known if set(fields) <= set(given) else {**fields, **given}


def depth(value: Any) -> int:
    levels = 0
    layer = [value]
    while layer and levels <= 130:
        levels += 1
        layer = [inner for item in layer if isinstance(item, (dict, list)) for inner in (item.values() if isinstance(item, dict) else item)]
    return levels


def test_dataclasses_give_the_same_answers(kit: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    original = selfcheck._call
    counted = 0

    def call(op: str, engine: Any, args: list[Any]) -> Any:
        nonlocal counted
        shapes = _shapes.OPS[op][0] if op in _shapes.OPS else ()
        # Deeper than Python's own recursion is the reader's business, not this helper's.
        if max(map(depth, args), default=0) < 100:
            turned = [as_dataclasses(shape, arg) for (_, shape), arg in zip(shapes, args)] + args[len(shapes):]
            counted += turned != args
            args = turned
        return original(op, engine, args)

    digest = selfcheck.run(kit).digest
    monkeypatch.setattr(selfcheck, "_call", call)
    outcome = selfcheck.run(kit)
    assert outcome.failures == [] and outcome.digest == digest
    assert counted > 50


def test_native_values_of_the_notation() -> None:
    assert selfcheck.native({"a": {"$nest": {"times": 2, "around": [{"$hole": True}], "core": 1}}}) == {"a": [[1]]}
    assert selfcheck.native({"$list": {"item": {"$decimal": "1.50"}, "times": 2}}) == [Decimal("1.50")] * 2
    assert selfcheck.native({"$variant": "compare", "fields": {"is": "x"}}) == {"compare": {"is": "x"}}
    assert selfcheck.native({"$entries": {"$a": 1}}) == {"$a": 1}


def test_the_readme_is_true() -> None:
    assert doctest.testfile(str(README), module_relative=False, encoding="utf-8").failed == 0


def test_every_public_name_is_there_and_described() -> None:
    for name in crm_core.__all__:
        thing = getattr(importlib.import_module("crm_core"), name)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            assert thing.__doc__, name
