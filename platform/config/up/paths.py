"""Where the embedded servers keep their files, and how to reach them. Settings import it: no Django here."""

import hashlib
import os
import secrets
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from config.up.errors import UpError

DATABASE_NAME = "zonelink"
DATABASE_USER = "zonelink"
# A socket address holds 104 bytes on macOS, 108 on Linux; the longest name behind the folder is ".s.PGSQL.5432".
SOCKET_DIR_MAX_BYTES = 85
SHORT_ROOT = Path("/tmp")
# Environment variable that tells a child which file to write once it is ready for work.
READY_MARK = "UP_READY_MARK"


@dataclass(frozen=True, slots=True)
class DataPaths:
    """Every place under one data directory (`DATA_DIR`, by default `.data`)."""

    root: Path

    @property
    def postgres(self) -> Path:
        """The database cluster."""
        return self.root / "postgres"

    @property
    def valkey(self) -> Path:
        """Valkey's append-only files."""
        return self.root / "valkey"

    @property
    def index(self) -> Path:
        """The text index."""
        return self.root / "index"

    @property
    def sockets(self) -> Path:
        """Folder of the Unix sockets; a short one of the user's own where the data directory's path is too long."""
        inside = self.root / "sockets"
        if len(os.fsencode(inside)) <= SOCKET_DIR_MAX_BYTES:
            return inside
        digest = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:16]
        return SHORT_ROOT / f"zonelink-{os.getuid()}" / digest

    @property
    def valkey_socket(self) -> Path:
        """Socket of the embedded Valkey."""
        return self.sockets / "valkey.sock"

    @property
    def lock(self) -> Path:
        """Held by the one supervisor of this data directory."""
        return self.root / "up.lock"

    @property
    def status(self) -> Path:
        """What the supervisor last said about its children."""
        return self.root / "status.json"

    @property
    def secret(self) -> Path:
        """The generated SECRET_KEY."""
        return self.root / "secret_key"

    @property
    def logins(self) -> Path:
        """The generated log-ins of the demo, one a line: user name, password, display name; written by `seed_demo`."""
        return self.root / "demo-accounts.txt"

    def log(self, name: str) -> Path:
        """Log file of the child called `name`."""
        return self.root / f"{name}.log"

    def ready_mark(self, name: str) -> Path:
        """Written by the child called `name` once it is ready for work."""
        return self.root / "run" / f"{name}.ready"


def embedded_database_url(paths: DataPaths) -> str:
    """Return the address of the embedded PostgreSQL; libpq and django-environ take a socket folder in the query."""
    return f"postgresql://{DATABASE_USER}@/{DATABASE_NAME}?host={quote(str(paths.sockets), safe='')}"


def embedded_redis_url(paths: DataPaths) -> str:
    """Return the address of the embedded Valkey as redis-py spells it."""
    return f"unix://{quote(str(paths.valkey_socket))}"


def make_socket_folder(paths: DataPaths) -> None:
    """Create the folder of the sockets, for this user alone; refuse one that another user put there first."""
    folder = paths.sockets
    for part in (folder,) if folder.parent == paths.root else (folder.parent, folder):
        with suppress(FileExistsError):
            part.mkdir(mode=0o700, parents=True)
        found = part.lstat()
        if found.st_uid != os.getuid() or not stat.S_ISDIR(found.st_mode):
            raise UpError(
                f"{part} 属于其他用户，请删除后重试。 / {part} belongs to another user: remove it, then try again."
            )
        part.chmod(0o700)


def remove_short_socket_folder(paths: DataPaths) -> None:
    """Remove the folder of the sockets where it lies outside the data directory; one that is still used stays."""
    folder = paths.sockets
    if folder.parent != paths.root:
        with suppress(OSError):
            folder.rmdir()
            folder.parent.rmdir()


def load_or_create_secret(paths: DataPaths) -> str:
    """Return the site's generated secret; of several processes that start at once all get the same one."""
    try:
        return paths.secret.read_text(encoding="ascii")
    except FileNotFoundError:
        _publish_once(paths.secret, secrets.token_urlsafe(48))
    return paths.secret.read_text(encoding="ascii")


def _publish_once(target: Path, text: str) -> None:
    """Write `text` to `target` (0600) unless another process was first; readers never see a part of it."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as handle:
            handle.write(text)
            handle.flush()
            os.fsync(handle.fileno())
        os.link(draft, target)
    except FileExistsError:
        return
    finally:
        os.unlink(draft)
