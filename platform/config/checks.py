"""Self-checks: a production site is refused with DEBUG, demo mode, a generated secret or without HTTPS flags; a
semantic back end that cannot work is named.
"""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from matching.embedding import problems_of
from matching.embedding.reranking import rerank_problems_of


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


@register(Tags.compatibility)
def semantic_backend_can_work(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Warnings, not errors: without its model the site goes on by words alone, and says so where it matters."""
    hint = "语义模型不可用，匹配只按词语进行 / the semantic model cannot be used: matching goes by words alone"
    problems = [*problems_of(settings.EMBEDDING), *rerank_problems_of(settings.RERANK)]
    return [Warning(problem, hint=hint, id="zonelink.W001") for problem in problems]
