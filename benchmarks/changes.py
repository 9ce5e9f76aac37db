"""Single changes of a filled site, through the product. Django must be set up before this is imported."""

from uuid import uuid4

from matching.importing.synthetic import Vocabulary, capabilities_of, metrics_of, need_of, resource_of
from matching.models import LIVE, Match
from matching.services.bulk import open_needs
from matching.services.steps import match_changes, work_until_idle
from matching.services.watch import look
from zones.models import Organization
from zones.scoping import SYSTEM
from zones.services.bulk import publish_resources

SEED = 2
REASON = "benchmarks work for nobody"
OWNERS = 50


def settle() -> None:
    """Work off what is left, and let this process read what it keeps: open needs, live lists, statistics."""
    while look() is not None:
        work_until_idle()
    work_until_idle()


def open_one_need(number: int) -> None:
    """Store one open need with its metrics."""
    words = Vocabulary.of(SEED + number % 1_000)
    (topic,) = words.topic_rows(1)
    need = need_of(words, _owner(number), topic, _new_number())
    open_needs(SYSTEM, [need], metrics_of(words, [need]))


def publish_one_resource(number: int) -> None:
    """Store one resource with its capabilities."""
    words = Vocabulary.of(SEED + number % 1_000)
    (topic,) = words.topic_rows(1)
    resource = resource_of(words, _owner(number), topic, _new_number())
    publish_resources(SYSTEM, [resource], capabilities_of(words, [resource]))


def match_need() -> None:
    """What the watch does for a new need; fails where nobody can see matches afterwards."""
    run = match_changes()
    if run is None or not Match.objects.visible_to(SYSTEM).filter(LIVE, run=run).exists():
        raise SystemExit("a new need has no visible match")


def look_around() -> None:
    """Ask all open needs about what has changed."""
    look()


def work_off() -> None:
    """Do what is left: teams, and runs of the needs concerned."""
    work_until_idle()


def _new_number() -> str:
    """A site may be measured again: what is new has a number nobody has had."""
    return uuid4().hex[:12]


def _owner(number: int) -> Organization:
    owners = Organization.objects.unscoped(reason=REASON).filter(is_sample=True).select_related("zone").order_by("pk")
    found: Organization = owners[number % OWNERS]
    return found
