"""Settings from the environment: database, login lockout (django-axes), content security policy, languages."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from workbench.runner import paths
from workbench.runner.secret_key import secret_key

env = environ.Env()
ROOT = Path(__file__).resolve().parent.parent
VAR = paths.var_folder()

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY_IS_OURS = not env.str("SECRET_KEY", default="")  # made on this machine, and unknown to others
SECRET_KEY = env.str("SECRET_KEY", default="") or secret_key(VAR)
LOOPBACK = list(paths.LOOPBACK_NAMES)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOOPBACK)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Behind TLS: a desk that serves over https sets this, and cookies and redirects follow.
HTTPS = env.bool("WORKBENCH_HTTPS", default=False)

INSTALLED_APPS = [
    "workbench.apps.WorkbenchConfig",
    "workbench.apps.WorkbenchAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "pgtrigger",
    "axes",
    "csp",
    "sources.apps.SourcesConfig",
    "claims.apps.ClaimsConfig",
]

MIDDLEWARE = [
    "sources.pages.views.archive_host.ArchiveHostMiddleware",  # first: of what follows, nothing exists at that host
    "workbench.pages.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "workbench.pages.middleware.ReadableMiddleware",  # before anything reads a query or a form
    "workbench.pages.middleware.ProbeMiddleware",  # before hosts are checked: a load balancer asks by address
    "workbench.pages.earlier_addresses.EarlierAddressMiddleware",  # before hosts are checked: no page is there any more
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "workbench.pages.middleware.ActorMiddleware",
    "workbench.pages.sessions.SignInsMiddleware",
    "workbench.pages.time_zone.TimeZoneMiddleware",
    "workbench.pages.session_end.SignInFirstMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "workbench.pages.draft_middleware.DraftMiddleware",
    "workbench.pages.middleware.RefusalMiddleware",
    "workbench.pages.two_step.TwoStepMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "workbench.urls"
WSGI_APPLICATION = "workbench.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            ROOT / "workbench" / "pages" / "templates",  # before the admin: ours stand in front of its own
            *sorted(ROOT.glob("claims/publishing/exports/*/templates")),
        ],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["workbench.pages.templatetags.kept_addresses"],
            "libraries": {
                "navigation": "workbench.pages.templatetags.navigation",
                "words": "workbench.pages.templatetags.words",
                "log_words": "workbench.pages.templatetags.log_words",
                "claim_words": "claims.pages.templatetags.claim_words",
                "claim_rows": "claims.pages.templatetags.claim_rows",
                "claim_team": "claims.pages.templatetags.claim_team",
                "closed_files": "claims.pages.templatetags.closed_files",
                "form_fields": "workbench.pages.templatetags.form_fields",
                "kept_rows": "workbench.pages.templatetags.kept_rows",
                "i18n": "workbench.pages.templatetags.kept_translations",  # in the place of Django’s
                "form_errors": "workbench.pages.templatetags.form_errors",
                "kept": "workbench.pages.templatetags.kept",
                "related": "workbench.pages.templatetags.related",
                "pieces": "sources.pages.templatetags.pieces",
                "publications": "sources.pages.templatetags.publications",
                "stages": "sources.pages.templatetags.stages",
            },
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "workbench.pages.context_processors.page_context",
            ],
        },
    },
]

# The servers. Unset: those that `manage.py up` embeds, found by their sockets in the data folder.
DATABASE_URL = env.str("DATABASE_URL", default="") or paths.database_url(VAR)
REDIS_URL = env.str("REDIS_URL", default="") or paths.redis_url(VAR)
# The user who owns the tables, for migrations. Empty: that of DATABASE_URL is both.
IS_EMBEDDED = paths.database_url(VAR) == DATABASE_URL
DATABASE_OWNER_URL = paths.database_url(VAR, paths.OWNER) if IS_EMBEDDED else env.str("DATABASE_OWNER_URL", default="")

DATABASES = {
    "default": {
        **env.db_url_config(DATABASE_URL),
        "ENGINE": "workbench.database",
        "CONN_MAX_AGE": 600,  # seconds: plans that the server keeps end with the connection
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    },
}
# Whether the server may keep the plans of queries for a connection: not behind a pooler that shares connections.
DATABASE_KEEP_PLANS = env.bool("DATABASE_KEEP_PLANS", default=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# A message says only that there may be work: it carries no data, has no result, and may be lost or come twice.
CELERY_BROKER_URL = paths.broker_url(REDIS_URL)
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 800_000  # KB
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_TIME_LIMIT = 90  # seconds; a shift is 5 s, and one step takes at most a minute
CELERY_TASK_SOFT_TIME_LIMIT = 75
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 120,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 5,
    # Without a broker, a commit drops its wake-up right away: otherwise kombu would make the page wait for 6 s.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
CELERY_BEAT_SCHEDULER = "workbench.desk.clock:Clock"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "clock")
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker, however long that takes
# How long a worker holds a row: longer than the limit of a task, or work is done twice and thrown away once.
WORK_LEASE = timedelta(seconds=env.int("WORKBENCH_LEASE", default=120))
WORKER_NICENESS = env.int("WORKBENCH_WORKER_NICENESS", default=10)  # of 19; with 0 pages do not go first

AUTH_USER_MODEL = "workbench.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "workbench.desk.sign_in.RoleBackend"]
LOGIN_URL = "login"
CSRF_FAILURE_VIEW = "workbench.pages.session_end.csrf_failure"
LOGIN_REDIRECT_URL = "claims:queue"
LOGOUT_REDIRECT_URL = "login"
SESSION_ENGINE = "workbench.desk.session_store"
SESSION_COOKIE_AGE = 12 * 3600  # seconds: a shift; what somebody was writing comes back after the next sign-in
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "workbench.desk.passwords.GuessableValidator"},
]
PASSWORD_RESET_TIMEOUT = 24 * 3600  # seconds for which the link works with which a person chooses their password
# Five wrong passwords lock an account for a quarter of an hour, from that address only: a desk under attack
# must not be locked out of its own tool by strangers. Wrong passwords for ten accounts make an address wait.
# Roles that have to sign in in two steps, with commas between them, such as "editor,admin".
TWO_STEP_ROLES = env.list("WORKBENCH_TWO_STEP", default=[])
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_HANDLER = "workbench.desk.sign_in.LockoutHandler"
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "workbench.desk.sign_in.client_address"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [ROOT / "workbench" / "locale"]
FORMAT_MODULE_PATH = "workbench.pages.formats"
TIME_ZONE = env.str("WORKBENCH_TIME_ZONE", default="UTC")
TIME_ZONE_IS_SET = "WORKBENCH_TIME_ZONE" in os.environ  # else the one that the desk has set on its page
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "workbench" / "pages" / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"  # a publisher must not learn from a link which claim is being checked
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Both reach beyond this server and cannot be taken back for a year: only who owns the domain may ask for them.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("WORKBENCH_HSTS_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env.bool("WORKBENCH_HSTS_PRELOAD", default=False)
# Django asks for the first two on every server; the third says that ``i18n`` is a library of ours.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021", "templates.W003"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
if HTTPS:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"

# Who publishes the reports, and the address under which readers find them.
DESK_NAME_PLACEHOLDER = "Verification desk"
DESK_NAME = env.str("WORKBENCH_DESK", default=DESK_NAME_PLACEHOLDER)
DESK_URL = env.str("WORKBENCH_DESK_URL", default="http://127.0.0.1:8000").rstrip("/")
# The public addresses that this desk had before: reports printed them, so requests there are led to the present one.
EARLIER_URLS = [url.rstrip("/") for url in env.list("WORKBENCH_EARLIER_URLS", default=[])]

# What the crawler says about itself, so that a publisher can reach the desk: until it is set, a placeholder.
CONTACT_PLACEHOLDER = "https://example.org/claim-workbench"
CRAWLER_CONTACT = env.str("WORKBENCH_CONTACT", default=CONTACT_PLACEHOLDER)
PRODUCT, PRODUCT_VERSION = "ClaimWorkbench", "0.1"
USER_AGENT_OF = "workbench.desk.desk_profile.user_agent"

# The function that returns the desk's rule for a site: the web client calls it before each visit, and knows no tables.
SITE_POLICY = "sources.registry.host_policy.of_site"

# The browser for pages that only a browser can show: the program, whether it is used without a person asking for it,
# and whether it must confine itself, which not every container lets it do.
CHROMIUM = env.str("CHROMIUM", default="")
BROWSER = env.bool("WORKBENCH_BROWSER", default=True)
BROWSER_SANDBOX = env.bool("WORKBENCH_BROWSER_SANDBOX", default=True)

# The archive of what was served: a folder, or s3://bucket/prefix at any server that speaks the S3 protocol.
ARCHIVE_FOLDER = VAR / "archive"
ARCHIVE_STORAGE = env.str("ARCHIVE_STORAGE", default="")
if ARCHIVE_STORAGE.startswith("/"):
    ARCHIVE_FOLDER, ARCHIVE_STORAGE = Path(ARCHIVE_STORAGE), ""
ARCHIVE_ENDPOINT = env.str("ARCHIVE_ENDPOINT", default="")
# Megabytes that the archive leaves free on the disk of its folder: workers fetch nothing while less is free.
DISK_RESERVE = env.int("WORKBENCH_DISK_RESERVE", default=500)

# Files that people bring: where they are while they come in, and how many megabytes one may have; sound and film more.
FILE_UPLOAD_HANDLERS = ["sources.pages.upload_handler.BroughtFileHandler"]
UPLOAD_FOLDER = VAR / "uploads"
UPLOAD_MEGABYTES = env.int("WORKBENCH_UPLOAD_MB", default=100)
UPLOAD_VIDEO_MEGABYTES = env.int("WORKBENCH_UPLOAD_VIDEO_MB", default=500)

# The host name of captured pages, with a port where it is not ours; empty: they are not shown as they looked. Browsers
# find names under localhost on their own machine, so a desk of one machine need not set it.
ARCHIVE_HOST = env.str("WORKBENCH_ARCHIVE_HOST", default="captures.localhost" if ALLOWED_HOSTS == LOOPBACK else "")

# The authority that stamps the chain of captures (RFC 3161), and the file with the root certificates it is trusted by.
TIMESTAMP_URL = env.str("TIMESTAMP_URL", default="")
TIMESTAMP_CA = env.str("TIMESTAMP_CA", default="")
TIMESTAMP_EVERY = timedelta(minutes=env.int("TIMESTAMP_MINUTES", default=10))

# Checkpoints of the log: the file of the key that signs them, and the minutes between two while people work.
SIGNING_KEY_IS_OURS = not env.str("SIGNING_KEY_FILE", default="")  # made on this machine on first use
SIGNING_KEY = VAR / "signing-key.pem" if SIGNING_KEY_IS_OURS else Path(env.str("SIGNING_KEY_FILE"))
KEY_FILES = (VAR / "secret-key", SIGNING_KEY)  # what a backup copies beside the database and the archive
CHECKPOINT_EVERY = timedelta(minutes=env.int("CHECKPOINT_MINUTES", default=60))

# Mail for notifications, such as smtp+tls://user:password@host:587. Empty: workers print it.
vars().update(env.email_url("MAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="workbench@localhost")
# The file of the key that encrypts the names of confidential sources; made on this machine on first use.
IDENTITY_KEY_IS_OURS = not env.str("IDENTITY_KEY_FILE", default="")
IDENTITY_KEY = VAR / "identity-key" if IDENTITY_KEY_IS_OURS else Path(env.str("IDENTITY_KEY_FILE"))

# Public archives that we ask to keep a page too. Off unless set: each request tells them what the desk looks at.
WAYBACK = env.bool("WAYBACK", default=False)
WAYBACK_AVAILABLE_URL = env.str("WAYBACK_AVAILABLE_URL", default="https://archive.org/wayback/available")
WAYBACK_SAVE_URL = env.str("WAYBACK_SAVE_URL", default="https://web.archive.org/save")
WAYBACK_KEY = env.str("WAYBACK_KEY", default="")

# Suggestions across languages: the bundled model, or any server that speaks the OpenAI embeddings protocol.
EMBEDDINGS_URL = env.str("EMBEDDINGS_URL", default="")
EMBEDDINGS_MODEL = env.str("EMBEDDINGS_MODEL", default="")
EMBEDDINGS_KEY = env.str("EMBEDDINGS_KEY", default="")

# The invented press that serves the sample case on loopback, and the only private addresses the fetcher may open.
SAMPLE = env.bool("WORKBENCH_SAMPLE", default=False)
if SAMPLE and (HTTPS or paths.others_reach(ALLOWED_HOSTS)):
    raise ImproperlyConfigured("The sample is for one machine alone: unset WORKBENCH_SAMPLE, or ALLOWED_HOSTS.")
PRESS_FILE = VAR / "press.json"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # WeasyPrint reports every rule of the style sheet that is meant for screens.
    "loggers": {"weasyprint": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": os.environ.get("WORKBENCH_LOG_LEVEL", "WARNING")},
}
