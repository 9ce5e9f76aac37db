"""The documents have the table of every notice: who, when, why, how to stop it."""

from pathlib import Path

from django.conf import settings

from notifications.kinds.table import lines

PAGE = Path(settings.BASE_DIR) / "docs" / "notifications.md"


def test_the_page_has_every_notice_as_the_code_has_it() -> None:
    table = "\n".join(lines())
    assert table in PAGE.read_text(encoding="utf-8"), f"docs/notifications.md should have:\n{table}"
