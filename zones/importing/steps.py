"""Steps of import jobs: claimed by lease, finished under the fence in one transaction. Messages only ring for them."""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from ledger.audit import acting
from ledger.bell import IMPORT
from ledger.crash import crash_point
from ledger.events import record_event
from ledger.leases import claim, claimable, finish, give_back, renewed, ring_forgotten
from zones.choices import ImportStage, ImportState
from zones.errors import DomainError
from zones.importing.applying import apply_rows, mark_moved, mark_restating, undo_rows
from zones.importing.published import Restates
from zones.importing.staging import stage
from zones.models import ImportJob, ImportStep
from zones.scoping import SYSTEM, Principal, scope_of
from zones.services.batches import Moved

log = logging.getLogger(__name__)
WHY = "the job was claimed by its step"
MAX_ATTEMPTS = 3
RETRY_AFTER = timedelta(seconds=2)
STAGES: dict[str, Callable[[ImportJob, Principal], Callable[[], None]]] = {
    ImportStage.READ: stage,
    ImportStage.APPLY: apply_rows,
    ImportStage.UNDO: undo_rows,
}
"""stage → function that does what needs no transaction and returns what is to be written."""
AFTER_REFUSAL = {
    ImportStage.READ: ImportState.REFUSED,
    ImportStage.APPLY: ImportState.STAGED,
    ImportStage.UNDO: ImportState.APPLIED,
}
"""Where a job stands when its step was refused: nothing was written."""


class LostLease(Exception):
    """Somebody else has the step now: what was done here is dropped."""


def work_on(step_id: int) -> bool:
    """Do one step if it can be claimed. True when it was done here."""
    steps = ImportStep.objects.select_related("job__zone__region", "job__file", "job__organization")
    step = claim(steps, step_id)
    if step is None:
        return False
    reason = f"import {step.job.public_id}"
    with acting(reason, user_id=step.job.requested_by_id), translation.override(_language(step.job)):
        return _work(step)


def work_until_idle(job: ImportJob) -> None:
    """Do what the job has open, here and now; for commands that work themselves."""
    open_steps = ImportStep.objects.filter(claimable(), job=job).order_by("pk")
    while (step_id := open_steps.values_list("pk", flat=True).first()) is not None:
        work_on(step_id)


def ring_again() -> int:
    """Ring for steps nobody came for; returns how many times."""
    return ring_forgotten(ImportStep.objects.all(), IMPORT)


def principal_of(job: ImportJob) -> Principal:
    """The rights of whoever asked, as they are now; a job without a user is the operator's."""
    return scope_of(job.requested_by) if job.requested_by_id else SYSTEM


def _language(job: ImportJob) -> str:
    return getattr(job.requested_by, "language", "") or "zh-hans"


def _work(step: ImportStep) -> bool:
    if step.attempts > MAX_ATTEMPTS:
        return _give_up(step, error=step.last_error or "the process died each time")
    try:
        with renewed(ImportStep.objects.all(), step):
            write = STAGES[step.stage](step.job, principal_of(step.job))
            return _finish(step, write)
    except Moved as moved:
        return _end(step, error=moved.message, then=partial(mark_moved, step.job, moved))
    except Restates as restates:
        return _end(step, error=restates.message, then=partial(mark_restating, step.job, restates))
    except DomainError as error:
        return _end(step, error=" ".join(sentences(error)))
    except LostLease:
        return False
    except Exception as error:  # a step may fail in any way: it is tried again, then given up
        log.exception("import step %s failed", step)
        return _retry(step, error)


def sentences(error: DomainError) -> list[str]:
    """What a domain error says, without the names of fields."""
    errors = getattr(error, "errors", None)
    return [message for messages in errors.values() for message in messages] if errors else [error.message]


def _finish(step: ImportStep, write: Callable[[], None]) -> bool:
    """One transaction: the writing, then the fence; a zombie's writing is rolled back."""
    with transaction.atomic():
        write()
        crash_point(f"before_finish_import_{step.stage}")
        if not finish(ImportStep.objects.all(), step):
            raise LostLease
        _tell(step)
    return True


def _end(step: ImportStep, *, error: str, then: Callable[[], None] | None = None) -> bool:
    """The step is over without effect; the job says why and stands where it stood before."""
    with transaction.atomic():
        if not finish(ImportStep.objects.all(), step):
            return False
        _set_back(step, error)
        if then is not None:
            then()
        _tell(step, "import.refused")
    return True


def _give_up(step: ImportStep, *, error: str) -> bool:
    """After the last attempt: the step keeps the reason for operators, the job says what people can do."""
    with transaction.atomic():
        if not give_back(ImportStep.objects.all(), step, error=error, wait=RETRY_AFTER, may_retry=False):
            return False
        _set_back(step, _("未能完成，未写入任何内容：请稍后重试；再次失败请联系管理员。"))
        _tell(step, "import.refused")
    return True


def _tell(step: ImportStep, kind: str = "") -> None:
    """The outbox row of what came of a step; without a kind it is where the job stands now."""
    job = ImportJob.objects.unscoped(reason=WHY).only("public_id", "state").get(pk=step.job_id)
    kind = kind or f"import.{job.state}"
    record_event(kind, object_type="zones.importjob", public_id=job.public_id, version=step.pk)


def _set_back(step: ImportStep, message: str) -> None:
    jobs = ImportJob.objects.unscoped(reason=WHY).filter(pk=step.job_id)
    jobs.update(state=AFTER_REFUSAL[ImportStage(step.stage)], message=message[:2000], row_done=0)


def _retry(step: ImportStep, error: Exception) -> bool:
    text = f"{type(error).__name__}: {error}"
    if step.attempts >= MAX_ATTEMPTS:
        return _give_up(step, error=text)
    give_back(ImportStep.objects.all(), step, error=text, wait=RETRY_AFTER * step.attempts, may_retry=True)
    return False
