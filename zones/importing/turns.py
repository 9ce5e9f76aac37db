"""Files of a zone are written and taken back one after the other, and none is written that was compared before another
was: a row that was new then may be on record by now, or one that was on record gone, and nothing but the comparison
would say so.
"""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ledger.locks import Lock, hold_of
from zones.choices import ImportState
from zones.errors import Conflict
from zones.models import ImportJob

WHY = "whether another file of the zone was written or taken back since"


def take_turn(job: ImportJob) -> None:
    """Wait for a file of the zone that is being written or taken back; others wait until the transaction ends."""
    hold_of(Lock.IMPORT, job.zone_id)


def after_others(job: ImportJob) -> datetime:
    """Since when the file is compared, once no other of the zone is being written or taken back."""
    with transaction.atomic():
        take_turn(job)
        with connection.cursor() as cursor:
            cursor.execute("SELECT statement_timestamp()")
            began: datetime = cursor.fetchone()[0]
        return began


def must_be_compared_last(job: ImportJob) -> None:
    """In the transaction that writes. Raises Conflict where rows of the kind were written or taken back since those of
    the job were compared.
    """
    take_turn(job)
    since = Q(state=ImportState.APPLIED, applied_at__gt=job.staged_at)
    since |= Q(state=ImportState.UNDONE, undone_at__gt=job.staged_at)
    others = ImportJob.objects.unscoped(reason=WHY).filter(zone=job.zone_id, kind=job.kind).exclude(pk=job.pk)
    if others.filter(since).exists():
        raise Conflict(_("核对之后，本园区另一个同类文件已写入或撤销：请重新核对，再写入。"))
