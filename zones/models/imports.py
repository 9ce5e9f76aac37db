"""Imports: the quarantined file, the job that stages and applies it, a verdict per row, a zone's mapped columns."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.classification import classified
from ledger.models import LeasedWork
from zones.choices import ImportKind, ImportStage, ImportState, Verdict
from zones.models.base import ScopedModel
from zones.models.organizations import Organization
from zones.models.places import Zone


@classified(public="id public_id zone name created_at", scoped="size sha256 uploaded_by", secret="content")
class ImportFile(ScopedModel):
    """A file as it came: kept apart, opened by a child process only, never served again."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, verbose_name=_("高新区"))
    name = models.CharField(_("文件名"), max_length=120)
    size = models.PositiveIntegerField(_("大小（字节）"))
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("上传人")
    )
    created_at = models.DateTimeField(_("创建时间"), db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("-id",)
        verbose_name = verbose_name_plural = _("导入文件")

    def __str__(self) -> str:
        return self.name


@classified(
    public="id public_id zone file kind state created_at staged_at applied_at undone_at",
    scoped="sheet organization mapping titles row_types counts message row_total row_done requested_by published "
    "reason_zh",
)
class ImportJob(ScopedModel):
    """One file on its way in: read, staged for everybody to look at, applied at once or not at all, undone."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, verbose_name=_("高新区"))
    file = models.ForeignKey(ImportFile, on_delete=models.PROTECT, related_name="jobs", verbose_name=_("导入文件"))
    kind = models.CharField(_("导入内容"), max_length=20, choices=ImportKind.choices)
    sheet = models.CharField(_("工作表"), max_length=60, blank=True)
    organization = models.ForeignKey(
        Organization,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        verbose_name=_("默认权属单位"),
        help_text=_("文件中没有写明权属单位的行归此单位"),
    )
    mapping = models.JSONField(_("列对应"), default=dict, blank=True)
    titles = models.JSONField(_("表头"), default=list, blank=True)
    row_types = models.JSONField(_("行类型"), default=dict, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=ImportState.choices, default=ImportState.READING)
    counts = models.JSONField(_("统计"), default=dict, blank=True)
    message = models.TextField(_("错误"), blank=True)
    published = models.JSONField(_("将与记录不符的已发布统计"), default=list, blank=True)
    reason_zh = models.CharField(_("改变已发布统计的原因"), max_length=300, blank=True)
    row_total = models.PositiveIntegerField(_("行数"), default=0)
    row_done = models.PositiveIntegerField(_("已完成"), default=0)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("操作人")
    )
    created_at = models.DateTimeField(_("创建时间"), db_default=Now(), editable=False)
    staged_at = models.DateTimeField(_("核对时间"), null=True, blank=True)
    applied_at = models.DateTimeField(_("写入时间"), null=True, blank=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ("-id",)
        verbose_name = _("导入任务")
        verbose_name_plural = pgettext_lazy("plural", "导入任务")
        constraints = (
            models.CheckConstraint(
                name="applied_import_has_its_time",
                condition=~Q(state__in=[ImportState.APPLIED, ImportState.UNDOING, ImportState.UNDONE])
                | Q(applied_at__isnull=False),
            ),
            models.CheckConstraint(
                name="undone_import_has_its_time", condition=~Q(state=ImportState.UNDONE) | Q(undone_at__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"


@classified(scoped="id job number verdict values messages record_id record_version before written_version")
class ImportRow(ScopedModel):
    """One row of the file: what it says, what is wrong with it, and, once applied, what stood there before.

    `record_version` is the version the verdict was made from, `written_version` the one the job wrote.
    """

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="rows", verbose_name=_("导入任务"))
    number = models.PositiveIntegerField(_("行号"))
    verdict = models.CharField(_("结论"), max_length=10, choices=Verdict.choices)
    values = models.JSONField(_("内容"), default=dict)
    messages = models.JSONField(_("提示"), default=list)
    record_id = models.BigIntegerField(null=True, blank=True)
    record_version = models.PositiveIntegerField(null=True, blank=True)
    before = models.JSONField(null=True, blank=True)
    written_version = models.PositiveIntegerField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ("job", "number")
        verbose_name = verbose_name_plural = _("导入行")
        constraints = (models.UniqueConstraint(fields=["job", "number"], name="one_import_row_per_number"),)

    def __str__(self) -> str:
        return f"{self.job_id} {self.number}"


@classified(scoped="id job stage state fence attempts lease_until next_at rung_at last_error")
class ImportStep(LeasedWork):
    """One piece of a job's work, the unit of a task: read, apply or undo."""

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=10, choices=ImportStage.choices)

    class Meta:
        ordering = ("id",)
        verbose_name = verbose_name_plural = _("导入步骤")
        indexes = (models.Index(fields=["state", "next_at"], name="import_step_due"),)
        constraints = (
            models.UniqueConstraint(
                fields=["job"], condition=Q(state__in=["queued", "leased"]), name="one_open_import_step_per_job"
            ),
        )

    def __str__(self) -> str:
        return f"{self.job_id} {self.stage}"


@classified(scoped="id zone kind columns updated_at")
class ImportMapping(ScopedModel):
    """Which column title of a zone's files means which field: the first guess for its next file of that kind."""

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, verbose_name=_("高新区"))
    kind = models.CharField(_("导入内容"), max_length=20, choices=ImportKind.choices)
    columns = models.JSONField(_("列对应"), default=dict)
    updated_at = models.DateTimeField(_("更新时间"), db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        verbose_name = verbose_name_plural = _("列对应")
        constraints = (models.UniqueConstraint(fields=["zone", "kind"], name="one_import_mapping_per_kind"),)

    def __str__(self) -> str:
        return f"{self.zone} {self.get_kind_display()}"
