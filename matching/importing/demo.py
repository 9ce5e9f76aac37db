"""The demo: sample resources, needs, catalogues and accounts, all through the normal services."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction

from accounts.models import User
from matching.importing.records import Record, open_records, submit_record
from zones.choices import PriceUnit, RequestKind, ResourceKind, Role
from zones.importing.records import Places, publish_records
from zones.importing.tables import read_json_lines
from zones.models import Organization, Resource, Zone
from zones.scoping import SYSTEM, scope_of, today
from zones.services.catalogues import publish_catalogue
from zones.services.service_records import record_service
from zones.services.service_requests import NOT_SHARED, accept_request, send_request
from zones.services.staff import create_account, grant_role

CATALOGUED_KINDS = frozenset({ResourceKind.LABORATORY, ResourceKind.EQUIPMENT})
CATALOGUE_MINIMUM = 4
PUBLISHED_ON = date(2026, 10, 1)
AUTHOR, REVIEWER = "demo-staff", "demo-reviewer"
NO_DOMAIN = "demo.invalid"
"""Mails of the demo go nowhere: they lie in a folder."""
ACCOUNTS = (
    (AUTHOR, "经办人（沈阳）", Role.ZONE_STAFF, "shenyang"),
    (REVIEWER, "负责人（沈阳）", Role.ZONE_MANAGER, "shenyang"),
    ("demo-manager", "负责人（武汉东湖）", Role.ZONE_MANAGER, "wuhan-donghu"),
    ("demo-outside", "经办人（拉萨）", Role.ZONE_STAFF, "lhasa"),
    ("demo-system", "系统管理员", Role.SYSTEM, None),
)


class DemoAccount(NamedTuple):
    """A generated log-in; shown to the operator, never stored in clear by the database."""

    username: str
    password: str
    display_name: str


class DemoCounts(NamedTuple):
    resources: int
    needs: int
    catalogues: int


def demo_is_loaded() -> bool:
    return bool(Resource.objects.visible_to(SYSTEM).filter(is_sample=True).exists())


@transaction.atomic
def load_demo(folder: Path) -> DemoCounts:
    """Publish every sample and open every need in one transaction. Raises InvalidInput naming record and field."""
    places = Places()
    resources = publish_records(SYSTEM, _records(folder / "resources"), places, is_sample=True)
    needs = open_records(SYSTEM, _records(folder / "needs"), places, is_sample=True)
    return DemoCounts(len(resources), len(needs), _publish_catalogues(resources))


def _records(folder: Path) -> list[Record]:
    return [record for path in sorted(folder.glob("*.jsonl")) for record in read_json_lines(path)]


def _publish_catalogues(resources: list[Resource]) -> int:
    """One catalogue for each zone with enough laboratories and instruments to be worth one."""
    by_zone: dict[int, list[Resource]] = defaultdict(list)
    for resource in resources:
        if resource.kind in CATALOGUED_KINDS:
            by_zone[resource.zone_id].append(resource)
    worthy = {zone: rows for zone, rows in by_zone.items() if len(rows) >= CATALOGUE_MINIMUM}
    for zone in Zone.objects.filter(pk__in=worthy):
        publish_catalogue(
            SYSTEM,
            zone=zone,
            title_zh=f"{zone.short_zh}公共实验室与仪器设备目录（示例）",
            title_en=f"Public laboratories and instruments of {zone.name_en} (sample)",
            published_on=PUBLISHED_ON,
            resources=worthy[zone.pk],
            is_sample=True,
        )
    return len(worthy)


MEMBER = ("demo-member", "单位用户（合肥）", "示例量子通信设备有限公司")
"""An enterprise of the sample, for the portal."""


@transaction.atomic
def make_member() -> DemoAccount:
    """Create the account of an enterprise that the demo has loaded."""
    username, display_name, owner = MEMBER
    account = create_account(username=username, display_name=display_name, email=f"{username}@{NO_DOMAIN}")
    organization = Organization.objects.visible_to(SYSTEM).get(name_zh=owner)
    grant_role(SYSTEM, user=account.user, role=Role.ORGANIZATION_MEMBER, organization=organization)
    return DemoAccount(username, account.password, display_name)


@transaction.atomic
def make_accounts() -> list[DemoAccount]:
    """Create the demo's accounts with generated passwords."""
    made = []
    for username, display_name, role, slug in ACCOUNTS:
        account = create_account(username=username, display_name=display_name, email=f"{username}@{NO_DOMAIN}")
        zone = Zone.objects.get(slug=slug) if slug else None
        grant_role(SYSTEM, user=account.user, role=role, zone=zone)
        made.append(DemoAccount(username, account.password, display_name))
    return made


@transaction.atomic
def submit_samples(folder: Path) -> int:
    """Needs that the demo's author has submitted, for its colleagues of two zones to review."""
    author = scope_of(User.objects.get(username=AUTHOR))
    records, places = _records(folder / "reviews"), Places()
    places.register_owners(SYSTEM, records)
    return len([submit_record(author, record, places) for record in records])


@transaction.atomic
def make_requests() -> int:
    """Requests of the sample's enterprise for instruments of other zones: one waits, one is agreed on, one is done."""
    asker, day = scope_of(User.objects.get(username=MEMBER[0])), today()
    organization = Organization.objects.visible_to(SYSTEM).get(name_zh=MEMBER[2])
    rows = Resource.objects.visible_to(asker).filter(kind=ResourceKind.EQUIPMENT, price_unit=PriceUnit.HOUR)
    shared = rows.exclude(zone=organization.zone).exclude(capacity=0).exclude(share_mode__in=NOT_SHARED)
    asked = [
        send_request(
            asker, resource_id=resource.pk, organization=organization, kind=RequestKind.COMMISSIONED,
            wished_from=day, wished_to=day + timedelta(3), hours=Decimal(4), quantity=6,
            purpose="送样检测 6 件，需要检测报告与原始数据。",
        )
        for resource in shared.order_by("pk")[:3]
    ]  # fmt: skip
    for row in asked[1:]:
        fee = row.estimate_from or Decimal(0)
        agreed: dict[str, Any] = {"agreed_from": day, "agreed_to": day, "agreed_hours": row.hours, "agreed_fee": fee}
        accept_request(SYSTEM, request_id=row.pk, version=1, text="请于上午送样。", **agreed)
    for row in asked[2:]:
        record_service(
            SYSTEM, request_id=row.pk, version=2, started_on=day, ended_on=day, fee=row.estimate_from or Decimal(0),
            hours=row.hours, quantity=6, result="已出具检测报告。",
        )  # fmt: skip
    return len(asked)
