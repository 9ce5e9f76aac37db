"""Policy documents: their parts by kind, what they plan, and what has come of it as of a day."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import make_zone
from tests.figures.asking import value
from zones.scoping import SYSTEM
from zones.services.keeping import record_kept, withdraw_kept
from zones.services.mechanisms import POLICY

pytestmark = pytest.mark.django_db
YI = Decimal(10) ** 8


def _document(**parts: Any) -> Any:
    return record_kept(
        SYSTEM, POLICY, zone=make_zone(), title_zh="实施方案", issued_on=date(2024, 10, 1), ended_on=date(2026, 1, 1),
        visibility="public", with_parts=parts,
    )  # fmt: skip


def _target(**values: Any) -> dict[str, Any]:
    return {"indicator_zh": "集群", "year": 2030, "count_unit_zh": "个"} | values


def _ask(document: Any, figure: str, day: date = date(2025, 6, 1)) -> Any:
    return value(f"policy.{figure}", scope=f"policy:{document.public_id}", as_of=day)


def test_parts_count_by_kind_while_the_document_is_in_force() -> None:
    items = [{"kind": kind, "text_zh": f"{kind}{number}"} for kind in ("element", "action") for number in range(3)]
    row = _document(items=[*items, {"kind": "measure", "text_zh": "一"}])
    assert [_ask(row, name) for name in ("elements", "actions", "measures", "fields")] == [3, 3, 1, 0]
    assert _ask(row, "elements", date(2024, 9, 30)) == 0
    assert _ask(row, "elements", date(2026, 1, 1)) == 0
    withdraw_kept(SYSTEM, POLICY, record_id=row.pk, version=None, because="重复登记")
    assert _ask(row, "elements") == 0


def test_what_each_is_to_reach_is_not_what_they_reach_together() -> None:
    each = _target(planned_count=2, planned_value=1000 * YI, is_each=True)
    row = _document(targets=[each, _target(planned_value=50 * YI)])
    found = [_ask(row, name) for name in ("planned_count", "planned_each", "planned_value")]
    assert found == [2, 1000 * YI, 2050 * YI]
    other = _document(targets=[each, _target(planned_count=1, planned_value=500 * YI, is_each=True)])
    assert _ask(other, "planned_each") is None  # two sizes are not one
    assert _ask(_document(), "planned_value") is None


def test_of_each_target_the_newest_word_counts() -> None:
    def said(number: int, day: date, count: int) -> dict[str, Any]:
        return {"target_number": number, "as_of": day, "actual_count": count, "evidence_zh": "统计表"}

    targets = [_target(number=number, planned_count=9) for number in (1, 2)]
    actuals = [said(1, date(2024, 12, 31), 3), said(1, date(2025, 5, 31), 5), said(2, date(2025, 7, 1), 4)]
    row = _document(targets=targets, actuals=actuals)
    days = (date(2024, 11, 1), date(2025, 1, 1), date(2025, 6, 1), date(2025, 8, 1))
    assert [_ask(row, "actual_count", day) for day in days] == [None, 3, 5, 9]
    assert _ask(row, "actual_value") is None
