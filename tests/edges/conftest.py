"""Fixtures of the edges: the API as JSON for each of the cast."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from accounts.models import User

ROOT = "/api/v1/"


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and parsed body of one request."""

    status: int
    body: Any

    @property
    def ids(self) -> list[str]:
        return [row["public_id"] for row in self.body["results"]]


Ask = Callable[..., Answer]


@pytest.fixture
def ask(client_of: Callable[[User | None], Client]) -> Ask:
    """`ask(user, "needs/", kind="finance")`: GET as that user (None: a visitor)."""

    def get(user: User | None, path: str, language: str = "zh-hans", **parameters: Any) -> Answer:
        response = client_of(user).get(ROOT + path, parameters, headers={"accept-language": language})
        return Answer(response.status_code, response.json())

    return get
