"""The route registry: every route × method with its rule. What is not here is refused and fails the tests."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.admindocs.views import simplify_regex
from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RegexPattern

from config.mechanism_rules import MECHANISM_RULES, POST, READ, WRITE, RouteRule

RULES: tuple[RouteRule, ...] = (
    RouteRule("health", READ, "everybody; states and counts of processes, no records"),
    RouteRule("set_language", WRITE, "everybody; own session only"),
    RouteRule("admin:*", WRITE, "staff roles; rows by ScopedModelAdmin (visible_to / editable_by)"),
    RouteRule("invitation_link", READ, "everybody; keeps the token's hash, one answer whatever the token is worth"),
    RouteRule("invitation", WRITE, "who holds the token of an open invitation; one account with the one role offered"),
    RouteRule("portal:home", READ, "everybody; counts and records by search, for what the reader may see"),
    RouteRule("portal:map", READ, "everybody; records by search, arcs of matches by visible_to, public pairings"),
    RouteRule("portal:search", READ, "everybody; records and counts by search, rows by visible_to once more"),
    RouteRule("portal:suggestions", READ, "everybody; words of records the reader may see"),
    RouteRule("portal:resource", READ, "everybody; row, parts and similar ones by visible_to, public fields"),
    RouteRule("portal:resource_photo", READ, "everybody; photos by visible_to of their resource"),
    RouteRule(
        "portal:ask", WRITE, "who is logged in; resource by visible_to, a request of the own organization by services"
    ),
    RouteRule("portal:organization", READ, "everybody; row and resources by visible_to, public fields, never contacts"),
    RouteRule("portal:need", READ, "everybody; row by visible_to, public fields: never whose it is nor its budget"),
    RouteRule("portal:events", READ, "everybody; published events by visible_to, own registrations"),
    RouteRule(
        "portal:event", WRITE, "everybody; row by visible_to, guests as each is listed; registers own organizations"
    ),
    RouteRule("portal:event_calendar", READ, "everybody; row by visible_to, own released meetings by visible_to"),
    RouteRule("portal:event_wishes", WRITE, "members of the guest's organization; listed guests by visible_to"),
    RouteRule("portal:zones", READ, "everybody; public facts"),
    RouteRule("portal:zone", READ, "everybody; public facts, counts and records by search"),
    RouteRule("portal:association", READ, "everybody; public facts, counts and records by search"),
    RouteRule("portal:article", READ, "everybody; figures of a published article, small sensitive numbers left out"),
    RouteRule("portal:article_evidence", READ, "everybody; rows by visible_to, of the others their number"),
    RouteRule("portal:evidence", READ, "everybody; rows by visible_to, small sensitive numbers left out"),
    RouteRule(
        "portal:figures",
        READ,
        "everybody; sums over all rows, small numbers only by reads_figures_of; unmet needs by visible_to",
    ),
    RouteRule("portal:open_data", READ, "everybody; definitions of figures, no records"),
    RouteRule("portal:open_data_definitions", READ, "everybody; definitions of figures, no records"),
    RouteRule("portal:open_data_file", READ, "everybody alike; sums over all rows, small numbers hidden"),
    RouteRule("portal:about", READ, "everybody; no records"),
    RouteRule("portal:appearance", POST, "everybody; a cookie of this browser only"),
    RouteRule("portal:inbox", WRITE, "who is logged in; own notices, each with what visible_to shows of its record"),
    RouteRule("portal:notice", POST, "who is logged in; an own notice"),
    RouteRule(
        "portal:stop_notice", ("POST",), "who is logged in; own notices: their thread or topic is silenced for oneself"
    ),
    RouteRule("portal:follows", WRITE, "who is logged in; own rows; each record by visible_to, now"),
    RouteRule(
        "portal:follow", ("POST",), "who is logged in; a record that visible_to shows, followed or muted for oneself"
    ),
    RouteRule("portal:notifications", WRITE, "who is logged in; own subscriptions, times, what waits for a digest"),
    RouteRule("portal:unsubscribe", WRITE, "who holds the signed address of a mail; ends mails of its account only"),
    RouteRule("portal:own", READ, "members of organizations; own needs and resources by visible_to"),
    RouteRule("portal:new_resource", WRITE, "members of organizations; a resource of their own, by services"),
    RouteRule(
        "portal:own_resource", WRITE, "members of the resource's organization; by editable_by, steps by services"
    ),
    RouteRule("portal:change_resource", WRITE, "members of the resource's organization; by services, with its version"),
    RouteRule("portal:requests", READ, "members of organizations; requests sent and received by visible_to"),
    RouteRule(
        "portal:request", WRITE, "members of either side; row, thread and ratings by visible_to, steps by services"
    ),
    RouteRule("portal:exchanges", READ, "members of organizations; exchanges of their own by visible_to"),
    RouteRule("portal:interest", WRITE, "members of organizations; need, resource by visible_to, one their own"),
    RouteRule(
        "portal:exchange", WRITE, "members of either side; row and course by visible_to, contacts by standing consents"
    ),
    RouteRule("portal:meeting", WRITE, "members of either side; meeting of their exchange by visible_to, by services"),
    RouteRule("portal:meeting_calendar", READ, "members of either side; meeting of their exchange by visible_to"),
    RouteRule("portal:negotiation_file", READ, "members of either side; file of their exchange by visible_to"),
    RouteRule("portal:cooperations", READ, "members of organizations; cooperations of their own by visible_to"),
    RouteRule("portal:cooperation", WRITE, "members of a party; row and all that hangs on it by visible_to"),
    RouteRule("portal:agreements", READ, "members of organizations; agreements of their own by visible_to"),
    RouteRule("portal:agreement", WRITE, "members of a party; row and parts by visible_to, promises by services"),
    RouteRule("portal:agreement_document", READ, "members of a party; document of their agreement by visible_to"),
    RouteRule("portal:contracts", READ, "members of organizations; contracts of their own by visible_to"),
    RouteRule("portal:contract", WRITE, "members of a side; row and versions by visible_to, steps by services"),
    RouteRule("portal:own_need", WRITE, "members of the need's organization; rows by visible_to, steps by services"),
    RouteRule("portal:new_need", WRITE, "members of organizations; a need of their own, by services"),
    RouteRule("portal:change_need", WRITE, "members of the need's organization; by services, with its version"),
    RouteRule("portal:searches", WRITE, "who is logged in; own searches, counts for what the reader may see now"),
    RouteRule("portal:own_search", POST, "who is logged in; one of the own searches, by services"),
    RouteRule("portal:register", WRITE, "everybody; one account without a role, so often by address and credit code"),
    RouteRule("portal:account", WRITE, "who is logged in; own name and language"),
    RouteRule("portal:password", WRITE, "who is logged in and tells the old one; own password"),
    RouteRule("portal:security", READ, "who is logged in; own factors, never their secrets"),
    RouteRule("portal:confirm", WRITE, "who is logged in; tells the own password again, counted like a log-in"),
    RouteRule("portal:authenticator", WRITE, "who has told the password again; an app of the own account"),
    RouteRule("portal:security_key", WRITE, "who has told the password again; a key of the own account"),
    RouteRule("portal:recovery_codes", POST, "who has told the password again; own recovery codes, shown once"),
    RouteRule("portal:remove_factor", POST, "who has told the password again; a factor of the own account"),
    RouteRule("portal:personal", WRITE, "who is logged in and tells the password; what is held of oneself"),
    RouteRule("portal:devices", WRITE, "who is logged in; own sessions, never their keys"),
    RouteRule("portal:tokens", WRITE, "who is logged in; own tokens of the API, each shown once when it is made"),
    RouteRule("portal:end_token", POST, "who is logged in; an own token"),
    RouteRule("portal:feeds", WRITE, "who is logged in; own addresses of feeds, each shown once when it is made"),
    RouteRule("portal:end_feed", POST, "who is logged in; an own address"),
    RouteRule("portal:calendar_feed", READ, "who holds the token; dates of records by visible_to of its account, now"),
    RouteRule("portal:atom_feed", READ, "who holds the token; the inbox of its account, by visible_to, now"),
    RouteRule("portal:replay_delivery", POST, "who keeps the endpoint; a delivery by editable_by, by services"),
    RouteRule("portal:endpoints", WRITE, "who keeps robots or webhooks; rows by editable_by, a new one by services"),
    RouteRule("portal:endpoint", WRITE, "who keeps it; row by editable_by, never its address or secret, by services"),
    RouteRule("portal:colleagues", WRITE, "members of organizations; roles and invitations by visible_to, by services"),
    RouteRule("portal:end_invitation", POST, "members of the invitation's organization; by services"),
    RouteRule("portal:registration", WRITE, "who has registered; the own registration by visible_to, by services"),
    RouteRule("portal:log_in", WRITE, "everybody; own session only"),
    RouteRule("portal:zone_account", WRITE, "who has told the password again; a link of the own account, of its zone"),
    RouteRule("portal:end_zone_account", POST, "who has told the password again; a link of the own account"),
    RouteRule("portal:zone_log_in", READ, "everybody; own session only, on to the provider, so often by address"),
    RouteRule("portal:zone_answer", READ, "who was sent to the provider by this browser; an account linked before"),
    RouteRule("portal:second_step", WRITE, "who has told the right password and waits; the own account, so many codes"),
    RouteRule("portal:log_out", POST, "everybody; own session only"),
    RouteRule("api:root", READ, "everybody; addresses only"),
    RouteRule("api:zones-*", READ, "everybody; public facts"),
    *(RouteRule(f"api:associations-{what}", READ, "everybody; public facts") for what in ("list", "detail")),
    *(RouteRule(f"api:associations-{step}", POST, "system administrators, by services") for step in ("join", "leave")),
    RouteRule("api:organizations-*", READ, "everybody; rows by visible_to, fields by class, never contacts"),
    RouteRule("api:organizations-detail", ("PATCH",), "rows by editable_by, with the version that was read"),
    *(
        RouteRule(f"api:resources-{what}", READ, "everybody; rows by visible_to, fields by class, grants for own side")
        for what in ("list", "detail", "similar")
    ),
    *(
        RouteRule(
            f"api:needs-{what}", READ, "everybody; rows by visible_to, fields by class, organization for its side"
        )
        for what in ("list", "detail")
    ),
    RouteRule("api:resources-list", ("POST",), "who may edit it: staff of its zone, members of its organization"),
    RouteRule("api:resources-detail", ("PATCH",), "rows by editable_by, with the version that was read; by services"),
    RouteRule("api:resources-bulk", POST, "who may edit each: rows by editable_by, each item by services"),
    RouteRule("api:needs-bulk", POST, "who may edit each: rows by editable_by, each item by services"),
    RouteRule("api:resources-confirm", POST, "rows by editable_by, with the version that was read; by services"),
    RouteRule("api:resources-retire", POST, "rows by editable_by, with the version that was read; by services"),
    RouteRule("api:needs-list", ("POST",), "who may edit it: staff of its zone, members of its organization"),
    RouteRule("api:needs-detail", ("PATCH",), "rows by editable_by, with the version that was read; by services"),
    *(
        RouteRule(f"api:needs-{step}", POST, "rows by editable_by, with the version that was read; by services")
        for step in ("submit", "recall", "open", "pause", "withdraw")
    ),
    *(
        RouteRule(f"api:calls-{what}", READ, "zones of the association, its secretariat; rows by visible_to")
        for what in ("list", "detail")
    ),
    RouteRule("api:matches-*", READ, "sides of need or resource; live rows by visible_to, rank for the need's side"),
    RouteRule("api:consortia-*", READ, "the need's side; rows by visible_to, only where every resource in the team is"),
    *(
        RouteRule(f"api:exchanges-{what}", READ, "sides of need or resource; rows by visible_to, never contacts")
        for what in ("list", "detail")
    ),
    RouteRule(
        "api:exchanges-list", ("POST",), "who acts for the need or the resource; both by visible_to, by services"
    ),
    *(
        RouteRule(f"api:exchanges-{step}", POST, "who acts for a side; rows by editable_by, by services")
        for step in (
            "accept",
            "decline",
            "recall",
            "consent",
            "withdraw_consent",
            "give_up",
            "write",
            "set_next_step",
            "finish_next_step",
            "propose_meeting",
            "move_meeting",
            "confirm_meeting",
            "cancel_meeting",
            "propose",
        )
    ),
    RouteRule("api:exchanges-look", POST, "who acts for a side; contacts by standing consents, each look written down"),
    *(
        RouteRule(
            f"api:cooperations-{what}", READ, "everybody; rows by visible_to, amounts and steps for the parties' sides"
        )
        for what in ("list", "detail")
    ),
    RouteRule("api:cooperations-list", ("POST",), "who acts for a party; what is named by visible_to, by services"),
    RouteRule("api:cooperations-detail", ("PATCH",), "who proposed it; rows by editable_by, with its version"),
    *(
        RouteRule(f"api:cooperations-{step}", POST, "who acts for a party; rows by editable_by, by services")
        for step in (
            *("confirm", "confirm_by_evidence", "refuse", "take_back", "start", "delay", "meet_milestone"),
            *("complete", "terminate", "publish", "hide", "answer", "rate"),
        )
    ),
    *(
        RouteRule(f"api:contracts-{what}", READ, "its sides, their zones, the registering zone; rows by visible_to")
        for what in ("list", "detail")
    ),
    RouteRule("api:contracts-list", ("POST",), "who acts for a side or registers; what is named by visible_to"),
    RouteRule("api:contracts-detail", ("PATCH",), "rows by editable_by, with the version that was read; by services"),
    *(
        RouteRule(f"api:contracts-{step}", POST, "rows by editable_by, the register by its zone; by services")
        for step in ("submit", "register", "change", "cancel")
    ),
    *(
        RouteRule(f"api:registrations-{what}", READ, "own side, organizers, listed guests; rows by visible_to")
        for what in ("list", "detail")
    ),
    RouteRule("api:registrations-list", ("POST",), "members and zone of the organization, organizers; by services"),
    RouteRule("api:registrations-detail", ("PATCH",), "rows by editable_by, with the version that was read"),
    RouteRule("api:registrations-cancel", POST, "rows by editable_by, with the version that was read; by services"),
    RouteRule("api:registrations-wish", POST, "the guest's own side; listed guests by visible_to, by services"),
    *MECHANISM_RULES,
    RouteRule("api:runs-*", READ, "members; full runs by visible_to, amounts for the system, comparison of own needs"),
    RouteRule("api:requests-list", READ, "both sides; rows by visible_to, fields by class"),
    RouteRule("api:requests-detail", READ, "both sides; row, thread, record and ratings by visible_to"),
    RouteRule("api:requests-list", ("POST",), "members of organizations; a request of their own, by services"),
    *(
        RouteRule(f"api:requests-{step}", POST, "rows by editable_by, each step by its side, by services")
        for step in (
            "accept",
            "question",
            "decline",
            "reply",
            "record",
            "confirm",
            "dispute",
            "rate",
            "message",
            "withdraw",
            "cancel",
        )
    ),
    RouteRule("api:figures", READ, "everybody; definitions, no records"),
    RouteRule(
        "api:figure",
        READ,
        "everybody; sums of all rows, small ones for the own side only, rows by visible_to, documents by visible_to",
    ),
    RouteRule("api:series-*", READ, "everybody; official series, by visible_to"),
    RouteRule("api:publications-*", READ, "published figures by visible_to, public and scoped fields"),
    RouteRule("api:searches-list", READ, "who is logged in; own searches, counts for what the reader may see now"),
    RouteRule("api:searches-list", ("POST",), "who is logged in; a search of the own account, by services"),
    RouteRule("api:searches-detail", (*READ, "PATCH", "DELETE"), "one of the own searches, by services"),
    RouteRule("api:searches-look", POST, "one of the own searches; takes what it answers as seen, by services"),
    RouteRule("api:notices-list", READ, "who is logged in; own notices, each with what visible_to shows of its record"),
    RouteRule("api:notices-detail", READ, "an own notice, with what visible_to shows of its record"),
    *(RouteRule(f"api:notices-{step}", POST, "own notices, by services") for step in ("read", "unread", "read_all")),
    RouteRule("api:endpoints-list", READ, "owners of robots and webhooks; rows by visible_to, never an address"),
    RouteRule("api:endpoints-list", ("POST",), "who keeps them for an owner, by services; a secret is told once"),
    RouteRule("api:endpoints-detail", READ, "its owner; row by visible_to, never its address or secret"),
    RouteRule("api:endpoints-detail", ("PATCH",), "who keeps it; row by editable_by, by services"),
    *(
        RouteRule(f"api:endpoints-{step}", POST, "who keeps it; row by editable_by, by services; a secret is told once")
        for step in ("rotate", "enable", "disable", "test")
    ),
    RouteRule("api:subscriptions", (*READ, "PATCH"), "who is logged in; own choices and times, by services"),
    RouteRule("api:search", READ, "everybody; words, facets and counts of rows by visible_to"),
    RouteRule("api:suggestions", READ, "everybody; names and keywords of rows by visible_to"),
    RouteRule("api:schema", READ, "everybody; OpenAPI, no records"),
    RouteRule("api:docs", READ, "everybody; OpenAPI pages, no records"),
    RouteRule("api:nothing", READ, "everybody; always 404"),
)


class Route(NamedTuple):
    """One URL pattern as Django resolves it."""

    name: str
    pattern: str
    view: Callable[..., Any]


class RouteMethod(NamedTuple):
    """One line of the registry as `manage.py routes` prints it; `rule` is empty where there is none."""

    route: str
    pattern: str
    method: str
    rule: str
    filters: tuple[str, ...]
    ordering: tuple[str, ...]
    fields: tuple[str, ...]
    formats: tuple[str, ...]


class Parameters(NamedTuple):
    """What a route can be asked for beside its page, and the formats it answers in besides JSON."""

    filters: tuple[str, ...] = ()
    ordering: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()


def has_rule(view_name: str, method: str, rules: Sequence[RouteRule] = RULES) -> bool:
    """Asked by the middleware for each request."""
    return any(method in rule.methods for rule in _rules_of(view_name, rules))


def is_refused_by_its_view(view: Callable[..., Any], method: str) -> bool:
    """True for a method that a view of the API does not have: the view itself answers 405 or, where hidden, 404."""
    there = _drf_methods(view)
    return hasattr(view, "cls") and method not in ("OPTIONS", *there, *(["HEAD"] if "GET" in there else []))


def registry(rules: Sequence[RouteRule] = RULES, urlconf: Any = None) -> Iterator[RouteMethod]:
    """Every route of the URL table × every method of its rules, or an empty rule where it has none."""
    for route in routes_of(urlconf):
        parameters = _parameters(route.view)
        lines = [(method, rule.rule) for rule in _rules_of(route.name, rules) for method in rule.methods]
        for method, words in lines or [("*", "")]:
            yield RouteMethod(route.name, route.pattern, method, words, *parameters)


def unruled(rules: Sequence[RouteRule] = RULES, urlconf: Any = None) -> list[str]:
    """Routes without a rule, and methods a DRF view answers without one."""
    faults = []
    for route in routes_of(urlconf):
        if not list(_rules_of(route.name, rules)):
            faults.append(f"{route.name} {route.pattern}: no rule")
        faults += [
            f"{route.name} {method}: no rule"
            for method in _drf_methods(route.view)
            if not has_rule(route.name, method, rules)
        ]
    return faults


def unused(rules: Sequence[RouteRule] = RULES, urlconf: Any = None) -> list[str]:
    """Rules that name no route: a left-over would let a later route in unseen."""
    names = [route.name for route in routes_of(urlconf)]
    return [rule.route for rule in rules if not any(_matches(rule.route, name) for name in names)]


def routes_of(urlconf: Any = None) -> list[Route]:
    """The URL table, flat; a pattern without a name is called by its view's path, as Django calls it."""
    return list(_walk(URLResolver(RegexPattern(r"^/"), urlconf or settings.ROOT_URLCONF).url_patterns, "", ()))


def _walk(patterns: Sequence[Any], prefix: str, namespaces: tuple[str, ...]) -> Iterator[Route]:
    for entry in patterns:
        text = prefix + _written(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _walk(entry.url_patterns, text, inner)
        elif isinstance(entry, URLPattern):
            yield Route(":".join((*namespaces, entry.name or entry.lookup_str)), text, entry.callback)


def _written(pattern: Any) -> str:
    """A part of an address as people write it; Django's admin has two that are regular expressions."""
    text = str(pattern)
    return simplify_regex(text).removeprefix("/") if isinstance(pattern, RegexPattern) else text


def _rules_of(view_name: str, rules: Sequence[RouteRule]) -> Iterator[RouteRule]:
    return (rule for rule in rules if _matches(rule.route, view_name))


def _matches(pattern: str, view_name: str) -> bool:
    return view_name.startswith(pattern[:-1]) if pattern.endswith("*") else view_name == pattern


def _drf_methods(view: Callable[..., Any]) -> list[str]:
    actions = getattr(view, "actions", None)
    if actions:
        return [method.upper() for method in actions]
    view_class = getattr(view, "cls", None)
    return [method.upper() for method in ("get", "post", "put", "patch", "delete") if hasattr(view_class, method)]


def _parameters(view: Callable[..., Any]) -> Parameters:
    vocabulary = getattr(getattr(view, "cls", None), "vocabulary", None)
    action = (getattr(view, "actions", None) or {"get": "list"}).get("get")
    return Parameters(*vocabulary(action)) if vocabulary and action else Parameters()
