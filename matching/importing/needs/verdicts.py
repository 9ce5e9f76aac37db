"""A verdict per row of a file of needs, and what its writer should know before others review the need."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.choices import NeedKind, NeedState, NeedVisibility
from matching.importing.needs.columns import NEED, PLACED, typed
from matching.importing.needs.known import KnownNeeds, named
from matching.models import Need
from matching.services.leaks import Called, LeaksFound, check_leaks
from matching.services.need_batches import WRITABLE
from matching.services.needs import check_need, with_bounds
from matching.services.reviews import SEEN_BY_THE_NATION
from zones.choices import Verdict
from zones.errors import InvalidInput, RowPlace
from zones.importing.cells import as_written, by_language
from zones.importing.kinds import Values
from zones.importing.known import Existing
from zones.importing.parsing.limits import MAX_CELL_CHARACTERS
from zones.importing.rows import ReadRow
from zones.importing.sentences import CONFLICTS
from zones.importing.verdicts import Judged, blame_repeat, once_each, resolve_owner
from zones.models import ImportJob, Organization
from zones.scoping import today
from zones.services.base import check_fields

ERRORS: Final[dict[str, Promise]] = {
    "bad_metric": _(
        "“%(text)s”不是一项指标：请按“名称 <= 数值 单位”填写，多项以分号分隔，如 检测限 <= 5 nm; 防水 = 是。"
    ),
    "metric_repeated": _("指标“%(text)s”出现两次：请合并为一项，或改名以示区别。"),
    "too_many_metrics": _("共 %(count)d 项指标，最多 %(limit)d 项：请保留最要紧的。"),
    "metric_too_long": _("“%(text)s…”有 %(length)d 字，指标的这一部分最多 %(limit)d 字：请缩短。"),
    "unknown_unit": _("单位“%(unit)s”无法识别：请用通行写法，例如 mm、℃、万元、次/天；没有单位请留空。"),
    "unknown_association": _("“%(text)s”不是本园区所在的联盟或网络：请填其名称，或留空。"),
    "unknown_zone": _("没有名为“%(text)s”的其他高新区：请填高新区名称或代号，或留空。"),
    "said_by_rule": _("不能写入：%(text)s"),
}
AT_ODDS: Final[dict[str, Promise]] = {
    "not_a_draft": _(
        "该需求现为“%(state)s”，只有草稿和退回修改的需求可由文件更新：请在其页面上修改，或从文件中删去此行。"
    ),
    "same_need": _("需求单位已有同名需求，编号为“%(text)s”：请填写该编号，或修改标题。"),
}
TOLD: Final[dict[str, Promise]] = {
    "wanted_for_review": _("未填写：可先存为草稿，提交审核前须补充。"),
    "deadline_over": _("要求完成日已过：可先存为草稿，提交审核前须改为今后的日期。"),
    "kind_assumed": _("未写需求类型，写入时按“%(kind)s”登记：请在提交审核前核对。"),
    "shortened": _("原文 %(length)d 字，写入时只保留前 %(limit)d 字：请在提交审核前核对。"),
    "tells_who": _("提交审核前须处理：%(text)s"),
}
ASSUMED_KIND: Final = NeedKind.COMMISSIONED_DEVELOPMENT
LANGUAGES: Final = ("zh-hans", "en")


def judge(rows: list[ReadRow], known: KnownNeeds, job: ImportJob, *, owner: str) -> list[Judged]:
    """Verdicts in the order of the file; `owner` is whose needs are that name nobody."""
    numbers: dict[Any, int] = {}
    titles: dict[Any, int] = {}
    for row in rows:
        resolve_owner(row, known, owner)
        _resolve_places(row, known)
        number, title = row.values.get("external_id"), row.values.get("title_zh")
        blame_repeat(row, numbers, number, "repeated_id", "external_id")
        unnumbered = (row.values.get("organization"), title) if title and not number else None
        blame_repeat(row, titles, unnumbered, "repeated_name", "title_zh")
    return list(once_each((_judged(row, known, job) for row in rows), NEED))


def _resolve_places(row: ReadRow, known: KnownNeeds) -> None:
    """The association and the reviewing zone by the names we have for them."""
    for name, places, code in (
        ("association", known.associations, "unknown_association"),
        ("review_zone", known.zones, "unknown_zone"),
    ):
        if written := row.values.get(name):
            place = named(places, written)
            row.values[name] = place.name_zh if place else ""
            if place is None:
                row.blame(code, name, text=written[:40])


def _judged(row: ReadRow, known: KnownNeeds, job: ImportJob) -> Judged:
    version = row.values.pop("version", None)
    if not row.is_sound:
        return Judged(row, Verdict.ERROR, row.values)
    existing = known.of(row.values)
    changes = row.values
    if existing is not None:
        changes = {name: value for name, value in row.values.items() if existing.values.get(name) != value}
        if not changes:
            return Judged(row, Verdict.UNCHANGED, changes, existing)
        _find_conflicts(row, existing, known, version)
    if any(fault.code in CONFLICTS for fault in row.faults):
        return Judged(row, Verdict.CONFLICT, changes, existing)
    _look_at(row, (existing.values if existing else _defaults(row)) | row.values, existing, known, job)
    if not row.is_sound:
        return Judged(row, Verdict.ERROR, changes, existing)
    return Judged(row, Verdict.CHANGED if existing else Verdict.NEW, _with_defaults(row, changes, existing), existing)


def _find_conflicts(row: ReadRow, existing: Existing, known: KnownNeeds, version: int | None) -> None:
    state = known.states[existing.id]
    if state not in WRITABLE:
        row.blame("not_a_draft", "external_id", state=by_language([NeedState(state).label]))
    number, theirs = row.values.get("external_id"), existing.values["external_id"]
    if number and theirs and number != theirs:
        row.blame("same_need", "title_zh", text=theirs)
    if version is not None and version != existing.version:
        row.blame("changed_since", "version", ours=version, theirs=existing.version)


def _defaults(row: ReadRow) -> Values:
    """What a new need is where its row does not say: national as other imported records, unless it names those who
    may see it.
    """
    visibility = NeedVisibility.ASSOCIATION if row.values.get("association") else NeedVisibility.NATIONAL
    return {"kind": ASSUMED_KIND.value, "visibility": visibility.value}


def _with_defaults(row: ReadRow, changes: Values, existing: Existing | None) -> Values:
    if existing is not None:
        return changes
    if "kind" not in changes:
        row.blame("kind_assumed", "kind", kind=by_language([ASSUMED_KIND.label]))
    return _defaults(row) | changes


def _look_at(row: ReadRow, values: Values, existing: Existing | None, known: KnownNeeds, job: ImportJob) -> None:
    """Blame cells for what the service would refuse, and tell what the review will ask for."""
    need = _need(values, existing, known, job)
    metrics = [with_bounds(metric) for metric in values.get("metrics") or ()]
    associations = frozenset(place.pk for place in known.associations.values())
    _tell(row, "said_by_rule", lambda: _check(need, associations))
    called = known.called.get(need.organization_id or 0, Called([values["organization"]], []))
    stated = known.stated.get(existing.id, frozenset()) if existing else frozenset()
    names = {need.organization_id: called}
    _tell(row, "tells_who", lambda: check_leaks(need, metrics, names=names, stated=stated))
    _find_wants(row, values)


def _need(values: Values, existing: Existing | None, known: KnownNeeds, job: ImportJob) -> Need:
    """The need that would be written, for its checks."""
    name = values["organization"]
    association, zone = (values.get(place) for place in ("association", "review_zone"))
    need = Need(
        **{column: typed(column, value) for column, value in values.items() if column not in PLACED},
        zone=job.zone,
        organization=known.owners.get(name) or Organization(zone=job.zone, name_zh=name),
        association=named(known.associations, association) if association else None,
        review_zone=named(known.zones, zone) if zone else None,
    )
    need.pk = existing.id if existing else None
    return need


def _check(need: Need, associations: frozenset[int]) -> None:
    check_need(need, associations=associations)
    check_fields(need)
    low, high = need.budget_min, need.budget_max
    if isinstance(low, Decimal) and isinstance(high, Decimal) and low > high:
        constraint = next(one for one in Need._meta.constraints if one.name == "need_budget_ordered")
        raise InvalidInput.single("budget_max", str(constraint.get_violation_error_message()))


def _tell(row: ReadRow, code: str, check: Callable[[], None]) -> None:
    """Put what a check refuses onto the cells it is about, in both languages."""
    chinese = _refused(check, LANGUAGES[0])
    if not chinese:
        return
    english = _refused(check, LANGUAGES[1])
    for (name, told), (_same, also) in zip(chinese, english, strict=True):
        row.blame(code, name, text={LANGUAGES[0]: [told], LANGUAGES[1]: [also]})


def _refused(check: Callable[[], None], language: str) -> list[tuple[str, str]]:
    """Columns of a file with what is wrong with them."""
    try:
        with translation.override(language):
            check()
    except LeaksFound as found:
        return [(_column(one.place), one.sentence) for one in found.findings]
    except InvalidInput as error:
        return [(_column(place), told) for place, sentences in error.errors.items() for told in sentences]
    return []


def _column(place: str) -> str:
    return "metrics" if isinstance(place, RowPlace) else place


def _find_wants(row: ReadRow, values: Mapping[str, Any]) -> None:
    """What a draft may lack and a reviewed need may not, and what was cut."""
    wanted = ["metrics", "deadline", "consent_recorded_on"]
    wanted += ["review_zone"] if values.get("visibility") in SEEN_BY_THE_NATION else []
    for name in wanted:
        if not values.get(name):
            row.blame("wanted_for_review", name)
    deadline = values.get("deadline")
    if deadline and date.fromisoformat(deadline) < today():
        row.blame("deadline_over", "deadline")
    for name, value in row.values.items():
        if isinstance(value, str) and value.endswith("…"):
            _tell_shortened(row, name, value)


def _tell_shortened(row: ReadRow, name: str, value: str) -> None:
    written = as_written(row.written.get(name), limit=MAX_CELL_CHARACTERS)
    if len(written) > len(value) and name in NEED.fields:
        row.blame("shortened", name, length=len(written), limit=len(value) - 1)
