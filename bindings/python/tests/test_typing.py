"""What a type checker says about programs that use the package."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
SAMPLE = TESTS / "typed_sample.py"


def mypy(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=TESTS)


@pytest.mark.parametrize("what", [["-p", "crm_core"], [TESTS]], ids=["package", "tests"])
def test_the_package_and_its_tests_are_typed(what: list[str | Path]) -> None:
    """`typed_sample.py`, a program as a user would write it, is among the tests."""
    done = mypy(*what)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout


def test_a_typed_program_runs() -> None:
    runpy.run_path(str(SAMPLE), run_name="__main__")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ('Money(12.30, Currency("CNY"))', "arg-type"),
        ('Money(Decimal("12.30"), "CNY")', "arg-type"),
        ("crm.split(12.30, 3)", "arg-type"),
        ('crm.multiply(Money(Decimal(1), Currency("CNY")), 0.5, CENTS)', "arg-type"),
        ("crm.add_months(20260131, 1, 'clamp')", "arg-type"),
        ('crm.add_months("2026-01-31", "1", "clamp")', "arg-type"),
        ("crm.add_months('2026-01-31', 1, 'clamp').amount", "attr-defined"),
        ("CENTS.mode = RoundingMode.DOWN", "misc"),
        ("crm.no_such_call()", "attr-defined"),
    ],
)
def test_a_mistake_is_found(line: str, kind: str, tmp_path: Path) -> None:
    mistake = tmp_path / "mistake.py"
    head = "from decimal import Decimal\nimport crm_core as crm\nfrom crm_core import Currency, Money, Rounding, RoundingMode\n"
    mistake.write_text(f"{head}CENTS = Rounding(RoundingMode.HALF_UP, 2)\n{line}\n", encoding="utf-8")
    done = mypy(mistake)
    assert done.returncode == 1 and f"[{kind}]" in done.stdout, done.stdout
