"""Fields that small forms share: words of some lines, a sum of money in 元, a day."""

from decimal import Decimal
from typing import Any, Final

from django import forms
from unfold import widgets

SOME_WORDS: Final = 300
LEAST: Final = Decimal("0.01")


def words(label: Any, *, most: int = SOME_WORDS, is_required: bool = False, help_text: Any = "", rows: int = 3) -> Any:
    widget = widgets.UnfoldAdminTextareaWidget(attrs={"rows": rows})
    return forms.CharField(label=label, required=is_required, max_length=most, widget=widget, help_text=help_text)


def money(label: Any, *, is_required: bool = True, least: Decimal = Decimal(0)) -> Any:
    return forms.DecimalField(
        label=label, required=is_required, max_digits=16, decimal_places=2, min_value=least,
        widget=widgets.UnfoldAdminDecimalFieldWidget(),
    )  # fmt: skip


def day(label: Any, help_text: Any = "") -> forms.DateField:
    attrs = {"type": "date", "class": " ".join(widgets.INPUT_CLASSES)}
    return forms.DateField(label=label, help_text=help_text, widget=forms.DateInput(format="%Y-%m-%d", attrs=attrs))
