"""Ending mails without logging in: a signed address names the account and what is to end (RFC 8058)."""

from typing import Final, NamedTuple

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from notifications.choices import Rhythm, Topic, Way
from notifications.subscribing import choose, set_times

SALT: Final = "notifications.unsubscribe"
EVERYTHING: Final = "all"


class Ending(NamedTuple):
    """Whose mails end, and about what: a topic, or all of them."""

    user: User
    topic: str


def unsubscribe_url(user: User, topic: str) -> str:
    """Where one POST ends mails about a topic, or (`EVERYTHING`) all mails."""
    token = signing.dumps([str(user.public_id), topic], salt=SALT, compress=True)
    return f"{settings.SITE_URL}{reverse('portal:unsubscribe', args=[token])}"


def read_token(token: str) -> Ending | None:
    """What a token ends, or None for one that nobody signed."""
    try:
        public_id, topic = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    user = User.objects.filter(public_id=public_id).first()
    is_known = topic == EVERYTHING or topic in Topic.values
    return Ending(user, topic) if user is not None and is_known else None


@transaction.atomic
def unsubscribe(ending: Ending) -> None:
    """End them from now on, also those that are on their way; the account can have them again in its settings."""
    if ending.topic == EVERYTHING:
        set_times(ending.user, takes_mail=False)
    else:
        choose(ending.user, topic=ending.topic, way=Way.MAIL, rhythm=Rhythm.OFF)
