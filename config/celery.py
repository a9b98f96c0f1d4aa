"""The worker's and the scheduler's entry; every task of the house is in `workflows.tasks`."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# The embedded broker, with messages that appear whole or not at all.
TRANSPORT_ALIASES["filesystem"] = "config.broker:Transport"

app = Celery("mitra")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["workflows"])
