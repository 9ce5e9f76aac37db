"""The list page: links by public id, ordering by public columns only, one hook to fetch what a page of rows needs."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import admin
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from backoffice.drawing import headings_of, rows_of
from backoffice.framework import ChangeList
from backoffice.rows import is_public_path


class ScopedChangeList(ChangeList):
    model_admin: Any

    def get_ordering_field(self, field_name: Any) -> Any:
        """`?o=` may order by public columns only: an order by a hidden column tells the column."""
        field = super().get_ordering_field(field_name)
        path = getattr(field, "name", field)
        return field if isinstance(path, str) and is_public_path(self.model, path.lstrip("-")) else None

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        self.model_admin.prepare_page(request, self.result_list)

    @cached_property
    def headings(self) -> list[Mapping[str, Any]]:
        return headings_of(self)

    @property
    def num_sorted_fields(self) -> int:
        """By how many columns the list is ordered, as the head of its table wants to know."""
        return sum(bool(heading.get("sorted")) for heading in self.headings)

    @property
    def drawn_rows(self) -> Iterator[SafeString]:
        return rows_of(self, self.headings)

    def url_for_result(self, result: Any) -> str:
        url: str = self.model_admin.url_of(result)
        return url


def name_column(title: Any, column: str) -> Any:
    """A column with the row's name in the reader's language, ordered by its Chinese one."""

    @admin.display(description=title, ordering=column)
    def shown_name(page: Any, row: Any) -> str:
        return str(row)

    return shown_name


def require_public(model: Any, paths: Any) -> None:
    """Refuse, at start, a search or ordering path that is not public."""
    for path in paths:
        if not is_public_path(model, path.lstrip("-^=@")):
            raise ImproperlyConfigured(f"{model.__name__}: {path} is not a public field")
