"""Application set-up of this room."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class Config(AppConfig):
    """Names the room for Django."""

    name = "workflows"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Start listening to what the rooms announce."""
        from workflows import chain, receivers  # noqa: F401, PLC0415 - importing connects them

        post_migrate.connect(lambda **_sent: chain.guard(), sender=self, weak=False)
