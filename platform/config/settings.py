"""Settings of every environment; what differs comes from environment variables (see .env.example)."""

import socket
from datetime import timedelta
from pathlib import Path

import environ
import pghistory
from django.core.exceptions import NON_FIELD_ERRORS, ImproperlyConfigured
from kombu import Queue

from accounts.identity_providers import UnusableFile, read_providers
from config.queues import DELIVERY_QUEUES, beat_schedule, celery_broker_url, task_routes
from config.silence import told_to_postgresql, until_given_up
from config.up.paths import DataPaths, embedded_database_url, embedded_redis_url, load_or_create_secret
from matching.embedding.choice import EmbeddingSettings
from matching.embedding.reranking import RerankSettings

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / ".data"))).resolve()
DATA_PATHS = DataPaths(DATA_DIR)
REFERENCE_DIR = BASE_DIR / "data" / "reference"
DEMO_DIR = BASE_DIR / "data" / "demo"

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
IS_EMBEDDED = "DATABASE_URL" not in env.ENVIRON
SECRET_KEY = env.str("SECRET_KEY", default="") or load_or_create_secret(DATA_PATHS)
SECRET_KEY_IS_GENERATED = "SECRET_KEY" not in env.ENVIRON
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_celery_beat",
    "axes",
    "knox",
    "allauth.account",  # which the next one reads; none of its pages are mounted
    "allauth.mfa",
    "ledger",
    "accounts",
    "zones",
    "matching",
    "notifications",
    "figures.apps.FiguresConfig",
    "config.apps.WiringConfig",
    "backoffice.apps.BackOfficeConfig",
    "backoffice.apps.AdminSiteConfig",
    "api.apps.ApiConfig",
    "portal.apps.PortalConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.PortalPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "accounts.sessions.BrowserSessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.AuditContextMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.RouteRegistryMiddleware",
    "config.middleware.RequiredFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": env.db_url_config(env.str("DATABASE_URL", default=embedded_database_url(DATA_PATHS)))}
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured(
        "ZoneLink 只支持 PostgreSQL：请把 DATABASE_URL 设为 postgresql://…，或删去它以使用内置数据库。 / "
        "ZoneLink runs on PostgreSQL only: set DATABASE_URL to postgresql://… or unset it to use the embedded server."
    )
# A host that the network has cut off says no good-bye: PostgreSQL ends its sessions, and the locks they hold, after
# this time, and a worker a session nobody answers.
CUT_OFF_SECONDS = env.int("DATABASE_CUT_OFF_SECONDS", default=60)
DATABASES["default"]["OPTIONS"] = DATABASES["default"].get("OPTIONS", {}) | until_given_up(CUT_OFF_SECONDS)
# A trigger that finds this setting absent raises and catches an error per row: docs/decisions/0006-quiet-triggers.md
DATABASES["default"]["OPTIONS"]["options"] = f"-c pgtrigger.ignore={{}} {told_to_postgresql(CUT_OFF_SECONDS)}"
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

REDIS_URL = env.str("REDIS_URL", default=embedded_redis_url(DATA_PATHS))

# Work: rows are the record, Celery runs it, a message is a doorbell (docs/architecture.md).
LEASE_SECONDS = env.int("LEASE_SECONDS", default=60)
TICK_SECONDS = env.int("TICK_SECONDS", default=15)
CRASH_AT = env.str("CRASH_AT", default="")
WORK_TIME_LIMIT_SECONDS = 600
NEEDS_PER_STEP = env.int("NEEDS_PER_STEP", default=250)
HOST_NAME = env.str("HOST_NAME", default=socket.gethostname())

# Meaning besides words, optional (docs/operations.md): none | bundled | openai | local
EMBEDDING = EmbeddingSettings(
    backend=env.str("EMBEDDING_BACKEND", default="none"),
    url=env.str("EMBEDDING_URL", default=""),
    model=env.str("EMBEDDING_MODEL", default=""),
    api_key=env.str("EMBEDDING_API_KEY", default=""),
    timeout_seconds=env.float("EMBEDDING_TIMEOUT_SECONDS", default=10.0),
    sends_restricted=env.bool("SEND_RESTRICTED_TEXTS", default=False),
)

# A second look by a model that reads both texts of a pair, optional: any /rerank endpoint
RERANK = RerankSettings(
    url=env.str("RERANK_URL", default=""),
    model=env.str("RERANK_MODEL", default=""),
    api_key=env.str("RERANK_API_KEY", default=""),
    timeout_seconds=env.float("RERANK_TIMEOUT_SECONDS", default=10.0),
)

CELERY_BROKER_URL = celery_broker_url(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "global_keyprefix": env.str("QUEUE_PREFIX", default="zonelink:"),
    "socket_connect_timeout": 5,
    "socket_timeout": 30,
    "health_check_interval": 20,
    "max_retries": 0,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = WORK_TIME_LIMIT_SECONDS
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 8.0
CELERY_WORKER_ENABLE_SOFT_SHUTDOWN_ON_IDLE = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_ROUTES = task_routes()
CELERY_TASK_QUEUES = [Queue(name) for name in ("celery", *DELIVERY_QUEUES)]  # a worker without --queues serves all
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
CELERY_BEAT_SYNC_EVERY = 1  # the health page reads when the beat last fired
CELERY_BEAT_SCHEDULE = beat_schedule(TICK_SECONDS)

FORMAT_MODULE_PATH = ["config.formats"]
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "templates" / "locale", BASE_DIR / "templates" / "of_django"]
"""Our words; and what Django says in Chinese, said plainly."""
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
VENDOR = BASE_DIR / "static" / "vendor"
STATICFILES_DIRS = [
    ("vendor", VENDOR),
    ("unfold/js/htmx", VENDOR / "htmx"),  # in place of the copy unfold brings: a page has one htmx
]
WHITENOISE_USE_FINDERS = True

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
# Wrong passwords for one name from one address, counted in rows: all processes and hosts count together.
AXES_FAILURE_LIMIT = env.int("LOGIN_TRIES", default=8)
AXES_COOLOFF_TIME = timedelta(minutes=env.int("LOGIN_LOCKED_MINUTES", default=15))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "accounts.lockout.locked_out"
AXES_CLIENT_IP_CALLABLE = "accounts.addresses.address_of"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
# Second factors (docs/decisions/0036-second-factors.md): rows of allauth, pages and counting of our own.
MFA_ADAPTER = "accounts.second_factors.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_REQUIRED_ROLES = env.list("MFA_REQUIRED_ROLES", default=[])
# Identity providers of zones, from a file of the operator's (docs/operations.md).
try:
    IDENTITY_PROVIDERS = read_providers(env.str("IDENTITY_PROVIDERS", default=""))
except UnusableFile as error:
    raise ImproperlyConfigured(f"园区登录服务的配置不可用 / IDENTITY_PROVIDERS: {error}") from error
SECOND_STEP_URL = "portal:second_step"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
SESSION_ENGINE = "accounts.sessions"
KNOX_TOKEN_MODEL = "accounts.Token"
REST_KNOX = {"TOKEN_PREFIX": "zl_", "SECURE_HASH_ALGORITHM": "hashlib.sha512"}
MIGRATION_MODULES = {"knox": None}  # its own table of tokens is not used, and not made
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.bool("HTTPS", default=False)
SECURE_SSL_REDIRECT = env.bool("HTTPS_REDIRECT", default=False)
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=0)
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
TAG_AUTHORITY_OF_NOBODY = "zonelink.invalid"
TAG_AUTHORITY = env.str("TAG_AUTHORITY", default=TAG_AUTHORITY_OF_NOBODY)
OPEN_DATA_LICENCE = env.str("OPEN_DATA_LICENCE", default="CC BY 4.0")
OPEN_DATA_LICENCE_URL = env.str("OPEN_DATA_LICENCE_URL", default="https://creativecommons.org/licenses/by/4.0/")
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
X_FRAME_OPTIONS = "DENY"

EMAIL_CONFIG = env.email_url("EMAIL_URL", default=f"filemail:///{DATA_DIR}/mails" if DEMO else "consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=15)
MAIL_DEADLINE_SECONDS = env.int("MAIL_DEADLINE_SECONDS", default=30)
# How long a process that has one of the places of a channel may be silent: longer than any sending takes.
PLACE_SECONDS = env.int("PLACE_SECONDS", default=MAIL_DEADLINE_SECONDS + LEASE_SECONDS)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("MAIL_FROM", default="ZoneLink <zonelink@localhost>")
SITE_URL = env.str("SITE_URL", default=env.str("UP_ADDRESS", default="http://127.0.0.1:8000")).rstrip("/")

# How long personal data are kept, where it is to be other than docs/privacy.md says: name=days;name=days.
RETENTION_DAYS = env("RETENTION_DAYS", cast={"value": int}, default={})
PGHISTORY_APPEND_ONLY = True
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())

# Requests of the API in a minute, counted in Valkey for all processes together; 0: as many as they like.
API_VISITOR_REQUESTS = env.int("API_VISITOR_REQUESTS", default=600)
API_SESSION_REQUESTS = env.int("API_SESSION_REQUESTS", default=1200)
API_TOKEN_REQUESTS = env.int("API_TOKEN_REQUESTS", default=1200)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "api.authentication.TokenAuthentication",
        "api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["api.base.HasRouteRule"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["api.parsers.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "api.schema.Schema",
    "DEFAULT_PAGINATION_CLASS": "api.pagination.CursorPage",
    "EXCEPTION_HANDLER": "api.errors.problem_response",
    "NON_FIELD_ERRORS_KEY": NON_FIELD_ERRORS,
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "ZoneLink API",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "api.schema.tell_details"],
    "ENUM_NAME_OVERRIDES": {
        "NeedKindEnum": "matching.choices.NeedKind",
        "NeedVisibilityEnum": "matching.choices.NeedVisibility",
        "VisibilityEnum": "zones.choices.Visibility",
        "NeedStateEnum": "matching.choices.NeedState",
        "RunKindEnum": "matching.choices.RunKind",
        "RunStateEnum": "matching.choices.RunState",
        "ResourceKindEnum": "zones.choices.ResourceKind",
        "OrganizationKindEnum": "zones.choices.OrganizationKind",
        "AssociationKindEnum": "zones.choices.AssociationKind",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
