"""Application configuration of the ledger."""

from django.apps import AppConfig
from django.db.models import Field, ForeignObject


class LedgerConfig(AppConfig):
    name = "ledger"
    verbose_name = "台账"

    def ready(self) -> None:
        """Teach the models the lookups of PostgreSQL."""
        from ledger.lookups import Among

        for field in (Field, ForeignObject):
            field.register_lookup(Among)
