"""The one exception, and what never gets into it."""

from __future__ import annotations

import copy
import json
import logging
import pickle
import subprocess
import sys
import threading
from decimal import Decimal

import pytest

import crm_core
from crm_core import CrmError, Fault, _native, split


def refusal() -> CrmError:
    with pytest.raises(CrmError) as caught:
        split({"amount": 12.5, "currency": "CNY"}, 3)
    return caught.value


def test_an_error_says_code_path_params_and_two_sentences() -> None:
    error = refusal()
    assert (error.code, error.path, error.params) == ("wire.decimal.expected", "/amount", {"found": "float"})
    assert str(error).startswith("wire.decimal.expected at /amount: An exact decimal is expected here, found: float;")
    assert error.text().startswith("An exact decimal") and error.text("en") == error.text("de")
    assert error.text("zh").startswith("此处应为精确小数，实为：float") and error.text("zh-CN") == error.text("ZH")
    assert error.faults == (Fault("wire.decimal.expected", "/amount", {"found": "float"}, "", ""),)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_an_error_can_be_pickled(protocol: int) -> None:
    error = refusal()
    again = pickle.loads(pickle.dumps(error, protocol))
    assert type(again) is CrmError and again.faults == error.faults
    assert str(again) == str(error) and again.text("zh") == error.text("zh")
    assert copy.copy(error).faults == copy.deepcopy(error).faults == error.faults


def test_an_error_has_a_fault() -> None:
    with pytest.raises(ValueError):
        CrmError([])


def test_every_fault_is_reported_at_once() -> None:
    rule = {"name": "Bad Name", "text": "", "text_zh": "", "source": "", "when": {"known": {"fact": "nobody"}}}
    with pytest.raises(CrmError) as caught:
        crm_core.RuleSet.load({"name": "x", "facts": [], "parameters": [], "rules": [rule]})
    assert len(caught.value.faults) > 1
    assert str(caught.value).count("; rulebook.") == len(caught.value.faults) - 1
    assert caught.value.code == caught.value.faults[0].code


def test_an_unknown_operation() -> None:
    with pytest.raises(CrmError, match="wire.call.unknown"):
        _native.call("no_such_call", ())
    with pytest.raises(CrmError, match="wire.call.unknown"):
        _native.load("NoSuch.load", ())


def test_the_text_entries_raise_the_same_error() -> None:
    with pytest.raises(CrmError) as caught:
        _native.call_text("split", json.dumps([{"amount": 12.5, "currency": "CNY"}, 3]).encode())
    assert str(caught.value) == str(refusal()) and caught.value.faults == refusal().faults
    assert caught.value.text("zh") == refusal().text("zh")
    with pytest.raises(CrmError, match="wire.utf8"):
        _native.call_text("split", b"\xff")


def test_too_many_and_too_few_arguments() -> None:
    money = {"amount": Decimal(1), "currency": "CNY"}
    with pytest.raises(CrmError) as caught:
        _native.call("split", (money, 1, 1))
    assert caught.value.code == "wire.list.length"
    with pytest.raises(CrmError) as caught:
        _native.call("split", (money,))
    assert (caught.value.code, caught.value.path) == ("wire.field.missing", "/parts")


PANIC = """
import threading
from crm_core import CrmError, _native, version

def panic(work):
    try:
        work()
    except CrmError as error:
        assert (error.code, error.path, error.faults[1:]) == ("internal", "", ()), error
    else:
        raise SystemExit("no refusal")

for work in (lambda: _native.call("selfcheck.panic", ()), lambda: _native.call_text("selfcheck.panic", b"[]")):
    panic(work)
    thread = threading.Thread(target=panic, args=(work,))
    thread.start()
    thread.join()
print(version())
"""


def test_a_panic_is_a_refusal_and_prints_nothing() -> None:
    done = subprocess.run([sys.executable, "-c", PANIC], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, crm_core.version(), "")


FAILURES = """
from crm_core import CrmError, _native, split

original, failures = CrmError._of, []

def of(faults):
    if failures:
        raise failures.pop()
    return original(faults)

CrmError._of = CrmError._of_text = staticmethod(of)

def caught(work, failure):
    failures.append(failure)
    try:
        work()
    except BaseException as error:
        return error

works = (lambda: split({}, 1), lambda: _native.call_text("split", b"[]"), lambda: _native.load_document("RuleSet.load", ""))
for work in works:
    for failure in MemoryError(), RuntimeError("13812345678"):
        error = caught(work, failure)
        assert type(error) is CrmError, repr(error)
        assert (error.code, error.path, error.faults[1:], error.__context__) == ("internal", "", (), None), error
    assert type(caught(work, KeyboardInterrupt())) is KeyboardInterrupt
"""


def test_an_error_that_cannot_be_built_is_internal() -> None:
    done = subprocess.run([sys.executable, "-c", FAILURES], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


NO_MEMORY = """
import json, _testcapi
from crm_core import CrmError, _native, split

bad = {"amount": 1.5, "currency": "CNY"}
text, good = json.dumps([bad, 1]).encode(), json.dumps([{"amount": "1.50", "currency": "CNY"}, 1]).encode()
works = (lambda: split(bad, 1), lambda: _native.call_text("split", text), lambda: _native.call_text("split", good))
seen = set()
for work in works:
    try:
        work()
    except CrmError:
        pass
    for first in range(150):
        for last in (first + 1, first + 3):
            _testcapi.set_nomemory(first, last)
            try:
                work()
                raised = None
            except BaseException as error:
                raised = error
            finally:
                _testcapi.remove_mem_hooks()
            if raised is not None:
                seen.add(f"{type(raised).__name__} {getattr(raised, 'code', '')}".strip())
print(json.dumps(sorted(seen)))
"""


def test_without_memory_there_is_no_panic() -> None:
    """Every allocation of Python's fails once: in the reader, in the writer, and while the error is built."""
    pytest.importorskip("_testcapi")
    done = subprocess.run([sys.executable, "-c", NO_MEMORY], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    wanted = {"CrmError internal", "CrmError wire.decimal.expected"}
    # The last two are Python's own, where nothing of the library runs.
    assert wanted <= set(json.loads(done.stdout)) <= wanted | {"MemoryError", "SystemError"}


def test_a_planted_secret_leaks_nowhere(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    secret = "张三13812345678"
    caplog.set_level(logging.DEBUG)
    shown = []
    for work in (
        lambda: split({"amount": secret, "currency": "CNY"}, 3),
        lambda: split({"amount": "1.00", "currency": secret}, 3),
        lambda: split({"amount": "1.00", "currency": "CNY", secret: 1}, 3),
        lambda: split({secret: "1.00"}, 3),
        lambda: split({"amount": "1.00", "currency": "CNY"}, secret),  # type: ignore[arg-type]
        lambda: crm_core.add_months(secret, 1, "clamp"),
        lambda: crm_core.add_months("2026-01-01", 1, secret),
        lambda: _native.call(secret, ()),
        lambda: _native.call_text(secret, secret.encode()),
    ):
        with pytest.raises(CrmError) as caught:
            work()
        error = caught.value
        shown += [str(error), repr(error), error.text("en"), error.text("zh"), repr(error.faults), json.dumps(error.params)]
    out, err = capfd.readouterr()
    shown += [out, err, caplog.text]
    assert not [text for text in shown if "张三" in text or "138123" in text]


def test_the_text_entries_let_other_threads_run() -> None:
    """While one thread reads a large text, another one keeps counting."""
    amounts = ",".join(['{"amount":"1.00","currency":"CNY"}'] * 400_000)
    text = f'[[{amounts}],"CNY"]'.encode()
    ticks, done = 0, threading.Event()
    answer: list[str] = []

    def work() -> None:
        answer.append(_native.call_text("sum", text))
        done.set()

    interval = sys.getswitchinterval()
    # A thread that never lets go would be asked to only after this long.
    sys.setswitchinterval(60)
    try:
        thread = threading.Thread(target=work)
        thread.start()
        while not done.wait(0.001):
            ticks += 1
        thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert answer == ['{"amount":"400000.00","currency":"CNY"}']
    assert ticks > 5
