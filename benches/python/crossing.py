"""Crossing from Python: crm_core beside a bare function of pyo3 and a plain function of Python.

Run by ``cargo xtask bench``, which names the folder of the floor's module in CRM_FLOORS.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, os.environ["CRM_FLOORS"])

import crm_floor_python as floor  # noqa: E402

import crm_core  # noqa: E402

ROUNDS = 15


def group(name: str, calls: int, contestants: dict[str, Callable[[], object]]) -> None:
    """Runs the contestants in turn and prints the median of each in picoseconds a call."""
    times: dict[str, list[int]] = {contestant: [] for contestant in contestants}
    for _ in range(ROUNDS):
        for contestant, call in contestants.items():
            start = time.perf_counter_ns()
            for _ in range(calls):
                call()
            times[contestant].append(time.perf_counter_ns() - start)
    for contestant, taken in times.items():
        print(f"bench\t{name}\t{contestant}\t{int(statistics.median(taken)) * 1000 // calls}")


def main() -> None:
    work = json.loads((Path(__file__).parent.parent / "crossing.json").read_text(encoding="utf-8"))
    rules = crm_core.RuleSet.load(work["spec"])
    facts = work["facts"] | {"loss_ratio": Decimal(work["facts"]["loss_ratio"]), "since": date(2020, 3, 1)}
    as_of = date(2026, 3, 1)
    assert rules.evaluate(facts, as_of).outcomes[0].holds
    assert len(floor.six_in_thirty_out(facts)) == 30

    group(
        "Python: no-op (version)",
        50_000,
        {"floor: pyo3": floor.noop, "floor: a function of Python": lambda: None, "crm_core.version()": crm_core.version},
    )
    group(
        "Python: six fields in, thirty values out (RuleSet.evaluate)",
        5_000,
        {
            "floor: pyo3, a dict in, a dict out": lambda: floor.six_in_thirty_out(facts),
            "floor: json.dumps and json.loads": lambda: json.loads(json.dumps(work["facts"])),
            "rules.evaluate(facts, as_of)": lambda: rules.evaluate(facts, as_of),
        },
    )


if __name__ == "__main__":
    main()
