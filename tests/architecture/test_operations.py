"""The operator's page names every command there is, and none that is not."""

import re
from pathlib import Path

from django.core.management import get_commands

OURS = {
    *("accounts", "api", "backoffice", "config", "egress", "figures", "ledger", "lexicon", "matching"),
    *("notifications", "zones"),
}
PAGE = Path(__file__).parents[2] / "docs" / "operations.md"


def test_every_command_of_ours_is_on_the_operators_page() -> None:
    table = PAGE.read_text(encoding="utf-8").split("## Commands")[1].split("\n## ")[0]
    first_cells = re.findall(r"^\| (`.+?) \|", table, re.MULTILINE)
    named = {name for cell in first_cells for name in re.findall(r"`(\w+)[ `]", cell)}
    assert named == {name for name, app in get_commands().items() if app.split(".")[-1] in OURS}
