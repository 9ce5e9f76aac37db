"""What OpenAPI tells of every operation beyond its serializers: formats, chosen fields, and the errors there can be."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import build_parameter_type
from rest_framework import serializers

from api.errors import PROBLEM
from api.formats.base import Format
from api.serializers.base import ClassifiedSerializer

JSON = "json"
KEY = "public_id"
PROBLEMS = {
    "400": "A parameter, a value or the body is not as it should be; `errors` says which.",
    "404": "Not there, or not for you to see.",
    "406": "Not in this format.",
}


class ProblemSerializer(serializers.Serializer[Any]):
    """An error, as RFC 9457 tells it."""

    type = serializers.CharField(help_text="Stable, for programs.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What is wrong and what to do, for people.")
    errors = serializers.DictField(  # type: ignore[assignment]
        required=False, help_text="Per parameter or field, what is wrong with it."
    )


class Schema(AutoSchema):
    """Every answer in every format; every error as problem+json."""

    def _get_format_parameters(self) -> list[dict[str, Any]]:
        vocabulary = self._vocabulary()
        if vocabulary is None:
            return []
        parameters = []
        if vocabulary.formats:
            names = [JSON, *vocabulary.formats]
            told = "Goes before the header `Accept`."
            parameters.append(_parameter("format", {"type": "string", "enum": names, "default": JSON}, told))
        if vocabulary.fields:
            items = {"type": "string", "enum": list(vocabulary.fields)}
            told = "Only these fields, parted by commas; all unless given."
            parameters.append(
                _parameter("fields", {"type": "array", "items": items}, told, style="form", explode=False)
            )
        return parameters

    def _get_response_for_code(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The schema of the serializer is that of JSON; other formats have their own."""
        answer: dict[str, Any] = super()._get_response_for_code(*args, **kwargs)  # type: ignore[no-untyped-call]
        own = {one.media_type: one.schema for one in self.view.get_renderers() if isinstance(one, Format)}
        for media_type, content in answer.get("content", {}).items():
            if media_type in own:
                content["schema"] = own[media_type]
        return answer

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        problem = {"content": {PROBLEM: {"schema": self.resolve_serializer(ProblemSerializer(), "response").ref}}}
        return {**{code: {**problem, "description": text} for code, text in PROBLEMS.items()}, **bodies}

    def _map_basic_serializer(self, serializer: Any, direction: str) -> dict[str, Any]:
        """Of records whose fields can be chosen, only what they are called by is always there."""
        schema: dict[str, Any] = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        if isinstance(serializer, ClassifiedSerializer) and KEY in schema.get("required", ()):
            schema["required"] = [KEY]
        return schema

    def _vocabulary(self) -> Any:
        action = getattr(self.view, "action", None) or "list"
        return self.view.vocabulary(action) if self.method == "GET" and hasattr(self.view, "vocabulary") else None


def _parameter(name: str, schema: dict[str, Any], description: str, **more: Any) -> dict[str, Any]:
    built: dict[str, Any] = build_parameter_type(
        name=name, schema=schema, location="query", description=description, **more
    )
    return built
