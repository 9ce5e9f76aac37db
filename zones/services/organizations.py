"""Organizations: their credit codes, names and groups."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as NumberError

from zones.errors import InvalidInput
from zones.models import Organization, OrganizationAlias, Resource
from zones.scoping import Principal
from zones.services.base import (
    clean_text,
    clean_values,
    editable_or_error,
    expect_version,
    must_be_editable,
    save_next_version,
    tell,
    validated,
)
from zones.services.codes import check_codes
from zones.services.contacts import contacts_of, write_contacts

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class OrganizationParts:
    """What hangs on an organization; None leaves a list as it is, a list replaces it."""

    aliases: Sequence[str] | None = None
    contacts: Sequence[Values] | None = None


NO_PARTS = OrganizationParts()


def pinyin_key(name: str) -> str:
    """Sort key of a Chinese name: toneless pinyin, so that lists read in the order people expect."""
    from pypinyin import lazy_pinyin  # its dictionary takes half a second to load; few processes ask

    return " ".join(lazy_pinyin(name))[:120]


def key_of_name(name: str) -> str:
    """The key of a metric or capability that came without one: its name in pinyin."""
    return re.sub(r"[^a-z0-9]+", "-", pinyin_key(name).lower()).strip("-")[:40] or "metric"


def clean_credit_code(text: str | None) -> str | None:
    """Full-width to half-width, without blanks and hyphens, upper-case; None when empty.

    Raises InvalidInput for a wrong length, alphabet (no I O S V Z) or check digit (GB 32100-2015, by python-stdnum).
    """
    code = unicodedata.normalize("NFKC", text or "").replace(" ", "").replace("-", "").upper()
    if not code:
        return None
    try:
        return str(uscc.validate(code))
    except NumberError as error:
        message = _("统一社会信用代码有误：应为 18 位，且校验位须相符（不含 I、O、S、V、Z）。请对照营业执照核对。")
        raise InvalidInput.single("credit_code", message) from error


@transaction.atomic
def register_organization(
    principal: Principal, *, with_parts: OrganizationParts = NO_PARTS, **values: Any
) -> Organization:
    """Create an organization in a zone of the principal. Raises InvalidInput, NotAllowed."""
    organization = Organization(**_prepared(values))
    organization.pinyin_key = pinyin_key(organization.name_zh)
    validated(organization).save()
    must_be_editable(organization, principal)
    _write_parts(organization, with_parts)
    tell(organization, "organization.registered")
    return organization


@transaction.atomic
def update_organization(
    principal: Principal,
    *,
    organization_id: int,
    version: int | None,
    with_parts: OrganizationParts = NO_PARTS,
    **values: Any,
) -> Organization:
    """Change an organization. A new group parent marks its resources as changed: groups never meet themselves."""
    organization = editable_or_error(Organization, principal, pk=organization_id)
    expect_version(organization, version)
    parent_before = organization.parent_id
    for field, value in _prepared(values).items():
        setattr(organization, field, value)
    organization.pinyin_key = pinyin_key(organization.name_zh)
    save_next_version(validated(organization))
    _write_parts(organization, with_parts)
    if organization.parent_id != parent_before:
        _mark_group(organization, parent_before)
    tell(organization, "organization.updated")
    return organization


@transaction.atomic
def add_contact(principal: Principal, *, organization_id: int, **values: str) -> Organization:
    """Add a contact to those of an organization. Raises NotFound, NotAllowed, InvalidInput."""
    organization = editable_or_error(Organization, principal, pk=organization_id)
    stored = [contact._asdict() for contact in contacts_of(principal, organization_id=organization_id)]
    write_contacts(organization, [*stored, values])
    save_next_version(organization)
    tell(organization, "organization.updated")
    return organization


def _write_parts(organization: Organization, parts: OrganizationParts) -> None:
    if parts.aliases is not None:
        _write_aliases(organization, parts.aliases)
    if parts.contacts is not None:
        write_contacts(organization, parts.contacts)


def _write_aliases(organization: Organization, names: Iterable[str]) -> None:
    wanted = {clean_text("aliases", name) for name in names}
    stored = OrganizationAlias.objects.filter(organization=organization)
    stored.exclude(name__in=wanted).delete()
    for name in sorted(wanted.difference(stored.values_list("name", flat=True))):
        _checked_alias(OrganizationAlias(organization=organization, name=name)).save()


def _checked_alias(alias: OrganizationAlias) -> OrganizationAlias:
    try:
        return validated(alias)
    except InvalidInput as error:
        raise InvalidInput({"aliases": [text for texts in error.errors.values() for text in texts]}) from error


def _prepared(values: Values) -> Values:
    cleaned = clean_values(values)
    if "credit_code" in cleaned:
        cleaned["credit_code"] = clean_credit_code(cleaned["credit_code"])
    check_codes(cleaned)
    return cleaned


def _mark_group(organization: Organization, parent_before: int | None) -> None:
    """Groups never meet themselves: every resource of the groups left and joined is looked at again. Raises on a
    circle.
    """
    parents = dict(Organization.objects.unscoped(reason="groups cross zones").values_list("pk", "parent_id"))
    concerned = {*_line(organization.pk, parents), *_line(parent_before, parents)}
    members = [pk for pk in parents if concerned.intersection(_line(pk, parents))]
    resources = Resource.objects.unscoped(reason="a group change concerns every resource of the group")
    resources.filter(organization__in=members).update(version=F("version") + 1)


def _line(pk: int | None, parents: dict[int, int | None]) -> list[int]:
    """An organization and those above it."""
    line: list[int] = []
    while pk is not None:
        if pk in line:
            raise InvalidInput.single("parent", _("所属集团形成了循环：请检查上下级关系。"))
        line.append(pk)
        pk = parents.get(pk)
    return line
