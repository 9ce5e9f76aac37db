"""Fixtures of the back office: its pages as each of the cast gets them."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid5

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import User

NAMESPACE = UUID("0f3c2b54-3a1d-4f5e-9a43-6a5a5a3c9d77")
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
Browse = Callable[[User | None], Client]


def fixed(name: str) -> UUID:
    """The same public id in both worlds."""
    return uuid5(NAMESPACE, name)


def body_of(response: Any) -> bytes:
    """A page without its one-time token."""
    return TOKEN.sub(b"TOKEN", b"".join(response) if response.streaming else response.content)


def pages() -> Iterator[Any]:
    """Every registered page, by its model."""
    yield from sorted(admin.site._registry.values(), key=lambda page: page.opts.label_lower)


def address(page: Any, name: str, *arguments: str) -> str:
    return reverse(f"admin:{page.opts.app_label}_{page.opts.model_name}_{name}", args=arguments)


def errors_of(response: Any) -> dict[str, list[str]]:
    """The errors of a page's form, by field."""
    form = response.context["adminform"].form
    return {name: list(messages) for name, messages in form.errors.items()}


@pytest.fixture
def browse(client_of: Browse) -> Browse:
    """A browser in Chinese for one of the cast."""

    def open_browser(user: User | None) -> Client:
        client = client_of(user)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hans"
        return client

    return open_browser
