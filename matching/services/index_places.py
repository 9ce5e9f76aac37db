"""Where this host's text index lies and how far it is; pages ask too, so it loads no kernels."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Max
from django.db.models.functions import Coalesce

from ledger.changes import epoch_of
from matching.engine.facts import ENCODING_VERSION
from matching.models import ResourceDocument
from zones.search.index import IndexDamaged, TextIndex, version_of

SUBJECT = "resource"


def index_path() -> Path:
    """One index per host, count of documents and encoding: a copy of another database or of an old lexicon is
    never read.
    """
    folder = Path(settings.DATA_PATHS.index)
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{epoch_of(SUBJECT)}-{ENCODING_VERSION}"


def index_version() -> int:
    """How far this host's index is; -1 before there is one."""
    return version_of(index_path())


def latest_sequence() -> int:
    """How far an index could be; 0 before the first document."""
    latest: int = ResourceDocument.objects.aggregate(latest=Coalesce(Max("sequence"), 0))["latest"]
    return latest


def index_as_it_is() -> TextIndex | None:
    """This host's index for reading, however far it is; None before there is one that can be read."""
    path = index_path()
    try:
        return _opened(path) if version_of(path) >= 0 else None
    except IndexDamaged:
        return None


@lru_cache(maxsize=1)
def _opened(path: Path) -> TextIndex:
    return TextIndex(path)
