"""What a rule of the route registry is, and the rules of the mechanisms in the API (`config.routes` has all others)."""

from typing import Final, NamedTuple


class RouteRule(NamedTuple):
    """`route` is a view name (a trailing * stands for the rest), `rule` says in words who may and what they see."""

    route: str
    methods: tuple[str, ...]
    rule: str


READ = ("GET", "HEAD", "OPTIONS")
WRITE = (*READ, "POST")
POST = ("POST", "OPTIONS")

MECHANISM_RULES: Final[tuple[RouteRule, ...]] = (
    RouteRule("api:events-list", READ, "everybody; rows by visible_to, public fields"),
    RouteRule("api:events-detail", READ, "everybody; row by visible_to, call and result for who organizes"),
    RouteRule("api:events-list", ("POST",), "staff of a zone, secretariat; what is named by visible_to, by services"),
    RouteRule("api:events-detail", ("PATCH",), "who organizes; rows by editable_by, with its version; by services"),
    *(
        RouteRule(f"api:events-{step}", POST, "who organizes; rows by editable_by, with its version; by services")
        for step in ("publish", "start", "hold", "cancel")
    ),
    *(
        RouteRule(f"api:agreements-{what}", READ, "parties and who keeps the record; rows by visible_to")
        for what in ("list", "detail")
    ),
    RouteRule("api:agreements-list", ("POST",), "staff of the zone, the association's secretariat; by services"),
    RouteRule("api:agreements-detail", ("PATCH",), "who keeps it; rows by editable_by, with its version; by services"),
    *(
        RouteRule(f"api:agreements-{step}", POST, "who keeps it; rows by editable_by, with its version; by services")
        for step in ("add_document", "put_in_force", "drop", "end", "renew")
    ),
    RouteRule("api:agreements-report", POST, "who keeps it or made the promise; rows by editable_by; by services"),
    *(
        rule
        for name in ("policies", "funds", "chains", "enclaves", "conversions", "talent_exchanges", "trials")
        for rule in (
            RouteRule(f"api:{name}-list", READ, "everybody; rows by visible_to, as far as each is open"),
            RouteRule(f"api:{name}-detail", READ, "everybody; row and parts by visible_to, as far as it is open"),
            RouteRule(f"api:{name}-list", ("POST",), "staff of the zone, the association's secretariat; by services"),
            RouteRule(f"api:{name}-detail", ("PATCH",), "who keeps it; rows by editable_by, with its version"),
            RouteRule(f"api:{name}-withdraw", POST, "who keeps it; rows by editable_by, with its version"),
        )
    ),
    RouteRule("api:calls-list", ("POST",), "the association's secretariat; by services"),
    RouteRule("api:calls-detail", ("PATCH",), "the secretariat; rows by editable_by, with its version; by services"),
    *(
        RouteRule(f"api:calls-{step}", POST, "the secretariat; rows by editable_by, with its version; by services")
        for step in ("open", "close")
    ),
    *(
        RouteRule(f"api:catalogues-{what}", READ, "everybody; entries of resources by visible_to")
        for what in ("list", "detail")
    ),
    RouteRule("api:catalogues-list", ("POST",), "staff of the zone; resources by visible_to, by services"),
    RouteRule("api:catalogues-detail", ("PATCH",), "rows by editable_by, with its version; by services"),
    *(
        RouteRule(f"api:catalogues-{step}", POST, "rows by editable_by, with its version; resources by visible_to")
        for step in ("enter", "take_off")
    ),
)
