"""Labelled collections (data/eval format): documents become achievements, queries become open needs, judgments
stay in files.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from matching.models import Need
from matching.services.need_batches import NeedDraft, open_drafts
from matching.services.needs import NeedParts
from zones.choices import OrganizationKind, ResourceKind, Visibility
from zones.errors import InvalidInput
from zones.importing.tables import read_json_lines, read_text
from zones.models import Organization, Resource, Zone
from zones.scoping import Principal, today
from zones.services.base import clean_values
from zones.services.batches import Draft, publish_resources
from zones.services.organizations import register_organization

Record = Mapping[str, Any]
NOT_A_LETTER = re.compile(r"[\W_]")
TITLE, SUMMARY, SECTION, DESCRIPTION = 80, 200, 1000, 20_000
DAYS_OPEN = 365
METRICS = NeedParts(
    metrics=[{"key": "relevance", "name_zh": "与需求主题相关", "operator": "bool", "value": True, "priority": "nice"}]
)


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder with corpus.jsonl, queries.jsonl and qrels.tsv."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    def documents(self) -> Iterator[Record]:
        return read_json_lines(self.folder / "corpus.jsonl")

    def queries(self) -> Iterator[Record]:
        return read_json_lines(self.folder / "queries.jsonl")

    def judgments(self) -> dict[str, dict[str, float]]:
        """query id → document id → grade."""
        grades: dict[str, dict[str, float]] = {}
        for number, line in enumerate(read_text(self.folder / "qrels.tsv").splitlines(), start=1):
            try:
                query, document, grade = line.split()
                grades.setdefault(query, {})[document] = float(grade)
            except ValueError as error:
                message = _("qrels.tsv 第 %(row)d 行应为“查询 文档 等级”三列。") % {"row": number}
                raise InvalidInput.single("file", message) from error
        return grades

    def external_id(self, identifier: str) -> str:
        """How a document or query of this collection is numbered in the database."""
        return f"{self.name}:{identifier}"


@transaction.atomic
def load_collection(principal: Principal, collection: Collection) -> tuple[int, int]:
    """Publish the documents and open the queries, in two zones of their own; returns how many of each. A re-run
    adds nothing.
    """
    supply, demand = Zone.objects.order_by("pk")[:2]
    owner = _organization(principal, collection, zone=supply, role="文献")
    asker = _organization(principal, collection, zone=demand, role="需求")
    documents = _publish_documents(principal, collection, owner)
    return documents, _open_queries(principal, collection, asker)


def _organization(principal: Principal, collection: Collection, *, zone: Zone, role: str) -> Organization:
    name = f"评测集 {collection.name} {role}"
    found = Organization.objects.visible_to(principal).filter(name_zh=name, zone=zone).first()
    return found or register_organization(
        principal, name_zh=name, kind=OrganizationKind.OTHER, zone=zone, is_sample=True
    )


def _publish_documents(principal: Principal, collection: Collection, owner: Organization) -> int:
    known = set(Resource.objects.visible_to(principal).filter(organization=owner).values_list("external_id", flat=True))
    names = set(Resource.objects.visible_to(principal).filter(organization=owner).values_list("name_zh", flat=True))
    fresh = [record for record in collection.documents() if collection.external_id(record["id"]) not in known]
    drafts = [Draft(_resource(record, collection, owner, names)) for record in fresh]
    publish_resources(principal, drafts)
    return len(fresh)


def _resource(record: Record, collection: Collection, owner: Organization, names: set[str]) -> Resource:
    values = {
        "kind": ResourceKind.ACHIEVEMENT,
        "name_zh": _unused_name(record, names),
        "organization": owner,
        "zone": owner.zone,
        "visibility": Visibility.NATIONAL,
        "description_zh": _description(record)[:DESCRIPTION],
        "capacity": 1_000_000,
        "external_id": collection.external_id(record["id"]),
    }
    return Resource(**clean_values(values), is_sample=True)


def _unused_name(record: Record, names: set[str]) -> str:
    """The title, cut to its column; a title used before gets the document's number behind it."""
    name: str = (record.get("title") or record["id"])[:TITLE].strip()
    if name in names:
        suffix = f" {record['id']}"
        name = name[: TITLE - len(suffix)] + suffix
    names.add(name)
    return name


def _description(record: Record) -> str:
    """The text, led by the title where that is longer than its column."""
    title, text = record.get("title") or "", record.get("text", "")
    return f"{title}\n{text}" if len(title) > TITLE else text


def _open_queries(principal: Principal, collection: Collection, asker: Organization) -> int:
    known = set(Need.objects.visible_to(principal).filter(organization=asker).values_list("external_id", flat=True))
    fresh = [record for record in collection.queries() if collection.external_id(record["id"]) not in known]
    open_drafts(principal, [NeedDraft(_need(record, collection, asker), METRICS) for record in fresh])
    return len(fresh)


def _need(record: Record, collection: Collection, asker: Organization) -> Need:
    values = {
        "kind": "technology_acquisition",
        "zone": asker.zone,
        "organization": asker,
        "consent_recorded_on": today(),
        "deadline": today() + timedelta(days=DAYS_OPEN),
        "visibility": "zone",  # a foreign text may name people and sites, which an open need must not tell other zones
        "external_id": collection.external_id(record["id"]),
        **_texts(record),
    }
    return Need(**clean_values(values), is_sample=True)


def _title(record: Record) -> str:
    """The title, or a text short enough to be one.

    The beginning of a longer text would weigh three times as much as its end: such a query is titled by its number,
    written as one word that no document contains.
    """
    text: str = record.get("title") or record.get("text", "")
    return text if record.get("title") or len(text) <= TITLE else NOT_A_LETTER.sub("", f"query{record['id']}")


def _texts(record: Record) -> dict[str, str]:
    """Lay a query's text out over the fields of a need, each word once besides the title."""
    text = record.get("text", "")
    return {
        "title_zh": _title(record)[:TITLE],
        "summary_zh": text[:SUMMARY] or record["title"][:SUMMARY],
        "background_zh": text[SUMMARY : SUMMARY + SECTION],
        "problem_zh": text[SUMMARY + SECTION : SUMMARY + 2 * SECTION],
        "content_zh": text[SUMMARY + 2 * SECTION : SUMMARY + 3 * SECTION],
    }
