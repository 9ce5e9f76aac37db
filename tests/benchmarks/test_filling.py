"""A site filled for benchmarks is one that the product would have made: rows, documents, numbers and triggers."""

from typing import Any

import pytest

from benchmarks import site_rows
from ledger.models import ChangeMark
from matching.models import NeedDocument, ResourceDocument
from matching.services.documents import caught_up_index, document_of, refresh_stale_documents
from matching.services.index_places import latest_sequence
from matching.services.need_documents import refresh_stale_needs
from matching.snapshot import read_resource_facts
from tests.builders import make_need, make_resource
from zones.models import Capability, Resource
from zones.scoping import SYSTEM, today

pytestmark = pytest.mark.django_db(transaction=True)
RESOURCES, NEEDS = 30, 6


@pytest.fixture
def filled() -> None:
    forget_the_last_site()
    site_rows.prepare(RESOURCES)
    with site_rows.quiet_tables():
        assert [site_rows.fill_part(first, 15) for first in (1, 16)] == [15, 15]
        site_rows.fill_needs(NEEDS)
    site_rows.finish()


def test_every_document_is_the_one_the_product_makes(filled: None) -> None:
    assert (refresh_stale_documents(), refresh_stale_needs()) == (0, 0)
    made = list(ResourceDocument.objects.order_by("pk"))
    again = [document_of(facts, 1, 1) for facts in read_resource_facts(list(range(1, RESOURCES + 1)), on=today())]
    assert len(made) == RESOURCES
    assert [columns(one) for one in made] == [columns(one) for one in again]
    assert NeedDocument.objects.filter(is_open=True).count() == NEEDS
    assert len(caught_up_index()) == RESOURCES


def test_numbers_and_triggers_go_on_behind_it(filled: None) -> None:
    assert Capability.objects.visible_to(SYSTEM).count() == 3 * RESOURCES
    assert latest_sequence() == 1
    before = ChangeMark.objects.count()
    assert make_resource().pk == RESOURCES + 1
    assert make_need().pk == NEEDS + 1
    assert ChangeMark.objects.count() == before + 2


def test_a_part_does_not_depend_on_who_makes_it(filled: None) -> None:
    first = list(Resource.objects.visible_to(SYSTEM).order_by("pk").values_list("name_zh", flat=True))
    Resource.objects.unscoped(reason="made again").filter(pk__gt=15).delete()
    forget_the_last_site()
    site_rows.fill_part(16, 15)
    assert list(Resource.objects.visible_to(SYSTEM).order_by("pk").values_list("name_zh", flat=True)) == first


def forget_the_last_site() -> None:
    site_rows._vocabulary.cache_clear()
    site_rows._owners.cache_clear()


def columns(document: ResourceDocument) -> tuple[Any, ...]:
    return (document.pk, document.tokens, list(document.scopes), bytes(document.text_hash), bytes(document.packed))
