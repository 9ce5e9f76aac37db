"""What a search answers, for the schema: the values themselves are made by `matching.services.search_json`."""

from typing import Any

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.fields import Field

from zones.search.asking import ALL, LEVELS, LONG_LEVELS
from zones.search.requests import FACETS, SORTS, SUBJECTS


class PieceSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    is_hit = serializers.BooleanField(help_text="Whether the question asks for it.")


class HitSerializer(serializers.Serializer[Any]):
    subject = serializers.ChoiceField(choices=list(SUBJECTS))
    id = serializers.UUIDField(help_text="The public id, for the address of the record.")
    name = serializers.CharField()
    kind = serializers.CharField()
    zone = serializers.CharField(allow_null=True, help_text="The zone's slug.")
    score = serializers.FloatField()
    title = PieceSerializer(many=True)
    excerpt = PieceSerializer(many=True)
    matched = serializers.ListField(child=serializers.CharField(), help_text="Words of the question it answers to.")
    missing = serializers.ListField(child=serializers.CharField())
    distance_km = serializers.FloatField(allow_null=True)
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    located_by = serializers.ChoiceField(
        ["record", "zone"], allow_null=True, help_text="Whose place that is: its own, or that of its zone."
    )
    updated_at = serializers.DateTimeField(allow_null=True, help_text="Null for organizations.")


class HitsSerializer(serializers.Serializer[Any]):
    results = HitSerializer(many=True)


class ReadAsSerializer(serializers.Serializer[Any]):
    typed = serializers.CharField()
    read = serializers.CharField()


class LoosenedSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    count = serializers.IntegerField()


class HelpSerializer(serializers.Serializer[Any]):
    did_you_mean = serializers.ListField(child=serializers.CharField())
    words = LoosenedSerializer(many=True, help_text="Without which word how many are found.")
    facets = LoosenedSerializer(many=True, help_text="Without which choice how many are found.")


def _facets() -> serializers.Serializer[Any]:
    """Each facet's values; made here because `label` and `parent` mean something else to a serializer's class."""
    value: dict[str, Field[Any, Any, Any, Any]] = {
        "value": serializers.CharField(),
        "label": serializers.CharField(),
        "count": serializers.IntegerField(help_text="Records that would have it, given all else that is chosen."),
        "is_chosen": serializers.BooleanField(),
        "parent": serializers.CharField(help_text="The value it is part of; empty for none."),
    }
    one = type(inline_serializer("FacetValue", value))
    return inline_serializer("Facets", {name: one(many=True) for name in FACETS})


class SearchPageSerializer(serializers.Serializer[Any]):
    total = serializers.IntegerField()
    level = serializers.ChoiceField(
        choices=list(dict.fromkeys((ALL, *LEVELS, *LONG_LEVELS))), help_text="How much of the question is covered."
    )
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    sort = serializers.ChoiceField(choices=list(SORTS))
    read_as = ReadAsSerializer(many=True)
    is_cut = serializers.BooleanField(help_text="Whether the text was longer than is read.")
    is_wordless = serializers.BooleanField(help_text="Whether nothing in it is a word.")
    hits = HitSerializer(many=True)
    facets = _facets()
    help = HelpSerializer()


class SuggestionSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    count = serializers.IntegerField(help_text="How many records one may see have it.")


class SuggestionsSerializer(serializers.Serializer[Any]):
    results = SuggestionSerializer(many=True)
