"""Meaning of texts: vectors of resources and needs, what runs froze of them, and the leased work of making them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ledger.classification import classified
from ledger.models import LeasedWork
from matching.choices import VectorKind
from matching.models.needs import Need
from zones.models import Resource


class Vector(models.Model):
    """A text as `model` embeds it: int16[dimensions], little endian (docs/decisions/0020-exact-meaning.md).

    Current while `text_hash` is that of the document; `sequence` numbers the batches in commit order, over both tables.
    """

    model = models.CharField(max_length=200)
    dimensions = models.PositiveSmallIntegerField()
    text_hash = models.BinaryField()
    sequence = models.BigIntegerField()
    packed = models.BinaryField()

    class Meta:
        abstract = True


@classified(scoped="id resource model dimensions text_hash sequence packed")
class ResourceVector(Vector):
    """What a resource offers, as a passage."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="vectors")

    class Meta:
        verbose_name = verbose_name_plural = _("资源向量")
        indexes = (models.Index(fields=["model", "sequence"], name="resource_vector_batch"),)
        constraints = (models.UniqueConstraint(fields=["resource", "model"], name="one_vector_per_resource"),)

    def __str__(self) -> str:
        return f"{self.resource_id} {self.model}"


@classified(scoped="id need model dimensions text_hash sequence packed")
class NeedVector(Vector):
    """What a need asks for, as a query."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="vectors")

    class Meta:
        verbose_name = verbose_name_plural = _("需求向量")
        indexes = (models.Index(fields=["model", "sequence"], name="need_vector_batch"),)
        constraints = (models.UniqueConstraint(fields=["need", "model"], name="one_vector_per_need"),)

    def __str__(self) -> str:
        return f"{self.need_id} {self.model}"


@classified(scoped="id digest model packed created_at")
class MeaningStatistics(models.Model):
    """Frozen means and sample of vectors: a full run makes them, delta runs reuse them: scores stay comparable."""

    digest = models.CharField(max_length=64, unique=True)
    model = models.CharField(max_length=200)
    packed = models.BinaryField()
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-id",)
        verbose_name = verbose_name_plural = _("向量统计")

    def __str__(self) -> str:
        return self.digest[:12]


@classified(scoped="id kind model object_ids state fence attempts lease_until next_at rung_at last_error created_at")
class EmbeddingStep(LeasedWork):
    """Some texts to be embedded, the unit of a task."""

    kind = models.CharField(max_length=10, choices=VectorKind.choices)
    model = models.CharField(max_length=200)
    object_ids = ArrayField(models.BigIntegerField())
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("向量计算步骤")
        indexes = (models.Index(fields=["state", "next_at"], name="embedding_step_due"),)

    def __str__(self) -> str:
        return f"{self.kind} {len(self.object_ids)} {self.model}"
