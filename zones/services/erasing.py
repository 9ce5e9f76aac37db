"""A person is erased: what only they needed is deleted, their words are taken out of everything else, histories among
them, and the account stays as a number that did what is evidence of others.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.events import record_fact
from ledger.history import event_model
from ledger.retention import blank_history
from ledger.traces import Words, take_out, unguarded
from zones.choices import RegistrationState, Role
from zones.errors import InvalidInput, NotAllowed
from zones.models import ContactPoint, ImportFile, ImportRow, Registration, StaffRole, Zone
from zones.scoping import SYSTEM, Principal, in_force, today
from zones.services.accounts import standing_roles
from zones.services.persons import Person, contacts_after, must_be_own, person_of, tables_that_go
from zones.services.retention import CONTACT, forget_file
from zones.services.staff import end_role

ERASED: Final = "erased-"
WAITS_FOR_ROWS: Final = "10s"
"""Somebody waits for the page, and others for the rows that are held."""
REASON: Final = "a person is erased wherever they are known"


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure came to: rows deleted and changed, by table."""

    deleted: dict[str, int]
    changed: dict[str, int]


def is_erased(user: User) -> bool:
    return user.username.startswith(ERASED)


@transaction.atomic
def erase_person(principal: Principal, *, user: User) -> Erased:
    """Erase a person for themselves or as the system. Raises NotAllowed where somebody else has to take over first."""
    must_be_own(principal, user)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = %s", [WAITS_FOR_ROWS])
    locked = User.objects.select_for_update().get(pk=user.pk)
    must_be_erasable(locked)
    person = person_of(locked)
    for role in StaffRole.objects.unscoped(reason=REASON).filter(standing_roles(), user=locked).order_by("pk"):
        end_role(SYSTEM, role_id=role.pk, valid_to=today())
    with unguarded():
        deleted = _delete(person)
        _empty(locked)
        _forget_files(person.words)
        changed = take_out(person.words, person.ties)
    payload = {"user": str(locked.public_id), "by": "self" if principal.user_id == locked.pk else "system",
               "deleted": sum(deleted.values()), "changed": sum(changed.values())}  # fmt: skip
    record_fact("person.erased", object_type="accounts.user", key=locked.pk, payload=payload)
    return Erased(deleted, changed)


def must_be_erasable(user: User) -> None:
    """Raises NotAllowed, saying what to do first."""
    why_not = hindrance(user)
    if why_not:
        raise NotAllowed(why_not)


def hindrance(user: User) -> str:
    """Why the person cannot be erased now, with what to do first; empty where nothing stands against it."""
    if is_erased(user):
        return _("此账号的个人信息已经删除。")
    waiting = Registration.objects.unscoped(reason=REASON).filter(user=user, state=RegistrationState.WAITING)
    if waiting.exists():
        return _("单位注册还在等待核验：请先撤回注册，再删除个人信息。")
    zone = next(iter(_zones_left_alone(user)), None)
    if zone is not None:
        told = {"zone": zone}
        return _("您是%(zone)s唯一的园区负责人：请先授予另一人“园区负责人”，再删除个人信息。") % told
    if user.is_superuser and not User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk).exists():
        return _("这是唯一的系统管理员账号：请先新建另一个，再删除个人信息。")
    return ""


def _zones_left_alone(user: User) -> list[Zone]:
    """Zones that would be left without a manager."""
    rows = StaffRole.objects.unscoped(reason=REASON).filter(in_force(today()), role=Role.ZONE_MANAGER)
    others = rows.filter(user__is_active=True).exclude(user=user)
    mine = rows.filter(user=user).exclude(zone__in=others.values("zone_id"))
    return list(Zone.objects.filter(pk__in=mine.values("zone_id")))


def _delete(person: Person) -> dict[str, int]:
    """What only the account needed, and the contacts that are the person's."""
    counts: dict[str, int] = {}
    keys = [row.pk for row in person.contacts]
    _count(counts, contacts_after(person).delete())
    blank_history(ContactPoint, keys, *CONTACT)
    for rows in sorted(tables_that_go(person), key=lambda one: event_model(one.model) is not None):
        _count(counts, rows.delete())
    return counts


def _count(counts: dict[str, int], done: tuple[int, dict[str, int]]) -> None:
    for label, count in done[1].items():
        counts[label] = counts.get(label, 0) + count


def _empty(user: User) -> None:
    """The account stays for what it did; nothing of it tells who it was, and nobody can log in with it."""
    user.username, user.display_name = f"{ERASED}{user.public_id.hex[:12]}", _("已注销账号")
    user.first_name = user.last_name = user.email = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.save()


def _forget_files(words: Words) -> None:
    """Uploaded files whose rows hold a word of the person: name and counts stay, as after their time."""
    pattern = words.sure
    rows = ImportRow.objects.unscoped(reason=REASON).filter(values__iregex=pattern) if pattern else []
    keys = {row.job.file_id for row in rows}
    files: Any = ImportFile.objects.unscoped(reason=REASON).filter(Q(pk__in=keys))
    forget_file(files)


def must_be_password_of(user: User, password: str) -> None:
    """Raises InvalidInput."""
    if not user.check_password(password):
        raise InvalidInput.single("password", _("密码不正确：请重新输入。"))
