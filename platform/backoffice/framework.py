"""The classes of unfold under the types of the Django classes they extend (unfold ships no types,
Django's forms are generic only for the checker)."""

from typing import TYPE_CHECKING, Any, TypeVar

Function = TypeVar("Function")

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.admin import ModelAdmin as _ModelAdmin
    from django.contrib.admin import SimpleListFilter as DropdownFilter
    from django.contrib.admin import TabularInline as _TabularInline
    from django.contrib.admin.forms import AdminAuthenticationForm as AuthenticationForm
    from django.contrib.admin.options import BaseModelAdmin as _Fields
    from django.contrib.admin.sites import AdminSite as UnfoldAdminSite
    from django.contrib.admin.views.main import ChangeList
    from django.core.paginator import Paginator as _Paginator
    from django.db.models import Model
    from django.forms import ModelChoiceField as _ModelChoiceField
    from django.forms import ModelForm as _ModelForm
    from django.forms.models import BaseInlineFormSet as _BaseInlineFormSet

    FormFields = _Fields[Any]
    Paginator = _Paginator[Any]
    BaseModelAdmin = _ModelAdmin[Any]
    BaseTabularInline = _TabularInline[Model, Model]
    ModelChoiceField = _ModelChoiceField[Any]
    ModelForm = _ModelForm[Any]
    BaseInlineFormSet = _BaseInlineFormSet[Any, Any, Any]

    def display(*, description: Any, label: Any = None, ordering: str = "") -> Callable[[Function], Function]: ...

else:
    from django.core.paginator import Paginator as Paginator
    from django.forms import ModelChoiceField, ModelForm
    from django.forms.models import BaseInlineFormSet
    from unfold.admin import ModelAdmin as BaseModelAdmin
    from unfold.admin import TabularInline as BaseTabularInline
    from unfold.contrib.filters.admin import DropdownFilter
    from unfold.decorators import display
    from unfold.forms import AuthenticationForm
    from unfold.sites import UnfoldAdminSite
    from unfold.views import ChangeList

    FormFields = object

__all__ = [
    "AuthenticationForm",
    "BaseInlineFormSet",
    "BaseModelAdmin",
    "BaseTabularInline",
    "ChangeList",
    "DropdownFilter",
    "FormFields",
    "ModelChoiceField",
    "ModelForm",
    "UnfoldAdminSite",
    "display",
]
