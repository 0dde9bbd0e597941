"""All settings, read from the environment. They work with nothing set, and refuse values that they cannot read.

PRODUCTION=1 is the deployed site behind TLS: it needs SECRET_KEY and ALLOWED_HOSTS, and does not start with DEBUG on.
Without it the site is a local trial on plain HTTP, otherwise served the same way.
"""

import secrets
import sys
from pathlib import Path
from urllib.parse import quote

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from explorer import read_only
from explorer.build import build_id

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()


def names(variable: str, default: list[str]) -> list[str]:
    return [name.strip() for name in env.list(variable, default) if name.strip()]


def local_secret(path: Path) -> str:
    """The secret of a local trial, made once and kept in a file that Git ignores."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "var")))
PRODUCTION = env.bool("PRODUCTION", False)
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "")
ALLOWED_HOSTS = names("ALLOWED_HOSTS", [] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = names("CSRF_TRUSTED_ORIGINS", [])

if PRODUCTION:
    if DEBUG:
        raise ImproperlyConfigured("DEBUG is on in production. Unset DEBUG, or unset PRODUCTION for a local trial.")
    if len(SECRET_KEY) < 50:
        raise ImproperlyConfigured("Set SECRET_KEY to a long random text (50 characters or more) in production.")
    if not ALLOWED_HOSTS:
        raise ImproperlyConfigured("Set ALLOWED_HOSTS to the site's host names, with commas between them.")
elif not SECRET_KEY:
    SECRET_KEY = local_secret(DATA_DIR / "secret-key")

BUILD_ID = build_id(BASE_DIR)
TESTING = "pytest" in sys.modules

# ── Applications, and what a request passes through ──

INSTALLED_APPS = [
    "therapies",
    "explorer.admin_config.ExplorerAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "import_export",
    "reversion",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "csp",
]

MIDDLEWARE = [
    "therapies.serving.page_cache.PageCacheMiddleware",  # outermost: a page in memory costs no more than a look-up
    "explorer.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # after those that set headers: static files carry them too
    "explorer.health.HealthMiddleware",
    "django.middleware.common.CommonMiddleware",
    "explorer.curators.ReferrerMiddleware",
    "explorer.curators.SessionMiddleware",
    "explorer.curators.CsrfViewMiddleware",
    "explorer.curators.AuthenticationMiddleware",
    "explorer.curators.OTPMiddleware",
    "explorer.curators.MessageMiddleware",
    "therapies.admin.revisions.CuratorRevisions",
    "axes.middleware.AxesMiddleware",  # last, as its documentation asks
]

ROOT_URLCONF = "explorer.urls"
WSGI_APPLICATION = "explorer.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["explorer.templates.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            # For the curators' screens. Public pages use none: a page is a function of (build, release, address) alone.
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# ── Databases: the working copy, and the installed release that public pages read ──

CATALOGUE_PATH = Path(env.str("CATALOGUE_PATH", str(DATA_DIR / "catalogue.sqlite3")))
WORKING_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
}

DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{quote(str(DATA_DIR / 'working.sqlite3'))}"),
    "catalogue": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": read_only.address(CATALOGUE_PATH),
        "OPTIONS": {"uri": True},
        "CONN_MAX_AGE": None,  # before each request, catalogue.installed() reopens a file that was replaced
    },
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = WORKING_SQLITE_OPTIONS
else:
    DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 2  # a hang is worse than a refusal
DATABASE_ROUTERS = ["explorer.routers.CatalogueIsReadOnly"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── Signing in (only for the admin) ──

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in [
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    ]
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",  # costs memory as well as time to guess
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", PRODUCTION)
REQUIRE_SIGN_OFF = env.bool("REQUIRE_SIGN_OFF", PRODUCTION)  # a local trial publishes edits without one
ONE_PERSON_SITE = env.bool("ONE_PERSON_SITE", False)
OTP_TOTP_ISSUER = "Therapy Explorer"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 1  # hours
AXES_ENABLE_ACCESS_FAILURE_LOG = True  # for the audit screen
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
CURATORS_PATH = "/admin/"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = CURATORS_PATH
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# ── Headers ──

SILENCED_SYSTEM_CHECKS = ["security.W003"]  # form protection is on, but only under /admin/: see explorer.curators
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "object-src": [NONE],
    }
}
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# ── Static files, language, logs ──

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

# What somebody searches for, and from where, is nobody's business: no query, no address, no path to nowhere.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"paths_only": {"()": "explorer.logs.PathsOnly"}},
    "formatters": {"without_values": {"()": "explorer.logs.WithoutValues"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["paths_only"], "formatter": "without_values"}
    },
    "loggers": {
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.request": {"level": "ERROR"},  # of pages that are not there, no path
        "axes": {"level": "CRITICAL"},  # who tried to sign in is for /admin/audit/ alone
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# ── The site ──

SITE_ADDRESS = env.str("SITE_ADDRESS", "").rstrip(
    "/"
)  # with its scheme, for sitemaps and QR codes; if empty, that of the request
PAGE_CACHE_BYTES = env.int("PAGE_CACHE_BYTES", 16 * 1024 * 1024)  # for each worker
FIXTURES_DIR = BASE_DIR / "fixtures"
IMPORT_EXPORT_SKIP_ADMIN_EXPORT_UI = True
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "change"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"
