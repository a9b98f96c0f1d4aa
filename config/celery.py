"""The worker's and the scheduler's entry; every task of the house is in `workflows.tasks`."""

import os
from typing import Any

from celery import Celery
from celery.signals import task_prerun
from kombu.transport import TRANSPORT_ALIASES

from config.logs import about

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# The embedded broker, with messages that appear whole or not at all.
TRANSPORT_ALIASES["filesystem"] = "config.broker:Transport"

app = Celery("mitra")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["workflows"])


@task_prerun.connect
def _name_the_work(task: Any, args: Any, **_kwargs: Any) -> None:
    """Log lines of the worker say which piece of work they are about."""
    about.set(" ".join([task.name.rpartition(".")[2], *map(str, args or ())]))
