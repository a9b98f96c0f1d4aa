"""Application set-up of the wiring."""

from django.apps import AppConfig


class Config(AppConfig):
    """Makes our Celery the one that every process of the site orders work from."""

    name = "config"

    def ready(self) -> None:
        """Read the worker's entry; a child that opens strangers' bytes never comes here."""
        import config.celery  # noqa: F401, PLC0415 - importing it is the registration
