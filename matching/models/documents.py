"""What index and engine read of resources and needs: derived from their rows, rebuildable at any time, followed by
every host's index and by every process that watches.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from ledger.classification import classified
from matching.models.needs import Need
from zones.models import Resource


@classified(scoped="resource resource_version encoding sequence is_searchable tokens scopes text_hash packed")
class ResourceDocument(models.Model):
    """Tokens and scopes for the text index, `packed` for the engine. Stale when version or encoding differ from
    today's.

    `sequence` numbers the batches in which documents were made, in commit order: an index follows with `sequence >
    seen`.
    """

    resource = models.OneToOneField(Resource, primary_key=True, on_delete=models.CASCADE, related_name="document")
    resource_version = models.PositiveIntegerField()
    encoding = models.PositiveSmallIntegerField()
    sequence = models.BigIntegerField(db_index=True)
    is_searchable = models.BooleanField()
    tokens = models.TextField()
    scopes = ArrayField(models.CharField(max_length=40))
    text_hash = models.BinaryField(default=b"")
    packed = models.BinaryField()

    class Meta:
        verbose_name = verbose_name_plural = _("检索文档")

    def __str__(self) -> str:
        return f"{self.resource_id} v{self.resource_version}"


@classified(scoped="need need_version encoding context sequence is_open text_hash packed")
class NeedDocument(models.Model):
    """An open need `packed` for the engine; empty for one that is not open. Stale when version, encoding or context
    differ from today's.

    `context` stands for what the record takes from other tables (`surroundings.NeedContext`); `sequence` numbers the
    batches in commit order, as in `ResourceDocument`.
    """

    need = models.OneToOneField(Need, primary_key=True, on_delete=models.CASCADE, related_name="document")
    need_version = models.PositiveIntegerField()
    encoding = models.PositiveSmallIntegerField()
    context = models.CharField(max_length=32)
    sequence = models.BigIntegerField(db_index=True)
    is_open = models.BooleanField()
    text_hash = models.BinaryField(default=b"")
    packed = models.BinaryField()

    class Meta:
        verbose_name = verbose_name_plural = _("需求文档")

    def __str__(self) -> str:
        return f"{self.need_id} v{self.need_version}"
