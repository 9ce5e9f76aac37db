"""Views that write: one record at a time, by the services, by who has read what is changed."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from api.formats.base import LIST
from api.idempotency import once
from api.serializers.base import ClassifiedSerializer
from api.serializers.input import InputSerializer, NothingSerializer
from api.tags import IsStale, tag_of, version_read
from api.views.base import ReadViewSet
from zones.errors import Conflict, NotAllowed
from zones.models.base import Recorded

Write = Callable[[], Recorded]
Step = Callable[..., Recorded]


class NotPermitted(APIException):
    """The record may be seen and changed, but not so: into another's zone, past a review. The sentence says which."""

    status_code = 403
    default_code = "not_permitted"


class WriteViewSet(ReadViewSet):
    """What can also be made, changed and moved on by its own side.

    What may not be seen, and what may be seen but not changed, answers 404 as everywhere.
    """

    is_versioned = True
    detail_class: ClassVar[type[ClassifiedSerializer]]
    input_class: ClassVar[type[InputSerializer]]
    change_class: ClassVar[type[InputSerializer]]
    steps: ClassVar[Mapping[str, Step]]
    """Services that take nothing but a record and its version, by the end of their address."""

    @classmethod
    def sent_by(cls, action: str) -> Any:
        """What an action reads, for the schema; a step reads nothing."""
        return {"create": cls.input_class, "partial_update": cls.change_class}.get(action)

    @classmethod
    def told_by(cls, action: str) -> Any:
        """What an action answers, for the schema."""
        return {201: cls.detail_class} if action == "create" else cls.detail_class

    def make(self, values: dict[str, Any]) -> Recorded:
        raise NotImplementedError

    def change(self, row: Recorded, version: int, values: dict[str, Any]) -> Recorded:
        raise NotImplementedError

    def take(self, step: Step, row: Recorded, version: int) -> Recorded:
        raise NotImplementedError

    @classmethod
    def serializer_of(cls, action: str) -> type[ClassifiedSerializer]:
        return cls.serializer_class if action == LIST else cls.detail_class

    def create(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        def act() -> HttpResponse:
            values = self.checked(self.shape(self.input_class), request.data)
            return self.written(lambda: self.make(values), status=201)

        return once(request, act, must_still_see=self.must_still_see)

    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.editable()
        version = version_read(request, row.version)
        values = self.checked(self.shape(self.change_class, is_change=True), request.data, row=row)
        return self.written(lambda: self.change(row, version, values))

    def step(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        def act() -> HttpResponse:
            row = self.editable()
            version = version_read(request, row.version)
            NothingSerializer(data=request.data).is_valid(raise_exception=True)
            return self.written(lambda: self.take(self.steps[kwargs["step"]], row, version))

        return once(request, act, must_still_see=self.must_still_see)

    def must_still_see(self, told: Any) -> None:
        """Raise Http404 where a record may not be seen and changed any more: it was told as its own side reads it."""
        model: Any = self.detail_class.Meta.model
        editable = model.objects.editable_by(self.reader.principal).filter(public_id=told["public_id"])
        if not self.get_queryset().filter(pk__in=editable.values("pk")).exists():
            raise Http404

    def editable(self) -> Any:
        """The row of the address, if the reader may change it."""
        row = self.get_object()
        if not type(row).objects.editable_by(self.reader.principal).filter(pk=row.pk).exists():
            raise Http404
        return row

    def shape(self, kind: type[InputSerializer], *, is_change: bool = False) -> InputSerializer:
        """What bodies are checked by: made once for many of them. It remembers the rows it was told by their keys."""
        context = self.get_serializer_context() | {"kind": "", "keys": {}, "details": {}}
        return kind(partial=is_change, context=context)

    def checked(self, shape: InputSerializer, sent: Any, *, row: Any = None) -> dict[str, Any]:
        """What was sent, as the services take it; `row` is what it changes. Raises ValidationError."""
        shape.context["kind"] = getattr(row, "kind", "")  # type: ignore[index]
        values: dict[str, Any] = shape.run_validation(sent)
        number = values.get("external_id")
        if number and number != getattr(row, "external_id", ""):
            self.must_give_numbers(values.get("zone") or row.zone)
        return values

    def must_give_numbers(self, zone: Any) -> None:
        """Raise ValidationError but for who sees the whole zone: that a number is taken tells of a record."""
        if not self.reader.principal.gives_numbers_in(getattr(zone, "pk", None)):
            message = _("外部编号由所在园区登记，在园区内唯一：请留空，并用 public_id 指明记录。")
            raise ValidationError({"external_id": [message]})

    @transaction.atomic
    def written(self, write: Write, *, status: int = 200) -> HttpResponse:
        """Write, and tell the record with its tag, as its address tells it to its writer."""
        with refusals_told():
            row = write()
        told = self.representation(row.pk)
        content = JSONRenderer().render(told)
        answer = HttpResponse(content, status=status, content_type="application/json")
        answer["ETag"] = tag_of(content, version=told["version"])
        if status == 201:
            path = reverse(f"api:{self.basename}-detail", args=[told["public_id"]])
            answer["Location"] = self.request.build_absolute_uri(path)
        return answer

    def representation(self, pk: int) -> dict[str, Any]:
        """A record as its writer reads it."""
        row = self.detail_class.rows(self.reader).get(pk=pk)
        told: dict[str, Any] = self.detail_class(row, context=self.get_serializer_context()).data
        return told


@contextmanager
def refusals_told() -> Iterator[None]:
    """What a service refuses of a record that may be changed is told in its own words."""
    try:
        yield
    except Conflict as error:
        raise IsStale(error.message) from error
    except NotAllowed as error:
        raise NotPermitted(error.message) from error
