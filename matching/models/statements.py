"""What a broker has said of an alarm: that a text which looks like a person or a name is neither, and why."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ledger.classification import classified
from lexicon.leaks import LeakKind
from matching.models.needs import Need
from zones.models.base import ScopedModel


@pghistory.track()
@classified(scoped="id need kind field fingerprint reason stated_by stated_at")
class LeakStatement(ScopedModel):
    """A text in a field of a need that tells no identity, by its fingerprint: another text there is asked for anew."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="leak_statements", verbose_name=_("需求"))
    kind = models.CharField(
        _("疑为"),
        max_length=10,
        choices=[(LeakKind.PERSON.value, _("联系人姓名")), (LeakKind.NAME.value, _("单位名称或品牌"))],
    )
    field = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)
    reason = models.CharField(_("理由"), max_length=200)
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("说明人")
    )
    stated_at = models.DateTimeField(_("说明时间"), db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        ordering = ("id",)
        verbose_name = verbose_name_plural = _("非单位信息的说明")
        constraints = (models.UniqueConstraint(fields=["need", "fingerprint"], name="one_statement_per_text"),)

    def __str__(self) -> str:
        return f"{self.need_id}: {self.field}"
