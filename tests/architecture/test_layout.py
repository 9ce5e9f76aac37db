"""The tree is laid out so that nothing of ours shadows the standard library or an installed package."""

import platform
import sys
import sysconfig
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCE_ROOT = REPOSITORY / "platform"
OUR_PACKAGES = [*sorted(file.parent.name for file in SOURCE_ROOT.glob("*/__init__.py")), "matching", "tests", "zones"]
LINES_AT_MOST = 400


def _python_files() -> list[Path]:
    folders = (SOURCE_ROOT, *(REPOSITORY / name for name in ("zones", "matching", "tests", "benchmarks")))
    return sorted(file for folder in folders for file in folder.rglob("*.py") if "migrations" not in file.parts)


def test_no_python_file_lies_directly_in_the_source_root() -> None:
    assert list(SOURCE_ROOT.glob("*.py")) == []


def test_the_module_platform_is_the_standard_library_s() -> None:
    standard_library = Path(sysconfig.get_path("stdlib"))
    assert Path(platform.__file__).parent == standard_library
    assert platform.python_version() == sys.version.split()[0]


@pytest.mark.parametrize("package", OUR_PACKAGES)
def test_a_package_of_ours_is_found_in_this_tree(package: str) -> None:
    spec = find_spec(package)
    assert spec is not None
    assert Path(str(spec.origin)).is_relative_to(REPOSITORY)


@pytest.mark.parametrize("package", OUR_PACKAGES)
def test_no_package_of_ours_has_a_name_of_the_standard_library(package: str) -> None:
    assert package not in sys.stdlib_module_names


@pytest.mark.parametrize("package", OUR_PACKAGES)
def test_no_package_of_ours_has_the_name_of_an_installed_one(package: str) -> None:
    assert set(packages_distributions().get(package, [])) <= {"zonelink"}


def test_every_folder_of_tests_is_a_package() -> None:
    """Else pytest puts the folder itself first on the path, and `tests/zones` would hide `zones`."""
    folders = {file.parent for file in (REPOSITORY / "tests").rglob("test_*.py")}
    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {str(file.relative_to(REPOSITORY)): len(file.read_text().splitlines()) for file in _python_files()}
    assert {file: length for file, length in lengths.items() if length > LINES_AT_MOST} == {}
