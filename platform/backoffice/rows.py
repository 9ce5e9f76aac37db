"""Which rows and which fields a page may use. Every page of the back office asks here and nowhere else.

Rows come from `visible_to` / `editable_by`; rows of public reference tables are listed by name. Fields follow their
class: public ones for whoever sees the row, scoped ones for its own side, personal and secret ones never here.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q, QuerySet

from accounts.models import User
from ledger.classification import FieldClass, field_class
from matching.models import Cooperation, ReviewPolicy, ScoringConfig, TechContract
from zones import scoping
from zones.choices import ResourceKind
from zones.errors import UnscopedQuery
from zones.models import Association, Code, Organization, Region, Resource, SpecialDay, StaffRole, Zone
from zones.models.base import ScopedModel
from zones.scoping import Principal, today

Rows = QuerySet[Any]
PUBLIC_MODELS: tuple[type[Model], ...] = (Region, Zone, Association, Code, SpecialDay, ScoringConfig, ReviewPolicy)


def visible_rows(model: type[Model], principal: Principal) -> Rows:
    """The rows of a model the principal may read. A model without a rule is refused."""
    if issubclass(model, ScopedModel):
        rows: Rows = model.objects.visible_to(principal)
        return rows
    if model is User:
        return _people(principal)
    if model in PUBLIC_MODELS:
        return model.objects.all()  # type: ignore[attr-defined, no-any-return]
    raise UnscopedQuery(f"{model.__name__} has no rule in the back office")


def editable_rows(model: type[Model], principal: Principal) -> Rows:
    """The rows of a model the principal may change; public reference tables are the system's."""
    if issubclass(model, ScopedModel):
        rows: Rows = model.objects.editable_by(principal)
        return rows
    return visible_rows(model, principal) if principal.is_system else visible_rows(model, principal).none()


def own_side(model: type[Model], principal: Principal) -> Q:
    """Rows the principal reads whole: those it could edit if its right to audit were a right to edit."""
    return scoping.read_whole(model, principal)


def own_rows(model: type[ScopedModel], principal: Principal) -> Rows:
    rows: Rows = model.objects.visible_to(principal).filter(own_side(model, principal))
    return rows


def is_on_own_side(row: Model, principal: Principal) -> bool:
    """True where scoped fields of this row may be shown to the principal."""
    if not isinstance(row, ScopedModel):
        return True
    return own_rows(type(row), principal).filter(pk=row.pk).exists()


def may_show(model: type[Model], field: str, *, is_own: bool) -> bool:
    """True where a field of a visible row may be shown. Names that are not columns are ours (methods) and may."""
    try:
        model._meta.get_field(field)
    except FieldDoesNotExist:
        return True
    allowed = (FieldClass.PUBLIC, FieldClass.SCOPED) if is_own else (FieldClass.PUBLIC,)
    return field_class(model, field) in allowed


def is_public_path(model: type[Model], path: str) -> bool:
    """True where every step of `organization__name_zh` is a public field, so that searching by it tells nothing."""
    step, _, rest = path.partition("__")
    try:
        field = model._meta.get_field(step)
    except FieldDoesNotExist:
        return False
    is_column = bool(getattr(field, "concrete", False))
    if is_column and field_class(model, field.name) is not FieldClass.PUBLIC:
        return False
    related = field.related_model
    if not rest:
        return is_column
    return isinstance(related, type) and is_public_path(related, rest)


def _people(principal: Principal) -> Rows:
    """Accounts that hold a role the principal may see; the system sees all."""
    if principal.is_system:
        return User.objects.all()
    roles = StaffRole.objects.visible_to(principal).values("user_id")
    return User.objects.filter(pk__in=roles)


Choices = Callable[[Principal], Rows]


def _zones_to_write_in(principal: Principal) -> Rows:
    zones = Zone.objects.all()
    return zones if principal.is_system else zones.filter(pk__in=principal.staff_zones)


def _organizations_to_write_for(principal: Principal) -> Rows:
    rows: Rows = editable_rows(Organization, principal).filter(zone__isnull=False)
    return rows


def _associations_of_own_zones(principal: Principal) -> Rows:
    """A need names an association its zone is a member of."""
    rows = Association.objects.all()
    return (
        rows if principal.is_system else rows.filter(pk__in=scoping.associations_of(principal.staff_zones, on=today()))
    )


def _associations_one_keeps(principal: Principal) -> Rows:
    rows = Association.objects.all()
    return rows if principal.is_system else rows.filter(pk__in=principal.secretariats)


def _of_kind(kind: str) -> Choices:
    return lambda principal: visible_rows(Resource, principal).filter(kind=kind)


def _cooperations_to_write_for(principal: Principal) -> Rows:
    return editable_rows(Cooperation, principal).order_by("-signed_on", "-pk")


def _contracts_to_write_for(principal: Principal) -> Rows:
    return editable_rows(TechContract, principal).order_by("-signed_on", "-pk")


KEPT = ("zones.policydocument", "zones.fund", "zones.chainnode", "zones.enclave", "matching.conversion")
_CHOICES: dict[tuple[str, str], Choices] = {
    **{
        (label, column): rule
        for label in (*KEPT, "matching.talentexchange", "matching.trial")
        for column, rule in (("zone", _zones_to_write_in), ("association", _associations_one_keeps))
    },
    ("matching.conversion", "contract"): _contracts_to_write_for,
    ("matching.talentexchange", "cooperation"): _cooperations_to_write_for,
    ("matching.conversion", "resource"): _of_kind(ResourceKind.ACHIEVEMENT),
    ("matching.trial", "testbed"): _of_kind(ResourceKind.TESTBED),
    ("zones.enclave", "resource"): _of_kind(ResourceKind.ENCLAVE_SPACE),
    ("zones.catalogue", "zone"): _zones_to_write_in,
    ("matching.need", "zone"): _zones_to_write_in,
    ("matching.need", "organization"): _organizations_to_write_for,
    ("matching.need", "association"): _associations_of_own_zones,
    ("matching.event", "zone"): _zones_to_write_in,
    ("matching.event", "association"): _associations_one_keeps,
    ("matching.needcall", "association"): _associations_one_keeps,
    ("matching.agreement", "zone"): _zones_to_write_in,
    ("matching.agreement", "association"): _associations_one_keeps,
    ("matching.techcontract", "zone"): _zones_to_write_in,
    ("figures.series", "zone"): _zones_to_write_in,
    ("figures.series", "association"): _associations_one_keeps,
    ("matching.techcontract", "cooperation"): _cooperations_to_write_for,
    ("zones.importjob", "zone"): _zones_to_write_in,
    ("zones.importjob", "organization"): _organizations_to_write_for,
    ("zones.resource", "zone"): _zones_to_write_in,
    ("zones.resource", "organization"): _organizations_to_write_for,
    ("zones.organization", "zone"): _zones_to_write_in,
}


def choices_of(model: type[Model], field: str, principal: Principal) -> Rows:
    """What the foreign key `field` of `model` may be set to: the writer's own side where it says whose a record is."""
    rule = _CHOICES.get((model._meta.label_lower, field))
    if rule is not None:
        return rule(principal)
    related = model._meta.get_field(field).related_model
    assert isinstance(related, type)
    return visible_rows(related, principal)
