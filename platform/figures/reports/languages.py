"""Words of a report, said once in each language."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.utils.translation import override

LANGUAGES: Final = ("zh-hans", "en")
Both = dict[str, str]


def both(words: Any) -> Both:
    """{"zh": …, "en": …} of a function without arguments."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language[:2]] = str(words())
    return found


def each_in_both(words: Callable[[], Sequence[Any]]) -> list[Any]:
    """A list told in each language, item by item; of tuples each part."""
    told = []
    for language in LANGUAGES:
        with override(language):
            told.append(words())
    return [_paired(zh, en) for zh, en in zip(*told, strict=True)]


def _paired(zh: Any, en: Any) -> Any:
    if isinstance(zh, tuple):
        return [_paired(*parts) for parts in zip(zh, en, strict=True)]
    return {"zh": str(zh), "en": str(en)}
