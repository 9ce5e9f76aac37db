"""What one need and one resource are, as plain Python: the input of the engine. Made by ``matching.snapshot``, nobody
else."""

from dataclasses import dataclass
from typing import Final

OPERATORS: Final = ("", ">=", "<=", "=", "bool", "includes", "between")
ACTIVE: Final = "active"
ENCODING_VERSION: Final = 5
MAX_TOKENS: Final = 8192
"""Distinct tokens of one record; the encoding cuts there."""

"""Version of the bytes made of these facts: a change of the lexicon or of the layout raises it."""

RESOURCE_KINDS: Final = (
    "laboratory",
    "equipment",
    "achievement",
    "expert_team",
    "testbed",
    "pilot_line",
    "finance_product",
    "enclave_space",
    "service",
)
PRICE_UNITS: Final = ("hour", "day", "month", "year", "piece", "batch", "person", "project")
NEED_KINDS: Final = (
    "joint_development",
    "commissioned_development",
    "technology_acquisition",
    "testing_sharing",
    "pilot_production",
    "talent",
    "finance",
    "demonstration_scenario",
    "consortium",
    "enclave_landing",
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One metric of a need or one capability of a resource, in the unit in which it was written.

    A need states ``op`` with ``low`` (>=), ``high`` (<=), both (=, between), ``truth`` (bool) or ``choices``
    (includes). A resource states the range it covers: ``low = high = value``, or min and max, or a set of ``choices``,
    or ``truth``; a capability that is named without a value has ``is_known = False``.
    """

    key: str
    name: str
    low: float | None = None
    high: float | None = None
    truth: bool | None = None
    choices: tuple[float | str, ...] = ()
    unit: str = ""
    op: str = ""
    is_must: bool = False
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class ResourceFacts:
    """What one resource is. Identifiers are database keys; scopes are ``public``, ``national``, ``zone:12``,
    ``association:3``, ``organization:7``; days are proleptic ordinals; money is in 元."""

    id: int
    zone: int
    region: str
    organization: int
    legal_group: int
    kind: str
    title: str
    keywords: tuple[str, ...] = ()
    text: str = ""
    items: tuple[str, ...] = ()
    industry_codes: tuple[str, ...] = ()
    discipline_codes: tuple[str, ...] = ()
    equipment_codes: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    trl: int | None = None
    capacity: int = 1
    quantities: tuple[Quantity, ...] = ()
    lead_time_days: int | None = None
    price_from: float | None = None
    price_unit: str = ""
    see_scopes: tuple[str, ...] = ("public",)
    use_scopes: tuple[str, ...] = ("public",)
    confirmed_day: int | None = None
    status: str = ACTIVE
    accepted: int = 0
    decided: int = 0
    excluded_organizations: tuple[int, ...] = ()
    excluded_zones: tuple[int, ...] = ()
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """What one need is and for whom. ``scopes`` are all scopes which the need's side may see and use; budgets are in
    元; ``wanted`` is the number of partners sought. ``content`` is what is asked for, sentence by sentence: a part of
    ``text`` already, and read for sub-tasks only.
    """

    id: int
    zone: int
    region: str
    organization: int
    legal_group: int
    kind: str
    title: str
    keywords: tuple[str, ...] = ()
    text: str = ""
    content: str = ""
    region_groups: tuple[str, ...] = ()
    associations: tuple[int, ...] = ()
    industry_codes: tuple[str, ...] = ()
    discipline_codes: tuple[str, ...] = ()
    equipment_codes: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    trl_have: int | None = None
    trl_need: int | None = None
    budget_min: float | None = None
    budget_max: float | None = None
    deadline_day: int | None = None
    duration_months: int | None = None
    quantities: tuple[Quantity, ...] = ()
    scopes: tuple[str, ...] = ("public",)
    excluded_organizations: tuple[int, ...] = ()
    excluded_zones: tuple[int, ...] = ()
    dismissed: tuple[int, ...] = ()
    wanted: int = 5
