"""The rows that hang on a record, in its history: what was there before and after one save.

Writers put all rows of a record in place of those that were there; rows that are the same are left out.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final, NamedTuple

from django.db.models import Model
from django.utils.translation import gettext as _

from backoffice.changes import Change, Save, save_of, shortened, told_columns
from backoffice.details import EMPTY, about, plain_text
from backoffice.rows import visible_rows
from ledger.history import event_model
from matching.models import (
    Agreement,
    AgreementCommitment,
    AgreementParty,
    Cooperation,
    CooperationAmount,
    CooperationAssociation,
    CooperationMilestone,
    CooperationParty,
    Event,
    EventOrganizer,
    Need,
    NeedExclusion,
    NeedMetric,
)
from matching.wording import requirement_text
from zones.errors import listed
from zones.models import (
    DETAIL_MODELS,
    Association,
    Capability,
    Catalogue,
    CatalogueItem,
    ChainNode,
    ChainPlace,
    Code,
    ContactPoint,
    Crosswalk,
    Enclave,
    EnclaveTenant,
    Fund,
    FundCommitment,
    FundPayment,
    Membership,
    Organization,
    OrganizationAlias,
    PolicyActual,
    PolicyDocument,
    PolicyItem,
    PolicyTarget,
    Resource,
    ResourceExclusion,
    ResourcePart,
    ResourcePhoto,
    SharingGrant,
    Zone,
    ZoneLevel,
)
from zones.scoping import Principal
from zones.services.contacts import MASKS
from zones.wording import quantity_text

EVENTS_AT_MOST: Final = 4_000
"""Of one kind of row: some thirty saves of a form that is full."""
ORDER_AND_KEY: Final = frozenset({"position", "key"})
"""Follow from the place and the name of a row."""


class Hanging(NamedTuple):
    """Rows that hang on a record by `columns` of theirs, each with the column of the record it names."""

    model: type[Model]
    columns: Mapping[str, str]
    name: str = ""
    """The column by which people know a row."""
    measures: frozenset[str] = frozenset()
    value: Callable[[Any], str] | None = None
    """What the columns of `measures` say together."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What one save took away and what it put there, rows that are the same left out."""

    before: list[Any] = field(default_factory=list)
    after: list[Any] = field(default_factory=list)


def _capability_text(row: Any) -> str:
    quantity = quantity_text(row)
    return f"{quantity} {row.unit}".strip() if quantity else ""


def _photo_text(row: Any) -> str:
    return f"{row.width} × {row.height}"


_BOUNDS: Final = frozenset({"low", "high", "truth", "choices", "unit"})
_OF_NEED: Final = {"need_id": "pk"}
_OF_RESOURCE: Final = {"resource_id": "pk"}
_OF_COOPERATION: Final = {"cooperation_id": "pk"}
_OF_ORGANIZATION: Final = {"organization_id": "pk"}
HANGING: Final[Mapping[type[Model], tuple[Hanging, ...]]] = {
    Need: (
        Hanging(NeedMetric, _OF_NEED, "name_zh", _BOUNDS | {"operator"}, requirement_text),
        Hanging(NeedExclusion, _OF_NEED),
    ),
    Cooperation: (
        Hanging(CooperationParty, _OF_COOPERATION, "name_zh"),
        Hanging(CooperationMilestone, _OF_COOPERATION, "name_zh"),
        Hanging(CooperationAmount, _OF_COOPERATION),
        Hanging(CooperationAssociation, _OF_COOPERATION),
    ),
    Agreement: (
        Hanging(AgreementParty, {"agreement_id": "pk"}, "name_zh"),
        Hanging(AgreementCommitment, {"agreement_id": "pk"}, "what_zh"),
    ),
    Event: (Hanging(EventOrganizer, {"event_id": "pk"}),),
    PolicyDocument: (
        Hanging(PolicyItem, {"document_id": "pk"}, "text_zh"),
        Hanging(PolicyTarget, {"document_id": "pk"}, "indicator_zh"),
        Hanging(PolicyActual, {"document_id": "pk"}, "evidence_zh"),
    ),
    Fund: (Hanging(FundCommitment, {"fund_id": "pk"}, "name_zh"), Hanging(FundPayment, {"fund_id": "pk"})),
    Catalogue: (Hanging(CatalogueItem, {"catalogue_id": "pk"}),),
    ChainNode: (Hanging(ChainPlace, {"node_id": "pk"}, "name_zh"),),
    Enclave: (Hanging(EnclaveTenant, {"enclave_id": "pk"}, "name_zh"),),
    Resource: (
        *(Hanging(model, _OF_RESOURCE) for model in DETAIL_MODELS.values()),
        Hanging(ResourcePart, _OF_RESOURCE, "name_zh"),
        Hanging(Capability, _OF_RESOURCE, "name_zh", _BOUNDS | {"is_known"}, _capability_text),
        Hanging(SharingGrant, _OF_RESOURCE),
        Hanging(ResourceExclusion, _OF_RESOURCE),
        Hanging(ResourcePhoto, _OF_RESOURCE, "caption_zh", frozenset({"width", "height", "uploaded_by"}), _photo_text),
    ),
    Organization: (
        Hanging(ContactPoint, _OF_ORGANIZATION, "title"),
        Hanging(OrganizationAlias, _OF_ORGANIZATION),
    ),
    Zone: (Hanging(ZoneLevel, {"zone_id": "pk"}), Hanging(Membership, {"zone_id": "pk"})),
    Association: (Hanging(Membership, {"association_id": "pk"}),),
    Code: (Hanging(Crosswalk, {"scheme": "scheme", "source": "code"}, "target"),),
}


def changes_of_rows(record: Model, principal: Principal) -> dict[Save, tuple[Any, list[Change]]]:
    """By save: one of its events, and what it changed in the rows that hang on the record."""
    found: dict[Save, tuple[Any, list[Change]]] = {}
    for hanging in _hanging_on(record):
        saves = _saves(hanging, record)
        names = _related_names(hanging, saves.values(), principal)
        for save, rows in saves.items():
            event = (rows.after or rows.before)[0]
            found.setdefault(save, (event, []))[1].extend(_changes(hanging, rows, names))
    return {save: told for save, told in found.items() if told[1]}


def _hanging_on(record: Model) -> list[Hanging]:
    """A resource has details of its own kind only."""
    others = {model for kind, model in DETAIL_MODELS.items() if kind != getattr(record, "kind", "")}
    return [hanging for hanging in HANGING.get(type(record), ()) if hanging.model not in others]


def _saves(hanging: Hanging, record: Model) -> dict[Save, Saved]:
    where = {column: getattr(record, of_record) for column, of_record in hanging.columns.items()}
    events = event_model(hanging.model).objects.filter(**where).select_related("pgh_context").order_by("-pgh_id")
    newest = list(events[: EVENTS_AT_MOST + 1])
    found = _by_save(newest, is_cut=len(newest) > EVENTS_AT_MOST)
    different = {save: _different(hanging, rows) for save, rows in found.items()}
    return {save: rows for save, rows in different.items() if rows.before or rows.after}


def _by_save(newest_first: list[Any], *, is_cut: bool) -> dict[Save, Saved]:
    """All rows each save took away and put there; one whose events were not all read is left out.

    A row that came from another record (by a merge) was not there before.
    """
    found: defaultdict[Save, Saved] = defaultdict(Saved)
    known: dict[int, Any] = {}
    for event in reversed(newest_first):
        rows, before = found[save_of(event)], known.get(event.pgh_obj_id)
        known[event.pgh_obj_id] = event
        if event.pgh_label == "delete":
            rows.before.append(event)
        elif before is not None and event.pgh_label == "update":
            rows.before.append(before)
            rows.after.append(event)
        elif event.pgh_label == "insert" or not is_cut:
            rows.after.append(event)
    if is_cut:
        del found[save_of(newest_first[-1])]
    return found


def _columns(hanging: Hanging) -> list[Any]:
    """What is compared and told of a row."""
    columns = told_columns(hanging.model)
    masked = [hanging.model._meta.get_field(name) for name in MASKS] if hanging.model is ContactPoint else []
    hidden = ORDER_AND_KEY | hanging.columns.keys()
    return [column for column in [*columns, *masked] if not {column.name, column.attname} & hidden]


def _different(hanging: Hanging, rows: Saved) -> Saved:
    names = [column.attname for column in _columns(hanging)]
    before, after = (
        [str([getattr(row, name) for name in names]) for row in side] for side in (rows.before, rows.after)
    )
    return Saved(_without(rows.before, before, after), _without(rows.after, after, before))


def _without(rows: list[Any], texts: list[str], others: list[str]) -> list[Any]:
    """The rows whose text is not among the others', each of which stands for one."""
    left, found = list(others), []
    for row, text in zip(rows, texts, strict=True):
        if text in left:
            left.remove(text)
        else:
            found.append(row)
    return found


def _related_names(hanging: Hanging, saves: Iterable[Saved], principal: Principal) -> dict[tuple[Any, Any], str]:
    """By model and key: what relations of the rows name, as far as the reader may see it."""
    rows = [row for saved in saves for row in chain(saved.before, saved.after)]
    names: dict[tuple[Any, Any], str] = {}
    for column in _columns(hanging):
        if column.is_relation and (keys := {getattr(row, column.attname) for row in rows} - {None}):
            related = visible_rows(column.related_model, principal).filter(pk__in=keys)
            names |= {(column.related_model, one.pk): str(one) for one in related}
    return names


def _changes(hanging: Hanging, rows: Saved, names: Mapping[tuple[Any, Any], str]) -> Iterator[Change]:
    """Rows of one name before and after are told by what differs, others whole."""
    before, after = _by_name(hanging, rows.before), _by_name(hanging, rows.after)
    for name in dict.fromkeys([*before, *after]):
        title = f"{hanging.model._meta.verbose_name} {name}".strip()
        old = [_cells(hanging, row, names) for row in before.get(name, ())]
        new = [_cells(hanging, row, names) for row in after.get(name, ())]
        told = _by_cell(title, old[0], new[0]) if len(old) == len(new) == 1 else _whole(title, old, new)
        yield from (change for change in told if change.before != change.after)


def _by_name(hanging: Hanging, rows: list[Any]) -> dict[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, hanging.name) if hanging.name else ""].append(row)
    return found


def _by_cell(title: str, old: dict[str, str], new: dict[str, str]) -> Iterator[Change]:
    for label in old:
        yield Change(about(title, label), shortened(old[label]), shortened(new[label]))


def _whole(title: str, old: list[dict[str, str]], new: list[dict[str, str]]) -> Iterator[Change]:
    yield from (Change(title, _row_text(cells), EMPTY) for cells in old)
    yield from (Change(title, EMPTY, _row_text(cells)) for cells in new)


def _row_text(cells: dict[str, str]) -> str:
    return shortened(listed(about(label, text) for label, text in cells.items() if text != EMPTY)) or EMPTY


def _cells(hanging: Hanging, row: Any, names: Mapping[tuple[Any, Any], str]) -> dict[str, str]:
    """What is told of a row beside its name, by label."""
    value = {_("数值"): hanging.value(row) or EMPTY} if hanging.value else {}
    left_out = hanging.measures | {hanging.name}
    columns = [column for column in _columns(hanging) if column.name not in left_out]
    return value | {str(column.verbose_name): _text(row, column, names) for column in columns}


def _text(row: Any, column: Any, names: Mapping[tuple[Any, Any], str]) -> str:
    value = getattr(row, column.attname)
    if column.is_relation:
        return names.get((column.related_model, value), EMPTY)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value)) or EMPTY
    if column.model is ContactPoint and column.name in MASKS:
        return MASKS[column.name](value) or EMPTY
    return plain_text(column.name, value)
