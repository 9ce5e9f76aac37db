"""How long the two ends of a database connection wait for each other. Imported by settings: no Django here."""

from typing import Final

PROBES: Final = 3
Options = dict[str, int | str]


def until_given_up(seconds: int) -> Options:
    """Options of a connection by TCP whose ends give each other up after so long without an answer; sockets of this
    host have no such silence.
    """
    return dict(_timing(seconds))


def told_to_postgresql(seconds: int) -> str:
    """The same for PostgreSQL's end, as flags of a session."""
    names = {name if name.startswith("tcp_") else f"tcp_{name}": value for name, value in _timing(seconds).items()}
    return " ".join(f"-c {name}={value}" for name, value in names.items())


def _timing(seconds: int) -> dict[str, int]:
    idle = max(1, seconds // 2)
    between = max(1, (seconds - idle) // PROBES)
    probing = {"keepalives_idle": idle, "keepalives_interval": between, "keepalives_count": PROBES}
    return probing | {"tcp_user_timeout": 1_000 * seconds}
