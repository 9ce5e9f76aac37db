"""What a paper is made of, before it is a page or a file. Texts are in the language of its reader."""

from dataclasses import dataclass
from typing import ClassVar

CHINESE_DIGITS = "〇一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 to 3; its number is written by `numbered`."""

    kind: ClassVar[str] = "heading"
    level: int
    text: str


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
    """Rows of cells under headings; with no headings the first column is one."""

    kind: ClassVar[str] = "table"
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


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


Block = Heading | Text | Table | Bar | Blanks


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


def numbered(blocks: tuple[Block, ...], *, is_chinese: bool) -> tuple[Block, ...]:
    """Headings with their numbers: 一、（一）1. as in official papers, else 1, 1.1, 1.1.1."""
    counts = [0, 0, 0]
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
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
