"""Which code made a result: stored with every run."""

from importlib.metadata import PackageNotFoundError, version
from typing import Final

from matching.engine.facts import ENCODING_VERSION


def _package_version() -> str:
    try:
        return version("zonelink")
    except PackageNotFoundError:
        return "source"


CODE_VERSION: Final = f"{_package_version()}+encoding{ENCODING_VERSION}"
