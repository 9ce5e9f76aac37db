"""Records of the mechanisms as they are read and written: each kind is made from its `Shape`."""

from typing import Any

from rest_framework import serializers

from api.serializers.base import ClassifiedSerializer
from api.serializers.input import InputSerializer, rows_of
from matching.services.transfers import CONVERSION, TALENT, TRIAL
from zones.services.keeping import Shape
from zones.services.mechanisms import CHAIN, ENCLAVE, FUND, POLICY


def _columns(shape: Shape) -> tuple[str, ...]:
    return tuple(column.name for column in shape.model._meta.fields if column.name in shape.written)


def _made(name: str, base: type[Any], model: type[Any], fields: tuple[str, ...], **more: Any) -> Any:
    """A serializer of these columns."""
    meta = type("Meta", (getattr(base, "Meta", object),), {"model": model, "fields": fields})
    return type(name, (base,), {"Meta": meta, "__module__": __name__, **more})


def _class_name(text: str) -> str:
    return "".join(word.title() for word in text.split("_"))


class KeptSerializers:
    """How a kind of record is told in lists, told whole, and written. An organization is named by its key: null to who
    may not see it.
    """

    def __init__(self, shape: Shape) -> None:
        name, told = _class_name(shape.name), ("public_id", "version", *_columns(shape))
        ends = ("withdrawn_on", "withdrawn_because_zh", "is_sample", "updated_at")
        self.row: type[ClassifiedSerializer] = _made(
            f"{name}Serializer", ClassifiedSerializer, shape.model, (*told, *ends)
        )
        parts = {part: self._part(shape, part)(many=True, read_only=True) for part in shape.parts}
        self.whole: type[ClassifiedSerializer] = _made(
            f"{name}DetailSerializer", ClassifiedSerializer, shape.model, (*told, *ends, *parts), **parts
        )
        sent = {part: rows_of(self._sent_part(shape, part)) for part in shape.parts}
        self.sent: type[InputSerializer] = _made(
            f"{name}InputSerializer", InputSerializer, shape.model, (*_columns(shape), *sent), **sent
        )
        self.ended: type[InputSerializer] = _made(
            f"{name}WithdrawalSerializer", InputSerializer, shape.model, ("because",),
            because=serializers.CharField(max_length=300),
        )  # fmt: skip

    @staticmethod
    def _part(shape: Shape, part: str) -> Any:
        model = shape.parts[part]
        return _made(
            f"{model.__name__}RowSerializer", ClassifiedSerializer, model,
            ("public_id", "position", *shape.part_columns(part)),
        )  # fmt: skip

    @staticmethod
    def _sent_part(shape: Shape, part: str) -> Any:
        model = shape.parts[part]
        return _made(f"{model.__name__}InputSerializer", InputSerializer, model, shape.part_columns(part))


KEPT = {shape.name: KeptSerializers(shape) for shape in (POLICY, FUND, CHAIN, ENCLAVE, CONVERSION, TALENT, TRIAL)}
