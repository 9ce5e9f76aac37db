"""Views that write: one record at a time, by the services, by who has read what is changed."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from rest_framework.exceptions import APIException
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
            values = self.values(self.input_class, request.data)
            return self.written(lambda: self.make(values), status=201)

        return once(request, act, must_still_see=self.must_still_see)

    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.editable()
        version = version_read(request, row.version)
        values = self.values(self.change_class, request.data, row=row)
        return self.written(lambda: self.change(row, version, values))

    def step(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        def act() -> HttpResponse:
            row = self.editable()
            version = version_read(request, row.version)
            NothingSerializer(data=request.data).is_valid(raise_exception=True)
            return self.written(lambda: self.take(self.steps[kwargs["step"]], row, version))

        return once(request, act, must_still_see=self.must_still_see)

    def must_still_see(self, told: Any) -> None:
        """Raise Http404 where a record that was told once may not be seen any more."""
        if not self.get_queryset().filter(public_id=told["public_id"]).exists():
            raise Http404

    def editable(self) -> Any:
        """The row of the address, if the reader may change it."""
        row = self.get_object()
        if not type(row).objects.editable_by(self.reader.principal).filter(pk=row.pk).exists():
            raise Http404
        return row

    def values(self, shape: type[InputSerializer], data: Any, *, row: Any = None) -> dict[str, Any]:
        """What was sent, as the services take it. Raises ValidationError."""
        context = self.get_serializer_context() | {"kind": getattr(row, "kind", ""), "keys": {}}
        sent = shape(data=data, partial=row is not None, context=context)
        sent.is_valid(raise_exception=True)
        values: dict[str, Any] = sent.validated_data
        return values

    def written(self, write: Write, *, status: int = 200) -> HttpResponse:
        """Write, and tell the record as its writer reads it."""
        try:
            with transaction.atomic():
                return self.told(write(), status=status)
        except Conflict as error:
            raise IsStale(error.message) from error
        except NotAllowed as error:
            raise NotPermitted(error.message) from error

    def told(self, row: Recorded, *, status: int) -> HttpResponse:
        """The record with its tag, as its address tells it."""
        read = self.detail_class.rows(self.reader).get(pk=row.pk)
        content = JSONRenderer().render(self.detail_class(read, context=self.get_serializer_context()).data)
        answer = HttpResponse(content, status=status, content_type="application/json")
        answer["ETag"] = tag_of(content, version=read.version)
        if status == 201:
            path = reverse(f"api:{self.basename}-detail", args=[read.public_id])
            answer["Location"] = self.request.build_absolute_uri(path)
        return answer
