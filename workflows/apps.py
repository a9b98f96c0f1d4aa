"""Application set-up of this room."""

from django.apps import AppConfig


class Config(AppConfig):
    """Names the room for Django."""

    name = "workflows"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Start listening to what the rooms announce."""
        from workflows import receivers  # noqa: F401, PLC0415 - importing connects them
