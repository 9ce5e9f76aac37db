"""The columns of a file of needs, in free tables and in EEN's profiles."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from matching.choices import NeedKind, NeedVisibility
from matching.importing.needs.metrics import read_metrics, write_metrics
from matching.models import Need
from zones.choices import ImportKind
from zones.importing import cells
from zones.importing.cells import About, Cell
from zones.importing.kinds import NOT_SAID, Cells, Column, Kind, Values
from zones.importing.kinds.base import ROW_TYPE, VERSION
from zones.importing.tables import read_csv

PROFILE_TEXTS: Final = ("content/", "cooperation/", "keyword/")
"""What titles of EEN's texts begin with: they may be longer than ours, and their writers are not at hand."""
KINDS_FILE: Final = "need_kinds.csv"
PLACED: Final = frozenset({"organization", "association", "review_zone", "metrics", "version", "row_type"})
"""Columns that are looked up or hang on the need rather than being stored as they stand."""
FIELDS: Final = {field.name: field for field in Need._meta.concrete_fields}
REQUIRED_TEXTS: Final = frozenset({"title_zh", "summary_zh", "kind"})


def section(cell: Cell, about: About) -> str:
    """A text; one of EEN's is cut where ours end, which its row then says (`matching.importing.needs.verdicts`)."""
    if not about.title.startswith(PROFILE_TEXTS):
        return cells.text(cell, about)
    whole = cells.text(cell, About())
    return whole if len(whole) <= about.max_length else f"{whole[: about.max_length - 1].rstrip()}…"


def keywords(cell: Cell, about: About) -> list[str]:
    """Words; those of EEN's technology keys that are longer than ours are left out."""
    if not about.title.startswith(PROFILE_TEXTS):
        return cells.words(cell, about)
    return [word for word in cells.words(cell, About()) if len(word) <= about.max_length]


def need_kind(cell: Cell, about: About) -> str:
    """A kind by its name or by what other systems call it; of several, the first that is known."""
    known = _kind_names()
    words = cells.words(cell, about)
    found = next((known[word] for word in map(_key, words) if word in known), None)
    return found or str(cells.one_of(NeedKind.choices)(cell, about))


@cache
def _kind_names() -> Mapping[str, str]:
    rows = read_csv(settings.REFERENCE_DIR / KINDS_FILE, columns=frozenset({"kind", "names"}))
    return {_key(name): NeedKind(row["kind"]).value for row in rows for name in row["names"].split("|")}


def _key(word: str) -> str:
    return word.replace(" ", "").lower()


def typed(column: str, value: Any) -> Any:
    """A value of a file as the column of the need holds it."""
    return FIELDS[column].to_python(value)


def finish(values: Values, row: Cells) -> Values:
    """A title of EEN's stays whole as the English one, where it is longer than a title may be."""
    written = row.get("title_zh")
    if values.get("title_en") or not isinstance(written, str) or not values.get("title_zh", "").endswith("…"):
        return values
    limit = FIELDS["title_en"].max_length
    return values | {"title_en": written.strip()[:limit]}


class NeedColumns(Kind):
    """The kind of import that brings in needs: one table, in which some columns name records."""

    @property
    def tables(self) -> tuple[type[models.Model], ...]:
        return (Need,)

    def blank(self, name: str) -> Any:
        if name in ("association", "review_zone"):
            return ""
        if name == "metrics":
            return []
        return NOT_SAID if name in PLACED | REQUIRED_TEXTS else super().blank(name)


COLUMNS: Final = (
    Column("external_id", cells.identifier),
    Column("title_zh", section, is_required=True),
    Column("title_en", cells.text),
    Column("summary_zh", section, is_required=True),
    Column("organization", cells.text, is_required=True),
    Column("kind", need_kind),
    Column("problem_zh", section),
    Column("content_zh", section),
    Column("background_zh", section),
    Column("tried_zh", section),
    Column("conditions_offered_zh", section),
    Column("metrics", read_metrics, title=_("量化指标"), write=write_metrics),
    Column("deadline", cells.day),
    Column("duration_months", cells.whole),
    Column("trl_have", cells.level),
    Column("trl_need", cells.level),
    Column("budget_min", cells.amount),
    Column("budget_max", cells.amount),
    Column("budget_source_zh", cells.text),
    Column("payment_zh", cells.text),
    Column("ip_preference_zh", section),
    Column("industry_codes", cells.codes),
    Column("discipline_codes", cells.codes),
    Column("equipment_codes", cells.codes),
    Column("modes", cells.codes),
    Column("keywords", keywords),
    Column("exclusions_zh", cells.text),
    Column("wanted_partners", cells.whole),
    Column("consent_recorded_on", cells.day),
    Column("visibility", cells.one_of(NeedVisibility.choices)),
    Column("association", cells.text),
    Column("review_zone", cells.text),
    Column("is_classified", cells.yes_no),
    VERSION,
    ROW_TYPE,
)

NEED: Final = NeedColumns(
    name=ImportKind.NEED,
    columns=COLUMNS,
    row_types=frozenset(
        {"need", "request", "technology request", "research & development request", "r&d request", "tr"}
        | {"需求", "技术需求"}
    ),
    finish=finish,
    joined=frozenset({"problem_zh", "content_zh"}),
    named="title_zh",
)
