"""What an open need must not tell strangers: who is behind it. Sentences name the place and the kind, never the text,
so that no log repeats it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Field, QuerySet, SlugField, TextField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.classification import FieldClass, field_class
from lexicon.leaks import Leak, LeakKind, find_leaks
from lexicon.normalise import normalise
from matching.choices import NeedState
from matching.models import LeakStatement, Need, NeedMetric
from zones.errors import InvalidInput, RowPlace
from zones.models import Organization, OrganizationAlias
from zones.models.base import ScopedModel
from zones.models.codes import CodesField
from zones.scoping import READ_BY_OTHER_ZONES


class Called(NamedTuple):
    """What an organization is called: its full names, and its aliases, brands among them."""

    names: list[str]
    aliases: list[str]


Names = Mapping[int, Called]
KINDS: Final = {
    LeakKind.MOBILE: gettext_lazy("手机号码"),
    LeakKind.LANDLINE: gettext_lazy("固定电话"),
    LeakKind.MESSENGER: gettext_lazy("微信或 QQ 号"),
    LeakKind.EMAIL: gettext_lazy("电子邮箱"),
    LeakKind.URL: gettext_lazy("网址"),
    LeakKind.CREDIT_CODE: gettext_lazy("单位的统一社会信用代码"),
    LeakKind.PATENT: gettext_lazy("专利号"),
    LeakKind.PERSON: gettext_lazy("联系人姓名"),
    LeakKind.NAME: gettext_lazy("需求单位的名称或品牌"),
}
STATABLE: Final = frozenset({LeakKind.PERSON, LeakKind.NAME})
"""Kinds that may be a wrong alarm: a number or an address that looks like one is one."""


class Finding(NamedTuple):
    """One text that tells, or seems to tell, who is behind a need. `text` is for those who may read the need."""

    place: str
    column: str
    kind: LeakKind
    text: str
    fingerprint: str
    sentence: str
    is_statable: bool


class LeaksFound(InvalidInput):
    """The text of a need tells whose it is: `findings` say where; `others` are errors told with them."""

    def __init__(self, findings: Sequence[Finding], *, others: Mapping[str, list[str]] | None = None) -> None:
        errors = defaultdict(list, {name: list(sentences) for name, sentences in (others or {}).items()})
        for finding in findings:
            errors[finding.place].append(finding.sentence)
        super().__init__(errors)
        self.findings = tuple(findings)


def check_leaks(
    need: Need,
    metrics: Iterable[Mapping[str, Any]],
    *,
    names: Names | None = None,
    stated: Collection[str] | None = None,
) -> None:
    """Refuse a need whose published text tells who is behind it, but for what its broker has stated to be no identity.
    `names` as `names_of` gives them and `stated` fingerprints, where many needs are checked. Raises LeaksFound.
    """
    if findings := _unstated(need, metrics, names=names, stated=stated):
        raise LeaksFound(findings)


def leaks_of(need: Need) -> list[Finding]:
    """For what a stored need would be refused, should strangers read it."""
    return _unstated(need, list(need.metrics.values()), names=None, stated=None)


def _unstated(
    need: Need, metrics: Iterable[Mapping[str, Any]], *, names: Names | None, stated: Collection[str] | None
) -> list[Finding]:
    if need.visibility not in READ_BY_OTHER_ZONES:
        return []
    known = stated_of(need) if stated is None else stated
    return [one for one in findings_in(need, metrics, names=names) if one.fingerprint not in known]


def findings_in(need: Need, metrics: Iterable[Mapping[str, Any]], *, names: Names | None = None) -> list[Finding]:
    """Everything in the published text that seems to tell, stated or not."""
    called = (names_of([need.organization_id]) if names is None else names)[need.organization_id]
    texts = _texts(Need, need.__dict__)
    for position, row in enumerate(metrics, start=1):
        texts |= {RowPlace.of(NeedMetric, position, field): text for field, text in _texts(NeedMetric, row).items()}
    leaks = find_leaks(texts, names=called.names, aliases=called.aliases)
    return [_finding(leak, texts[leak.field][leak.start : leak.end], called) for leak in leaks]


def stated_of(need: Need) -> frozenset[str]:
    """Fingerprints of what has been stated to be no identity; a need nobody has stored has none."""
    if need.pk is None:
        return frozenset()
    rows = LeakStatement.objects.unscoped(reason="the need was checked").filter(need=need)
    return frozenset(rows.values_list("fingerprint", flat=True))


def stated_in(needs: "QuerySet[Need]") -> dict[int, frozenset[str]]:
    """The same of many needs: id → fingerprints; those of which nothing was stated are left out."""
    rows = LeakStatement.objects.unscoped(reason="the needs were asked for").filter(need__in=needs.order_by())
    stated: dict[int, set[str]] = defaultdict(set)
    for need, fingerprint in rows.values_list("need_id", "fingerprint"):
        stated[need].add(fingerprint)
    return {need: frozenset(fingerprints) for need, fingerprints in stated.items()}


def _finding(leak: Leak, text: str, called: Called) -> Finding:
    column = f"metrics.{leak.field.column}" if isinstance(leak.field, RowPlace) else leak.field
    words = normalise(text)
    fingerprint = hashlib.sha256(f"{leak.kind}|{column}|{words}".encode()).hexdigest()
    is_full_name = words in {normalise(name) for name in called.names}
    is_statable = leak.kind in STATABLE and not is_full_name
    sentence = _sentence(leak) + (_("如确非单位信息，请在编辑页写明理由后再提交。") if is_statable else "")
    return Finding(leak.field, column, leak.kind, text, fingerprint, sentence, is_statable)


def open_needs_that_tell() -> int:
    """How many open needs tell strangers whose they are, but for what was stated to be no identity: opened before it
    was checked, or since another name of their organization became known.
    """
    rows = Need.objects.unscoped(reason="an invariant reads every need").filter(state=NeedState.OPEN)
    needs = list(rows.filter(visibility__in=READ_BY_OTHER_ZONES).prefetch_related("metrics", "leak_statements"))
    names = names_of({need.organization_id for need in needs})
    return sum(_tells(need, names) for need in needs)


def _tells(need: Need, names: Names) -> bool:
    try:
        stated = {statement.fingerprint for statement in need.leak_statements.all()}
        check_leaks(need, [metric.__dict__ for metric in need.metrics.all()], names=names, stated=stated)
    except InvalidInput:
        return True
    return False


def names_of(organizations: Collection[int]) -> Names:
    """What each organization is called."""
    names: dict[int, Called] = defaultdict(lambda: Called([], []))
    rows = Organization.objects.unscoped(reason="a need must not name its organization").filter(pk__in=organizations)
    for pk, *called in rows.values_list("pk", "name_zh", "name_en"):
        names[pk].names.extend(called)
    aliases = OrganizationAlias.objects.filter(organization__in=organizations)
    for pk, alias in aliases.values_list("organization_id", "name"):
        names[pk].aliases.append(alias)
    return names


def _texts(model: type[ScopedModel], values: Mapping[str, Any]) -> dict[str, str]:
    """The free text of a record that those who see it read: field → text."""
    return {
        field.name: _as_text(values.get(field.name))
        for field in model._meta.fields
        if _is_free_text(field) and field_class(model, field.name) is FieldClass.PUBLIC
    }


def _is_free_text(field: "Field[Any, Any]") -> bool:
    is_written = isinstance(field, CharField | TextField | ArrayField) and not isinstance(field, CodesField | SlugField)
    return (is_written and not field.choices) or field.name == "choices"


def _as_text(value: Any) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")


def _sentence(leak: Leak) -> str:
    told = {"field": place_label(leak.field), "start": leak.start + 1, "end": leak.end, "kind": KINDS[leak.kind]}
    if leak.kind is LeakKind.NAME:
        return (
            _(
                "“%(field)s”第 %(start)d–%(end)d 字疑为%(kind)s，开放后其他园区会看到：请改用不指明单位的说法"
                "（如“某装备企业”），或将可见范围改为“本园区”或“密封”。"
            )
            % told
        )
    return (
        _(
            "“%(field)s”第 %(start)d–%(end)d 字疑为%(kind)s，开放后其他园区会看到："
            "请删去，或将可见范围改为“本园区”或“密封”。"
        )
        % told
    )


def place_label(place: str) -> str:
    """A place as people call it; below the record it is “指标 2: condition_zh”."""
    if isinstance(place, RowPlace):
        field = NeedMetric._meta.get_field(place.column)
        return f"{place.row} {getattr(field, 'verbose_name', place.column)}"
    return str(getattr(Need._meta.get_field(place), "verbose_name", place))
