"""What a dashboard is asked for in its address: a year or a part of it, and which contracts its flow tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from figures import parts
from figures.boards import When
from figures.parts import Part
from portal.forms.cooperations import contract_types
from zones.choices import CodeScheme
from zones.errors import InvalidInput
from zones.models import Code
from zones.models.base import in_language

QUARTERS, MONTHS = "quarters", "months"
REGION, ZONE = "region", "zone"
FLOW: Final = ("contract_type", "field", "between")
Options = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """The year, or a quarter or month of it, that is looked at; and the steps its trend shows, none for ten years."""

    when: When
    steps: tuple[Part, ...] = ()
    code: str = ""

    @property
    def is_of_parts(self) -> bool:
        """Whether it tells quarters or months."""
        return bool(self.steps)


def choice_of(code: str, year: int, today: date) -> Choice:
    """Of the parameter `span`. Raises InvalidInput."""
    if not code:
        return Choice(year)
    whole = {QUARTERS: parts.quarters, MONTHS: parts.months}.get(code)
    if whole is not None:
        return Choice(year, tuple(parts.begun(whole(year), today)), code)
    part = parts.parsed(code, year)
    if part is None:
        raise InvalidInput.single("span", _("时段无法识别：请写 quarters、months、Q1 至 Q4 或 01 至 12。"))
    part.period.until(today)
    return Choice(part, tuple(parts.begun(parts.beside(part), today)), code)


def part_options(year: int) -> list[tuple[str, Options]]:
    """Groups of what can be chosen within a year."""
    whole = [("", _("全年")), (QUARTERS, _("全年，趋势按季度")), (MONTHS, _("全年，趋势按月"))]
    named = [[(part.code, part.label) for part in some] for some in (parts.quarters(year), parts.months(year))]
    return [(_("全年"), whole), (_("季度"), named[0]), (_("月份"), named[1])]


@dataclass(frozen=True, slots=True)
class FlowChoice:
    """Which contracts a flow tells, and between what."""

    between: str
    contract_type: str = ""
    field: str = ""


def flow_choice(asked: Mapping[str, str], *, is_nation: bool) -> FlowChoice:
    """Raises InvalidInput."""
    usual = REGION if is_nation else ZONE
    found = {name: asked.get(name, "") for name in FLOW}
    known = {"between": (REGION, ZONE) if is_nation else (ZONE,), "contract_type": _codes(contract_types())}
    known["field"] = _codes(field_options())
    for name, text in found.items():
        if text and text not in known[name]:
            raise InvalidInput.single(name, _("流向不能这样筛选：请在页面上的选项中选择，或去掉该参数。"))
    return FlowChoice(found["between"] or usual, found["contract_type"], found["field"])


def _codes(options: Options) -> tuple[str, ...]:
    return tuple(code for code, _name in options)


def field_options() -> Options:
    """The fields of industry, by name in the reader's language."""
    rows = Code.objects.filter(scheme=CodeScheme.INDUSTRY, level=1, is_active=True).order_by("code")
    return [(row.code, in_language(row.name_zh, row.name_en)) for row in rows]


def flow_options(chosen: FlowChoice, *, is_nation: bool) -> list[tuple[str, str, str, Options]]:
    """The fields of the form: name, label, what is chosen, and the options."""
    every = ("", _("全部"))
    found = [
        ("contract_type", _("合同类型"), chosen.contract_type, [every, *contract_types()]),
        ("field", _("领域"), chosen.field, [every, *field_options()]),
    ]
    between = ("between", _("之间"), chosen.between, [(REGION, _("省级区域")), (ZONE, _("高新区"))])
    return [between, *found] if is_nation else found
