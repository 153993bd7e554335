"""Runs the conformance kit through the public functions of this package and prints one digest.

``python -m crm_core.selfcheck [kit.json]`` prints ``<digest> <passed>/<all>``. The digest is the same in every language
that crm-core is offered in: the same inputs gave the same answers, to the byte. A vector that fails is named on
standard error. The answers are written as canonical JSON here, in Python, without the native library.
"""

from __future__ import annotations

import datetime
import hashlib
import inspect
import json
import keyword
import sys
from collections.abc import Callable, Mapping
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

import crm_core

from . import _native, _shapes

__all__ = ["Outcome", "canonical", "main", "native", "run"]


class Outcome:
    """What a run of the kit gave."""

    def __init__(self) -> None:
        self.passed = 0
        self.failures: list[tuple[str, str, str]] = []
        """The vectors that failed: id, the answer expected, the answer given."""
        self._sha = hashlib.sha256()

    @property
    def count(self) -> int:
        """How many vectors were run."""
        return self.passed + len(self.failures)

    @property
    def digest(self) -> str:
        """SHA-256 over the ids and the answers that were given."""
        return self._sha.hexdigest()

    def add(self, name: str, expected: str, given: str) -> None:
        """Counts one answer."""
        self._sha.update(f"{name}\n{given}\n".encode())
        if given == expected:
            self.passed += 1
        else:
            self.failures.append((name, expected, given))


def run(kit: Mapping[str, Any]) -> Outcome:
    """Runs every vector of a kit."""
    outcome = Outcome()
    engines: dict[str, Any] = {}
    for name, spec in kit["engines"].items():
        # An engine may be made from those before it.
        engines[name] = _call(spec["op"], engines.get(spec.get("engine")), _with_engines(native(spec["args"]), engines))
    for vector in kit["vectors"]:
        engine = engines[vector["engine"]] if "engine" in vector else None
        outcome.add(vector["id"], _expected(vector["expect"]), _answer(vector, engine, engines))
    return outcome


# ---- the notation of the kit, as values of Python

_HOLE = object()


def native(value: Any, hole: Any = _HOLE) -> Any:
    """Turns kit notation into values of Python."""
    if isinstance(value, list):
        return [native(item, hole) for item in value]
    if not isinstance(value, dict):
        return value
    sign = next(iter(value), "")
    if not sign.startswith("$"):
        return {key: native(item, hole) for key, item in value.items()}
    return _SIGNS[sign](value, hole)


def _nest(value: dict[str, Any], _: Any) -> Any:
    nest = value["$nest"]
    inner = native(nest["core"])
    for _step in range(nest["times"]):
        inner = native(nest["around"], inner)
    return inner


_SIGNS: dict[str, Callable[[dict[str, Any], Any], Any]] = {
    "$entries": lambda value, hole: {key: native(item, hole) for key, item in value["$entries"].items()},
    "$variant": lambda value, hole: {value["$variant"]: native(value["fields"], hole)},
    "$decimal": lambda value, _: Decimal(value["$decimal"]),
    "$date": lambda value, _: datetime.date.fromisoformat(value["$date"]),
    "$integer": lambda value, _: int(value["$integer"]),
    "$float": lambda value, _: float(value["$float"]),
    "$nan": lambda _value, _: float("nan"),
    "$infinity": lambda _value, _: float("inf"),
    "$datetime": lambda value, _: datetime.datetime.fromisoformat(value["$datetime"]),
    "$function": lambda _value, _: lambda: None,
    "$map": lambda _value, _: {1: 2},
    "$bytes": lambda _value, _: b"\x00",
    "$value": lambda value, _: native(next(iter(value["$value"].values()))),
    "$engine": lambda value, _: _Named(value["$engine"]),
    "$surrogate": lambda _value, _: "\ud800",
    "$repeat": lambda value, _: value["$repeat"]["text"] * value["$repeat"]["times"],
    "$list": lambda value, hole: [native(value["$list"]["item"], hole)] * value["$list"]["times"],
    "$nest": _nest,
    "$hole": lambda _value, hole: hole,
}


class _Named:
    """An engine of the kit, by its name."""

    def __init__(self, name: str) -> None:
        self.name = name


def _with_engines(args: Any, engines: Mapping[str, Any]) -> Any:
    """The arguments with the engines themselves: they stand alone or in a list."""
    if isinstance(args, list):
        return [_with_engines(item, engines) for item in args]
    return engines[args.name] if isinstance(args, _Named) else args


def _text(pieces: str | list[Any]) -> bytes:
    joined = bytearray()
    for piece in [pieces] if isinstance(pieces, str) else pieces:
        if isinstance(piece, dict) and "$hex" in piece:
            joined += bytes.fromhex(piece["$hex"])
        else:
            joined += native(piece).encode()
    return bytes(joined)


# ---- calls

Entry = Callable[..., Any]


def _entry(op: str, engine: object | None) -> Entry | None:
    """The public function of an operation; none for one that stands in no list of calls."""
    if op not in _shapes.OPS:
        return None
    owner, _, name = op.rpartition(".")
    name = _attribute(name)
    holder: Any = crm_core if not owner else getattr(crm_core, owner) if engine is None else engine
    entry: Entry = getattr(holder, name)
    return entry


def _call(op: str, engine: Any, args: list[Any]) -> Any:
    entry = _entry(op, engine)
    if entry is not None:
        try:
            inspect.signature(entry).bind(*args)
        except TypeError:
            # Too many or too few arguments: Python itself would refuse them before the core sees them.
            entry = None
    return _raw(op, engine, tuple(args)) if entry is None else entry(*args)


def _makes(op: str) -> bool:
    return op in _shapes.OPS and _shapes.OPS[op][1][0] == "engine"


def _raw(op: str, engine: Any, args: tuple[Any, ...]) -> Any:
    if _makes(op):
        return _native.load(op, args) if engine is None else _native.make(engine._handle, op, args)
    return _native.call(op, args) if engine is None else _native.engine_call(engine._handle, op, args)


def _answer(vector: Mapping[str, Any], engine: Any, engines: Mapping[str, Any]) -> str:
    op: str = vector["op"]
    loads = _makes(op)
    try:
        if "text" in vector:
            text = _text(vector["text"])
            if engine is not None:
                return _native.engine_call_text(engine._handle, op, text)
            if loads:
                _native.load_text(op, text)
                return "null"
            return _native.call_text(op, text)
        result = _call(op, engine, _with_engines(native(vector["args"]), engines))
        return "null" if loads else canonical(_shapes.OPS[op][1], result)
    except crm_core.CrmError as error:
        return _faults([{"code": f.code, "path": f.path, "params": f.params} for f in error.faults])
    except Exception as error:  # noqa: BLE001  whatever it is, it is the answer of this vector
        return f"{type(error).__name__} instead of an answer"


def _expected(expect: Mapping[str, Any]) -> str:
    if "ok" in expect:
        return _json(expect["ok"])
    refusal = expect["refusal"]
    return _faults(refusal if isinstance(refusal, list) else [refusal])


def _faults(faults: list[dict[str, Any]]) -> str:
    return _json([{key: fault[key] for key in ("code", "path", "params")} for fault in faults])


# ---- canonical JSON, by the shapes of the types


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _attribute(wire: str) -> str:
    return f"{wire}_" if keyword.iskeyword(wire) else wire


def _fields(fields: tuple[Any, ...], value: Any, arguments: Mapping[str, Any]) -> str:
    inside = (f"{_json(name)}:{canonical(shape, getattr(value, _attribute(name)), arguments)}" for name, shape in fields)
    return "{" + ",".join(inside) + "}"


def _scalar(value: Any) -> str:
    if isinstance(value, Decimal):
        return _json(f"{value:f}")
    if isinstance(value, datetime.date):
        return _json(value.isoformat())
    return _json(value)


def _value(value: Any) -> str:
    tags = {str: "text", bool: "boolean", int: "integer", Decimal: "decimal", datetime.date: "date"}
    return f"{{{_json(tags[type(value)])}:{_scalar(value)}}}"


def canonical(shape: Any, value: Any, arguments: Mapping[str, Any] | None = None) -> str:
    """Writes a result as canonical JSON.

    Args:
        shape: The shape of its type, from ``crm_core._shapes``.
        value: The result.
        arguments: The shapes of the type's parameters.
    """
    arguments = arguments or {}
    kind = shape[0]
    if kind == "optional":
        return "null" if value is None else canonical(shape[1], value, arguments)
    if kind == "list":
        return "[" + ",".join(canonical(shape[1], item, arguments) for item in value) + "]"
    if kind == "map":
        entries = (f"{canonical(shape[1], k, arguments)}:{canonical(shape[2], v, arguments)}" for k, v in value.items())
        return "{" + ",".join(entries) + "}"
    if kind == "record":
        parameters, fields = _shapes.RECORDS[shape[1]]
        # An argument may itself be a parameter of the type around it.
        given = tuple(arguments[item[1]] if item[0] == "parameter" else item for item in shape[2])
        return _fields(fields, value, dict(zip(parameters, given)))
    if kind == "union":
        for tag, (name, fields) in _shapes.VARIANTS[shape[1]].items():
            if type(value).__name__ == name:
                return f"{{{_json(tag)}:{_fields(fields, value, arguments)}}}"
        raise TypeError(f"not a {shape[1]}")
    if kind == "parameter":
        return canonical(arguments[shape[1]], value, arguments)
    if kind == "value":
        return _value(value)
    if kind == "choice":
        return _json(value.value)
    return _scalar(value)


def main(arguments: list[str]) -> int:
    """Prints the digest of a kit; 0 when every vector passed."""
    if arguments:
        text = Path(arguments[0]).read_text(encoding="utf-8")
    else:
        text = resources.files("crm_core").joinpath("kit.json").read_text(encoding="utf-8")
    outcome = run(json.loads(text))
    for name, expected, given in outcome.failures:
        print(f"{name}\n  expected {_short(expected)}\n  given    {_short(given)}", file=sys.stderr)
    print(f"{outcome.digest} {outcome.passed}/{outcome.count}")
    return 1 if outcome.failures else 0


def _short(text: str) -> str:
    return text if len(text) <= 400 else f"{text[:400]}… ({len(text)} characters)"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
