"""The finished sentence of an answer, in the reader's language: 2024年，东北地区国家高新区联盟举办交流活动23场。"""

from datetime import date
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from figures.answering import Answer
from figures.definitions.base import AREAS
from figures.definitions.derived import OnTheLastPeriod, YearOnYear
from figures.periods import name_of
from figures.scopes import NATION
from figures.units import PERCENT, is_english
from figures.wording import EXACT, Phrase, growth_en, growth_zh, phrased


def sentence(answer: Answer, phrase: Phrase = EXACT) -> str:
    """Who, when, what and how much; for a value that is not known it says so."""
    words = {"when": _when(answer), "scope": _whose(answer), "what": _what(answer), "value": value_text(answer, phrase)}
    if answer.question.definition.is_stock and _is_there(answer):
        return _("截至%(when)s，%(scope)s有%(what)s%(value)s。") % words
    if answer.question.definition.is_stock:
        return _("截至%(when)s，%(scope)s%(what)s%(value)s。") % words
    if answer.question.is_unfinished:
        words["day"] = day_text(answer.question.as_of)
        return _("%(when)s（截至%(day)s），%(scope)s%(what)s%(value)s。") % words
    return _("%(when)s，%(scope)s%(what)s%(value)s。") % words


def _is_there(answer: Answer) -> bool:
    """Whether so many of them are there, as of a day, in a place: sums, rates and days are not, nor what is planned."""
    is_number = answer.number is not None and not answer.unit.is_money and answer.unit != PERCENT
    return is_number and answer.question.scope.kind in AREAS


def value_text(answer: Answer, phrase: Phrase = EXACT) -> str:
    """The value alone, as a sentence ends with it."""
    value = answer.value
    if value is None:
        return _("暂无数据")
    if isinstance(value, date):
        return day_text(value)
    if isinstance(answer.definition, YearOnYear | OnTheLastPeriod):
        return _growth(value, is_last_period=isinstance(answer.definition, OnTheLastPeriod))
    told = phrased(value, answer.unit, phrase)
    return _("预计达到%(value)s") % {"value": told} if answer.is_forecast else told


def _growth(value: Decimal, *, is_last_period: bool) -> str:
    if is_english():
        return growth_en(value, word="on the last period" if is_last_period else "year on year")
    return growth_zh(value, word="环比" if is_last_period else "同比")


def _what(answer: Answer) -> str:
    """The title; of a growth that of what grows, for the value says the rest."""
    definition = answer.definition
    base = definition.base if isinstance(definition, YearOnYear | OnTheLastPeriod) else definition
    return base.words(answer.question)


def _whose(answer: Answer) -> str:
    scope = answer.question.scope
    return "" if scope.kind == "series" else (_("全国") if scope.kind == NATION else scope.name)


def _when(answer: Answer) -> str:
    question = answer.question
    if question.definition.is_stock or question.period is None:
        return day_text(question.day)
    return name_of(question.period.until(question.as_of) if question.period.is_to_date else question.period)


def day_text(day: date) -> str:
    """2024年9月8日; 8 September 2024."""
    if is_english():
        return formats.date_format(day, "j F Y")
    return f"{day.year}年{day.month}月{day.day}日"


def sentence_in(language: str, answer: Answer, phrase: Phrase = EXACT) -> str:
    """The sentence in a language, whatever the reader's is."""
    with override(language):
        return sentence(answer, phrase)
