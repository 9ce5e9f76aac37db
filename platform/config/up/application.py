"""The site's own processes: one-off steps (migrate, seed) and services (worker, beat, web), as child specifications."""

import http.client
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from config.queues import DELIVERY_QUEUES
from config.up.errors import UpError
from config.up.paths import READY_MARK, DataPaths
from config.up.processes import ChildSpec

REPOSITORY = Path(__file__).resolve().parents[3]
LAUNCH = (sys.executable, "-P", str(Path(__file__).with_name("launch.py")))
HOST = "127.0.0.1"
WEB_PROCESSES = 2
WEB_THREADS = 8
# `manage.py check` is the place of the checks; at every start they would cost a second.
WORKER_ENVIRONMENT = {"REMAP_SIGTERM": "SIGQUIT", "CELERY_SKIP_CHECKS": "1"}


@dataclass(frozen=True, slots=True)
class Site:
    """What every specification needs to know of this site."""

    paths: DataPaths
    is_demo: bool
    port: int

    @property
    def environment(self) -> dict[str, str]:
        """Variables of every process of the site; `UP_ADDRESS` is what links begin with where no SITE_URL is set."""
        told = {"DATA_DIR": str(self.paths.root), "PYTHONUNBUFFERED": "1", "UP_ADDRESS": f"http://{HOST}:{self.port}"}
        return told | ({"DEMO": "1"} if self.is_demo else {})


def command_spec(site: Site, name: str, *arguments: str) -> ChildSpec:
    """Return a `manage.py` command that runs once; its log is called `name`."""
    return ChildSpec(
        name=name,
        command=(sys.executable, str(REPOSITORY / "manage.py"), *arguments),
        log=site.paths.log(name),
        cwd=REPOSITORY,
        environment=site.environment,
        is_service=False,
    )


def ahead_spec(site: Site) -> ChildSpec:
    """Return what compiles ahead; it runs once and asks no server."""
    return ChildSpec(
        name="compile",
        command=(*LAUNCH, "config.up.ahead"),
        log=site.paths.log("compile"),
        cwd=REPOSITORY,
        environment=site.environment,
        is_service=False,
    )


def worker_spec(site: Site, *, number: int, concurrency: int) -> ChildSpec:
    """Return Celery worker `number`; SIGTERM gives running tasks the soft shutdown's time and then puts them back."""
    name = f"worker-{number}"
    return _worker(site, name, "--queues", "celery", "--concurrency", str(concurrency))


def sender_spec(site: Site) -> ChildSpec:
    """Return the worker that sends messages: threads, since it waits for other servers, two for each channel."""
    flags = ("--queues", ",".join(DELIVERY_QUEUES), "--pool", "threads", "--concurrency", str(2 * len(DELIVERY_QUEUES)))
    return _worker(site, "sender", *flags)


def _worker(site: Site, name: str, *flags: str) -> ChildSpec:
    common = ("--without-gossip", "--without-mingle", "--hostname", f"{name}@%h")
    command = ("-A", "config.up.attended", "worker", *common, *flags)
    return _celery(site, name, command, stop_seconds=20.0, environment=WORKER_ENVIRONMENT)


def beat_spec(site: Site) -> ChildSpec:
    """Return Celery beat with the schedule of the database."""
    scheduler = "django_celery_beat.schedulers:DatabaseScheduler"
    return _celery(site, "beat", ("-A", "config.up.beat", "beat", "--scheduler", scheduler))


def web_spec(site: Site) -> ChildSpec:
    """Return gunicorn on this machine's own address."""
    flags = (
        *("--bind", f"{HOST}:{site.port}"),
        *("--worker-class", "gthread"),
        *("--workers", str(WEB_PROCESSES)),
        *("--threads", str(WEB_THREADS)),
        *("--graceful-timeout", "10"),
        *("--limit-request-line", "8190"),  # a paragraph of Chinese in an address
        "--preload",
        "--no-control-socket",
    )
    return ChildSpec(
        name="web",
        command=(*LAUNCH, "gunicorn", *flags, "config.up.web:application"),
        log=site.paths.log("web"),
        cwd=REPOSITORY,
        environment=site.environment,
        before_start=partial((site.paths.root / "static").mkdir, exist_ok=True),
        probe=partial(_answers_http, site.port),
        stop_seconds=15.0,
    )


def require_free_port(port: int) -> None:
    """Raise UpError naming --port when another program listens there."""
    with socket.socket(socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            reason = error.strerror
            raise UpError(
                f"端口 {port} 不可用（{reason}）：请用 --port 指定另一个端口，如 --port {port + 1}。 / "
                f"Port {port} is not available ({reason}): choose another with --port, such as --port {port + 1}."
            ) from error


def _celery(
    site: Site,
    name: str,
    command: tuple[str, ...],
    *,
    stop_seconds: float = 10.0,
    environment: Mapping[str, str] | None = None,
) -> ChildSpec:
    mark = site.paths.ready_mark(name)
    return ChildSpec(
        name=name,
        command=(*LAUNCH, "celery", *command, "--loglevel", "INFO"),
        log=site.paths.log(name),
        cwd=REPOSITORY,
        environment={**site.environment, READY_MARK: str(mark), **(environment or {})},
        before_start=partial(_forget, mark),
        probe=mark.exists,
        stop_seconds=stop_seconds,
    )


def _forget(mark: Path) -> None:
    mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    mark.unlink(missing_ok=True)


def _answers_http(port: int) -> bool:
    """Take any answer: the application is loaded before the port is opened, and what it says is for the health page."""
    connection = http.client.HTTPConnection(HOST, port, timeout=1.0)
    try:
        connection.request("GET", "/health/")
        return connection.getresponse().status > 0
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
