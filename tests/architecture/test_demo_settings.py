"""What a site that was started by `up` tells of itself: mails lie in its folder, and links lead to its port."""

import subprocess
import sys
from pathlib import Path

from config.up.application import Site, command_spec
from config.up.paths import DataPaths
from tests.plugin import REPOSITORY

ASK = "from config import settings; print(settings.EMAIL_FILE_PATH, settings.SITE_URL)"


def test_mails_of_the_demo_lie_below_its_folder_and_lead_to_its_port(tmp_path: Path) -> None:
    spec = command_spec(Site(DataPaths(tmp_path), is_demo=True, port=8051), "seed", "seed_demo")
    source = f"import sys; sys.path += {[str(REPOSITORY), str(REPOSITORY / 'platform')]!r}; {ASK}"
    ended = subprocess.run(
        [sys.executable, "-c", source], env=dict(spec.environment), capture_output=True, text=True, check=True
    )
    assert ended.stdout.split() == [f"{tmp_path}/mails", "http://127.0.0.1:8051"]
