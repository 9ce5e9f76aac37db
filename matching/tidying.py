"""The only deleter of results: what old runs left and no reader can reach. ``store`` writes what comes in its place."""

from django.db.models import Max, Q
from django.db.models.functions import Coalesce

from matching.choices import RunKind, RunState
from matching.models import (
    CandidateList,
    LexicalStatistics,
    LiveResult,
    Match,
    MatchRun,
    MeaningStatistics,
    RunStep,
)

FINISHED = (RunState.PUBLISHED, RunState.FAILED, RunState.SUPERSEDED)


def drop_old_runs(*, keep: int) -> int:
    """Delete results of old runs that no reader can reach: not recent, not live. The run rows stay as history."""
    unreachable = CandidateList.objects.exclude(run__in=LiveResult.objects.values("run")).exclude(
        run__in=_recent_runs(keep)
    )
    runs = list(
        unreachable.filter(run__state__in=(RunState.PUBLISHED, RunState.FAILED))
        .values_list("run_id", flat=True)
        .distinct()
    )
    Match.objects.unscoped(reason="the store tidies").filter(run__in=runs).delete()
    CandidateList.objects.filter(run__in=runs).delete()
    return len(runs)


def drop_old_work(*, keep: int) -> None:
    """Delete steps and statistics nobody needs any more: not of recent, live or unfinished runs, nor of runs that have
    failed since the last full one, whose needs are still to be matched.

    The newest statistics stay too: delta runs reuse them.
    """
    runs = MatchRun.objects.unscoped(reason="the store tidies")
    last_full = runs.filter(kind=RunKind.FULL, state=RunState.PUBLISHED).aggregate(last=Coalesce(Max("pk"), 0))["last"]
    is_made_up_for = ~Q(state=RunState.FAILED) | Q(pk__lt=last_full)
    kept = Q(pk__in=_recent_runs(keep)) | Q(pk__in=LiveResult.objects.values("run")) | ~Q(state__in=FINISHED)
    old = runs.filter(is_made_up_for).exclude(kept)
    RunStep.objects.filter(run__in=old.values("pk")).delete()
    old.filter(statistics__isnull=False).update(statistics=None)
    old.filter(meaning_statistics__isnull=False).update(meaning_statistics=None)
    for table in (LexicalStatistics, MeaningStatistics):
        newest = table.objects.order_by("-pk").values_list("pk", flat=True)[:1]
        table.objects.filter(runs__isnull=True).exclude(pk__in=list(newest)).delete()


def _recent_runs(keep: int) -> set[int]:
    """The last `keep` published runs, and the last `keep` full ones: a day of changes does not end the comparison of
    one night with the other.
    """
    published = MatchRun.objects.unscoped(reason="the store tidies").filter(state=RunState.PUBLISHED)
    newest = published.order_by("-pk").values_list("pk", flat=True)
    return {*newest[:keep], *newest.filter(kind=RunKind.FULL)[:keep]}
