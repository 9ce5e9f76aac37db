"""The documentation lists every figure as it is defined."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils.translation import override

from figures.definitions.registry import all_definitions
from figures.definitions.table import lines

PAGE = Path(__file__).resolve().parents[2] / "docs" / "figures.md"


def test_the_table_of_figures_is_the_one_of_the_code() -> None:
    assert "\n".join(lines()) in PAGE.read_text("utf-8")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_figure_of_contracts_says_what_it_counts(language: str) -> None:
    with override(language):
        rules = [str(one.rule) for one in all_definitions().values() if one.id.startswith("contracts.")]
    assert len(set(rules)) == len(rules) == 7


def test_the_command_makes_the_table_anew_and_leaves_the_rest(tmp_path: Path) -> None:
    page, told = tmp_path / "figures.md", PAGE.read_text("utf-8")
    page.write_text("".join(line for line in told.splitlines(keepends=True) if "zones.national`" not in line), "utf-8")
    call_command("figure", "--table", str(page))
    assert page.read_text("utf-8") == told
