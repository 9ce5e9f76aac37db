"""Rows of the ground floor: outbox events, ticks, change marks and worker liveness. What a task is doing lives
with its own rows.
"""

import uuid

import pgtrigger
from django.db import models
from django.db.models.functions import Now

from ledger.classification import classified

MARK_EVENTS = "INSERT INTO ledger_changemark (subject, object_id) SELECT 'outbox', id FROM written; RETURN NULL;"


@classified(scoped="id kind object_type object_public_id object_version dedupe_key payload created_at")
class OutboxEvent(models.Model):
    """One fact that upper floors may tell: written in the transaction of the fact, unique by `dedupe_key`."""

    kind = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_public_id = models.UUIDField()
    object_version = models.PositiveIntegerField(default=1)
    dedupe_key = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("id",)
        verbose_name = verbose_name_plural = "待发事件"
        indexes = (models.Index(fields=["kind", "id"], name="outbox_kind"),)
        triggers = (
            pgtrigger.Trigger(
                name="mark_event",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="written"),  # type: ignore[no-untyped-call]
                func=MARK_EVENTS,
            ),
        )

    def __str__(self) -> str:
        return self.dedupe_key


@classified(scoped="id task due_slot created_at")
class Tick(models.Model):
    """One due moment of one periodic task. UNIQUE(task, due_slot): two beats make one tick."""

    task = models.CharField(max_length=60)
    due_slot = models.DateTimeField()
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "节拍"
        constraints = (models.UniqueConstraint(fields=["task", "due_slot"], name="one_tick_per_slot"),)

    def __str__(self) -> str:
        return f"{self.task} {self.due_slot:%Y-%m-%d %H:%M:%S}"


@classified(scoped="id subject object_id created_at")
class ChangeMark(models.Model):
    """One change of a watched row, written by a database trigger, so no writer can forget it; taken by
    `ledger.changes`.
    """

    subject = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "变更标记"
        indexes = (models.Index(fields=["subject"], name="change_mark_subject"),)

    def __str__(self) -> str:
        return f"{self.subject} {self.object_id}"


@classified(scoped="id name host started_at seen_at index_version")
class WorkerLiveness(models.Model):
    """One row per worker process; the health page reads how long ago it was seen, on the database's clock."""

    name = models.CharField(max_length=120, unique=True)
    host = models.CharField(max_length=120)
    started_at = models.DateTimeField(db_default=Now(), editable=False)
    seen_at = models.DateTimeField()
    index_version = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "工作进程"

    def __str__(self) -> str:
        return self.name


class LeasedWork(models.Model):
    """A piece of work claimed by lease. `fence` grows with each claim: a zombie's result carries an old fence and
    is dropped.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "排队"
        LEASED = "leased", "处理中"
        DONE = "done", "完成"
        FAILED = "failed", "失败"

    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    fence = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(db_default=Now())
    rung_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        abstract = True


@classified(scoped="id name epoch sequence")
class Follower(models.Model):
    """The one reader of a subject's change marks: its lock and the number of its last batch.

    `epoch` is new whenever counting begins anew: what was followed before is worth nothing then.
    """

    name = models.CharField(max_length=40, unique=True)
    epoch = models.UUIDField(default=uuid.uuid4)
    sequence = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "变更跟随"

    def __str__(self) -> str:
        return f"{self.name} @ {self.sequence}"


@classified(scoped="id key slot taken")
class PaceCount(models.Model):
    """How often something was tried in the slot of time that ends at `slot` (Unix seconds); `key` is a hash, so that
    nobody's address is kept.
    """

    key = models.CharField(max_length=64, unique=True)
    slot = models.BigIntegerField()
    taken = models.PositiveIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = "频次"

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.taken}"


@classified(scoped="id key free_at failures rests_until")
class Valve(models.Model):
    """How much more one target may be told now. `free_at` is when its bucket is full again; `rests_until` is set while
    it is left alone, after failures or because it asked for it. `key` is a hash: no address is kept.
    """

    key = models.CharField(max_length=64, unique=True)
    free_at = models.DateTimeField()
    failures = models.PositiveIntegerField(default=0)
    rests_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "发送阀"

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.failures}"


@classified(secret="id user_id key_hash asked_hash status headers body created_at")
class KeptAnswer(models.Model):
    """What was answered to a request that named a key: the same request gets it again, for a while.

    `user_id` is no foreign key: the ground floors know nothing of each other.
    """

    user_id = models.BigIntegerField()
    key_hash = models.CharField(max_length=64, unique=True)
    asked_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.TextField()
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "已给出的答复"
        indexes = (models.Index(fields=["created_at"], name="kept_answer_age"),)

    def __str__(self) -> str:
        return f"{self.key_hash[:8]}: {self.status}"
