"""The documentation lists every figure as it is defined."""

from pathlib import Path

from figures.definitions.table import lines

PAGE = Path(__file__).resolve().parents[2] / "docs" / "figures.md"


def test_the_table_of_figures_is_the_one_of_the_code() -> None:
    assert "\n".join(lines()) in PAGE.read_text("utf-8")
