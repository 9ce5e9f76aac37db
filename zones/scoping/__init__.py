"""Who may see and who may edit what: the only place that says so.

Drawn example. Zones East and West are members of alliance A; zone Far is a member of nothing.

    East ──┐
           ├── alliance A          Far (alone)
    West ──┘

    a record of East with visibility      East   West   Far   visitor
      zone                                 yes    no    no     no
      association, granted to A            yes    yes   no     no
      national                             yes    yes   yes    no
      public                               yes    yes   yes    yes
      sealed (needs only)                  yes    no    no     no      matched, never listed

* A zone's staff, managers and auditors see everything of their zone; members of an organization see everything of
  their organization and what is visible to their zone.
* An association's secretariat sees what is granted to that association.
* A sharing grant also opens a record while it is in force: to the zone it names, and to the association it names where
  the visibility is "association".
* Drafts and retired records are seen by their own side only.
* Editing: staff and managers of the zone, members of the owning organization; auditors and secretariats never.
* Roles and invitations are seen by the zone or the secretariat they are held under, whose managers and which grant and
  end them, and by the members of their organization, who may invite colleagues to it and take that back.
* A registration of an organization is known to the staff and auditors of the zone it is addressed to, whose staff
  decide it, and to the account that waits for it.
* Who was shown a contact point whole is known to the managers and auditors of its organization's zone.
* A file on its way in, its rows and what its columns mean are its zone's own.
* What a need's side says about a match (a label) is seen by that side only.
* A match is seen by the side of its need (if the resource is visible to it) and by the side of its resource (if the
  need is visible to it, and the pair is among the need's first without its budget).
* A proposed consortium is seen by the side of its need only, and only where every resource in it is visible to it.
* While a zone is asked to review a need, its staff read what other zones would read of it.
* A review is seen by the side of its need and by the zone that was asked, and decided by that zone's staff.
* A request for service is known to the organization that sent it and its zone, and to the resource's organization and
  zone; members of the one write as requester, members of the other and the staff of its zone as provider.
* A rating is its own side's until both have rated or the time for rating is over; then both sides read it.
* A call for needs is its association's and its zones'; a draft of one is the secretariat's, who alone edits it.
* A dismissed or shortlisted pair is known to the side of its need only; a resource's exclusions to the side of the
  resource only.
* A search somebody keeps is that account's alone.
* A pair its need's side has pushed is seen by both sides, each as long as it may see the need and the resource.
* An exchange, its steps, consents and disclosures, and what the sides then write, send and agree to meet for are its
  two sides' own: of whoever reads need or resource whole.
  Contacts are another matter: see `matching.services.consents`.
* A robot or webhook is its owner's: read by the staff and auditors of a zone and kept by its managers, kept by a
  secretariat, or by the members of an organization. It is told what its owner's staff or members may read.
* A cooperation is known to the sides of its parties, who alone read its amounts and steps; strangers see one that is
  confirmed, while every party lets it be published.
* An event is seen as far as it is open, and by the organizations it invites or expects, with their zones; a draft of
  one by its host and co-hosts, who edit it. They read who registers, but of an invitation by a need whose owner they
  may not know nothing until it registers; guests read each other only as far as each let itself be listed.
* Whom a guest wishes to meet is known to its own side alone; a meeting to the organizers, and once released to its two.
* An agreement is kept by the staff of a zone or a secretariat, who alone know its draft; once signed it is known to its
  parties: their zones, secretariats and organizations, whose members say what has come of their own commitments.
* An address of a feed, notices and what is wanted are that account's alone.
* That something was sent, when and with what end, never what it said, is known to its account, to the staff and
  auditors of the zone (or the secretariat) the account belongs to with all its roles, and to a robot's owner.
* What a party says has come of a cooperation is read by that party's side alone; how one party rates another, by the
  one, and by the other once both have rated or the time for rating is over.
* Records of the mechanisms (policy documents, funds, nodes of chains, enclaves, conversions, exchanges of people,
  trials) are kept by the staff of a zone or a secretariat, and read as far as their visibility opens them:
  "association" opens one to the association that keeps it, or to those its zone is a member of. One that was withdrawn
  is its keeper's.
* Official series are read by everybody and kept by the staff of their zone or a secretariat. A published figure is read
  by the side of its zone, the staff of its association's zones, and everybody where it is of neither; it is published
  by the zone's managers or the secretariat. So are reports, which tell small numbers and are not for everybody.
  Strangers are not told numbers so small that they speak of single parties.
* A technology contract is its two sides', their zones' at the time, and the registering zone's, whose staff alone keep
  the register.

The rules of each table stand in `existing`, `fitting` and their neighbours, one dictionary a room, put together below.
What a principal may not see does not exist for it: 404, and no trace in counts, orders, facets or exports.
"""

from typing import Final

from django.db.models import Model, Q

from zones.principals import (
    NO_IDS,
    SYSTEM,
    VISITOR,
    Ids,
    Principal,
    as_reader,
    associations_of,
    in_force,
    members_of,
    scope_of,
    scopes_of,
    secretariat_of,
    staff_of,
    today,
)
from zones.scoping.cooperating import COOPERATING, PARTY_RATING_DAYS, keeping
from zones.scoping.existing import EXISTING, RATING_DAYS, providing, requesting, told_ratings
from zones.scoping.fitting import FITTING, speaking_for
from zones.scoping.gathering import GATHERING
from zones.scoping.kept import KEPT
from zones.scoping.reporting import REPORTING, reads_figures_of
from zones.scoping.sides import EVERYTHING, NOTHING, READ_BY_OTHER_ZONES, ChildOf, Rule
from zones.scoping.telling import TELLING, told_here

__all__ = [
    "EVERYTHING", "NOTHING", "NO_IDS", "PARTY_RATING_DAYS", "RATING_DAYS", "READ_BY_OTHER_ZONES", "SYSTEM", "VISITOR",
    "Ids", "Principal", "as_reader", "associations_of", "editable", "in_force", "is_seen_with", "keeping",
    "members_of", "providing", "read_whole", "reads_figures_of", "requesting", "scope_of", "scopes_of",
    "secretariat_of", "speaking_for", "staff_of", "today", "told_here", "told_ratings", "visible",
]  # fmt: skip

_RULES: Final[dict[str, tuple[Rule, Rule]]] = {
    **EXISTING, **FITTING, **COOPERATING, **GATHERING, **KEPT, **REPORTING, **TELLING,
}  # fmt: skip


def visible(model: type[Model], principal: Principal) -> Q:
    """The rows of `model` the principal may read."""
    return EVERYTHING if principal.is_system else _rules(model)[0](principal)


def editable(model: type[Model], principal: Principal) -> Q:
    """The rows of `model` the principal may change."""
    return EVERYTHING if principal.is_system else _rules(model)[1](principal)


def read_whole(model: type[Model], principal: Principal) -> Q:
    """The rows of `model` whose `scoped` fields the principal reads: what it could edit if auditing were editing."""
    return editable(model, as_reader(principal))


def is_seen_with(part: type[Model], whole: type[Model]) -> bool:
    """True where a part is visible to exactly those who see its whole: whoever holds rows of the whole that were read
    by its rule may read what hangs on them without asking the same again, in the same request.
    """
    rule = _rules(part)[0]
    if not isinstance(rule, ChildOf) or rule.parent.partition("/")[0].lower() != whole._meta.label_lower:
        return False
    return rule.rule is _rules(whole)[0]


def _rules(model: type[Model]) -> tuple[Rule, Rule]:
    return _RULES[model._meta.label_lower]
