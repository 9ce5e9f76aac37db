"""Statements that what looks like an identity is none: written with a need, valid while the text stands."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _

from matching.models import LeakStatement, Need
from matching.services.leaks import Finding, LeaksFound, findings_in, stated_of
from zones.scoping import Principal
from zones.services.base import clean_text, tell_fact, validated

REASON_AT_LEAST = 4
"""Characters of a reason: fewer say nothing."""


class Stated(NamedTuple):
    """A statement whose text still stands, with the text."""

    finding: Finding
    statement: LeakStatement


def write_statements(principal: Principal, need: Need, reasons: Mapping[str, str]) -> None:
    """Keep the reasons, by fingerprint, for findings of a need the caller has checked and written. Raises LeaksFound.

    A text that is there no more needs no reason; a phone, an address or the full name of the organization takes none.
    """
    given = {key: clean_text("reason", text) for key, text in reasons.items() if text.strip()}
    if not given:
        return
    statable = {one.fingerprint: one for one in findings_in(need, need.metrics.values()) if one.is_statable}
    findings = [statable[key] for key in given if key in statable]
    if any(len(given[one.fingerprint]) < REASON_AT_LEAST for one in findings):
        message = _("请写明为何不是单位信息（至少 %(count)d 个字），例如“这是技术术语”。") % {"count": REASON_AT_LEAST}
        raise LeaksFound([one._replace(sentence=message) for one in findings])
    known = stated_of(need)
    for finding in findings:
        if finding.fingerprint not in known:
            _write(principal, need, finding, given[finding.fingerprint])


def _write(principal: Principal, need: Need, finding: Finding, reason: str) -> None:
    statement = LeakStatement(need=need, kind=finding.kind, field=finding.column, reason=reason)
    statement.fingerprint, statement.stated_by_id = finding.fingerprint, principal.user_id
    validated(statement).save()
    tell_fact(statement, "need.identity_denied", need=need, field=finding.column, leak=str(finding.kind))


def statements_of(principal: Principal, need: Need) -> list[Stated]:
    """What has been stated of the need's text as it stands, for its side and for those asked to review it."""
    rows = LeakStatement.objects.visible_to(principal).filter(need=need).select_related("stated_by")
    statements = {row.fingerprint: row for row in rows}
    if not statements:
        return []
    findings = {one.fingerprint: one for one in findings_in(need, need.metrics.values())}
    return [Stated(findings[key], row) for key, row in statements.items() if key in findings]
