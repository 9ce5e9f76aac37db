"""Application configuration of figures."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "figures"
    verbose_name = "统计"

    def ready(self) -> None:
        """Imports ask what they change of what was published."""
        from figures.services.restating import watch_imports

        watch_imports()
