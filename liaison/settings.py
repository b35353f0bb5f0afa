"""Settings, read from the environment and ``.env``; loud about nonsense.

``make setup`` writes ``.env`` once with fresh keys. Nothing here names an app's
code: apps are strings, so no import circle can pass through this file.
"""

import sys
from pathlib import Path

import environ
import structlog
from csp.constants import NONCE, NONE, SELF  # noqa: F401  (NONCE kept for templates that need it)
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
env.read_env(BASE_DIR / ".env")

TESTING = "pytest" in sys.modules
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-tests" if TESTING else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY 未设置:请先运行 make setup,它会写好 .env。")

# Personal data at rest: the first key encrypts, the others still decrypt (rotation).
FIELD_KEYS = env.list(
    "FIELD_KEYS",
    default=["dGVzdC1vbmx5LWZpZWxkLWtleS0zMi1ieXRlcy0hISE="] if TESTING else [],
)
INDEX_KEY = env.str("INDEX_KEY", default="only-for-tests" if TESTING else "")
if not (FIELD_KEYS and INDEX_KEY):
    raise ImproperlyConfigured("FIELD_KEYS 或 INDEX_KEY 未设置:请先运行 make setup。")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
HTTPS = env.bool("HTTPS", default=False)
OFFLINE_PAGE = env.bool("OFFLINE_PAGE", default=True)  # off: browsers drop what they keep of it
DEMO = env.bool("DEMO", default=False)  # Demo accounts may sign in
ALLOW_TEST_CLOCK = env.bool("ALLOW_TEST_CLOCK", default=False)  # `run_due --now`
if ALLOW_TEST_CLOCK and not DEBUG:
    raise ImproperlyConfigured("ALLOW_TEST_CLOCK 只供测试:正式运行(DEBUG 关闭)时请去掉这一项。")
SITE_URL = env.str("SITE_URL", default="").rstrip("/")  # as people type it; for links in mails

# Each app may import only from those before it. tests/test_architecture.py holds them to it.
LOCAL_APPS = [
    "liaison",
    "villages",
    "cadres",
    "visits",
    "grievances",
    "reports",
    "desk",
    "demo",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "import_export",
    *LOCAL_APPS,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "liaison.drafts.middleware.DraftAnswersMiddleware",
    "liaison.middleware.CleanInputMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "liaison.middleware.AccessMiddleware",
    "liaison.collisions.CollisionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "liaison.middleware.PrivatePagesMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "liaison.urls"
WSGI_APPLICATION = "liaison.wsgi.application"

_CONTEXT = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "liaison.context.house",
    "cadres.context.bell",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT},
    },
    # Rows that repeat 20-100 times on a page (docs/decisions/0003): same escaping, a fraction of the time.
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "rows",
        "DIRS": [BASE_DIR / "templates" / "rows"],
        "OPTIONS": {"environment": "liaison.rows.environment"},
    },
]

# --- Database: SQLite embedded by default, PostgreSQL in production ------------------
# The default is no URL: a folder's name may hold what a URL cannot ("+", "#", a space).
if _url := env.str("DATABASE_URL", default=""):
    DATABASES = {"default": env.db_url_config(_url)}
else:
    _file = str(VAR_DIR / "db.sqlite3")
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": _file}}
_db = DATABASES["default"]
if not _db.get("ENGINE"):
    raise ImproperlyConfigured(
        "DATABASE_URL 无法识别:请写成 sqlite:////绝对路径 或 postgres://用户@主机/库名。"
    )
if _db["ENGINE"].endswith("sqlite3"):
    _db["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;",
    }
    if not TESTING:
        Path(_db["NAME"]).parent.mkdir(parents=True, exist_ok=True)
else:
    _db.setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=on"
    _db["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    _db["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People ---------------------------------------------------------------------------
AUTH_USER_MODEL = "cadres.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "cadres.backends.RoleBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "accounts:login"
SESSION_COOKIE_AGE = 60 * 60 * 8
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=3600)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
CSRF_FAILURE_VIEW = "liaison.errors.csrf_failure"

# One town-hall NAT must not lock everyone out: count by user AND address.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_ON_SUCCESS = True
AXES_IPWARE_PROXY_COUNT = env.int("PROXY_COUNT", default=0)
AXES_CLIENT_IP_CALLABLE = "cadres.lockout.client_address"
AXES_LOCKOUT_CALLABLE = "cadres.lockout.locked"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the minutes on the page count down
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# --- Language, time --------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
FIRST_DAY_OF_WEEK = 1
FORMAT_MODULE_PATH = ["liaison.formats"]

# --- Files ------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static", ("vendor", VAR_DIR / "vendor")]
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns of a folder not collected yet
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
PRIVATE_FILES = Path(env.str("PRIVATE_FILES", default=str(VAR_DIR / "files")))  # never served
DATA_UPLOAD_MAX_NUMBER_FIELDS = 16_000  # the largest page of rows: 60 with 20 matters each
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- Pages -------------------------------------------------------------------------------
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
FILTERS_EMPTY_CHOICE_LABEL = "全部"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap's own stylesheet carries data: pictures
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

# --- Work in the background ---------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", default="")
CELERY_TIMEZONE = TIME_ZONE
CELERY_ENABLE_UTC = CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a Redis gone for a day is waited for
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    # A hung Redis must not hang a page: publishing gives up at once, the minute tick finds the row.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "socket_connect_timeout": 1,
        "socket_timeout": 5,
        "visibility_timeout": 3600,
    }
    CELERY_TASK_PUBLISH_RETRY = False
else:
    BROKER_DIR = Path(env.str("BROKER_DIR", default=str(VAR_DIR / "broker")))
    CELERY_BROKER_URL = "folder://localhost"  # liaison/broker.py
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "messages"),
        "data_folder_out": str(BROKER_DIR / "messages"),
        "control_folder": str(BROKER_DIR / "control"),
        "store_processed": False,
    }
    if not TESTING:
        for _folder in ("messages", "control"):
            (BROKER_DIR / _folder).mkdir(parents=True, exist_ok=True)
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
# A tick nobody took in time is dropped: the next one finds the same rows.
_tick = env.float("RUN_DUE_EVERY", default=20.0)  # seconds
CELERY_BEAT_SCHEDULE = {
    "run-due": {"task": "desk.tasks.run_due", "schedule": _tick, "options": {"expires": _tick}},
    # A clerk waits for these: one look at an index every two seconds.
    "run-jobs": {"task": "desk.tasks.run_jobs", "schedule": 2.0, "options": {"expires": 2.0}},
}

# --- Mail, SMS ------------------------------------------------------------------------------
# Without a mail server notices stay in the site; on a trial machine the mails are files to look at.
_no_server = f"filemail:///{VAR_DIR / 'mail'}" if DEBUG else "dummymail://"
vars().update(env.email_url("EMAIL_URL", default=_no_server))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="liaison@localhost")
DELIVERY_LEASE = env.float("DELIVERY_LEASE", default=300.0)  # seconds of a batch
SMS_URL = env.str("SMS_URL", default="")
SMS_AUTHORIZATION = env.str("SMS_AUTHORIZATION", default="")
SMS_BODY = env.json("SMS_BODY", default={"phone": "{phone}", "text": "{text}", "id": "{id}"})
SMS_OK = env.str("SMS_OK", default="code=0")  # in an answer that says yes; all four: README

# --- Logs: structured, and without personal data ---------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "structured": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(ensure_ascii=False),
        }
    },
    "filters": {"keys": {"()": "liaison.log_filters.HideFeedAddresses"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "structured", "filters": ["keys"]}
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
structlog.configure(
    processors=[
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
)
