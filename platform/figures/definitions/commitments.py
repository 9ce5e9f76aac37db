"""What parties of agreements have promised: due, fulfilled, and the share of it, as of a day."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from figures.definitions.agreements import parties_of
from figures.definitions.base import AREAS, Definition
from figures.definitions.registry import define
from figures.definitions.shares import Share
from figures.facts import ONE, Fact, Reading
from figures.geography import NOWHERE, Interval
from figures.rows import counted
from figures.units import ITEMS, Unit
from matching.models import AgreementCommitment
from matching.models.agreements import UNSIGNED


class Commitments(Definition):
    """Those due by the day, for the parties of their agreements; fulfilled from the day it was reported."""

    unit: ClassVar[Unit] = ITEMS
    is_stock = True
    scopes = (*AREAS, "agreement")
    sources = (
        "matching.agreement", "matching.agreementparty", "matching.agreementcommitment", "zones.organization",
    )  # fmt: skip

    def amount(self, *, is_fulfilled: bool) -> Decimal | None:
        """What one adds; None: nothing."""
        return ONE

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        parties = parties_of(reading)
        rows = counted(AgreementCommitment, reading, sample="agreement__is_sample").order_by("pk")
        columns = ("pk", "agreement_id", "agreement__public_id", "due_on", "reported_on", "target", "actual")
        for pk, agreement, public_id, *said in rows.exclude(agreement__state__in=UNSIGNED).values_list(*columns):
            zones, places = parties.get(agreement, ((), NOWHERE))
            for there, amount in self._turns(*said):
                named = places | {f"agreement:{public_id}"}
                yield from reading.stock(("matching.agreementcommitment", pk), there, amount, zones, named)

    def _turns(
        self, due: Any, reported: Any, target: Decimal, actual: Decimal | None
    ) -> Iterable[tuple[Interval, Decimal]]:
        """From the day it is due until it is fulfilled, and from then on."""
        is_fulfilled = actual is not None and actual >= target
        turn = max(due, reported) if is_fulfilled else None
        spans = ((Interval(due, turn), False), (Interval(turn, None), True))
        for there, fulfilled in spans[: 2 if is_fulfilled else 1]:
            amount = self.amount(is_fulfilled=fulfilled)
            if amount is not None and there.start != there.end:
                yield there, amount


@define
class CommitmentsDue(Commitments):
    id = "commitments.due"
    title = _("到期的协议承诺事项")
    rule = _("截止日当天及以前应完成的承诺事项，计入协议各签署方所在范围，合计计一次；未签署协议的不计。")


@define
class CommitmentsFulfilled(Commitments):
    id = "commitments.fulfilled"
    title = _("已兑现的协议承诺事项")
    rule = _("截止日当天及以前应完成、且实际值已达到目标值的承诺事项，自实际值的日期起计。")

    def amount(self, *, is_fulfilled: bool) -> Decimal | None:
        return ONE if is_fulfilled else None


@define
class Fulfilment(Commitments, Share):
    id = "commitments.fulfilment"
    title = _("协议承诺事项兑现率")
    rule = _("已兑现的承诺事项占截止日当天及以前应完成的百分比。")
    unit = Share.unit

    def amount(self, *, is_fulfilled: bool) -> Decimal | None:
        return ONE if is_fulfilled else ONE - ONE
