"""Files of a zone are written one after the other, and none that was compared before another was written: a row that
was new then may be on record by now, and nothing but the comparison would say so.
"""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from ledger.locks import Lock, hold_of
from zones.choices import ImportState
from zones.errors import Conflict
from zones.models import ImportJob

WHY = "whether another file of the zone was written since"


def after_others(job: ImportJob) -> datetime:
    """Wait for a file of the zone that is being written; returns since when this one is compared."""
    with transaction.atomic():
        hold_of(Lock.IMPORT, job.zone_id)
        with connection.cursor() as cursor:
            cursor.execute("SELECT statement_timestamp()")
            began: datetime = cursor.fetchone()[0]
        return began


def must_be_compared_last(job: ImportJob) -> None:
    """In the transaction that writes. Raises Conflict where rows of the kind were written since they were compared."""
    hold_of(Lock.IMPORT, job.zone_id)
    others = ImportJob.objects.unscoped(reason=WHY).filter(zone=job.zone_id, kind=job.kind).exclude(pk=job.pk)
    if others.filter(state=ImportState.APPLIED, applied_at__gt=job.staged_at).exists():
        raise Conflict(_("核对之后，本园区另一个同类文件已写入：请重新核对，再写入。"))
