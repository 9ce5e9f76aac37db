"""Loads what the services and the first run of a new site will need, and so compiles it, on the core that is idle while
the database gets its tables. Else the services would compile the same modules side by side, and people wait for loops.
"""

from importlib import import_module
from typing import Final

SERVICES: Final = (
    "config.up.web", "celery.apps.worker", "celery.apps.beat", "celery.concurrency.prefork",
    "celery.concurrency.thread", "kombu.transport.redis", "django_celery_beat.schedulers", "gunicorn.app.wsgiapp",
    "gunicorn.workers.gthread",
)  # fmt: skip


def main() -> None:
    for module in SERVICES:
        import_module(module)
    import_module("matching.engine.pipeline").warm_up()


if __name__ == "__main__":
    main()
