"""Settings kept as numbered versions: read, added, never edited; who adds one starts from the version in force."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from backoffice.base import ChildRows, ScopedModelAdmin
from backoffice.filters import Rows
from backoffice.steps import unread
from zones.scoping import Principal


class VersionsAdmin(ScopedModelAdmin):
    """A new version is refused where another came into force since its writer opened the form."""

    actions = None

    def version_in_force(self) -> Any:
        """The row that is active."""
        raise NotImplementedError

    def add(self, principal: Principal, values: dict[str, Any], *, replacing: int) -> Model:
        """Call the service that stores a new version in place of the one of that number. Raises DomainError."""
        raise NotImplementedError

    def starting_values(self, row: Any) -> dict[str, Any]:
        """What of the version in force a new one starts with."""
        raise NotImplementedError

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A version is never edited; a new one is added."""
        return False

    def may_write_here(self, principal: Principal) -> bool:
        return principal.is_system

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return []

    def key_of(self, row: Any) -> str:
        return str(row.number)

    def find(self, rows: Rows, key: str) -> Any:
        is_number = key.isascii() and key.isdigit() and len(key) < 9
        return rows.filter(number=int(key)).first() if is_number else None

    def version_of(self, row: Any) -> int:
        """The version in force: a row never changes, which one is active does."""
        number: int = self.version_in_force().number
        return number

    def initial_values(self, request: HttpRequest) -> dict[str, Any]:
        row = self.version_in_force()
        return self.starting_values(row) | {"version": row.number}

    def write(
        self, principal: Principal, *, row: Any, version: int | None, values: dict[str, Any], rows: ChildRows
    ) -> Any:
        if version is None:
            raise unread()
        return self.add(principal, values, replacing=version)
