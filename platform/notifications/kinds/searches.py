"""Notices about saved searches: counted anew when they are read, for what their owner may see then."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ledger.models import OutboxEvent
from matching.models import SavedSearch
from notifications.choices import Topic
from notifications.kinds.base import Audience, Kind, Subject, Told, address, only
from notifications.models import Notice
from zones.scoping import Principal


def _url_of(row: SavedSearch, principal: Principal) -> str:
    return address(("portal:searches", ()))


SEARCH: Final = Subject("matching.savedsearch", str, _url_of)


def _owner(row: SavedSearch, event: OutboxEvent) -> Audience:
    return Audience(users=only(row.user_id))


class SearchHits(Kind):
    """How many are new is asked again: what is hidden meanwhile does not count."""

    def told(self, row: Any, notice: Notice, principal: Principal) -> Told | None:
        from matching.services.saved_searches import answered  # search loads NumPy; few notices are of this kind
        from matching.services.search_copies import SearchNotReady

        try:
            asked = answered(principal, [row])[0]
        except SearchNotReady:
            return None
        if not asked.new_count:
            return None
        words = {"name": row.name, "count": asked.new_count}
        title = ngettext("“%(name)s”有 %(count)d 条新结果", "“%(name)s”有 %(count)d 条新结果", asked.new_count) % words
        return Told(title, str(self.sentence), self.subject.url_of(row, principal))


KINDS: Final = (
    SearchHits(
        event="search.hits", topic=Topic.SEARCHES, subject=SEARCH, audience=_owner, title=_("保存的检索有新结果"),
        sentence=_("打开后即视为已看。"), who=_("保存该检索的账号"), why=_("您保存了该检索"),
    ),
)  # fmt: skip
