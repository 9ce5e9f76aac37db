"""Fixtures of the portal: its pages as text for each of the cast."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User

TOKEN: Final = re.compile(r'name="(?:csrfmiddlewaretoken|form_name)" value="[^"]+"')
"""Different in every answer, whatever is on the page."""
OF_THE_MOMENT: Final = ("Date", "Expires")


@dataclass(frozen=True, slots=True)
class Page:
    """One answer."""

    status: int
    html: str
    headers: dict[str, str]

    @classmethod
    def of(cls, response: Any) -> "Page":
        html = TOKEN.sub("", response.content.decode(errors="replace"))
        return cls(
            response.status_code, html, {name: text for name, text in response.items() if name not in OF_THE_MOMENT}
        )

    @property
    def text(self) -> str:
        """What people read."""
        blocks = re.sub(r"</?mark>", "", self.html)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", blocks)).split())

    @property
    def links(self) -> list[str]:
        return [unescape(link) for link in re.findall(r'href="([^"]+)"', self.html)]

    def titles(self) -> list[str]:
        """The names of the records in its lists."""
        found = re.findall(r"<h3><a [^>]*>(.*?)</a></h3>", self.html, re.DOTALL)
        return [unescape(re.sub(r"<[^>]+>", "", title)) for title in found]


See = Callable[..., Page]


@pytest.fixture
def see(client_of: Callable[[User | None], Client]) -> See:
    """`see(user, "/search/", q="激光")`: open a page as that user (None: a visitor)."""

    def get(user: User | None, path: str, language: str = "zh-hans", part: bool = False, **parameters: Any) -> Page:
        headers = {"accept-language": language} | ({"hx-request": "true"} if part else {})
        response: HttpResponse = client_of(user).get(path, parameters, headers=headers)  # type: ignore[assignment]
        return Page.of(response)

    return get
