"""The committed files of others are what was vendored: same hashes, same versions as the lock, with their licences."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

ROOT = Path(settings.BASE_DIR)
VENDOR = ROOT / "static" / "vendor"
FOLDERS = {"dependencies": VENDOR, "devDependencies": ROOT / "tests" / "browser" / "vendor"}


def read(name: str) -> Any:
    return json.loads((ROOT / name).read_text(encoding="utf-8"))


def faults(folder: Path) -> list[str]:
    """What differs between a folder and its manifest, in words."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    recorded = {name: digest for package in manifest.values() for name, digest in package["sha256"].items()}
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    del paths["manifest.json"]
    found = [f"{name}: not in the manifest" for name in sorted(paths.keys() - recorded.keys())]
    found += [f"{name}: missing" for name in sorted(recorded.keys() - paths.keys())]
    return found + [
        f"{name}: changed"
        for name, path in sorted(paths.items())
        if name in recorded and hashlib.sha256(path.read_bytes()).hexdigest() != recorded[name]
    ]


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS)
def test_the_committed_files_are_what_was_vendored(folder: Path) -> None:
    assert faults(folder) == []


@pytest.mark.parametrize("harm", ["changed", "missing", "not in the manifest"])
def test_a_file_changed_lost_or_added_by_hand_is_told(tmp_path: Path, harm: str) -> None:
    script = tmp_path / "htmx.min.js"
    script.write_text("vendored")
    digest = hashlib.sha256(b"vendored").hexdigest()
    (tmp_path / "manifest.json").write_text(json.dumps({"htmx.org": {"sha256": {"htmx.min.js": digest}}}))
    assert faults(tmp_path) == []
    match harm:
        case "changed":
            script.write_text("changed by hand")
        case "missing":
            script.unlink()
        case _:
            (tmp_path / "more.js").write_text("")
    assert [fault.rpartition(": ")[2] for fault in faults(tmp_path)] == [harm]


@pytest.mark.parametrize("group", FOLDERS)
def test_versions_are_those_of_the_lock_and_every_package_brings_its_licence(group: str) -> None:
    manifest, lock = read(str(FOLDERS[group] / "manifest.json")), read("package-lock.json")["packages"]
    wanted = read("package.json")[group]
    assert manifest.keys() == wanted.keys()
    for name, package in manifest.items():
        assert package["version"] == wanted[name] == lock[f"node_modules/{name}"]["version"]
        assert any(file.endswith("LICENSE") for file in package["sha256"])


def test_the_lock_holds_hashes_and_no_addresses() -> None:
    packages = {name: entry for name, entry in read("package-lock.json")["packages"].items() if name}
    assert packages
    for name, entry in packages.items():
        assert entry["integrity"].startswith("sha512-"), name
        assert "resolved" not in entry, name
    assert "://" not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_doors_find_the_files_without_node() -> None:
    assert finders.find("vendor/htmx/htmx.js") == str(VENDOR / "htmx" / "htmx.js")


def test_the_back_office_runs_on_the_vendored_htmx_and_not_on_the_copy_of_its_theme() -> None:
    assert Path(str(finders.find("unfold/js/htmx/htmx.js"))).samefile(VENDOR / "htmx" / "htmx.js")
