"""Who can log in. What a user may see or do is decided by staff roles and `zones.scoping`, never here."""

import uuid
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from knox.models import AbstractAuthToken

from accounts.scopes import Scope


class User(AbstractUser):  # type: ignore[django-manager-missing]
    """A log-in. `display_name` is what colleagues read: a role name in the demo, a person's name in production."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    display_name = models.CharField(_("显示名称"), max_length=80, blank=True)
    language = models.CharField(_("界面语言"), max_length=10, default="zh-hans")

    deactivated_by = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("账号")
        verbose_name_plural = pgettext_lazy("plural", "账号")

    def __str__(self) -> str:
        return self.display_name or self.username


class Session(AbstractBaseSession):
    """A browser that is logged in, or one that is not yet: Django's session, with whose it is and which browser."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    browser = models.CharField(_("浏览器"), max_length=200, blank=True)
    started_at = models.DateTimeField(_("登录时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("会话")

    @classmethod
    def get_session_store_class(cls) -> type[Any]:
        from accounts.sessions import SessionStore  # which reads this module

        return SessionStore


class Token(AbstractAuthToken):  # type: ignore[misc]
    """What a program logs in with, in place of a password: only its hash is kept (django-rest-knox).

    `password_mark` is Django's own mark of the owner's password, as sessions have it: whichever door changes the
    password, tokens made under the old one end with it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("名称"), max_length=60)
    scopes = ArrayField(models.CharField(max_length=30), verbose_name=_("权限"))
    used_at = models.DateTimeField(_("最近使用"), null=True)
    password_mark = models.CharField(max_length=128)

    class Meta:
        verbose_name = verbose_name_plural = _("令牌")
        constraints = (models.CheckConstraint(name="token_expires", condition=models.Q(expiry__isnull=False)),)

    def __str__(self) -> str:
        return self.name

    @property
    def scope_names(self) -> list[str]:
        return [str(Scope(scope).label) for scope in self.scopes]


class ExternalIdentity(models.Model):
    """An account of a zone's own identity provider that logs this account in: named by who vouches for it and by what
    that one calls it, never by an e-mail address or a name, which may be given to another person.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    shown_name = models.CharField(_("园区账号"), max_length=80)
    linked_at = models.DateTimeField(_("关联时间"), auto_now_add=True)
    used_at = models.DateTimeField(_("最近使用"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("园区账号")
        constraints = (
            models.UniqueConstraint(name="identity_of_one_account", fields=("issuer", "subject")),
            models.UniqueConstraint(name="one_identity_per_issuer", fields=("user", "issuer")),
        )

    def __str__(self) -> str:
        return self.shown_name
