"""The product's settings with quick hashes, a database chosen by MITRA_TEST_DATABASE, no worker."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("MITRA_DATA", tempfile.mkdtemp(prefix="mitra-test-"))
if not os.environ["MITRA_DATA"].endswith(os.environ.get("PYTEST_XDIST_WORKER", "")):
    # Tests look into the store for what they left there, so each process has one of its own.
    os.environ["MITRA_DATA"] += "/" + os.environ["PYTEST_XDIST_WORKER"]
    Path(os.environ["MITRA_DATA"]).mkdir(exist_ok=True)
os.environ.setdefault("DEMO", "0")
if os.environ.get("MITRA_TEST_DATABASE") == "postgres":
    from tests.servers import shared_postgres

    os.environ["DATABASE_URL"] = shared_postgres()

from config.settings import *  # noqa: F403 - the environment comes first
from config.settings import DATABASES, STORAGES, env

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads of one test are to meet the real locks. Laid from the models: the
    # migrations are walked on PostgreSQL, and on SQLite by the product that the browser visits.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(env.data) / "test.sqlite3"), "MIGRATE": False}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
ANSWER_STEP_SECONDS = 0
# Tests let people in by force; those of the second factor and of asking again turn these on.
SECOND_FACTOR_REQUIRED = REAUTHENTICATION_REQUIRED = False
CELERY_BROKER_URL = "memory://"
WHITENOISE_AUTOREFRESH = True
