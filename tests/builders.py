"""Builders: one valid row each, written directly (fast), every field overridable; services are tested elsewhere."""

from datetime import date, timedelta
from itertools import count
from typing import Any, TypeVar, cast

from django.utils import timezone

from accounts.models import User
from ledger.events import record_event
from matching.choices import NeedState, RunKind, RunState
from matching.engine.config import COMPONENTS, DEFAULT
from matching.models import (
    CandidateList,
    LiveResult,
    Match,
    MatchRun,
    Need,
    NeedExclusion,
    NeedMetric,
    ScoringConfig,
)
from zones.choices import AssociationKind, GrantScope, MemberRole, OrganizationKind, ResourceKind, Role, ZoneLevelKind
from zones.models import (
    DETAIL_MODELS,
    Association,
    Capability,
    Catalogue,
    CatalogueItem,
    Code,
    ContactPoint,
    Membership,
    Organization,
    Region,
    Resource,
    ResourcePart,
    SharingGrant,
    SpecialDay,
    StaffRole,
    Zone,
    ZoneLevel,
)
from zones.models.base import ScopedModel
from zones.scoping import scope_of, today

principal_of = scope_of
Row = TypeVar("Row", bound=ScopedModel)
_numbers = count(1)


def make_region(**fields: Any) -> Region:
    """Beijing unless told otherwise; the same code gives the same row."""
    values = {
        "code": "110000",
        "name_zh": "北京市",
        "name_en": "Beijing",
        "short_zh": "京",
        "kind": "直辖市",
        "region4_zh": "东部",
        "region7_zh": "华北",
        "latitude": "39.90420",
        "longitude": "116.40740",
    } | fields
    code = values.pop("code")
    return Region.objects.get_or_create(code=code, defaults=values)[0]


def make_zone(*, level: str | None = ZoneLevelKind.NATIONAL, **fields: Any) -> Zone:
    """A zone with a level since ever; `level=None` leaves it without."""
    zone = unsaved_zone(**fields | {"region": fields.get("region") or make_region()})
    zone.save(force_insert=True)
    if level is not None:
        make_level(zone, level=level)
    return zone


def unsaved_zone(**fields: Any) -> Zone:
    n = next(_numbers)
    values = {
        "slug": f"zone-{n}",
        "name_zh": f"测试{n}高新技术产业开发区",
        "name_en": f"Zone {n}",
        "short_zh": f"测试{n}高新区",
        "pinyin_key": f"ce shi {n:06}",
        "division_code": "110108",
        "latitude": "39.95930",
        "longitude": "116.29850",
    }
    return Zone(**values | fields)


def make_level(zone: Zone, **fields: Any) -> ZoneLevel:
    return ZoneLevel.objects.create(**({"zone": zone, "level": ZoneLevelKind.NATIONAL} | fields))


def make_association(*members: Zone, **fields: Any) -> Association:
    """An alliance whose members belong to it since ever."""
    n = next(_numbers)
    values = {
        "slug": f"association-{n}",
        "kind": AssociationKind.ALLIANCE,
        "name_zh": f"测试联盟{n}",
        "name_en": f"Alliance {n}",
    }
    association = Association.objects.create(**(values | fields))
    for zone in members:
        make_membership(zone, association)
    return association


def make_membership(zone: Zone, association: Association, **fields: Any) -> Membership:
    return Membership.objects.create(**({"zone": zone, "association": association, "role": MemberRole.MEMBER} | fields))


def make_organization(**fields: Any) -> Organization:
    organization = unsaved_organization(**fields | {"zone": fields["zone"] if "zone" in fields else make_zone()})
    organization.save(force_insert=True)
    return organization


def unsaved_organization(**fields: Any) -> Organization:
    n = next(_numbers)
    values = {
        "name_zh": f"测试单位{n}有限公司",
        "pinyin_key": f"ce shi dan wei {n:06}",
        "kind": OrganizationKind.ENTERPRISE,
    }
    return Organization(**values | fields)


def make_contact(organization: Organization, **fields: Any) -> ContactPoint:
    values = {
        "organization": organization,
        "title": "技术负责人",
        "person_name": "张三",
        "phone": "13812345678",
        "email": "zhang@example.cn",
    }
    return plain_create(ContactPoint, values | fields)


def make_resource(*, details: dict[str, Any] | None = None, **fields: Any) -> Resource:
    """An active laboratory of national visibility with its row of details; zone and organization follow each other."""
    n = next(_numbers)
    values = {
        "kind": ResourceKind.LABORATORY,
        "name_zh": f"测试实验室{n}",
        "description_zh": "可提供检测服务。",
    } | fields
    resource = plain_create(Resource, _placed(values))
    plain_create(DETAIL_MODELS[resource.kind], {"resource": resource} | (details or {}))
    return resource


def make_part(resource: Resource, **fields: Any) -> ResourcePart:
    position = next(_numbers) % 30_000
    return plain_create(
        ResourcePart, {"resource": resource, "position": position, "name_zh": "扫描电子显微镜"} | fields
    )


def make_capability(resource: Resource, **fields: Any) -> Capability:
    n = next(_numbers) % 30_000
    values = {
        "resource": resource,
        "position": n,
        "key": f"metric-{n}",
        "name_zh": "分辨率",
        "low": 1.0,
        "high": 5.0,
        "unit": "nm",
    }
    return plain_create(Capability, values | fields)


def make_grant(resource: Resource, **fields: Any) -> SharingGrant:
    """A grant in force since ever: name a zone or an association; neither means the whole nation."""
    scope = (
        GrantScope.ZONE
        if fields.get("zone")
        else GrantScope.ASSOCIATION
        if fields.get("association")
        else GrantScope.NATIONAL
    )
    return plain_create(SharingGrant, {"resource": resource, "scope": scope} | fields)


def make_catalogue(*resources: Resource, **fields: Any) -> Catalogue:
    """A catalogue of the resources' zone, published and listing them on 1 January 2025."""
    values = {"title_zh": f"测试目录{next(_numbers)}", "published_on": date(2025, 1, 1)} | fields
    if "zone" not in values:
        values["zone"] = resources[0].zone if resources else make_zone()
    catalogue: Catalogue = plain_create(Catalogue, values)
    for resource in resources:
        CatalogueItem.objects.create(catalogue=catalogue, resource=resource, listed_on=catalogue.published_on)
    return catalogue


def make_code(scheme: str, code: str, **fields: Any) -> Code:
    return Code.objects.get_or_create(
        scheme=scheme, code=code, defaults={"name_zh": f"代码{code}", "name_en": f"Code {code}"} | fields
    )[0]


def make_user(username: str = "", **fields: Any) -> User:
    """A log-in without password: tests use `force_login`."""
    user = unsaved_user(username or f"user{next(_numbers)}", **fields)
    user.save()
    return user


def unsaved_user(name: str, **fields: Any) -> User:
    user = User(**({"username": name, "display_name": name.title(), "is_staff": True} | fields))
    user.set_unusable_password()
    return user


def make_role(user: User, role: str, **fields: Any) -> StaffRole:
    """A role since 2020; name its zone, association or organization."""
    return plain_create(StaffRole, {"user": user, "role": role, "valid_from": date(2020, 1, 1)} | fields)


def make_staff(zone: Zone, *, role: str = Role.ZONE_STAFF, username: str = "") -> User:
    user = make_user(username)
    make_role(user, role, zone=zone)
    return user


def make_need(*, state: str = NeedState.OPEN, metrics: int = 1, **fields: Any) -> Need:
    """An open need of national visibility with one metric; dates follow the state."""
    n = next(_numbers)
    values = {
        "kind": "commissioned_development",
        "title_zh": f"测试需求{n}",
        "summary_zh": "需要检测晶圆缺陷。",
        "state": state,
        "visibility": "national",
        "consent_recorded_on": today(),
        "deadline": today() + timedelta(days=365),
        "budget_min": "100000.00",
        "budget_max": "500000.00",
        "budget_source_zh": "自筹",
    } | fields
    if state == NeedState.OPEN:
        values = {"opened_at": timezone.now(), "expires_on": today() + timedelta(days=180)} | values
    if "author" not in values:
        values["author"] = make_user()
    need: Need = plain_create(Need, _placed(values))
    for _ in range(metrics):
        make_metric(need)
    return need


def make_special_day(**fields: Any) -> SpecialDay:
    """A Thursday off."""
    return SpecialDay.objects.create(**({"day": date(2026, 10, 1), "name_zh": "国庆节"} | fields))


def make_metric(need: Need, **fields: Any) -> NeedMetric:
    n = next(_numbers) % 30_000
    values = {
        "need": need,
        "position": n,
        "key": f"metric-{n}",
        "name_zh": "分辨率",
        "operator": "<=",
        "high": 5.0,
        "unit": "nm",
    }
    return plain_create(NeedMetric, values | fields)


def make_exclusion(need: Need, **fields: Any) -> NeedExclusion:
    """Name an organization or a zone."""
    return plain_create(NeedExclusion, {"need": need} | fields)


def make_config(**fields: Any) -> ScoringConfig:
    """The active configuration, made once."""
    active = ScoringConfig.objects.filter(is_active=True).first()
    if active is not None and not fields:
        return active
    values = {"number": next(_numbers) + 1000, "parameters": DEFAULT.to_dict(), "is_active": active is None}
    return ScoringConfig.objects.create(**(values | fields))


def make_run(**fields: Any) -> MatchRun:
    """A published full run with its outbox row."""
    values = {"kind": RunKind.FULL, "state": RunState.PUBLISHED, "as_of": today(), "code_version": "test"} | fields
    if "config" not in values:
        values["config"] = make_config()
    if values["state"] == RunState.PUBLISHED:
        values.setdefault("published_at", timezone.now())
    run: MatchRun = plain_create(MatchRun, values)
    if run.published_at is not None:
        record_event("run.published", object_type="matching.matchrun", public_id=run.public_id)
    return run


def make_match(
    need: Need | None = None, resource: Resource | None = None, *, is_live: bool = True, **fields: Any
) -> Match:
    """A match of a published run that is live for its need; `contributions` sum to `score`."""
    need, resource = need or make_need(), resource or make_resource()
    score = fields.setdefault("score", 0.5)
    values = {
        "need": need,
        "resource": resource,
        "need_version": need.version,
        "resource_version": resource.version,
        "rank": 1,
        "confidence": 0.8,
        "told_score": score,
        "told_confidence": 0.8,
        "contributions": make_contributions(score),
        "facts": {name: value for name, value in make_facts(score).items() if name != "contributions"},
        "is_assigned": True,
        "is_told": True,
    } | fields
    if "run" not in values:
        values["run"] = make_run(need_total=1, need_done=1)
    match: Match = plain_create(Match, values)
    if is_live:
        make_live(match)
    return match


def make_contributions(score: float) -> list[dict[str, Any]]:
    """Three quarters of the score from the topic, one from the classification."""
    shares = {"text": score * 0.75, "class": score * 0.25}
    return [
        {
            "component": name,
            "weight": weight,
            "known": 1.0,
            "fit": 0.5,
            "contribution": shares.get(name, 0.0),
            "told": shares.get(name, 0.0),
        }
        for name, weight in zip(COMPONENTS, DEFAULT.weights, strict=True)
    ]


def make_facts(score: float, **fields: Any) -> dict[str, Any]:
    """What the engine says of a pair of two zones that share nothing but their topic."""
    return {
        "score": score,
        "confidence": 0.8,
        "rank_value": score,
        "told_score": score,
        "told_confidence": 0.8,
        "contributions": make_contributions(score),
        "terms": [],
        "codes": [],
        "modes": [],
        "metrics": [],
        "items": [],
        "trl": None,
        "zones": {"is_cross_zone": True, "relation": "other"},
        "counterfactual": None,
        "told_counterfactual": None,
    } | fields


def make_live(match: Match) -> LiveResult:
    """Point the need at the match's run, with the candidate list that a published run has."""
    CandidateList.objects.get_or_create(
        run=match.run,
        need=match.need,
        defaults={
            "need_version": match.need_version,
            "resource_ids": [match.resource_id],
            "resource_versions": [match.resource_version],
            "parts": b"",
            "scores": [match.score],
            "confidences": [match.confidence],
            "rank_values": [match.score],
            "told_places": [0],
        },
    )
    return LiveResult.objects.update_or_create(
        need=match.need,
        defaults={"run": match.run, "need_version": match.need_version, "published_at": timezone.now()},
    )[0]


def _placed(values: dict[str, Any]) -> dict[str, Any]:
    """Give a record its zone and organization: each follows from the other."""
    placed = dict(values)
    if placed.get("organization") is None:
        placed["organization"] = make_organization(**({"zone": placed["zone"]} if placed.get("zone") else {}))
    placed.setdefault("zone", None)
    placed["zone"] = placed["zone"] or placed["organization"].zone
    return placed


def plain_create(model: type[Row], values: dict[str, Any]) -> Row:
    """Tests stand outside every door: rows are made by the plain manager."""
    return cast("Row", model.plain.create(**values))
