"""The site's sender as Celery runs it, with receivers on this host in place of those of the internet."""

import os

import tests.faults.loaded  # noqa: F401
from config.celery import app as app
from tests.faults.senders import Order, look_inside

look_inside(Order(patience_seconds=float(os.environ.get("PATIENCE_SECONDS", "60"))))
