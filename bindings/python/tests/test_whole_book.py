"""A customer, looked at: a book, facts at a date, segments, why, warnings, profit, and merged journals."""

from __future__ import annotations

import json
import resource
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import crm_core
from crm_core import (
    Assignment,
    CrmError,
    CustomerBook,
    FactParameters,
    Facts,
    Journal,
    MergedJournals,
    ProfitBasis,
    SegmentModel,
    Viewer,
    WarningList,
    acknowledge_warning,
    china_chart_of_accounts,
    china_segment_model,
    fact_parameters,
)
from crm_core.selfcheck import native

KIT: dict[str, Any] = json.loads((Path(crm_core.__file__).parent / "kit.json").read_text(encoding="utf-8"))
DAY = date(2025, 12, 31)
PARAMETERS: FactParameters = fact_parameters(DAY, "CNY")


def viewer(level: str) -> dict[str, Any]:
    return {
        "person": "op-17", "roles": [], "department": "d1", "branch": "CN-11", "company": "one", "level": level,
    }  # fmt: skip


@pytest.fixture(scope="module")
def book() -> CustomerBook:
    rows, currency = native(KIT["engines"]["book"]["args"])
    return CustomerBook.load(rows, currency)


@pytest.fixture(scope="module")
def facts(book: CustomerBook) -> Facts:
    return Facts.of(book).at(PARAMETERS)


@pytest.fixture(scope="module")
def model() -> SegmentModel:
    return SegmentModel.load(native(KIT["engines"]["segments"]["args"])[0])


def test_a_customer_is_looked_at(facts: Facts) -> None:
    seen = facts.seen_by(viewer("branch"))
    customer = seen["C-1"]
    assert customer.premium_written.amount == Decimal("7310.00")
    assert customer.loss_ratio_earned == crm_core.ProportionKnown(Decimal("13.6799"))
    basis = seen.explain("C-1", "premium_written")
    assert basis is not None
    assert [(row.id, row.adds) for row in basis.terms[0].rows] == [("P-0", 366000), ("P-1", 365000)]
    # Another branch's customer is nobody, and is counted.
    assert seen.get("C-3") is None
    with pytest.raises(KeyError, match="may not be seen"):
        seen["C-3"]
    assert seen.withheld().rows == 1
    assert [one.customer for one in seen.page(0, 2)] == ["C-1", "C-2"]


def test_bad_rows_stand_beside_the_good_ones(book: CustomerBook) -> None:
    more = book.with_rows(native(KIT["engines"]["book_with_faults"]["args"])[0])
    assert [row.table for row in more.rejected_rows()] == ["customers", "customers", "policies", "receipts", "claims"]
    assert more.rejected_rows()[2].faults[0].path == "/policies/0/end"
    assert book.left_out() == {} and len(more.left_out()) == 4


def test_segments_say_why_and_what_would_change_it(facts: Facts, model: SegmentModel) -> None:
    assigned: Assignment = model.assign(facts, {"C-1": {"vip": True}})
    places = assigned.seen_by(viewer("company"))
    assert places["C-1"].segments == ("good", "vip")
    reasons = places.why("C-3")
    assert reasons is not None
    poor = next(reason for reason in reasons if reason.segment == "poor")
    assert (poor.membership, poor.changes[0].fact, poor.changes[0].to) == ("in", "claims_in_window", 2)
    grade = places.why_grade("C-1")
    assert grade is not None and grade.above is not None
    assert (grade.grade, grade.above.lacks) == ("B", Decimal("33224"))
    assert places.report().bands[0].revenue.amount == Decimal("36804.00")


def test_warnings_stay_until_a_review_clears_them(facts: Facts, model: SegmentModel) -> None:
    review = model.review(WarningList(as_of=None, raised=()), model.assign(facts))
    (raised,) = review.list.raised
    assert (raised.customer, raised.warning, raised.value) == ("C-3", "many_claims", 3)
    noted = acknowledge_warning(review.list, "C-3", "many_claims", viewer("company"), DAY)
    assert noted.raised[0].acknowledged is not None
    assert model.review(noted, model.assign(facts)).list == noted
    with pytest.raises(CrmError) as refused:
        acknowledge_warning(review.list, "C-3", "many_claims", viewer("branch"), DAY)
    assert refused.value.code == "portfolio.warning.not_raised"


def test_profit_is_the_sum_of_its_rows(facts: Facts) -> None:
    report = facts.seen_by(viewer("company")).profit(ProfitBasis.EARNED)
    results = [row.parts.result.amount for row in report.page(0, report.count())]
    assert sum(results) == report.total().result.amount == Decimal("11014.00")
    assert report["C-2"].premium.amount == Decimal("7009.00")


def test_the_shipped_model_takes_any_book(facts: Facts) -> None:
    model = SegmentModel.load(china_segment_model())
    assert "good" in model.segments()
    assert model.assign(facts).customers() == 4


def test_journals_are_one_book() -> None:
    chart = china_chart_of_accounts()
    north, south = Journal.load([], "north", chart), Journal.load([], "south", chart)
    merged = MergedJournals.of([north, south])
    assert [head.journal for head in merged.heads()] == ["north", "south"]
    assert merged.trial_balances(DAY) == ()
    with pytest.raises(CrmError) as refused:
        MergedJournals.of([north, north])
    assert (refused.value.code, refused.value.path) == ("ledger.merge.twice", "/1")


def test_an_engine_is_no_other_engine(book: CustomerBook, facts: Facts, model: SegmentModel) -> None:
    wrongs: list[tuple[Any, str]] = [
        (book, "engine"), (None, "null"), ({}, "object"), (model.assign, "function"), (1, "integer"),
    ]  # fmt: skip
    for wrong, found in wrongs:
        with pytest.raises(CrmError) as refused:
            model.assign(wrong)
        assert (refused.value.code, refused.value.params) == ("wire.engine.expected", {"expected": "Facts", "found": found})
    hollow = object.__new__(Facts)
    with pytest.raises(CrmError, match="wire.engine.expected"):
        model.assign(hollow)
    with pytest.raises(TypeError, match=r"FactSource\.at"):
        Facts()
    with pytest.raises(CrmError) as refused:
        facts.merge([book])  # type: ignore[list-item]
    assert refused.value.path == "/0"


def test_other_threads_run_while_an_engine_works(book: CustomerBook, model: SegmentModel) -> None:
    """Facts of many days in many threads, and one more thread that only counts."""
    stop, ticks = threading.Event(), 0

    def count() -> None:
        nonlocal ticks
        while not stop.is_set():
            ticks += 1

    counter = threading.Thread(target=count)
    counter.start()
    source = Facts.of(book)
    try:
        with ThreadPoolExecutor(4) as pool:
            jobs = [pool.submit(lambda: model.assign(source.at(PARAMETERS)).customers()) for _ in range(200)]
            assert {job.result() for job in jobs} == {4}
    finally:
        stop.set()
        counter.join()
    assert ticks > 0


def test_what_nobody_holds_is_freed() -> None:
    """A leak of every view would be many times the memory that is allowed here."""
    rows, currency = native(KIT["engines"]["book"]["args"])
    customer = rows["customers"][0]
    rows = {name: [] for name in rows} | {"customers": [{**customer, "id": f"C-{number}"} for number in range(4000)]}
    large = CustomerBook.load(rows, currency)
    peak = 0
    for turn in range(120):
        view = Facts.of(large).at(PARAMETERS).seen_by(viewer("own"))
        # The source and the facts are gone, and what was made from them still answers.
        assert view.count() == 4000 and view.explain("C-1", "claims") is not None
        if turn == 20:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak < 50_000


def test_personal_fields_stay_out_of_repr() -> None:
    policy = {**native(KIT["engines"]["book"]["args"])[0]["policies"][3]}
    assert policy["vin"]
    record = crm_core.PolicyRow(**{**policy, "premium": policy["premium"], "renewal_of": None})
    assert policy["vin"] not in repr(record) and policy["plate"] not in repr(record) and "P-3" in repr(record)


def test_a_viewer_is_a_record_too(facts: Facts) -> None:
    manager = Viewer(
        person=crm_core.StaffId("op-1"), roles=(), department=None, branch=None,
        company=crm_core.CompanyCode("one"), level=crm_core.SightLevel.COMPANY,
    )  # fmt: skip
    assert facts.seen_by(manager).count() == 4
