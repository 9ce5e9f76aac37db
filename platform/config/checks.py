"""Self-checks: a production site is refused with DEBUG, demo mode, a generated secret or without HTTPS flags; a
semantic back end that cannot work is named.
"""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from egress.endpoints import trusted
from egress.errors import Refused
from ledger.retention import LONGEST_DAYS
from matching.embedding import problems_of
from matching.embedding.reranking import rerank_problems_of
from notifications.retention import unknown_names
from zones.choices import Role


@register(Tags.security, deploy=True)
def production_is_safe(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Errors of `manage.py check --deploy`, which the operator runs before serving (docs/operations.md)."""
    faults = {
        "zonelink.E001": (settings.DEBUG, "DEBUG 须关闭 / DEBUG must be off", "DEBUG=0"),
        "zonelink.E002": (
            settings.SECRET_KEY_IS_GENERATED,
            "SECRET_KEY 须由部署方设置 / SECRET_KEY must be set",
            "SECRET_KEY=…",
        ),
        "zonelink.E003": (not settings.SESSION_COOKIE_SECURE, "须启用 HTTPS 标志 / HTTPS flags must be on", "HTTPS=1"),
        "zonelink.E004": (settings.DEMO, "演示模式不得用于生产 / demo mode is not for production", "DEMO=0"),
    }
    return [Error(message, hint=hint, id=code) for code, (is_fault, message, hint) in faults.items() if is_fault]


@register(Tags.security, deploy=True)
def entries_are_named(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """A warning: names of Atom entries never change, and those under a name nobody owns are nobody's."""
    if settings.TAG_AUTHORITY != settings.TAG_AUTHORITY_OF_NOBODY:
        return []
    message = "TAG_AUTHORITY 未设置：请在有人订阅之前填写本站域名 / TAG_AUTHORITY is not set"
    return [Warning(message, hint="TAG_AUTHORITY=match.example.cn", id="zonelink.W003")]


@register(Tags.compatibility)
def identity_providers_can_be_asked(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Warnings: whoever has an account here logs in by password all the same."""
    hint = "issuer 须为 https 地址，与其 /.well-known/openid-configuration 中的一致 / the provider's own https address"
    found: list[CheckMessage] = []
    for provider in settings.IDENTITY_PROVIDERS.values():
        try:
            trusted(provider.issuer)
        except Refused as problem:
            found.append(Warning(f"[{provider.zone}] {problem}", hint=hint, id="zonelink.W002"))
    return found


@register(Tags.compatibility)
def required_roles_exist(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """A role that does not exist asks nobody for a second factor: worse than none."""
    unknown = sorted(set(settings.MFA_REQUIRED_ROLES) - set(Role.values))
    hint = f"可用的角色 / roles there are: {', '.join(Role.values)}"
    return [Error(f"MFA_REQUIRED_ROLES: {name}", hint=hint, id="zonelink.E005") for name in unknown]


@register(Tags.compatibility)
def periods_are_of_rules(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """A period nobody reads would keep personal data longer than the operator thinks."""
    hint = "名称见 docs/privacy.md，天数为正整数 / names stand in docs/privacy.md; days are whole numbers above 0"
    wrong = [name for name, days in settings.RETENTION_DAYS.items() if not 0 < days <= LONGEST_DAYS]
    return [
        Error(f"RETENTION_DAYS: {name}", hint=hint, id="zonelink.E006")
        for name in sorted({*unknown_names(settings.RETENTION_DAYS), *wrong})
    ]


@register(Tags.compatibility)
def semantic_backend_can_work(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Warnings, not errors: without its model the site goes on by words alone, and says so where it matters."""
    hint = "语义模型不可用，匹配只按词语进行 / the semantic model cannot be used: matching goes by words alone"
    problems = [*problems_of(settings.EMBEDDING), *rerank_problems_of(settings.RERANK)]
    return [Warning(problem, hint=hint, id="zonelink.W001") for problem in problems]
