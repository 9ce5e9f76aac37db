"""What the test client would do anew for every browser and every part of a page, and which is the same each time."""

from typing import Any

import pytest
from django.test import client
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]

REMEMBER = client.store_rendered_templates  # type: ignore[attr-defined]
LOOK = WhiteNoiseMiddleware.add_files_from_finders


def remember_pages_only(patch: pytest.MonkeyPatch) -> None:
    """`response.context` is that of the page. Django copies those of its hundred parts and widgets too."""

    def remember(store: dict[str, Any], signal: Any, sender: Any, template: Any, context: Any, **rest: Any) -> None:
        if "context" not in store:
            REMEMBER(store, signal, sender, template, context, **rest)

    patch.setattr(client, "store_rendered_templates", remember)


def look_for_static_files_once(patch: pytest.MonkeyPatch) -> None:
    """Each client loads the middleware, which looks through all static files: sixty milliseconds before its first page.
    What is served is read anew.
    """
    found: dict[tuple[object, ...], dict[str, Any]] = {}

    def look(middleware: Any) -> None:
        settings = (middleware.static_prefix, middleware.max_age, middleware.charset, middleware.allow_all_origins)
        if settings not in found:
            others, middleware.files = middleware.files, {}
            LOOK(middleware)
            found[settings], middleware.files = middleware.files, others
        middleware.files |= found[settings]

    patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", look)
