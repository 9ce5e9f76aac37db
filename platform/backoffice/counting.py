"""Counting up to a limit: a list of the whole nation is told in a time that does not grow with it."""

from typing import Any

from django.utils.functional import cached_property

from backoffice.framework import Paginator

MOST = 10_000
"""More rows than this nobody leafs through: the page says `10000+`, and filters narrow it."""


class UpTo(int):
    """A number of rows; one beyond the limit is told as the limit with a plus."""

    def __str__(self) -> str:
        return f"{MOST}+" if self > MOST else super().__repr__()


def count_up_to(rows: Any) -> UpTo:
    """How many rows a query has, at most one more than the limit: the database stops looking there."""
    return UpTo(rows.order_by()[: MOST + 1].count())


class UpToPaginator(Paginator):
    """Pages of a list that is counted up to the limit; rows beyond have no page."""

    @cached_property
    def count(self) -> UpTo:
        return count_up_to(self.object_list)

    @cached_property
    def num_pages(self) -> int:
        return min(super().num_pages, -(-MOST // self.per_page))
