"""Errors of the domain. Each has a code and a sentence that says what to do next; doors map them once."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import pgettext


def listed(names: Iterable[str]) -> str:
    """Names inside a sentence, parted as the reader's language does."""
    return pgettext("between names", "、").join(names)


class RowPlace(str):
    """The key of an error in a row below a record: reads “指标 2: unit”, and carries as data which row it is.

    `table` is the label of the row's model, `position` counts the rows of the record from 1.
    """

    __slots__ = ("column", "position", "table")

    table: str
    position: int
    column: str

    @classmethod
    def of(cls, model: type[Model], position: int, column: str) -> "RowPlace":
        place = cls(f"{model._meta.verbose_name} {position}: {column}")
        place.table, place.position, place.column = model._meta.label_lower, position, column
        return place

    @property
    def row(self) -> str:
        """The row as people call it: 指标 2."""
        return self.partition(": ")[0]


class DomainError(Exception):
    """A rule said no. `message` is for people (translated where it is raised), `field` names the input at fault."""

    code = "domain_error"
    retry_seconds = 0
    """After how many seconds the same may be asked again; 0 where waiting does not help."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class InvalidInput(DomainError):
    """One or more fields are wrong: `errors` maps a field to its sentences. Nothing was stored."""

    code = "invalid"

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        super().__init__("; ".join(f"{field}: {' '.join(messages)}" for field, messages in errors.items()))
        self.errors = dict(errors)

    @classmethod
    def of(cls, error: ValidationError) -> "InvalidInput":
        if hasattr(error, "error_dict"):
            return cls(error.message_dict)
        return cls({"__all__": error.messages})

    @classmethod
    def single(cls, field: str, message: str) -> "InvalidInput":
        return cls({field: [message]})


class NotFound(DomainError):
    """It does not exist, or the caller may not see it: the same answer for both."""

    code = "not_found"


class NotAllowed(DomainError):
    """The caller sees the object but may not change it."""

    code = "not_allowed"


class Conflict(DomainError):
    """The object changed since the caller read it."""

    code = "conflict"


class IllegalTransition(DomainError):
    """The step is not possible in the object's present state."""

    code = "illegal_transition"


class TooOften(DomainError):
    """The same was tried too many times in a while."""

    code = "too_often"


class UnscopedQuery(Exception):
    """Code asked for rows without saying for whom. A programming error, never shown to people."""
