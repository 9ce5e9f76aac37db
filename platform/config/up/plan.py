"""Which parts of the site to run, and in which order, from the options of `manage.py up`."""

import os
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from config.up import application
from config.up.application import Site
from config.up.paths import DataPaths
from config.up.postgres import ensure_database, postgres_spec
from config.up.processes import ChildSpec
from config.up.supervisor import Plan
from config.up.valkey import valkey_spec

PARTS = ("postgres", "valkey", "worker", "beat", "web")
SERVER_OF = {"postgres": "DATABASE_URL", "valkey": "REDIS_URL"}


class DatabaseQuestions(Protocol):
    """What the plan asks of the database once it answers; a step that is not needed is not run."""

    def has_pending_migrations(self) -> bool:
        """Whether `migrate` has anything to do."""

    def is_empty(self) -> bool:
        """Whether no resource is stored yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpOptions:
    """What the operator asked for."""

    port: int
    workers: int
    concurrency: int
    parts: frozenset[str]
    is_demo: bool
    is_seed_forced: bool

    @property
    def embedded(self) -> frozenset[str]:
        """The embedded servers to start: those asked for whose address the operator has not set."""
        return frozenset(
            part for part, setting in SERVER_OF.items() if part in self.parts and setting not in os.environ
        )

    @property
    def has_services(self) -> bool:
        """Whether more than servers is asked for."""
        return bool(self.parts - SERVER_OF.keys())


def make_plan(options: UpOptions, paths: DataPaths, database: DatabaseQuestions) -> Plan:
    """Return the plan; raises UpError when a program or the port is missing."""
    site = Site(paths, is_demo=options.is_demo, port=options.port)
    is_web = "web" in options.parts
    if is_web:
        application.require_free_port(options.port)
    return Plan(
        servers=_servers(options, paths),
        prepare=partial(ensure_database, paths) if "postgres" in options.embedded else tuple,
        steps=partial(_migrate_steps, options, site, database),
        beside=(application.ahead_spec(site),) if options.is_demo and options.has_services else (),
        services=_services(options, site),
        late_steps=partial(_seed_steps, options, site, database),
        address=f"http://{application.HOST}:{options.port}/" if is_web else None,
        greeting=partial(_greeting, options, paths),
    )


def _servers(options: UpOptions, paths: DataPaths) -> tuple[ChildSpec, ...]:
    makers = {"postgres": postgres_spec, "valkey": valkey_spec}
    return tuple(make(paths) for part, make in makers.items() if part in options.embedded)


def _services(options: UpOptions, site: Site) -> tuple[ChildSpec, ...]:
    services: list[ChildSpec] = []
    if "worker" in options.parts:
        numbers = range(1, options.workers + 1)
        services += [application.worker_spec(site, number=n, concurrency=options.concurrency) for n in numbers]
        services.append(application.sender_spec(site))
    if "beat" in options.parts:
        services.append(application.beat_spec(site))
    if "web" in options.parts:
        services.append(application.web_spec(site))
    return tuple(services)


def _migrate_steps(options: UpOptions, site: Site, database: DatabaseQuestions) -> tuple[ChildSpec, ...]:
    is_wanted = options.has_services and database.has_pending_migrations()
    return (application.command_spec(site, "migrate", "migrate", "--no-input", "--skip-checks"),) if is_wanted else ()


def _seed_steps(options: UpOptions, site: Site, database: DatabaseQuestions) -> tuple[ChildSpec, ...]:
    is_wanted = options.is_seed_forced or (options.is_demo and options.has_services and database.is_empty())
    return (application.command_spec(site, "seed", "fill_demo"),) if is_wanted else ()


def _greeting(options: UpOptions, paths: DataPaths) -> str:
    """Say where everything is; the log-ins of the demo are repeated at every start."""
    lines = ["全部就绪 / Everything is ready"]
    if "web" in options.parts:
        address = f"http://{application.HOST}:{options.port}"
        lines += [
            f"  门户 / portal         {address}/",
            f"  工作台 / back office  {address}/office/",
            f"  接口 / API            {address}/api/v1/",
            f"  状态 / health         {address}/health/",
        ]
    lines.append(f"  日志 / logs           {paths.root}/*.log")
    if options.is_demo:
        lines.append(f"  邮件 / mails          {paths.root}/mails/")
    if options.is_demo and paths.logins.exists():
        lines += ["", "演示账号 / accounts of the demo (user name, password)", *_logins(paths)]
    return "\n".join([*lines, "", "Ctrl-C 停止全部 / Ctrl-C stops everything"])


def _logins(paths: DataPaths) -> list[str]:
    rows = [line.split("\t") for line in paths.logins.read_text(encoding="utf-8").splitlines()]
    return ["  " + "  ".join(f"{field:<24}" for field in row).rstrip() for row in rows]
