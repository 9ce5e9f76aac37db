"""Saved searches: kept as they were read, asked again for what their owner may see now, with what is new since the last
look.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts.models import User
from lexicon.normalise import normalise
from matching.models import SavedSearch
from matching.services.search import Answers, answers, answers_of_many
from matching.services.seen import Ids, pack, unseen
from zones.errors import Conflict, InvalidInput, NotAllowed, NotFound
from zones.scoping import Principal
from zones.search.requests import SearchRequest
from zones.services.base import clean_text, constraint_errors, tell_fact, validated

MOST: Final = 20
"""Searches that one account keeps: a page asks all of them again."""
MOST_CHARACTERS: Final = 800
"""Of the words; as many as the box takes."""


class AlreadySaved(Conflict):
    """The account keeps this search by another name."""

    code = "already_saved"


@dataclass(frozen=True, slots=True)
class Answered:
    """A saved search asked again: how many records answer, and which of them are new. None: it cannot be asked any
    more, since something it names is gone.
    """

    row: SavedSearch
    request: SearchRequest
    total: int | None = None
    new: Mapping[str, Ids] | None = None

    @property
    def new_count(self) -> int:
        return sum(int(ids.size) for ids in (self.new or {}).values())


class _Asked(NamedTuple):
    request: SearchRequest
    key: str


@transaction.atomic
def save_search(principal: Principal, *, request: SearchRequest, name: str) -> SavedSearch:
    """Keep a search; what answers it now counts as seen. Raises InvalidInput for what search refuses, for one that asks
    for nothing and for one too many; AlreadySaved; NotAllowed for visitors; SearchNotReady.
    """
    if principal.user_id is None:
        raise NotAllowed(_("请先登录，再保存检索。"))
    asked = _asked(request)
    found = answers(principal, asked.request)
    User.objects.select_for_update().get(pk=principal.user_id)  # one at a time, so that none is one too many
    _must_be_new(principal, asked.key)
    row = SavedSearch(user_id=principal.user_id, name=_name(name), request=as_json(asked.request), key=asked.key)
    row.seen = pack(found)
    with constraint_errors(SavedSearch):
        validated(row).save()
    tell_fact(row, "search.saved", search=str(row.public_id))
    return row


@transaction.atomic
def rename_search(principal: Principal, *, public_id: UUID, name: str) -> SavedSearch:
    """Call it something else. Raises InvalidInput, NotFound."""
    row: SavedSearch = _own_or_error(principal, public_id)
    row.name = _name(name)
    validated(row).save(update_fields=["name"])
    tell_fact(row, "search.renamed", search=str(row.public_id))
    return row


@transaction.atomic
def look_at_search(principal: Principal, *, public_id: UUID) -> SearchRequest:
    """Take all that answers now as seen, and say what to ask. One that cannot be asked any more is handed out all the
    same: search says why. Raises NotFound, SearchNotReady.
    """
    row = _own_or_error(principal, public_id)
    request = request_of(row)
    try:
        row.seen = pack(answers(principal, request))
    except InvalidInput:
        return request
    row.looked_at = Now()
    row.save(update_fields=["seen", "looked_at"])
    tell_fact(row, "search.looked_at", search=str(row.public_id))
    return request


@transaction.atomic
def delete_search(principal: Principal, *, public_id: UUID) -> None:
    """Keep it no longer. Raises NotFound."""
    row = _own_or_error(principal, public_id)
    tell_fact(row, "search.deleted", search=str(row.public_id))
    row.delete()


def own_searches(principal: Principal) -> "QuerySet[Any]":
    """The searches the principal keeps, the latest first; not those of others, whoever asks."""
    rows: QuerySet[Any] = SavedSearch.objects.visible_to(principal).filter(user_id=principal.user_id)
    return rows


def answered(principal: Principal, rows: Sequence[SavedSearch]) -> list[Answered]:
    """Ask searches again, for what the principal may see now. Raises SearchNotReady."""
    requests = [request_of(row) for row in rows]
    found = answers_of_many(principal, requests)
    return [_answered(*one) for one in zip(rows, requests, found, strict=True)]


def saved_as(principal: Principal, request: SearchRequest) -> SavedSearch | None:
    """The saved search that asks the same, if the principal keeps one."""
    if principal.user_id is None or not is_savable(request):
        return None
    row: SavedSearch | None = own_searches(principal).filter(key=_key(canonical(request))).first()
    return row


def is_savable(request: SearchRequest) -> bool:
    """Whether it asks for anything: all records are no search."""
    return bool(request.words.strip() or request.chosen)


def canonical(request: SearchRequest) -> SearchRequest:
    """The same search from its first page on, however it was written."""
    chosen = {name: tuple(sorted(values)) for name, values in sorted(request.chosen.items()) if values}
    return SearchRequest(" ".join(request.words.split()), chosen, request.sort, request.near)


def as_json(request: SearchRequest) -> dict[str, Any]:
    """A search as it is stored."""
    chosen = {name: list(values) for name, values in request.chosen.items()}
    return {"words": request.words, "chosen": chosen, "sort": request.sort, "near": request.near}


def request_of(row: SavedSearch) -> SearchRequest:
    """A search as it was stored."""
    stored = row.request
    chosen = {name: tuple(values) for name, values in stored["chosen"].items()}
    return SearchRequest(stored["words"], chosen, stored["sort"], stored["near"])


def _asked(request: SearchRequest) -> _Asked:
    """The search to keep. Raises InvalidInput."""
    clean_text("q", request.words)
    if not is_savable(request):
        raise InvalidInput.single("q", _("请先输入要找的内容或选择条件，再保存检索。"))
    if len(request.words) > MOST_CHARACTERS:
        message = _("要保存的检索最多 %(most)d 字：请换成更短的说法。") % {"most": MOST_CHARACTERS}
        raise InvalidInput.single("q", message)
    kept = canonical(request)
    return _Asked(kept, _key(kept))


def _key(request: SearchRequest) -> str:
    same = as_json(replace(request, words=normalise(request.words)))
    return hashlib.sha256(json.dumps(same, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _must_be_new(principal: Principal, key: str) -> None:
    kept = {row.key: row for row in own_searches(principal).defer("seen")}
    if key in kept:
        raise AlreadySaved(_("这个检索已保存为“%(name)s”。") % {"name": kept[key].name})
    if len(kept) >= MOST:
        message = _("最多保存 %(most)d 个检索：请先删去不再需要的。") % {"most": MOST}
        raise InvalidInput.single("name", message)


def _name(text: str) -> str:
    name = " ".join(clean_text("name", text).split())
    if not name:
        raise InvalidInput.single("name", _("请给检索起一个名称。"))
    return name


def _own_or_error(principal: Principal, public_id: UUID) -> Any:
    row = own_searches(principal).select_for_update().filter(public_id=public_id).first()
    if row is None:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    return row


def _answered(row: SavedSearch, request: SearchRequest, found: Answers | None) -> Answered:
    if found is None:
        return Answered(row, request)
    return Answered(row, request, sum(int(ids.size) for ids in found.values()), unseen(found, bytes(row.seen)))
