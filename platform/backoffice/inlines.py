"""Form fields made from columns, the same for a record and for the rows below it, and the rows themselves."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import ForeignKey, TextField, URLField
from django.http import HttpRequest
from unfold import widgets

from backoffice.autocomplete import FIELDS, PublicIdAutocomplete
from backoffice.fields import PublicIdChoiceField, codes_field, list_field
from backoffice.forms import RowForm, RowsFormSet
from backoffice.framework import BaseTabularInline, FormFields
from backoffice.principals import principal_of
from backoffice.rows import choices_of
from zones.models import Region
from zones.models.base import ScopedModel
from zones.models.codes import CodesField


class ScopedFields(FormFields):
    """Foreign keys offer and accept what `choices_of` gives, by public id; codes and lists as people type them."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, ForeignKey):
            return self.formfield_for_foreignkey(db_field, request, **kwargs)
        if isinstance(db_field, CodesField):
            return codes_field(db_field)
        if isinstance(db_field, ArrayField):
            return list_field(db_field)
        if isinstance(db_field, URLField):
            kwargs["assume_scheme"] = "https"
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, TextField) and formfield is not None:
            formfield.widget.attrs["rows"] = 4
        return formfield

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        rows = choices_of(self.model, db_field.name, principal_of(request))
        key = (self.model._meta.app_label, str(self.model._meta.model_name), db_field.name)
        widget: Any = widgets.UnfoldAdminSelectWidget()
        if key in FIELDS:
            widget = PublicIdAutocomplete(db_field, self.admin_site, attrs={"data-width": "100%"})
        return PublicIdChoiceField(
            rows,
            to_field_name="code" if db_field.related_model is Region else "public_id",
            label=db_field.verbose_name,
            help_text=db_field.help_text,
            required=not db_field.blank,
            widget=widget,
        )


class RowsInline(ScopedFields, BaseTabularInline):
    """Rows below a record, written with it by its service. Who may edit the record may edit its rows."""

    form: Any = RowForm
    formset: Any = RowsFormSet
    extra = 1
    max_num = 60
    hide_title = True

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        # Django draws a thousand rows beyond the most when a form claims them: that is seconds of the server's time.
        most = {"absolute_max": 2 * formset.max_num}
        return type(formset.__name__, (formset,), {"request": request} | most)

    def stored(self, request: HttpRequest, parent: Any) -> list[dict[str, Any]]:
        """The stored rows of a record its reader may edit, as initial values."""
        assert issubclass(self.model, ScopedModel)
        related = [column.name for column in self.model._meta.fields if isinstance(column, ForeignKey)]
        rows = self.model.objects.editable_by(principal_of(request)).filter(**{str(self.fk_name): parent})
        return [self.form.initial_of(row, self.fields) for row in rows.select_related(*related)]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True
