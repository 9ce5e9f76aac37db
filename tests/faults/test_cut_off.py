"""A host that the network has cut off holds no lock for long: tested in a network of its own, whose wire is pulled."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sites import REPOSITORY

pytestmark = pytest.mark.faults
IN_A_NETWORK_OF_ITS_OWN = ("unshare", "--net", "--")
CUT_OFF_SECONDS = 6


def may_have_networks() -> bool:
    try:
        return subprocess.run((*IN_A_NETWORK_OF_ITS_OWN, "true"), capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not may_have_networks(), reason="this machine gives no network of one's own")
def test_a_worker_that_is_cut_off_loses_its_locks(tmp_path: Path) -> None:
    command = [*IN_A_NETWORK_OF_ITS_OWN, sys.executable, "-m", "tests.faults.cut_off", str(tmp_path)]
    paths = os.pathsep.join(str(REPOSITORY / folder) for folder in ("", "platform"))
    environment = os.environ | {"PYTHONPATH": paths, "DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [*command, str(CUT_OFF_SECONDS)], cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    seconds = json.loads(done.stdout.splitlines()[-1])
    assert seconds["freed"] < CUT_OFF_SECONDS + 3
    assert seconds["known"] < 3 * CUT_OFF_SECONDS
