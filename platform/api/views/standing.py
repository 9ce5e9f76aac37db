"""What a step meets: a record that has changed since it was read, or one that as it stands does not allow it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rest_framework.exceptions import APIException

from api.tags import IsStale
from zones.errors import Conflict, NotFound
from zones.scoping import Principal

if TYPE_CHECKING:
    from django.utils.functional import Promise


class IsInTheWay(APIException):
    """As it stands it cannot be done, whatever version was read. The sentence says why, and what to do."""

    status_code = 409
    default_code = "conflict"

    def __init__(self, sentence: "str | Promise") -> None:
        super().__init__(detail=str(sentence))


@contextmanager
def told_apart(principal: Principal, row: Any, version: int) -> Iterator[None]:
    """What stands in the way of a step is told apart from what was read too early: 409 and 412. `version` 0: none was
    asked for.
    """
    try:
        yield
    except NotFound as error:
        raise IsInTheWay(error.message) from error
    except Conflict as error:
        now = type(row).objects.visible_to(principal).get(pk=row.pk)
        if version and now.version != version:
            raise IsStale from error
        raise IsInTheWay(error.message) from error
