"""What every fault test begins with."""

import pytest

from config.celery import app


@pytest.fixture(autouse=True)
def empty_queue() -> None:
    """A message another test left would be work for this one's workers."""
    app.control.purge()
