"""Runs: a scoring configuration applied to needs in leased chunks, its candidates and matches, and the live pointer.

Results are keyed (run, need, resource); readers go through `LiveResult` and so see one run or the next, never part
of one.
"""

import uuid

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ledger.classification import classified
from ledger.models import LeasedWork
from matching.choices import RunKind, RunStage, RunState
from matching.models.needs import Need
from zones.models import Resource
from zones.models.base import ScopedModel


@pghistory.track()
@classified(public="id number parameters note is_active created_at", scoped="created_by evidence")
class ScoringConfig(models.Model):
    """One version of the weights and thresholds of the engine. Never changed: a new version is a new row."""

    number = models.PositiveIntegerField(_("版本号"), unique=True)
    parameters = models.JSONField(_("参数"))
    note = models.CharField(_("说明"), max_length=200, blank=True)
    evidence = models.JSONField(
        _("依据"), default=dict, blank=True, help_text=_("由评价学得的版本：数值、区间与数据范围")
    )
    is_active = models.BooleanField(_("启用"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("创建人")
    )
    created_at = models.DateTimeField(_("创建时间"), db_default=Now(), editable=False)

    class Meta:
        ordering = ("-number",)
        verbose_name = verbose_name_plural = _("评分配置")
        constraints = (
            models.UniqueConstraint(
                fields=["is_active"], condition=Q(is_active=True), name="one_active_scoring_config"
            ),
        )

    def __str__(self) -> str:
        return f"v{self.number}"


@classified(scoped="id digest encoding document_count packed created_at")
class LexicalStatistics(models.Model):
    """Frozen term statistics of all resource documents: a full run makes them, delta runs reuse them: scores stay
    comparable.
    """

    digest = models.CharField(max_length=64, unique=True)
    encoding = models.PositiveSmallIntegerField()
    document_count = models.PositiveIntegerField()
    packed = models.BinaryField()
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-id",)
        verbose_name = verbose_name_plural = _("词频统计")

    def __str__(self) -> str:
        return self.digest[:12]


@classified(
    public="id public_id kind state created_at started_at published_at",
    scoped="need_total need_done quarantined config statistics as_of reason code_version input_hash "
    "index_version resource_total counts meaning_model meaning_statistics vector_version need_by_meaning meaning_error "
    "rerank_model need_reranked rerank_error "
    "removed_by_reason durations error",
)
class MatchRun(ScopedModel):
    """One run; its work stands in `RunStep` rows."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("类型"), max_length=10, choices=RunKind.choices)
    state = models.CharField(_("状态"), max_length=12, choices=RunState.choices, default=RunState.PREPARING)
    config = models.ForeignKey(ScoringConfig, on_delete=models.PROTECT, related_name="runs", verbose_name=_("评分配置"))
    statistics = models.ForeignKey(LexicalStatistics, null=True, on_delete=models.PROTECT, related_name="runs")
    meaning_model = models.CharField(_("语义模型"), max_length=200, blank=True, help_text=_("空：只按词语比较"))
    meaning_statistics = models.ForeignKey(
        "matching.MeaningStatistics", null=True, on_delete=models.PROTECT, related_name="runs"
    )
    vector_version = models.BigIntegerField(default=0)
    need_by_meaning = models.PositiveIntegerField(_("按语义比较的需求数"), default=0)
    meaning_error = models.CharField(max_length=300, blank=True)
    rerank_model = models.CharField(_("精排模型"), max_length=200, blank=True, help_text=_("空：不精排"))
    need_reranked = models.PositiveIntegerField(_("精排的需求数"), default=0)
    rerank_error = models.CharField(max_length=300, blank=True)
    as_of = models.DateField(_("计算基准日"))
    reason = models.CharField(_("触发原因"), max_length=120, blank=True)
    code_version = models.CharField(max_length=40)
    input_hash = models.CharField(max_length=64, blank=True)
    index_version = models.BigIntegerField(default=0)
    need_total = models.PositiveIntegerField(_("需求数"), default=0)
    need_done = models.PositiveIntegerField(_("已完成"), default=0)
    resource_total = models.PositiveIntegerField(_("资源数"), default=0)
    quarantined = models.PositiveIntegerField(_("隔离数"), default=0)
    counts = models.JSONField(_("统计"), default=dict)
    removed_by_reason = models.JSONField(_("过滤原因"), default=dict)
    durations = models.JSONField(_("耗时（秒）"), default=dict)
    error = models.TextField(_("错误"), blank=True)
    created_at = models.DateTimeField(_("创建时间"), db_default=Now(), editable=False)
    started_at = models.DateTimeField(_("开始时间"), null=True, blank=True)
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ("-id",)
        verbose_name = verbose_name_plural = _("匹配任务")
        constraints = (
            models.CheckConstraint(
                name="published_run_has_its_time", condition=~Q(state="published") | Q(published_at__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"

    @property
    def percent(self) -> int:
        """Progress 0–100 of the scoring stage; 100 only when published."""
        return percent_of(self.state, self.need_done, self.need_total)


def percent_of(state: str, done: int, total: int) -> int:
    """Progress of a run as `MatchRun.percent` tells it, from columns read by hand."""
    if state == RunState.PUBLISHED:
        return 100
    return min(99, 100 * done // total) if total else 0


@classified(
    scoped="id run stage ordinal need_ids state fence attempts lease_until next_at rung_at last_error result seconds"
)
class RunStep(LeasedWork):
    """One piece of a run's work, the unit of a task: prepare (once), score (some needs each), assign and publish
    (once).
    """

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=10, choices=RunStage.choices)
    ordinal = models.PositiveIntegerField(default=0)
    need_ids = ArrayField(models.BigIntegerField(), default=list)
    result = models.JSONField(default=dict)
    seconds = models.FloatField(default=0)

    class Meta:
        ordering = ("run", "stage", "ordinal")
        verbose_name = verbose_name_plural = _("任务步骤")
        indexes = (models.Index(fields=["state", "next_at"], name="run_step_due"),)
        constraints = (models.UniqueConstraint(fields=["run", "stage", "ordinal"], name="one_run_step_per_ordinal"),)

    def __str__(self) -> str:
        return f"{self.run_id} {self.stage} {self.ordinal}"


@classified(
    scoped="id run need need_version resource_ids resource_versions parts scores confidences rank_values bar "
    "told_places removed_by_reason facts"
)
class CandidateList(models.Model):
    """The best candidates of one need in one run, as arrays: row i of each array is candidate i, best first.

    `parts`: float64[candidates × components] row by row, NaN for unknown; `told_places`: where, from 0, the few stand
    that come first without the need's budget; `facts`: what the explanations of the first few need. `bar`: the rank
    value of the last candidate before any judgment of a reranking model, which a newcomer must reach.
    """

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="candidate_lists", db_index=False)
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="candidate_lists")
    need_version = models.PositiveIntegerField()
    resource_ids = ArrayField(models.BigIntegerField())
    resource_versions = ArrayField(models.IntegerField())
    parts = models.BinaryField()
    scores = ArrayField(models.FloatField())
    confidences = ArrayField(models.FloatField())
    rank_values = ArrayField(models.FloatField())
    bar = models.FloatField(default=0)
    told_places = ArrayField(models.PositiveSmallIntegerField(), default=list)
    removed_by_reason = models.JSONField(default=dict)
    facts = models.JSONField(default=list)

    class Meta:
        verbose_name = verbose_name_plural = _("候选")
        constraints = (models.UniqueConstraint(fields=["run", "need"], name="one_candidate_list_per_need"),)

    def __str__(self) -> str:
        return f"{self.run_id} {self.need_id}"


@classified(
    public="id public_id run need resource told_score told_confidence need_version resource_version",
    scoped="rank score confidence is_assigned is_told contributions facts",
)
class Match(ScopedModel):
    """One suggested pair of one run. `contributions` sum to `score`; `facts` is what else the explanation is made from.

    Score, confidence, rank and assignment depend on the need's budget and are for its side. Others see the pair only if
    it `is_told`, among the first of the need without the budget, and are told the numbers without it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    run = models.ForeignKey(
        MatchRun, on_delete=models.CASCADE, related_name="matches", db_index=False, verbose_name=_("匹配任务")
    )
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="matches", verbose_name=_("需求"))
    resource = models.ForeignKey(
        Resource, on_delete=models.CASCADE, related_name="matches", db_index=False, verbose_name=_("资源")
    )
    need_version = models.PositiveIntegerField()
    resource_version = models.PositiveIntegerField()
    rank = models.PositiveSmallIntegerField(_("排名"))
    score = models.FloatField(_("得分"))
    confidence = models.FloatField(_("把握度"))
    told_score = models.FloatField(_("不计预算的得分"))
    told_confidence = models.FloatField(_("不计预算的把握度"))
    contributions = models.JSONField(_("得分构成"))
    facts = models.JSONField(_("依据"))
    is_assigned = models.BooleanField(_("推荐"), default=False)
    is_told = models.BooleanField(_("双方可见"), default=False)

    class Meta(ScopedModel.Meta):
        ordering = ("need", "rank")
        verbose_name = verbose_name_plural = _("匹配结果")
        indexes = (models.Index(fields=["resource", "run"], name="match_resource_run"),)
        constraints = (
            models.UniqueConstraint(fields=["run", "need", "resource"], name="one_match_per_pair_and_run"),
            models.UniqueConstraint(fields=["run", "need", "rank"], name="one_match_per_rank"),
            models.CheckConstraint(
                name="match_score_in_range",
                condition=Q(score__gte=0, score__lte=1, confidence__gte=0, confidence__lte=1),
            ),
            models.CheckConstraint(
                name="match_told_in_range",
                condition=Q(told_score__gte=0, told_score__lte=1, told_confidence__gte=0, told_confidence__lte=1),
            ),
        )

    def __str__(self) -> str:
        return f"{self.need} → {self.resource}"


@classified(scoped="need run need_version sequence published_at")
class LiveResult(models.Model):
    """The live pointer: which run's result of a need readers see. Moved only by publishing.

    `sequence` numbers the publications in commit order: who follows them reads `sequence > seen`.
    """

    need = models.OneToOneField(Need, primary_key=True, on_delete=models.CASCADE, related_name="live_result")
    run = models.ForeignKey(MatchRun, on_delete=models.PROTECT, related_name="live_results")
    need_version = models.PositiveIntegerField(default=0)
    sequence = models.BigIntegerField(default=0, db_index=True)
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("当前结果")

    def __str__(self) -> str:
        return f"{self.need_id} → {self.run_id}"


LIVE = Q(run=F("need__live_result__run"))
"""Matches of the run that readers see."""
