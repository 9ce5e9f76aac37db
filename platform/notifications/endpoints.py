"""Robots and webhooks: made, tested, changed and switched off by their owner; what is secret is shown once or never.

Whoever keeps an address decides where its owner's news go, so managers, secretariats and members do.
"""

from datetime import timedelta
from typing import Any, Final, NamedTuple
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.sealing import CannotOpen, opened, seal
from egress.endpoints import untrusted
from egress.errors import Refused
from ledger.clock import database_seconds
from ledger.events import record_event
from notifications.channels import sending
from notifications.channels.base import Item, Outcome, Outgoing, Target
from notifications.channels.reasons import Reason, told
from notifications.channels.registry import CHANNELS
from notifications.channels.webhook import new_secret
from notifications.choices import EndpointKind
from notifications.models import Endpoint
from zones.errors import IllegalTransition, InvalidInput
from zones.models import Association, Organization, Zone
from zones.scoping import SYSTEM, VISITOR, Principal, members_of, secretariat_of, staff_of
from zones.services.base import (
    clean_text,
    editable_or_error,
    expect_version,
    must_be_editable,
    save_next_version,
    validated,
)

MOST: Final = 20
"""How many one owner may have."""
FORMER_FOR: Final = timedelta(hours=24)
"""How long the former secret of a webhook signs beside the new one."""
SHOWN_END: Final = 4
MARKS: Final = {
    EndpointKind.WECOM: "key=",
    EndpointKind.DINGTALK: "access_token=",
    EndpointKind.FEISHU: "/hook/",
    EndpointKind.WEBHOOK: "",
}
"""What the address of such a robot contains."""
Owner = Zone | Association | Organization


class NewEndpoint(NamedTuple):
    """An endpoint and the secret its receiver checks signatures with: shown now and never again; empty for robots."""

    endpoint: Endpoint
    secret: str


@transaction.atomic
def create_endpoint(
    principal: Principal, *, owner: Owner, kind: str, name: str, address: str, secret: str = "", language: str
) -> NewEndpoint:
    """Add one. `secret` is that of a robot; a webhook gets its own. Raises InvalidInput, NotAllowed."""
    column = owner._meta.model_name or ""
    type(owner)._default_manager.select_for_update(no_key=True).get(pk=owner.pk)  # two at once are counted in turn
    row = Endpoint(kind=kind, name=clean_text("name", name), language=language, **{column: owner})
    _set_address(row, address)
    secret = new_secret() if kind == EndpointKind.WEBHOOK else clean_text("secret", secret)
    row.sealed_secret = seal(secret) if secret else ""
    validated(row).save()
    must_be_editable(row, principal)  # before anything is said of what the owner has
    if Endpoint.objects.editable_by(SYSTEM).filter(**{column: owner}).count() > MOST:
        message = _("机器人与 Webhook 已达 %(most)d 个上限：请改用已有的。") % {"most": MOST}
        raise InvalidInput.single("__all__", message)
    _tell(row, "endpoint.created")
    return NewEndpoint(row, secret if kind == EndpointKind.WEBHOOK else "")


@transaction.atomic
def update_endpoint(
    principal: Principal,
    *,
    endpoint_id: int,
    version: int | None,
    name: str,
    language: str,
    address: str = "",
    secret: str = "",
) -> Endpoint:
    """Change name and language; address and a robot's secret stay where nothing is given. Raises InvalidInput,
    Conflict, NotAllowed, NotFound.
    """
    row = editable_or_error(Endpoint, principal, pk=endpoint_id)
    expect_version(row, version)
    row.name, row.language = clean_text("name", name), language
    if address:
        _set_address(row, address)
    if secret and row.kind != EndpointKind.WEBHOOK:
        row.sealed_secret = seal(clean_text("secret", secret))
    save_next_version(validated(row))
    _tell(row, "endpoint.changed")
    return row


@transaction.atomic
def rotate_secret(principal: Principal, *, endpoint_id: int, version: int | None) -> NewEndpoint:
    """Give a webhook a new secret; for a day the former one signs too. Raises IllegalTransition for robots, whose
    secrets are made elsewhere.
    """
    row = editable_or_error(Endpoint, principal, pk=endpoint_id)
    expect_version(row, version)
    if row.kind != EndpointKind.WEBHOOK:
        raise IllegalTransition(_("群机器人的密钥由对方平台生成：请在那里更换，再填到这里。"))
    secret = new_secret()
    row.sealed_former, row.former_until = row.sealed_secret, timezone.now() + FORMER_FOR
    row.sealed_secret = seal(secret)
    save_next_version(validated(row))
    _tell(row, "endpoint.secret_changed")
    return NewEndpoint(row, secret)


@transaction.atomic
def disable_endpoint(principal: Principal, *, endpoint_id: int, version: int | None) -> Endpoint:
    """Send nothing there any more. Raises Conflict, IllegalTransition."""
    return _switch(principal, endpoint_id, version, is_enabled=False)


@transaction.atomic
def enable_endpoint(principal: Principal, *, endpoint_id: int, version: int | None) -> Endpoint:
    """Send there again. Raises Conflict, IllegalTransition."""
    return _switch(principal, endpoint_id, version, is_enabled=True)


def ping_endpoint(principal: Principal, *, endpoint_id: int) -> Outcome:
    """Send a message that says it is a test, now, and tell what became of it. Raises NotAllowed, NotFound.

    Not within a transaction: somebody else's server is waited for.
    """
    with transaction.atomic():
        row = editable_or_error(Endpoint, principal, pk=endpoint_id)
    outcome = sending.send(CHANNELS[row.kind], _ping(row), target_of(row))
    note_outcome(row.pk, outcome)
    return outcome


def note_outcome(endpoint_id: int, outcome: Outcome) -> None:
    """Keep what became of the last message; one that wants no more messages is switched off."""
    rows = Endpoint.objects.editable_by(SYSTEM).filter(pk=endpoint_id)
    if outcome.is_attempt:
        rows.update(seen_at=Now(), seen_result=outcome.result, seen_reason=outcome.reason[:60])
    if outcome.is_gone:
        with transaction.atomic():
            for row in rows.select_for_update(no_key=True).filter(is_enabled=True):
                _set_enabled(row, is_enabled=False, reason=outcome.reason)


def target_of(endpoint: Endpoint) -> Target:
    """Where its channel sends. Raises CannotOpen where the site's secret was changed without keeping the former one."""
    secrets = [endpoint.sealed_secret]
    if endpoint.former_until is not None and endpoint.former_until.timestamp() > database_seconds():
        secrets.append(endpoint.sealed_former)
    secret = " ".join(opened(one) for one in secrets if one)
    return Target(str(endpoint.public_id), opened(endpoint.sealed_address), secret)


def audience_of(endpoint: Endpoint) -> Principal:
    """For whom it is told: what the staff, secretariat or members of its owner may read today, and nothing more."""
    if endpoint.zone_id is not None:
        return staff_of(endpoint.zone_id)
    if endpoint.association_id is not None:
        return secretariat_of(endpoint.association_id)
    organization = endpoint.organization
    return VISITOR if organization is None else members_of(organization.merged_into_id or organization.pk)


def deliver(endpoint: Endpoint, outgoing: Outgoing) -> Outcome:
    """One sending to an endpoint, with what became of it kept in its row."""
    if not endpoint.is_enabled:
        return Outcome.dead(told(Reason.OFF))
    try:
        target = target_of(endpoint)
    except CannotOpen:
        return Outcome.dead(told(Reason.SEALED))
    outcome = sending.send(CHANNELS[endpoint.kind], outgoing, target)
    note_outcome(endpoint.pk, outcome)
    return outcome


def _set_address(row: Endpoint, address: str) -> None:
    """Keep the address sealed, and of it what may be shown: its host and its last characters."""
    address = clean_text("address", address)
    try:
        endpoint = untrusted(address)
    except Refused as error:
        message = _("请填写公网 https 地址，端口 443 或 8443，不含用户名和密码。")
        raise InvalidInput.single("address", message) from error
    mark = MARKS.get(EndpointKind(row.kind), "") if row.kind in EndpointKind.values else ""
    if mark not in endpoint.target:
        message = _("这不像%(kind)s的地址，其中应有 %(mark)s：请从群设置里完整复制。")
        raise InvalidInput.single("address", message % {"kind": row.get_kind_display(), "mark": mark})
    row.sealed_address = seal(address)
    row.shown_address = f"{endpoint.scheme}://{endpoint.host}/…{address[-SHOWN_END:]}"[:300]


def _switch(principal: Principal, endpoint_id: int, version: int | None, *, is_enabled: bool) -> Endpoint:
    row = editable_or_error(Endpoint, principal, pk=endpoint_id)
    expect_version(row, version)
    if row.is_enabled == is_enabled:
        raise IllegalTransition(_("它已处于该状态，无需操作。"))
    return _set_enabled(row, is_enabled=is_enabled)


def _set_enabled(row: Endpoint, *, is_enabled: bool, reason: str = "") -> Endpoint:
    row.is_enabled, row.off_reason = is_enabled, reason[:60]
    save_next_version(row)
    _tell(row, "endpoint.enabled" if is_enabled else "endpoint.disabled")
    return row


def why_here(endpoint: Endpoint, why: str = "") -> dict[str, Any]:
    """What a group is told of why a message comes to it, in the language that is active, and where that is changed."""
    owner = endpoint.place
    said = _("发到本群，是因为%(why)s。") % {"why": why} if why else ""
    return {
        "why": said or _("发到本群，是因为%(owner)s在此接入了高新链。") % {"owner": owner},
        "stop_url": f"{settings.SITE_URL}{reverse('portal:endpoint', args=[endpoint.public_id])}",
    }


def _ping(row: Endpoint) -> Outgoing:
    with translation.override(row.language):
        title, text = _("高新链测试消息"), _("“%(name)s”已接通。") % {"name": row.name}
        foot = why_here(row)
    return Outgoing(
        id=str(uuid4()),
        kind="ping",
        language=row.language,
        title=title,
        created_at=timezone.now(),
        text=text,
        items=(Item(text),),
        **foot,
    )


def _tell(row: Endpoint, kind: str) -> None:
    payload = {"kind": row.kind, "name": row.name, "address": row.shown_address, "reason": row.off_reason}
    record_event(kind, object_type=row._meta.label_lower, public_id=row.public_id, version=row.version, payload=payload)
