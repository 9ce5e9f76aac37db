"""Saved searches with what answers them now."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from rest_framework import serializers

from api.base import Reader
from api.serializers.base import ClassifiedSerializer
from api.serializers.input import InputSerializer
from matching.models import SavedSearch
from matching.services.saved_searches import Answered, answered, own_searches, request_of

LONGEST_SEARCH = 8_190
"""Bytes of an address; a search that fits into none was never asked."""


class SavedSearchSerializer(ClassifiedSerializer):
    """`search` is what to append to `/api/v1/search/?`; the numbers are null where it cannot be asked any more."""

    search = serializers.SerializerMethodField(help_text="The query of `/api/v1/search/`.")
    total = serializers.SerializerMethodField(help_text="How many records answer now.")
    new = serializers.SerializerMethodField(help_text="How many of them are new since the last look.")

    @classmethod
    def completed(cls, rows: "QuerySet[Any]", reader: Reader) -> "QuerySet[Any]":
        """The reader's own, whoever reads."""
        return super().completed(rows, reader).filter(user_id=reader.principal.user_id)

    def get_search(self, row: SavedSearch) -> str:
        return urlencode(request_of(row).parameters())

    def get_total(self, row: SavedSearch) -> int | None:
        return self._answered(row).total

    def get_new(self, row: SavedSearch) -> int | None:
        found = self._answered(row)
        return None if found.total is None else found.new_count

    def _answered(self, row: SavedSearch) -> Answered:
        """All of an account are asked at once: there are at most twenty."""
        return self._known[row.pk]

    @cached_property
    def _known(self) -> dict[int, Answered]:
        principal = self.reader.principal
        return {one.row.pk: one for one in answered(principal, list(own_searches(principal)))}

    class Meta:
        model = SavedSearch
        fields = ("public_id", "name", "search", "total", "new", "looked_at", "created_at")


class SearchNameSerializer(InputSerializer):
    class Meta(InputSerializer.Meta):
        model = SavedSearch
        fields: tuple[str, ...] = ("name",)


class SearchInputSerializer(SearchNameSerializer):
    """`search` is the query of `/api/v1/search/`, such as `q=…&kind=equipment`; the name is its words if left out."""

    search = serializers.CharField(max_length=LONGEST_SEARCH)
    name = serializers.CharField(max_length=60, required=False)

    class Meta(SearchNameSerializer.Meta):
        fields = ("name", "search")
