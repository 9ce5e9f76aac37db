"""Publishing figures: put down as a draft, locked, restated with a reason. What is locked never changes."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.apps import apps
from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from figures.answering import Answer, answer
from figures.choices import LockState
from figures.models import LockedFigure, Series
from figures.models.locks import WHAT
from figures.periods import Period
from figures.questions import Question, question
from figures.sentences import sentence, sentence_in
from figures.units import kept
from ledger.events import record_again, record_event
from zones.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from zones.models import Association, Zone
from zones.models.base import in_language
from zones.scoping import SYSTEM, Principal
from zones.services.base import clean_text, constraint_errors, editable_or_error, validated

REASON: Final = "what was published of a series is looked for whoever keeps it"
DOCUMENTS: Final = {"agreement": "matching.Agreement", "policy": "zones.PolicyDocument"}
TABLE: Final = "figures.lockedfigure"
DECIMALS: Final = 10
"""So many are kept of a rate that has no end; sentences tell it rounded as ever, and its evidence tells it again."""


@transaction.atomic
def draft_figure(principal: Principal, *, asked: Question, reason: str = "") -> LockedFigure:
    """Put a figure down as it is now, for the zone, the association or the nation it speaks of. Where a version is
    locked already, the new one restates it and needs a reason. Raises InvalidInput, NotAllowed, FigureRefused.
    """
    given = answer(asked)
    before = _versions(asked)
    said = clean_text("reason", reason)
    _check_version(principal, given, before=before, reason=said)
    row = _row(given, number=before + 1)
    row.reason_zh, row.user_id = said, principal.user_id
    with constraint_errors(LockedFigure):  # somebody else may put the same down at the same time
        validated(row).save()
    _must_publish(principal, row)
    tell_published(row, "figure.drafted")
    return row


def open_draft(principal: Principal, asked: Question) -> LockedFigure | None:
    """The draft of this figure that the principal may lock or drop; None where there is none."""
    rows = LockedFigure.objects.editable_by(principal).filter(**_what_of(asked), state=LockState.DRAFT)
    found: LockedFigure | None = rows.first()
    return found


def _check_version(principal: Principal, given: Answer, *, before: int, reason: str) -> None:
    """There is no draft of it, and what was published so before is restated with a reason and another answer."""
    asked = given.question
    if open_draft(principal, asked) is not None:
        raise InvalidInput.single("figure", _("该指标已有草稿：请先锁定或作废。"))
    _must_be_over(asked)
    if not before:
        return
    locked = LockedFigure.objects.editable_by(principal).filter(**_what_of(asked), state=LockState.LOCKED).first()
    if locked is not None and says_nothing_new(locked, given):
        message = _("数值、表述与依据都与已发布的第 %(number)d 版相同：不必重述。")
        raise InvalidInput.single("figure", message % {"number": locked.number})
    if not reason:
        raise InvalidInput.single("reason", _("该指标已发布过：请写明重述原因。"))


def is_over(asked: Question) -> bool:
    """Whether it speaks of all days of its period. The days so far are not published as the whole, nor what there is
    today as what was there at its end: nobody would tell them apart later.
    """
    return asked.period is None or asked.definition.is_of_whole_periods or asked.period.is_over(asked.as_of)


def _must_be_over(asked: Question) -> None:
    if is_over(asked) or asked.period is None:
        return
    day, year = asked.as_of, asked.as_of.year
    message = _(
        "统计期 %(period)s 到截止日 %(day)s 尚未结束，不能作为整期发布：请改用 %(year)d-ytd（年初至今），"
        "或在该期结束后发布。"
    )
    if asked.definition.is_stock:
        message = _(
            "统计期 %(period)s 到截止日 %(day)s 尚未结束，不能以当天的数作为期末数发布：请将统计期留空（按当天计），"
            "或在该期结束后发布。"
        )
    told = {"period": asked.period.code, "day": day.isoformat(), "year": year}
    raise InvalidInput.single("period", message % told)


@transaction.atomic
def lock_figure(principal: Principal, *, locked_id: int) -> LockedFigure:
    """Publish a draft as it was put down; the version before it is restated from now on. What its rows say otherwise by
    now nobody has looked at: then it is refused, with both. Raises NotFound, NotAllowed, IllegalTransition, Conflict.
    """
    row = _draft(principal, locked_id)
    _must_be_over(asked_of(row))
    if moved := moved_since(row):
        raise Conflict(moved)
    former = LockedFigure.objects.editable_by(principal).filter(**_what(row), state=LockState.LOCKED)
    is_restatement = bool(former.update(state=LockState.RESTATED))
    row.state, row.locker_id, row.locked_at = LockState.LOCKED, principal.user_id, Now()
    row.save(update_fields=["state", "locker", "locked_at"])
    row.refresh_from_db(fields=["locked_at"])
    tell_published(row, "figure.locked")
    if is_restatement:
        tell_published(row, "figure.restated")
    return row


@transaction.atomic
def drop_draft(principal: Principal, *, locked_id: int) -> LockedFigure:
    """A draft that is not to be published. Raises NotFound, NotAllowed, IllegalTransition."""
    row = _draft(principal, locked_id)
    row.state = LockState.DROPPED
    row.save(update_fields=["state"])
    tell_published(row, "figure.dropped")
    return row


def restate_for(principal: Principal, *, series: Series, reason: str, days: Period) -> list[LockedFigure]:
    """Restate what was published from the value of a series for these days, in the transaction that corrects it; what
    is the same after the correction stays. Raises NotAllowed where the principal may correct the series but not publish
    what rests on it.
    """
    restated = []
    for row in published_from(series, days.start, days.end):
        asked = asked_of(row, is_anew=True)
        if _says_the_same(row, answer(asked)):
            continue
        draft = draft_figure(principal, asked=asked, reason=reason)
        restated.append(lock_figure(principal, locked_id=draft.pk))
    return restated


def _says_the_same(row: LockedFigure, given: Answer) -> bool:
    """Whether it is the published value, told in the same words."""
    return _kept(given) == row.value and sentence_in("zh-hans", given) == row.sentence_zh


def says_nothing_new(row: LockedFigure, given: Answer) -> bool:
    """Whether it is what was published: the same value of the same rows, by the same definition, in the same words."""
    is_of_the_day = given.question.period is None and row.as_of != given.question.as_of
    is_same = row.evidence_sha256 == evidence_hash(given) and row.definition_version == given.definition.version
    return is_same and not is_of_the_day and _says_the_same(row, given)


def published_from(series: Series, first: date, last: date) -> list[LockedFigure]:
    """Locked figures that are made of the value of a series for these days."""
    rows = LockedFigure.objects.unscoped(reason=REASON).filter(scope=f"series:{series.code}", state=LockState.LOCKED)
    return [row for row in rows if _is_made_of(row, first, last)]


def moved_since(row: LockedFigure) -> str:
    """Why a draft is not what it was put down as: both sentences; empty while its rows say the same."""
    now = answer(asked_of(row))
    if evidence_hash(now) == row.evidence_sha256:
        return ""
    message = _(
        "拟稿以来记录已有变动：草稿为“%(was)s”（依据 %(before)d 条），现为“%(now)s”（依据 %(after)d 条）。"
        "请作废草稿，重新拟稿并核对。"
    )
    told = {
        "was": in_language(row.sentence_zh, row.sentence_en), "before": row.evidence_count, "now": sentence(now),
        "after": len(now.facts),
    }  # fmt: skip
    return message % told


def differs_from_rows(row: LockedFigure) -> bool:
    """Whether the rows say something else today than what was published. Nothing is changed by asking."""
    return evidence_hash(answer(asked_of(row))) != row.evidence_sha256


def _is_made_of(row: LockedFigure, first: date, last: date) -> bool:
    asked = asked_of(row)
    parts = getattr(asked.definition, "parts", lambda one: [one])(asked)
    return any(part.period is not None and (part.period.start, part.period.end) == (first, last) for part in parts)


def asked_of(row: LockedFigure, *, is_anew: bool = False) -> Question:
    """The question it answered; anew: as of today."""
    return question(
        row.figure, scope=row.scope, period=row.period, as_of=None if is_anew else row.as_of, milestone=row.milestone,
        samples=row.samples, reader=SYSTEM,
    )  # fmt: skip


def _draft(principal: Principal, pk: int) -> LockedFigure:
    row: LockedFigure = editable_or_error(LockedFigure, principal, pk=pk)
    if row.state != LockState.DRAFT:
        raise IllegalTransition(_("只有草稿可以锁定或作废：已锁定的统计请重述。"))
    return row


def _row(given: Answer, *, number: int) -> LockedFigure:
    asked, value = given.question, given.value
    if value is None:
        raise InvalidInput.single("figure", _("没有数据，不能发布：请先补录。"))
    return LockedFigure(
        **_what_of(asked), **_keeper(asked), definition_version=asked.definition.version, as_of=asked.as_of,
        number=number, value=_kept(given), day_value=None if isinstance(value, Decimal) else value, unit=given.unit.key,
        is_forecast=given.is_forecast, sentence_zh=sentence_in("zh-hans", given), sentence_en=sentence_in("en", given),
        evidence=evidence_list(given), evidence_count=len(given.facts), evidence_sha256=evidence_hash(given),
    )  # fmt: skip


def _kept(given: Answer) -> Decimal | None:
    return None if given.number is None else kept(given.number, DECIMALS)


def evidence_list(given: Answer) -> list[list[Any]]:
    """[table, key, amount] of every fact, in order of table and key."""
    return sorted([fact.table, fact.key, f"{fact.amount:f}"] for fact in given.facts)


def evidence_hash(given: Answer) -> str:
    told = json.dumps([str(given.value), evidence_list(given)], separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def _what_of(asked: Question) -> dict[str, Any]:
    period = "" if asked.period is None else asked.period.code
    return dict(zip(WHAT, (asked.definition.id, asked.scope.code, period, asked.milestone, asked.samples), strict=True))


def _what(row: LockedFigure) -> dict[str, Any]:
    return {name: getattr(row, name) for name in WHAT}


def _keeper(asked: Question) -> dict[str, Any]:
    """Who keeps it: the zone or association it speaks of, or whose series or document it is; the system otherwise."""
    kind, _colon, key = asked.scope.code.partition(":")
    if kind == "zone":
        return {"zone": Zone.objects.get(slug=key)}
    if kind == "association":
        return {"association": Association.objects.get(slug=key)}
    if kind == "series":
        row = Series.objects.unscoped(reason=REASON).get(code=key)
        return {"zone": row.zone, "association": row.association}
    if kind in DOCUMENTS:
        model: Any = apps.get_model(DOCUMENTS[kind])
        row = model.objects.unscoped(reason=REASON).get(public_id=key)
        return {"zone": row.zone, "association": row.association}
    return {}


def _versions(asked: Question) -> int:
    rows = LockedFigure.objects.unscoped(reason=REASON).filter(**_what_of(asked)).exclude(state=LockState.DROPPED)
    most: int | None = rows.aggregate(most=Max("number"))["most"]
    return most or 0


def _must_publish(principal: Principal, row: LockedFigure) -> None:
    if not LockedFigure.objects.editable_by(principal).filter(pk=row.pk).exists():
        raise NotAllowed(_("发布统计须由园区负责人、联盟（网络）秘书处或系统管理员办理。"))


def tell_published(row: LockedFigure, kind: str) -> None:
    """The outbox row of what happened to a version: once for each kind."""
    record_event(kind, object_type=TABLE, public_id=row.public_id, version=row.number, payload=_payload(row))


def tell_outdated(row: LockedFigure, *, reason: str) -> None:
    """The outbox row of rows that were written and say something else than a version: each time anew."""
    payload = {**_payload(row), "reason": reason}
    record_again("figure.outdated", object_type=TABLE, public_id=row.public_id, payload=payload)


def _payload(row: LockedFigure) -> dict[str, str]:
    return {"figure": row.figure, "scope": row.scope, "period": row.period}
