"""Many records at once: each item is made or changed by itself, and has its own verdict.

An item is a savepoint: what is wrong with one leaves the others alone. The request is one transaction: what it wrote is
there whole when it answers, or not at all.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, ClassVar, Final, NamedTuple
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from api.errors import problem_response
from api.idempotency import once
from api.serializers.bulk import MOST, ResultsSerializer, Verdict
from api.serializers.input import InputSerializer
from api.tags import IsStale, MustSayWhatWasRead
from api.views.writing import WriteViewSet, refusals_told
from zones.errors import DomainError, NotFound
from zones.services.unchanged import Stored, says_what_is_stored

NAMES: Final = ("public_id", "version")
"""What an item says beside the record's own fields: which record it is, and what was read of it."""


class Item(NamedTuple):
    """What was sent, as the record it means (None: a new one), or why that cannot be told."""

    number: int
    sent: dict[str, Any]
    row: Any = None
    error: Exception | None = None


class Shapes(NamedTuple):
    """What items are checked by, made once for all."""

    new: InputSerializer
    change: InputSerializer


class BulkViewSet(WriteViewSet):
    """`POST …/bulk/`: up to 50 records, each made where it is new and changed where it is there.

    A record is named by `public_id` with the `version` that was read, else by `external_id` in its zone, else by
    `same_by`.
    """

    writes = WriteViewSet.writes | {"bulk"}
    items_class: ClassVar[type[Serializer[Any]]]
    hanging: ClassVar[tuple[str, ...]]
    """Lists and details that are no columns of the record."""
    beside: ClassVar[tuple[str, ...]] = ()
    """Fields that are said of the record and kept elsewhere."""
    same_by: ClassVar[tuple[str, ...]] = ()
    """Columns no two records of a kind share: an item without another name means the record that has the same."""

    @classmethod
    def sent_by(cls, action: str, step: str = "") -> Any:
        return cls.items_class if action == "bulk" else super().sent_by(action, step)

    @classmethod
    def told_by(cls, action: str) -> Any:
        return ResultsSerializer if action == "bulk" else super().told_by(action)

    def stored(self, rows: Sequence[Any]) -> Stored:
        """What hangs on the records, to tell what would change nothing."""
        raise NotImplementedError

    def bulk(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return once(request, lambda: self._all(request.data), must_still_see=self._must_still_edit)

    def _must_still_edit(self, told: Any) -> None:
        """Raise Http404 where a record that was told once may not be changed any more."""
        ids = {one["public_id"] for one in told["results"] if one["public_id"]}
        if self._editable().filter(public_id__in=ids).count() != len(ids):
            raise Http404

    @transaction.atomic
    def _all(self, body: Any) -> HttpResponse:
        shapes = Shapes(self.shape(self.input_class), self.shape(self.change_class, is_change=True))
        found = [self._found(number, sent, shapes.new) for number, sent in enumerate(_items(body))]
        items = self._locked(_each_once(found))
        stored = self.stored([item.row for item in items if item.row is not None])
        verdicts = [self._verdict(item, shapes, stored) for item in sorted(items, key=_order)]
        verdicts.sort(key=lambda verdict: verdict["index"])
        counts = Counter(verdict["verdict"] for verdict in verdicts)
        told = {"counts": {name: counts[name] for name in Verdict.values}, "results": verdicts}
        return HttpResponse(JSONRenderer().render(told), content_type="application/json")

    def _found(self, number: int, sent: Any, shape: InputSerializer) -> Item:
        """The record an item means."""
        if not isinstance(sent, dict):
            return Item(number, {}, error=ValidationError({"__all__": [_("每一项须为一个对象。")]}))
        try:
            return Item(number, sent, _unmerged(self._row(sent, shape)))
        except (DomainError, APIException) as error:
            return Item(number, sent, error=error)

    def _row(self, sent: dict[str, Any], shape: InputSerializer) -> Any:
        if "public_id" in sent:
            row = self._editable().filter(public_id=_uuid(sent["public_id"])).first()
            if row is None:
                raise NotFound(_("没有找到：它不存在，或您无权查看。"))
            return row
        if sent.get("external_id"):
            return self._numbered(sent, shape)
        names = {name: _one(shape, name, sent[name]) for name in self.same_by if sent.get(name)}
        return self._editable().filter(**names).first() if names and len(names) == len(self.same_by) else None

    def _numbered(self, sent: dict[str, Any], shape: InputSerializer) -> Any:
        """The record of a number in its zone, for who gives numbers there."""
        given = {name: _one(shape, name, sent[name]) for name in ("zone", "organization") if sent.get(name)}
        zone = given.get("zone") or getattr(given.get("organization"), "zone", None)
        self.must_give_numbers(zone)
        return self._editable().filter(zone=zone, external_id=_one(shape, "external_id", sent["external_id"])).first()

    def _locked(self, items: Sequence[Item]) -> list[Item]:
        """With all rows that will be changed, locked in one order: two requests never wait for each other."""
        ids = [item.row.pk for item in items if item.row is not None]
        rows = self._editable().filter(pk__in=ids).order_by("pk").select_for_update(of=("self",), no_key=True)
        now = {row.pk: row for row in rows}
        return [item._replace(row=item.row and now.get(item.row.pk, item.row)) for item in items]

    def _editable(self) -> Any:
        model: Any = self.input_class.Meta.model
        return model.objects.editable_by(self.reader.principal)

    def _verdict(self, item: Item, shapes: Shapes, stored: Stored) -> dict[str, Any]:
        try:
            if item.error is not None:
                raise item.error
            with transaction.atomic(), refusals_told():
                verdict, row = self._written(item, shapes, stored)
        except (DomainError, APIException, Http404) as error:
            answer: Any = problem_response(error, {"view": self, "request": self.request})
            return _told(item, Verdict.ERROR) | {"problem": answer.data}
        return _told(item, verdict) | {"public_id": str(row.public_id), "version": row.version}

    def _written(self, item: Item, shapes: Shapes, stored: Stored) -> tuple[Verdict, Any]:
        sent = {name: value for name, value in item.sent.items() if name not in NAMES}
        if item.row is None:
            if "version" in item.sent:
                raise ValidationError({"version": [_("新记录没有版本：请与 public_id 或 external_id 同时填写。")]})
            return Verdict.CREATED, self.make(self.checked(shapes.new, sent))
        version = _version(item)
        if sent.get("kind") == getattr(item.row, "kind", None) and "kind" not in shapes.change.fields:
            del sent["kind"]
        values = self.checked(shapes.change, sent, row=item.row)
        lists = {name: values[name] for name in self.hanging if name in values}
        columns = {name: value for name, value in values.items() if name not in (*lists, *self.beside)}
        says_more = any(values.get(name) for name in self.beside)
        if not says_more and says_what_is_stored(item.row, columns, lists, stored):
            return Verdict.UNCHANGED, item.row
        return Verdict.UPDATED, self.change(item.row, version, values)


def _unmerged(row: Any) -> Any:
    """The row, if it is still one. Raises ValidationError for what was merged into another record."""
    if getattr(row, "merged_into_id", None) is None:
        return row
    message = _("该记录已并入 public_id 为 %(kept)s 的记录：请改用保留的记录。")
    raise ValidationError({"__all__": [message % {"kept": row.merged_into.public_id}]})


def _told(item: Item, verdict: Verdict) -> dict[str, Any]:
    return {"index": item.number, "verdict": str(verdict), "public_id": None, "version": None, "problem": None}


def _items(body: Any) -> list[Any]:
    """Raises ValidationError where there is no list, or a longer one than may be."""
    if not isinstance(body, dict) or set(body) != {"items"} or not isinstance(body["items"], list):
        raise ValidationError({"items": [_('请求正文须为 {"items": [...]}。')]})
    items: list[Any] = body["items"]
    if not 1 <= len(items) <= MOST:
        raise ValidationError({"items": [_("一次可提交 1 至 %(most)d 项：请分几次提交。") % {"most": MOST}]})
    return items


def _each_once(items: Sequence[Item]) -> list[Item]:
    """The second item that means a record is refused: which of them should hold?"""
    first: dict[int, int] = {}
    kept = []
    for item in items:
        if item.row is not None and first.setdefault(item.row.pk, item.number) != item.number:
            message = _("与第 %(row)d 项是同一条记录：每条记录只填写一次。") % {"row": first[item.row.pk] + 1}
            item = Item(item.number, item.sent, error=ValidationError({"__all__": [message]}))
        kept.append(item)
    return kept


def _order(item: Item) -> tuple[bool, str, str, int]:
    """One order for everybody, also of what is new: its names are what two requests could wait for."""
    names = [str(item.sent.get(name, "")) for name in ("external_id", "name_zh")]
    return item.row is None, names[0], names[1], item.number


def _version(item: Item) -> int:
    """What was read. A record named by its number in the source system may be overwritten: the source knows it best."""
    current: int = item.row.version
    if "version" not in item.sent:
        if "public_id" in item.sent:
            raise MustSayWhatWasRead(_("请填写读取该记录时的 version：避免覆盖他人的修改。"))
        return current
    if item.sent["version"] != current or isinstance(item.sent["version"], bool):
        raise IsStale
    return current


def _one(shape: InputSerializer, name: str, value: Any) -> Any:
    """One field of an item, by its own rules. Raises ValidationError that names it."""
    try:
        return shape.fields[name].run_validation(value)
    except ValidationError as error:
        raise ValidationError({name: error.detail}) from error


def _uuid(text: Any) -> UUID:
    try:
        return UUID(text) if isinstance(text, str) else UUID("")
    except ValueError as error:
        raise NotFound(_("没有找到：它不存在，或您无权查看。")) from error
