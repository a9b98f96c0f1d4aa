"""Django's settings, read top to bottom; what an installation may choose comes from
`config.env`."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.env import EnvironmentProblem, read_env
from config.files import storage_of

BASE_DIR = Path(__file__).resolve().parent.parent
VERSION = "0.8.0"

try:
    env = read_env(os.environ)
except EnvironmentProblem as problem:
    raise SystemExit(str(problem)) from None

# --- the installation -----------------------------------------------------------------------------
SECRET_KEY = env.secret_key
SECRET_KEY_FALLBACKS = list(env.old_secret_keys)
DEBUG = env.debug
DEMO = env.demo
ALLOWED_HOSTS = list(env.allowed_hosts)
SITE_URL = env.site_url
SOURCE_URL = env.source_url
OFFICE_NAME = env.office_name
OFFICE_PHONE = env.office_phone
OFFICE_EMAIL = env.office_email
#: Where the head of the trail goes every day.
INSPECTORATE_EMAIL = env.inspectorate_email
# Demonstration has a register that answers by rule; an office has none until one is connected.
REGISTERS = dict.fromkeys(("oss", "djp", "ahu"), "sandbox" if env.demo else "none")
REGISTERS |= env.registers
ANTIVIRUS = env.antivirus
DATA_DIR = env.data

# --- the rooms ------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "config.apps.Config",
    "onboarding.apps.Config",
    "documents.apps.Config",
    "training.apps.Config",
    "workflows.apps.Config",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "viewflow",
    "viewflow.workflow",
]
VIEWFLOW = {"AUTOREGISTER": False}

MIDDLEWARE = [
    "config.requests.RequestIdMiddleware",
    "config.even_times.EvenTimesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "config.middleware.SlidingSessionMiddleware",
    "config.middleware.SecondFactorMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.PrivatePagesMiddleware",
    "workflows.witness.WitnessMiddleware",
    "config.posting.PostedOnceMiddleware",
    "config.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "workflows.navigation.page",
            ],
            # {% csrf_token %} writes the key of the form too.
            "builtins": ["workflows.templatetags.posting"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
# Our templates/django/forms/ must win over Django's own, which then must be an app among the apps.
INSTALLED_APPS.append("django.forms")

# --- rows -----------------------------------------------------------------------------------------
DATABASES = {"default": dict(env.database)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Without IMMEDIATE a writer that first reads dies with "database is locked".
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"].setdefault("OPTIONS", {})
    DATABASES["default"]["OPTIONS"]["options"] = "-c lock_timeout=15000"
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env.redis_url}
        if env.redis_url
        # Rate limits count across processes, so the cache must be shared even without Redis.
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache",
            # At 300, Django's own bound, whoever asks for codes would empty the counts of guesses.
            "OPTIONS": {"MAX_ENTRIES": 1_000_000},
        }
    )
}

# --- files: originals, page images and letters live outside the web root
# ------------------------------
STORAGES = {
    "default": storage_of(env.bucket, env.data / "files"),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "static/"
STATIC_ROOT = env.data / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_MAX_AGE = 60 * 60
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None
LEAST_FREE_BYTES = env.least_free_mb * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

# --- people and sign-in ---------------------------------------------------------------------------
AUTH_USER_MODEL = "onboarding.User"
AUTHENTICATION_BACKENDS = [
    # First, because it answers without a query.
    "onboarding.permissions.RoleBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("full_name", "email", "phone")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "workflows.passwords.KnownCoreValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
# allauth keeps its own limits beside ours (ten wrong passwords or factors a minute from one
# address, five in five minutes for one account): how often a code is asked for, a link of an
# invitation or a sign-in is opened, a business may name itself from one address, the code on a
# hall's screen may be tried for one seat, a link asks for a code, an owner takes a copy of all
ACCOUNT_RATE_LIMITS = {
    # A browser in which its person signed in before (workflows.device_cookies) is counted alone.
    "request_login_code": "20/m/ip,100/h/ip,3/m/key,30/h/key,100/d/key",
    "request_login_code_known": "3/m/key,30/h/key,100/d/key",
    "reset_password": "20/m/ip",
    "new_password": "3/m/key,5/h/key",
    "new_password_known": "3/m/key,5/h/key",
    "guess": "4/5m/key",  # the fifth locks the account; its owner is told
    "invitation": "30/h/ip",
    "sign_in_link": "30/h/ip",
    "sign_on": "30/h/ip",
    "self_referral": "10/h/ip",
    "hall_code": "10/10m/key",
    "complaint": "10/h/ip",
    "complaint_status": "30/h/ip,10/h/key",
    "photo_pieces": "1500/10m/key",
    "code_of_link": "20/h/ip,5/h/key",
    "own_copy": "5/h/user",
}
ACCOUNT_ADAPTER = "workflows.signin.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True  # goes to nobody: see workflows.signin.AccountAdapter
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_ENABLED = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False  # see workflows.signin.AccountAdapter.login
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 1
ACCOUNT_FORMS = {
    "add_email": "workflows.forms.OtherEmailForm",
    "request_login_code": "workflows.forms.RequestCodeForm",
    "confirm_login_code": "workflows.forms.ConfirmCodeForm",
    "reset_password": "workflows.forms.NewPasswordForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.trusted_proxy_count
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
# Well above what an answer to a stranger takes (config.even_times).
ANSWER_STEP_SECONDS = 0.5
MFA_ADAPTER = "workflows.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}
MFA_TOTP_ISSUER = "Mitra BEJO"
MFA_TOTP_TOLERANCE = 1  # clocks of phones go wrong by half a minute
MFA_FORMS = {
    "activate_totp": "workflows.forms.SetUpAppForm",
    "authenticate": "workflows.forms.FactorForm",
    "reauthenticate": "workflows.forms.FactorAgainForm",
    "add_webauthn": "workflows.forms.AddPasskeyForm",
    "authenticate_webauthn": "workflows.forms.PasskeyForm",
    "login_webauthn": "workflows.forms.PasskeyAloneForm",
    "reauthenticate_webauthn": "workflows.forms.PasskeyAgainForm",
}
SECOND_FACTOR_REQUIRED = env.second_factor
SIGN_ON = env.sign_on
USERSESSIONS_TRACK_ACTIVITY = False

# A session ends with the browser, or after these hours without a page (staff: after half an hour,
# see config.middleware); the one on an owner's own phone is longer (a setting of the Bureau).
SESSION_COOKIE_AGE = 60 * 60 * 8
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = env.secure_cookies
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [env.site_url] if env.https else []

# --- browser: nothing inline, nothing from outside
# ------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = env.https
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if env.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.trusted_proxy_count else None

# --- words and time -------------------------------------------------------------------------------
LANGUAGE_CODE = env.language
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_I18N = True

# --- work for the machine -------------------------------------------------------------------------
CELERY_BROKER_URL = env.broker_url
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SOFT_TIME_LIMIT = 840
CELERY_TASK_TIME_LIMIT = 900
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# With the embedded broker TERM cuts off the work of a child that was made later (Celery 5.7).
CELERY_WORKER_MAX_TASKS_PER_CHILD = None if env.embedded_broker else 50
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
if env.embedded_broker:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(env.broker_folder),
        "data_folder_out": str(env.broker_folder),
        "control_folder": str(env.broker_folder),
        "polling_interval": 0.2,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 1000,
        "socket_timeout": 5,
        "socket_connect_timeout": 1,
        # A page that orders work must not wait for a broker that is away; the sweep sends later.
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0,
        "interval_max": 0,
    }
CELERY_BEAT_SCHEDULER = "config.beat:OneScheduler"
CELERY_BEAT_SCHEDULE = {
    # They pile up while no worker is there; the limit bears a worker whose clock is far off.
    "sweep": {"task": "workflows.tasks.sweep", "schedule": 30.0, "options": {"expires": 900}},
    "run_due": {"task": "workflows.tasks.run_due", "schedule": 300.0, "options": {"expires": 900}},
}

# --- messages and logs
# -------------------------------------------------------------------------------
vars().update(env.email)
EMAIL_TIMEOUT = env.email.get("EMAIL_TIMEOUT") or 20  # a mail server that hangs holds no worker
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.email.get("EMAIL_HOST_USER") or "mitra-bejo@localhost"
MESSAGE_SENDER = "workflows.senders.Switchboard"
GATEWAYS = env.gateways
OUTBOX_DIR = env.data / "outbox"

METRICS_TOKEN = env.metrics_token
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "config.logs.PlainFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "json": {"()": "config.logs.JsonFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": env.log_format}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.csrf": {"level": "ERROR"},
        "mitra": {"level": "INFO"},
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
    },
}

# Kept quiet on purpose: transports over plain HTTP are for this machine only (see SITE_URL).
SILENCED_SYSTEM_CHECKS = ["viewflow.W001"]
