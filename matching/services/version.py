"""Which code made a result: stored with every run."""

from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import lexicon
import matching.engine
from matching.engine.facts import ENCODING_VERSION


def _package_version() -> str:
    try:
        return version("zonelink")
    except PackageNotFoundError:
        return "source"


def digest_of(folders: tuple[Path, ...]) -> str:
    """Twelve characters that change with any source file in the folders."""
    digest = sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


ENGINE: Final = tuple(Path(package.__path__[0]) for package in (matching.engine, lexicon))
CODE_VERSION: Final = f"{_package_version()}+encoding{ENCODING_VERSION}+{digest_of(ENGINE)}"
"""Package, encoding of the documents, and what scores them: a changed formula is another version."""
