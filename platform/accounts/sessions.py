"""Django's sessions, kept with whose they are, so that everybody can see and end their own (`SESSION_ENGINE`)."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import Session

STARTED: Final = "_started"
BROWSER_CHARACTERS: Final = 200


class SessionStore(DatabaseStore):
    """`browser` is told by the middleware; the rest follows from who is logged in."""

    browser = ""

    @classmethod
    def get_model_class(cls) -> "type[Session]":
        from accounts.models import Session  # models are not loaded when the settings name this module

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        account = data.get(SESSION_KEY)
        if data.get(STARTED, [None])[0] != account:
            data[STARTED] = [account, timezone.now().timestamp()]
        row: Any = super().create_model_instance(data)
        row.user_id = int(account) if account else None
        row.browser = self.browser
        row.started_at = datetime.fromtimestamp(data[STARTED][1], UTC) if account else None
        return row


class BrowserSessionMiddleware(SessionMiddleware):
    """Tells the session which browser it is for."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        store: Any = request.session
        store.browser = request.headers.get("user-agent", "")[:BROWSER_CHARACTERS]
