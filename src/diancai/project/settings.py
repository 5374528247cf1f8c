"""Settings, all from the environment; a bad value stops the start and says what to do.

| variable | meaning | default |
|---|---|---|
| `DIANCAI_DATA` | folder of the database, uploads, keys and county configuration | `var/` in the checkout |
| `DATABASE_URL` | PostgreSQL address | SQLite in `DIANCAI_DATA` |
| `DIANCAI_SECRET` | signs sessions; made once in `DIANCAI_DATA` when absent | - |
| `DIANCAI_KEY` | seals personal data; made once in `DIANCAI_DATA/keys` for the demo | - |
| `DIANCAI_HOSTS` | names the server answers to, comma separated | localhost |
| `DIANCAI_DEBUG` | shows errors in the browser: never in service | false |
| `DIANCAI_HTTPS` | cookies over https only | false |
| `DIANCAI_PROXIES` | how many proxies of your own stand before the server and write X-Forwarded-For | 0 |
| `DIANCAI_MAIL_…` `_SMS_…` `_WECOM_…` `_WECHAT_…` | ways out for notices: `project/notice_channels.py` | none |
| `DIANCAI_LOG` | log level | INFO |
"""

from pathlib import Path

from environs import Env

from diancai.project.notice_channels import notice_channels
from diancai.project.start import REFUSE, made_once, writable_folder

env = Env()
PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = PACKAGE.parent.parent

DATA = writable_folder(Path(env.str("DIANCAI_DATA", "") or CHECKOUT / "var"))
UPLOADS = DATA / "uploads"
CONFIG_OVERRIDES = DATA / "config"
SECRET_KEY = env.str("DIANCAI_SECRET", "") or made_once(DATA / "keys" / "session")
SEALING_KEY = env.str("DIANCAI_KEY", "") or made_once(DATA / "keys" / "sealing")
DEBUG = env.bool("DIANCAI_DEBUG", False)
ALLOWED_HOSTS = env.list("DIANCAI_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
PROXIES = env.int("DIANCAI_PROXIES", 0)
if not 0 <= PROXIES <= 9:
    REFUSE(f"DIANCAI_PROXIES={PROXIES}", "0 到 9 的整数", "a whole number from 0 to 9")
CSRF_TRUSTED_ORIGINS: list[str] = env.list("DIANCAI_ORIGINS", [])
# Ways out for notices, each whole or not at all: `project/notice_channels.py` lists their variables.
NOTICE_CHANNELS = notice_channels(env)
EMAIL_HOST, EMAIL_PORT = env.str("DIANCAI_MAIL_HOST", ""), env.int("DIANCAI_MAIL_PORT", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env.str("DIANCAI_MAIL_USER", ""), env.str("DIANCAI_MAIL_PASSWORD", "")
EMAIL_USE_TLS, EMAIL_TIMEOUT = env.bool("DIANCAI_MAIL_TLS", False), 10

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_cotton",
    "diancai.ground.place",
    "diancai.ground.people",
    "diancai.ground.programme",
    "diancai.ground.ledger",
    "diancai.ground.notices",
    "diancai.ground.privacy",
    "diancai.ground.presence",
    "diancai.ground.search",
    "diancai.ground.slip",
    "diancai.ground.work",
    "diancai.stages.remark",
    "diancai.stages.need",
    "diancai.stages.supply",
    "diancai.stages.match",
    "diancai.stages.order",
    "diancai.stages.feedback",
    "diancai.stages.urging",
    "diancai.stages.tally",
    "diancai.interfaces.web",
    "diancai.interfaces.console",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "diancai.interfaces.web.short.ShortPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "diancai.interfaces.web.size.body_limit",
]

ROOT_URLCONF = "diancai.project.urls"
WSGI_APPLICATION = "diancai.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "interfaces" / "web" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "diancai.interfaces.web.context.page",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
        },
    }
]

# SQLite serves one office or one county without a second server.
# IMMEDIATE takes the write lock at once instead of failing half-way.
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA / "diancai.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;"
        "PRAGMA journal_size_limit=27103364;PRAGMA cache_size=2000;PRAGMA foreign_keys=ON;",
    },
}
DATABASE_URL = env.str("DATABASE_URL", "")
if DATABASE_URL:
    from diancai.project.start import postgres

    DATABASES = {"default": postgres(DATABASE_URL)}
else:
    DATABASES = {"default": SQLITE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "diancai.interfaces.web.sign_in.ClosedSignUp"
ACCOUNT_EMAIL_VERIFICATION = "none"
# Wrong codes of the second factor: the rate of the key is the account's. Wrong passwords are counted by axes, below;
# `ClosedSignUp` keeps this rate away from them.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,5/5m/key"}
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# Five wrong passwords for one account from one address lock that pair for half an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "diancai.interfaces.web.visitor.address_of"
AXES_LOCKOUT_TEMPLATE = "web/locked_out.html"
AXES_VERBOSE = False

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "interfaces" / "web" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = writable_folder(DATA / "static")
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 300 if not DEBUG else 0  # file names carry no hash, so a new version must be seen soon
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
UPLOAD_LIMIT = 50 * 2**20  # bytes of one sheet; larger ones are refused before they are read
PHOTO_LIMIT = 10 * 2**20  # bytes of one picture beside a remark

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.bool("DIANCAI_HTTPS", False)
SESSION_ENGINE = "django.contrib.sessions.backends.db"
# Limits must hold over all web processes, so their counts lie in the database; a migration of `people` makes the table.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
    }
}

LOG_LEVEL = env.str("DIANCAI_LOG", "INFO").upper()
if LOG_LEVEL not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
    REFUSE(f"DIANCAI_LOG={LOG_LEVEL}", "DEBUG、INFO、WARNING、ERROR", "one of DEBUG, INFO, WARNING, ERROR")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {"axes": {"level": "WARNING"}, "django.request": {"level": "ERROR"}},
}
