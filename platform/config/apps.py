"""Makes the wiring an application, so that its commands and checks are found, and hangs up the bell."""

from importlib import import_module

from django.apps import AppConfig


class WiringConfig(AppConfig):
    name = "config"
    verbose_name = "系统"

    def ready(self) -> None:
        from config.celery import ring
        from ledger.bell import set_ringer

        import_module("config.checks")
        set_ringer(ring)
