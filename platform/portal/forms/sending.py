"""How a form of the portal is sent: the service is asked, and what it refuses stands beside the field it is about."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from zones.errors import DomainError, InvalidInput, NotFound


def version_in(told: Mapping[str, Any]) -> int:
    """The version of the record that who sends a page had read; 0, which no record has, where it tells none."""
    text = str(told.get("version", ""))
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def sent(form: forms.BaseForm, call: Callable[[], Any]) -> bool:
    """Whether the form holds and the one service that is called, a transaction of its own, took it; NotFound goes on
    to the page.
    """
    if not form.is_valid():
        return False
    try:
        call()
    except NotFound:
        raise
    except InvalidInput as error:
        for name, sentences in error.errors.items():
            form.add_error(name if name in form.fields else None, sentences)
    except DomainError as error:
        form.add_error(None, error.message)
    return form.is_valid()
