"""Forms of an import: the file with what it is for, and what each of its columns means."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from openpyxl.utils import get_column_letter
from unfold import widgets

from zones.choices import KINDS_OF_THE_SYSTEM, ImportKind
from zones.importing.cells import amount
from zones.importing.files import refusal
from zones.importing.kinds import IMPORTABLE
from zones.importing.parsing.limits import MAX_FILE_BYTES, MEGABYTE
from zones.models import ImportJob

UNITS = (("", "—"), ("元", _("元")), ("万元", _("万元")), ("亿元", _("亿元")))
ACCEPTED = ".xlsx,.xls,.ods,.csv,.txt,.json,.xml"


class FileInput(forms.FileInput):
    """A plain choice of one file."""

    def __init__(self) -> None:
        super().__init__(attrs={"class": "office-file", "accept": ACCEPTED})


def kinds_of(*, is_system: bool) -> list[tuple[str, Any]]:
    """What a file may be, by name; some kinds are kept by the system's administrators alone."""
    return [one for one in ImportKind.choices if is_system or one[0] not in KINDS_OF_THE_SYSTEM]


class UploadForm(forms.Form):
    """One file, for one zone. The fields that name records come from the page: it knows whose they may be."""

    kind = forms.ChoiceField(label=_("导入内容"), choices=ImportKind.choices, widget=widgets.UnfoldAdminSelectWidget)
    file = forms.FileField(label=_("文件"), widget=FileInput, allow_empty_file=True)
    sheet = forms.CharField(
        label=_("工作表"),
        required=False,
        max_length=60,
        help_text=_("不填则读取第一个可见的工作表"),
        widget=widgets.UnfoldAdminTextInputWidget,
    )

    def __init__(self, places: dict[str, Any], *args: Any, is_system: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(places)
        self.order_fields(("zone", "kind", "file", "sheet", "organization"))
        self.fields["kind"].choices = kinds_of(is_system=is_system)  # type: ignore[attr-defined]
        zones = list(places["zone"].queryset[:2])
        if len(zones) == 1:
            self.initial["zone"] = zones[0].public_id

    def clean_file(self) -> Any:
        """Its size before its content: what is too big is not read into memory."""
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE_BYTES:
            raise forms.ValidationError(refusal("too_big", limit=MAX_FILE_BYTES // MEGABYTE).errors["file"])
        return file


class Line(NamedTuple):
    """One column of the file on its page."""

    letter: str
    title: str
    samples: list[str]
    field: Any
    unit: Any


class ColumnsForm(forms.Form):
    """What each title of a job's file means; starts with what was guessed or said before."""

    def __init__(self, job: ImportJob, data: Any = None) -> None:
        super().__init__(data)
        self._job = job
        for index, title in enumerate(job.titles):
            self.fields |= _fields_of(job.kind, index, title)

    def lines(self) -> Iterator[Line]:
        for index, title in enumerate(self._job.titles):
            letter = get_column_letter(title["column"] + 1)
            yield Line(letter, title["title"], title.get("samples", []), self[f"{index}-field"], self[f"{index}-unit"])

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        joined, taken = IMPORTABLE[self._job.kind].joined, set[str]()
        for index in range(len(self._job.titles)):
            name = values.get(f"{index}-field", "")
            if name in taken and name not in joined:
                self.add_error(f"{index}-field", _("已有另一列对应此字段：请只保留一列。"))
            taken |= {name} - {""}
        return values

    def changed(self) -> dict[str, dict[str, str]]:
        """title → field and unit, of the titles that were given another meaning than they have."""
        said = {
            title["title"]: {name: self.cleaned_data[f"{index}-{name}"] for name in ("field", "unit")}
            for index, title in enumerate(self._job.titles)
        }
        before = {title["title"]: title for title in self._job.titles}
        return {title: meaning for title, meaning in said.items() if self._is_another(meaning, before[title])}

    def _is_another(self, said: dict[str, str], before: dict[str, Any]) -> bool:
        other_unit = is_money(self._job.kind, said["field"]) and said["unit"] != before["unit"]
        return said["field"] != str(before["field"]) or other_unit


def _fields_of(kind: str, index: int, title: dict[str, Any]) -> dict[str, forms.Field]:
    named = {"title": title["title"]}
    return {
        f"{index}-field": forms.ChoiceField(
            required=False,
            initial=title["field"],
            choices=[("", gettext("不导入")), *titles_of(kind)],
            widget=_MarkedSelect(kind, gettext("“%(title)s”对应的字段") % named),
        ),
        f"{index}-unit": forms.ChoiceField(
            required=False,
            initial=title["unit"] if title["unit"] in dict(UNITS) else "",
            choices=UNITS,
            widget=forms.Select(
                attrs={"class": "office-select office-unit", "aria-label": gettext("“%(title)s”的单位") % named}
            ),
        ),
    }


class _MarkedSelect(forms.Select):
    """Marks the choices that are money: only beside them a unit is asked for."""

    def __init__(self, kind: str, label: str) -> None:
        super().__init__(attrs={"class": "office-select", "aria-label": label})
        self._kind = kind

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if is_money(self._kind, str(value)):
            option["attrs"]["data-money"] = "1"
        return option


def titles_of(kind: str) -> list[tuple[str, str]]:
    """Fields a column may mean, by their titles in the reader's language; required ones are marked."""
    known = IMPORTABLE[kind]
    return [(one.field, f"{known.title(one)} *" if one.is_required else known.title(one)) for one in known.columns]


def is_money(kind: str, name: str) -> bool:
    column = IMPORTABLE[kind].fields.get(name)
    return column is not None and column.read is amount


def lacks_owner(job: ImportJob) -> bool:
    """Rows need an owner, no column says whose they are, and nobody has said it for all of them."""
    owner = IMPORTABLE[job.kind].fields.get("organization")
    is_named = job.organization_id is not None or "organization" in {title["field"] for title in job.titles}
    return owner is not None and owner.is_required and not is_named


def missing(job: ImportJob) -> list[str]:
    """Titles of required fields that no column fills and nothing stands in for."""
    said = {title["field"] for title in job.titles} | ({"organization"} if job.organization_id else set())
    known = IMPORTABLE[job.kind]
    return [known.title(column) for column in known.columns if column.is_required and column.field not in said]
