"""Mail by SMTP: one message per delivery, always under the delivery's own Message-ID, so that whoever gets it twice can
tell; with an address at which one POST ends it (RFC 8058).

A time-out per answer does not bound a server that drips, so that the whole sending has a deadline: its socket is shut.
"""

import smtplib
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from email.utils import formatdate, parseaddr
from threading import Timer, local
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends import smtp

from ledger.clock import lately_seconds
from notifications.channels.base import Channel, Outcome, Outgoing, Target
from notifications.channels.reasons import Reason, told

LIMIT: Final = 1_000_000
MINUTE: Final = timedelta(minutes=1)
WAITS: Final = (MINUTE, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE, 360 * MINUTE)
SMTP: Final = "django.core.mail.backends.smtp.EmailBackend"
PERMANENT: Final = 500
_open = local()


def message_id(name: str) -> str:
    """The same for every sending of one delivery."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{name}@{domain}>"


def message_of(outgoing: Outgoing, target: Target) -> EmailMultiAlternatives:
    """The mail as it is sent, dated by the database's clock: a worker whose own is wrong puts it no higher or lower."""
    headers = {
        "Date": formatdate(lately_seconds(), localtime=settings.EMAIL_USE_LOCALTIME),
        "Message-ID": message_id(outgoing.id),
        "Auto-Submitted": "auto-generated",
        "Content-Language": "en" if outgoing.language.startswith("en") else "zh-CN",
    }
    if outgoing.unsubscribe:
        headers["List-Unsubscribe"] = f"<{outgoing.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    subject = " ".join(outgoing.title.split())
    message = EmailMultiAlternatives(subject, outgoing.text, to=[target.address], headers=headers)
    if outgoing.html:
        message.attach_alternative(outgoing.html, "text/html")
    for file in outgoing.attachments:
        message.attach(file.name, file.content, file.media_type)
    return message


def send(outgoing: Outgoing, target: Target) -> Outcome:
    """Send it once. What breaks off after the connection stood may have arrived: it is sent again under the same id."""
    message = message_of(outgoing, target)
    with _deadline():
        connection = _connection()
        try:
            connection.open()
        except (OSError, smtplib.SMTPException) as error:
            return Outcome.retry(told(Reason.NO_CONNECTION, _code_of(error)))
        try:
            connection.send_messages([message])
        except smtplib.SMTPResponseException as error:
            return _answered(error.smtp_code)
        except smtplib.SMTPRecipientsRefused as error:
            return _answered(next(iter(error.recipients.values()))[0])
        except (OSError, smtplib.SMTPException):
            return Outcome.retry(told(Reason.BROKE_OFF))
        finally:
            with suppress(OSError, smtplib.SMTPException):
                connection.close()
    return Outcome.sent()


def _answered(code: int) -> Outcome:
    """What the server says: 4xx later, 5xx never."""
    if code >= PERMANENT:
        return Outcome.dead(told(Reason.REFUSED, code))
    return Outcome.retry(told(Reason.BUSY, code))


def _code_of(error: Exception) -> object:
    return getattr(error, "smtp_code", "")


def _connection() -> Any:
    if settings.EMAIL_BACKEND == SMTP:
        return _Backend(timeout=settings.EMAIL_TIMEOUT)
    return get_connection()


@contextmanager
def _deadline() -> Iterator[None]:
    """Shut the sockets that the sending inside opens once its time is over, however slowly it goes on; it runs from
    the moment the first is asked for.
    """
    _open.sockets = []
    _open.timer = Timer(settings.MAIL_DEADLINE_SECONDS, _shut, [_open.sockets])
    _open.timer.daemon = True
    try:
        yield
    finally:
        _open.timer.cancel()


def _shut(sockets: list[socket.socket]) -> None:
    for one in sockets:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)


class _Noted:
    """A client that tells of its socket, and lets the deadline begin with it."""

    def _get_socket(self, *args: Any) -> Any:
        if _open.timer.ident is None:
            _open.timer.start()
        made = super()._get_socket(*args)  # type: ignore[misc]
        _open.sockets.append(made)
        return made


class _Client(_Noted, smtplib.SMTP):
    pass


class _SecureClient(_Noted, smtplib.SMTP_SSL):
    pass


class _Backend(smtp.EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _SecureClient if self.use_ssl else _Client


CHANNEL: Final = Channel("mail", "deliver-mail", LIMIT, may_repeat=True, waits=WAITS, send=send)
