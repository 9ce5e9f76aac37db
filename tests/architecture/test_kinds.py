"""The engine, which knows no database, knows the kinds by the same names as the tables; every kind has its details."""

from matching.choices import NeedKind
from matching.engine.facts import NEED_KINDS, RESOURCE_KINDS
from zones.choices import ResourceKind
from zones.models import DETAIL_MODELS
from zones.scoping.existing import DETAIL_NAMES


def test_the_engine_knows_every_kind_of_resource_and_of_need() -> None:
    assert list(RESOURCE_KINDS) == ResourceKind.values
    assert list(NEED_KINDS) == NeedKind.values


def test_every_kind_of_resource_has_its_details_and_their_scope() -> None:
    assert list(DETAIL_MODELS) == ResourceKind.values
    assert [model._meta.model_name for model in DETAIL_MODELS.values()] == [f"{name}detail" for name in DETAIL_NAMES]
