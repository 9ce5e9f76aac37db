"""`manage.py seed_demo`: reference facts, sample resources and needs, accounts with generated passwords. A re-run
changes nothing.
"""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from matching.importing.demo import (
    DemoAccount,
    demo_is_loaded,
    load_demo,
    make_accounts,
    make_member,
    make_requests,
    submit_samples,
)
from matching.importing.demo_agreements import make_agreement, make_cooperations
from matching.importing.demo_events import make_events
from matching.importing.demo_exchanges import make_exchanges
from matching.importing.demo_mechanisms import make_mechanisms
from zones.importing.reference import load_reference
from zones.management.telling import answered


class Command(BaseCommand):
    help = (
        "载入参考数据与演示数据，并生成演示账号（口令随机）；重复执行不会改变任何记录。 / Load reference "
        "facts, the demo and its accounts; a re-run changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        answered(lambda: load_reference(settings.REFERENCE_DIR))
        if demo_is_loaded():
            self.stdout.write("演示数据已载入。 / The demo is already there.")
            return
        counts = answered(lambda: load_demo(settings.DEMO_DIR))
        _keep(settings.DATA_DIR / "demo-accounts.txt", [*make_accounts(), make_member()])
        submit_samples(settings.DEMO_DIR)
        make_requests()
        call_command("match", "--full")
        make_exchanges()
        make_events()
        make_cooperations()
        make_agreement()
        make_mechanisms()
        self.stdout.write(
            f"资源 resources {counts.resources} · 需求 needs {counts.needs} · 目录 catalogues {counts.catalogues}"
        )


def _keep(path: Path, accounts: list[DemoAccount]) -> None:
    """Write the generated log-ins where only the operator reads them; `manage.py up` shows them at each start."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{account.username}\t{account.password}\t{account.display_name}\n" for account in accounts]
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.writelines(lines)
