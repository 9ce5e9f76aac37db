"""What scoped models share: a random public id, a version for optimistic locking, and the two managers."""

import uuid
from collections.abc import Collection
from typing import Any, ClassVar

from django.core.exceptions import FieldError, ValidationError
from django.db import models, router
from django.db.models.functions import Now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zones.querysets import ScopedManager, ScopedQuerySet


def in_language(chinese: str, english: str) -> str:
    """The name in the reader's language, as far as there is one."""
    return english if english and (get_language() or "").startswith("en") else chinese


PlainManager = models.Manager.from_queryset(ScopedQuerySet)


class ScopedModel(models.Model):
    """A row somebody may not see. `objects` asks for whom; `plain` serves Django's own machinery only."""

    plain: ClassVar[models.Manager[Any]] = PlainManager()
    objects: ClassVar[ScopedManager[Any]] = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "plain"
        default_manager_name = "plain"

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """What Django does, but for related objects at hand: no query asks whether they exist; the database knows."""
        at_hand = {field.name for field in self._meta.fields if field.is_relation and _is_stored(field, self)}
        super().clean_fields(exclude={*(exclude or ()), *at_hand})

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """What Django does, which takes three statements for each check; here one query tells that all checks hold."""
        try:
            self._validate_in_one_query(exclude)
        except (ValidationError, FieldError):
            super().validate_constraints(exclude)

    def _validate_in_one_query(self, exclude: Collection[str] | None) -> None:
        row: Any = self  # the values of its fields as Django's own checks take them
        skipped, using = set(exclude or ()), router.db_for_write(type(self), instance=self)
        for model, constraints in self.get_constraints():
            checks = models.Q(*(one.condition for one in constraints if isinstance(one, models.CheckConstraint)))
            read = checks.referenced_base_fields
            values = row._get_field_expression_map(meta=model._meta, exclude=skipped)
            if checks and not checks.check({name: values[name] for name in read & values.keys()}, using=using):
                raise ValidationError("")
            for constraint in constraints:
                if not isinstance(constraint, models.CheckConstraint):
                    constraint.validate(model, self, exclude=skipped, using=using)


def _is_stored(field: Any, row: models.Model) -> bool:
    """Whether the row holds the related object itself, read from the database."""
    related = field.get_cached_value(row, default=None)
    return related is not None and not related._state.adding


class Recorded(ScopedModel):
    """A people's record: public id, version (counted up by the services), times."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(_("版本"), default=1, editable=False)
    is_sample = models.BooleanField(_("样例"), default=False, help_text=_("演示数据，不计入统计"))
    created_at = models.DateTimeField(_("创建时间"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("更新时间"), db_default=Now(), editable=False)

    class Meta(ScopedModel.Meta):
        abstract = True
