"""What OpenAPI tells of every operation beyond its serializers: formats, chosen fields, and the errors there can be."""

from typing import Any, Final

from django.urls import resolve
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import build_parameter_type
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from api.deprecation import DEPRECATED
from api.errors import PROBLEM
from api.formats.base import Format
from api.idempotency import FORM
from api.serializers.base import ClassifiedSerializer
from api.serializers.bulk import ItemsSerializer
from api.serializers.input import InputSerializer
from api.serializers.problems import ProblemSerializer
from api.tags import VERSIONED

JSON = "json"
KEY = "public_id"
PROBLEMS = {
    "400": "A parameter, a value or the body is not as it should be; `errors` says which.",
    "401": "The token is worth nothing, or a visitor wants to write.",
    "403": "The token was not made for this, or the record may not be changed so.",
    "404": "Not there, or not for you to see.",
    "406": "Not in this format.",
    "429": "Too many requests in this minute; `Retry-After` says when to come again.",
}
OF_BODIES = {
    "409": "The record's state does not allow it, or a request with this key is under way.",
    "413": "Too many bytes.",
    "415": "Not JSON.",
}
OF_KEYS = {"422": "The Idempotency-Key was used for another request."}
OF_TAGS = {
    "412": "The record has changed since it was read.",
    "428": "Without If-Match nothing is changed.",
}
HEADER: Final = OpenApiParameter.HEADER
IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": f"^{VERSIONED.pattern}$"},
    HEADER,
    required=True,
    description="The ETag that was read.",
)
IF_NONE_MATCH = OpenApiParameter("If-None-Match", str, HEADER, description="304 while this is the ETag.")
KEY_OF_REQUEST = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "pattern": f"^{FORM.pattern}$"},
    HEADER,
    description="One effect and one answer per key, for 48 hours.",
)
ETAG = OpenApiParameter("ETag", str, HEADER, response=[200, 201, 304])
LOCATION = OpenApiParameter("Location", OpenApiTypes.URI, HEADER, response=[201])
WRITES = ("create", "partial_update", "step", "bulk", "look", "test")
WITHOUT_KEY = ("look", "test")
"""What is done anew each time it is asked for."""
PRECONDITIONED = ("partial_update", "step")
SAFE = ("GET", "HEAD")
REFUSES_OTHERS = (InputSerializer, ItemsSerializer)


class Schema(AutoSchema):
    """Every answer in every format; every error as problem+json."""

    def is_deprecated(self) -> bool:
        return self._route() in DEPRECATED

    def _get_parameters(self) -> list[dict[str, Any]]:
        """With `deprecated` at those that will go."""
        parameters: list[dict[str, Any]] = super()._get_parameters()
        for parameter in parameters:
            if parameter["in"] == "query" and f"{self._route()}?{parameter['name']}" in DEPRECATED:
                parameter["deprecated"] = True
        return parameters

    def _route(self) -> str:
        return str(resolve(self.path).view_name)

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
            parameters.append(_parameter("fields", {"type": "array", "items": items}, told))
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
        if self._action() == "retrieve":
            bodies["304"] = {"description": "The reader has it."}
        problem = {"content": {PROBLEM: {"schema": self.resolve_serializer(ProblemSerializer(), "response").ref}}}
        return {**{code: {**problem, "description": text} for code, text in self._problems().items()}, **bodies}

    def _problems(self) -> dict[str, str]:
        found = dict(PROBLEMS)
        if self._action() in WRITES:
            found |= OF_BODIES
            found |= OF_KEYS if self.method == "POST" and self._action() not in WITHOUT_KEY else {}
            found |= OF_TAGS if self._is_conditional() else {}
        return dict(sorted(found.items()))

    def get_override_parameters(self) -> list[Any]:
        """Headers that are read and told."""
        tags = [IF_MATCH] if self._is_conditional() else []
        match self._action():
            case "retrieve":
                return [IF_NONE_MATCH, ETAG]
            case "create":
                return [KEY_OF_REQUEST, ETAG, LOCATION]
            case "partial_update":
                return [*tags, ETAG]
            case "step":
                return [*tags, KEY_OF_REQUEST, ETAG]
            case "bulk":
                return [KEY_OF_REQUEST]
        return []

    def get_request_serializer(self) -> Any:
        """What a view that writes says it reads."""
        view: Any = self.view
        if self._action() in WRITES:
            return view.sent_by(self._action(), self._step())
        return super().get_request_serializer()

    def get_response_serializers(self) -> Any:
        view: Any = self.view
        return view.told_by(self._action()) if self._action() in WRITES else super().get_response_serializers()

    def _action(self) -> str:
        return str(getattr(self.view, "action", None) or "")

    def _step(self) -> str:
        """The word at the end of a step's address."""
        return str(self.path).rstrip("/").rpartition("/")[2]

    def _is_conditional(self) -> bool:
        """Whether the operation asks what was read: of records with a version, unless it only adds to them."""
        view: Any = self.view
        if self._action() not in PRECONDITIONED or not view.is_versioned:
            return False
        return self._action() != "step" or self._step() not in view.adding

    def get_auth(self) -> list[dict[str, Any]]:
        """Who has not logged in reads what everybody may."""
        anybody: list[dict[str, Any]] = [{}] if self.method in SAFE else []
        return [*super().get_auth(), *anybody]

    def _map_serializer_field(self, field: Any, *args: Any, **kwargs: Any) -> Any:
        """What may be left blank is told as the empty text; lists of rows say how long they may be."""
        if isinstance(field, serializers.ChoiceField) and field.read_only and _may_be_blank(field):
            field.allow_blank = True
        schema = super()._map_serializer_field(field, *args, **kwargs)  # type: ignore[no-untyped-call]
        return schema | _length_of(field) if isinstance(field, serializers.ListSerializer) else schema

    def _insert_field_validators(self, field: Any, schema: dict[str, Any]) -> None:
        super()._insert_field_validators(field, schema)  # type: ignore[no-untyped-call]
        if isinstance(field, serializers.URLField) and field.read_only and _may_be_blank(field):
            schema.pop("format", None)

    def _map_basic_serializer(self, serializer: Any, direction: str) -> dict[str, Any]:
        """Of records whose fields can be chosen, only what they are called by is always there.

        What is sent has no fields but these.
        """
        schema: dict[str, Any] = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        if isinstance(serializer, ClassifiedSerializer) and KEY in schema.get("required", ()):
            schema["required"] = [KEY]
        if isinstance(serializer, REFUSES_OTHERS):
            schema["additionalProperties"] = False
        return schema

    def _vocabulary(self) -> Any:
        action = getattr(self.view, "action", None) or "list"
        return self.view.vocabulary(action) if self.method == "GET" and hasattr(self.view, "vocabulary") else None


def _may_be_blank(field: Any) -> bool:
    model = getattr(getattr(field.parent, "Meta", None), "model", None)
    columns = {column.name: column for column in model._meta.fields} if model else {}
    return field.source in columns and bool(columns[field.source].blank)


def _length_of(field: Any) -> dict[str, int]:
    bounds = {"minItems": field.min_length, "maxItems": field.max_length}
    return {name: bound for name, bound in bounds.items() if bound is not None}


def _parameter(name: str, schema: dict[str, Any], description: str, **more: Any) -> dict[str, Any]:
    built: dict[str, Any] = build_parameter_type(
        name=name, schema=schema, location="query", description=description, **more
    )
    return built


def tell_details(result: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Details of a resource may fit several kinds, as few of their fields differ; what is read may be none."""
    schemas = result.get("components", {}).get("schemas", {})
    for name in ("ResourceDetails", "ResourceDetailsInput"):
        if "oneOf" in schemas.get(name, {}):
            schemas[name]["anyOf"] = schemas[name].pop("oneOf")
    if "ResourceDetails" in schemas:
        schemas["ResourceDetails"]["nullable"] = True
    return result
