"""Sums kept ready, and the marks by which they are thrown away."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ledger.classification import classified


@classified(
    scoped="id figure definition_version milestone samples as_of year sources snapshot cells months pairs computed_at"
)
class Rollup(models.Model):
    """The sums of one definition in one year, for every place: code → [amount, number of facts]; and of its months:
    code → month → the same. `pairs` are those of a flow by month, type and cooperation (`figures.pairs`).

    `snapshot` is the database's before the rows were read: while no transaction outside of it has touched a source,
    the sums are those of the rows.
    """

    figure = models.CharField(max_length=60)
    definition_version = models.PositiveSmallIntegerField()
    milestone = models.CharField(max_length=20, blank=True)
    samples = models.BooleanField()
    as_of = models.DateField()
    year = models.PositiveSmallIntegerField()
    sources = models.JSONField()
    snapshot = models.TextField()
    cells = models.JSONField()
    months = models.JSONField()
    pairs = models.BinaryField(default=bytes)
    computed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = _("统计汇总")
        constraints = (
            models.UniqueConstraint(fields=["figure", "milestone", "samples", "year"], name="one_rollup_of_a_year"),
        )

    def __str__(self) -> str:
        return f"{self.figure} {self.year}"


@classified(scoped="id source transaction at")
class SourceMark(models.Model):
    """A transaction has written to a table that figures read: left by a trigger of each such table, once each."""

    source = models.CharField(max_length=60)
    transaction = models.DecimalField(max_digits=20, decimal_places=0)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = _("统计来源变动")
        constraints = (models.UniqueConstraint(fields=["source", "transaction"], name="one_source_mark"),)

    def __str__(self) -> str:
        return f"{self.source} {self.transaction}"
