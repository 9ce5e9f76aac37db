"""What index and engine read of a resource: derived from its row, rebuildable at any time, followed by every
host's index.
"""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from ledger.classification import classified
from zones.models import Resource

MARK_CHANGE = """
INSERT INTO ledger_changemark (subject, object_id, "transaction")
VALUES ('document', NEW.resource_id, pg_current_xact_id()::text::bigint);
RETURN NEW;
"""


@classified(scoped="resource resource_version encoding is_searchable tokens scopes packed")
class ResourceDocument(models.Model):
    """Tokens and scopes for the text index, `packed` for the engine. Stale when version or encoding differ from
    today's.
    """

    resource = models.OneToOneField(Resource, primary_key=True, on_delete=models.CASCADE, related_name="document")
    resource_version = models.PositiveIntegerField()
    encoding = models.PositiveSmallIntegerField()
    is_searchable = models.BooleanField()
    tokens = models.TextField()
    scopes = ArrayField(models.CharField(max_length=40))
    packed = models.BinaryField()

    class Meta:
        verbose_name = verbose_name_plural = _("检索文档")
        triggers = (
            pgtrigger.Trigger(
                name="mark_change",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=MARK_CHANGE,
            ),
        )

    def __str__(self) -> str:
        return f"{self.resource_id} v{self.resource_version}"
