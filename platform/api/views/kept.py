"""Records of the mechanisms: read as far as each is open, written by who keeps them."""

from typing import Any, ClassVar, Final

from accounts.scopes import Scope
from api.filters.kept import filters_of
from api.serializers.kept import KEPT
from api.views.writing import Step, WriteViewSet
from matching.services.transfers import CONVERSION, TALENT, TRIAL
from zones.services.keeping import Shape, change_kept, record_kept, withdraw_kept
from zones.services.mechanisms import CHAIN, ENCLAVE, FUND, POLICY


class KeptViewSet(WriteViewSet):
    """Lists of a record are written whole: one that is not sent stays as it is. What should never have been recorded is
    withdrawn. `on_day` asks for what was there on a day.
    """

    kept: ClassVar[Shape]
    write_scope = Scope.WRITE_MECHANISMS
    steps: ClassVar[dict[str, Step]] = {"withdraw": withdraw_kept}

    def make(self, values: dict[str, Any]) -> Any:
        return record_kept(self.reader.principal, self.kept, **self._told(values))

    def change(self, row: Any, version: int, values: dict[str, Any]) -> Any:
        told = self._told(values)
        return change_kept(self.reader.principal, self.kept, record_id=row.pk, version=version, **told)

    def take(self, step: Step, row: Any, version: int, **values: Any) -> Any:
        return step(self.reader.principal, self.kept, record_id=row.pk, version=version, **values)

    def _told(self, values: dict[str, Any]) -> dict[str, Any]:
        parts = {name: values[name] for name in self.kept.parts if name in values}
        return {name: value for name, value in values.items() if name not in parts} | {"with_parts": parts}


def _view(shape: Shape) -> type[KeptViewSet]:
    known = KEPT[shape.name]
    return type(
        f"{shape.model.__name__}ViewSet",
        (KeptViewSet,),
        {
            "__module__": __name__,
            "__doc__": f"{shape.model.__doc__}\n\n{KeptViewSet.__doc__}",
            "kept": shape,
            "serializer_class": known.row,
            "detail_class": known.whole,
            "input_class": known.sent,
            "change_class": known.sent,
            "step_inputs": {"withdraw": known.ended},
            "filterset_class": filters_of(shape),
            "ordering_fields": (f"-{shape.model.begins}", "updated_at"),
        },
    )


MECHANISMS: Final[dict[str, type[KeptViewSet]]] = {
    "policies": _view(POLICY),
    "funds": _view(FUND),
    "chains": _view(CHAIN),
    "enclaves": _view(ENCLAVE),
    "conversions": _view(CONVERSION),
    "talent_exchanges": _view(TALENT),
    "trials": _view(TRIAL),
}
"""By the address of each."""
