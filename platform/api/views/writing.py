"""Views that write: one record at a time, by the services, by who has read what is changed."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import Any, ClassVar

from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from api.formats.base import LIST
from api.idempotency import once
from api.serializers.base import ClassifiedSerializer
from api.serializers.input import InputSerializer, NothingSerializer
from api.tags import IsStale, tag_of, version_read
from api.views.base import ReadViewSet
from zones.errors import Conflict, NotAllowed
from zones.models.base import ScopedModel

CREATE, CHANGE, STEP = "create", "partial_update", "step"
Write = Callable[[], ScopedModel]
Step = Callable[..., Any]


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
    writes: ClassVar[frozenset[str]] = frozenset({CREATE, CHANGE})
    """Which of its records can be made and changed; steps come beside."""
    steps: ClassVar[Mapping[str, Step]] = {}
    """Services that take a record, its version, and what `step_inputs` names, by the end of their address."""
    step_inputs: ClassVar[Mapping[str, type[Serializer[Any]]]] = {}
    adding: ClassVar[frozenset[str]] = frozenset()
    """Steps that add something and change nothing: what was read before does not matter."""

    @classmethod
    def sent_by(cls, action: str, step: str = "") -> Any:
        """What an action reads, for the schema."""
        if action == STEP:
            return cls.step_inputs.get(step)
        return {CREATE: getattr(cls, "input_class", None), CHANGE: getattr(cls, "change_class", None)}.get(action)

    @classmethod
    def told_by(cls, action: str) -> Any:
        """What an action answers, for the schema."""
        return {201: cls.detail_class} if action == CREATE else cls.detail_class

    def make(self, values: dict[str, Any]) -> ScopedModel:
        raise NotImplementedError

    def change(self, row: Any, version: int, values: dict[str, Any]) -> ScopedModel:
        raise NotImplementedError

    def take(self, step: Step, row: Any, version: int, **values: Any) -> ScopedModel:
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
        version = self.version_told(request, row)
        values = self.checked(self.shape(self.change_class, is_change=True), request.data, row=row)
        return self.written(lambda: self.change(row, version, values))

    def step(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        name: str = kwargs["step"]

        def act() -> HttpResponse:
            row = self.editable()
            version = 0 if name in self.adding else self.version_told(request, row)
            shape = self.step_inputs.get(name, NothingSerializer)(context=self.get_serializer_context() | {"keys": {}})
            values = shape.run_validation(request.data)
            return self.written(lambda: self.take(self.steps[name], row, version, **values))

        return once(request, act, must_still_see=self.must_still_see)

    def version_told(self, request: Request, row: Any) -> int:
        """The version that was read, of records that have one."""
        return version_read(request, row.version) if self.is_versioned else 0

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
        with refusals_told() if self.is_versioned else nullcontext():
            row = write()
        told = self.representation(row.pk)
        content = JSONRenderer().render(told)
        answer = HttpResponse(content, status=status, content_type="application/json")
        answer["ETag"] = tag_of(content, version=told["version"] if self.is_versioned else None)
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
