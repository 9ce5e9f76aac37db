"""Application configuration of zones."""

from django.apps import AppConfig


class ZonesConfig(AppConfig):
    name = "zones"
    verbose_name = "园区与资源"

    def ready(self) -> None:
        """Files bring in mechanisms as well as resources."""
        from zones.importing.mechanisms import add_mechanisms

        add_mechanisms()
