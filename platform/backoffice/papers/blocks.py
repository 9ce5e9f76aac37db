"""What a paper is made of, before it is a page or a file. Texts are in the language of its reader."""

from dataclasses import dataclass
from typing import ClassVar

CHINESE_DIGITS = "〇一二三四五六七八九十"
NARROW, WIDE = 6, 34
"""Widths of letters for which a column of a table has at least, and at most, its share; a Chinese letter is two."""


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 to 3; its number is written by `numbered`. An annex begins a page and brings its own number."""

    kind: ClassVar[str] = "heading"
    level: int
    text: str
    is_annex: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph; a quiet one is set smaller and gray."""

    kind: ClassVar[str] = "text"
    text: str
    is_quiet: bool = False

    @property
    def lines(self) -> list[str]:
        """As people broke it; empty lines are left out."""
        return [line for line in map(str.strip, self.text.splitlines()) if line]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under headings; with no headings the first column is one. `caption` stands above. `shades` are
    shares in [0, 1] by which cells are shaded, row by row: a matrix is read by its dark places.
    """

    kind: ClassVar[str] = "table"
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    shades: tuple[tuple[float, ...], ...] = ()

    @property
    def weights(self) -> list[float]:
        """Of the columns, by the longest text of each, within bounds: a number needs less than a name, a name no more
        than others leave.
        """
        lines = [self.headings, *self.rows] if self.headings else self.rows
        return [min(max(max(map(_width, column)) + 3, NARROW), WIDE) for column in zip(*lines, strict=True)]

    def shade(self, row: int, column: int) -> float:
        return self.shades[row][column] if self.shades else 0.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A share in [0, 1] as a bar with its number."""

    kind: ClassVar[str] = "bar"
    label: str
    share: float
    note: str = ""

    @property
    def percent(self) -> int:
        return round(100 * self.share)


@dataclass(frozen=True, slots=True)
class Blanks:
    """Lines to be filled in by hand, each with what belongs there."""

    kind: ClassVar[str] = "blanks"
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of one or several series over the same labels. `alt` says in words what is to be seen; `title` stands below.
    Lying bars are read from the top, like steps.
    """

    kind: ClassVar[str] = "chart"
    title: str
    alt: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    unit: str = ""
    is_lying: bool = False
    axes: tuple[str, str] = ("", "")
    """What the labels are, and what the bars measure."""

    @property
    def table(self) -> Table:
        """The same as numbers."""
        rows = zip(self.labels, *(tuple(f"{value:g}" for value in values) for _, values in self.series), strict=True)
        return Table((self.unit, *(name for name, _ in self.series)), tuple(rows))


@dataclass(frozen=True, slots=True)
class Signature:
    """Who reports and when, at the right, as papers end."""

    kind: ClassVar[str] = "signature"
    lines: tuple[str, ...]


Block = Heading | Text | Table | Bar | Blanks | Chart | Signature


@dataclass(frozen=True, slots=True)
class Paper:
    """`facts` stand on the cover, or above the text where there is none; `footer` on every page."""

    title: str
    subject: str
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    footer: str
    has_cover: bool
    is_chinese: bool

    @property
    def colon(self) -> str:
        """What stands between a label and what it labels."""
        return "：" if self.is_chinese else ": "

    @property
    def file_name(self) -> str:
        """Without its ending, and without what file systems refuse."""
        name = "".join("_" if letter in '\\/:*?"<>|' or not letter.isprintable() else letter for letter in self.subject)
        return f"{self.title}-{name.strip(' .')}"


def _width(text: str) -> int:
    """Of the longest line; Chinese letters are as wide as two Latin ones."""
    return max(sum(2 if ord(letter) > 0x2E80 else 1 for letter in line) for line in text.split("\n"))


def numbered(blocks: tuple[Block, ...], *, is_chinese: bool) -> tuple[Block, ...]:
    """Headings with their numbers: 一、（一）1. as in official papers, else 1, 1.1, 1.1.1."""
    counts = [0, 0, 0]
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and not block.is_annex:
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (3 - block.level)
            number = _chinese(counts, block.level) if is_chinese else ".".join(map(str, counts[: block.level])) + " "
            found.append(Heading(block.level, number + block.text))
        else:
            found.append(block)
    return tuple(found)


def _chinese(counts: list[int], level: int) -> str:
    number = counts[level - 1]
    forms = (f"{chinese_number(number)}、", f"（{chinese_number(number)}）", f"{number}. ")
    return forms[level - 1]


def chinese_number(number: int) -> str:
    """1 to 99 as people write them: 七, 十, 十二, 二十, 三十五."""
    tens, ones = divmod(number, 10)
    if not tens:
        return CHINESE_DIGITS[ones]
    return (CHINESE_DIGITS[tens] if tens > 1 else "") + "十" + (CHINESE_DIGITS[ones] if ones else "")
