"""What is said of a proposed consortium, in the reader's language; made from its rows, nothing is computed here."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from matching.choices import PartKind
from matching.engine.team_wording import team_sentence
from matching.models import ConsortiumPart, ConsortiumProposal
from zones.models import Code

BY_CODE = {PartKind.DISCIPLINE: "discipline", PartKind.EQUIPMENT: "equipment"}


def part_labels(parts: Iterable[ConsortiumPart], language: str) -> dict[int, str]:
    """What each sub-task is called, by its key: metrics and sentences as written, codes by their names."""
    rows = list(parts)
    names = _code_names([part for part in rows if part.kind in BY_CODE], _tongue(language))
    return {part.pk: names.get((part.kind, part.label), part.label) for part in rows}


def sentence_of(
    proposal: ConsortiumProposal, lead: str, parts: Sequence[ConsortiumPart], labels: Mapping[int, str], language: str
) -> str:
    """One plain sentence: who leads, how many from where, what is covered, what is missing."""
    return team_sentence(
        _tongue(language),
        lead=lead,
        members=len({part.member_id for part in parts if part.is_covered}),
        zones=proposal.zone_count,
        covered=proposal.covered_count,
        total=proposal.part_count,
        uncovered=[labels[part.pk] for part in parts if not part.is_covered],
    )


def _tongue(language: str) -> str:
    return "zh" if language.startswith("zh") else "en"


def _code_names(parts: Sequence[ConsortiumPart], tongue: str) -> dict[tuple[str, str], str]:
    codes = Code.objects.filter(scheme__in=BY_CODE.values(), code__in={part.label for part in parts})
    rows = codes.values_list("scheme", "code", "name_zh" if tongue == "zh" else "name_en")
    return {
        (str(scheme), code): _("%(name)s（%(code)s）") % {"name": name, "code": code} for scheme, code, name in rows
    }
