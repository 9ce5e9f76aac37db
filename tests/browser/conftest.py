"""A real Chromium on a live server with a real worker; any script error fails the test."""

import os
from collections.abc import Iterator

import pytest
from celery.contrib.testing.worker import start_worker
from playwright.sync_api import Page, sync_playwright

from config.celery import app
from tests.browser.steps import CHROMIUM, DESKTOP, PHONE

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]


@pytest.fixture
def worker() -> Iterator[None]:
    with start_worker(app, pool="threads", concurrency=1, perform_ping_check=False):
        yield


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A page of a fresh Chromium; any script error fails the test."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright keeps a loop in this thread
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        context = browser.new_context(viewport={"width": request.param, "height": 900}, locale="zh-CN")
        faults: list[str] = []
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error.stack or error}"))
        yield page
        browser.close()
    assert faults == []
