"""Application set-up of this room."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class Config(AppConfig):
    """Names the room for Django, and looks after the index of letters when migrations have run."""

    name = "onboarding"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for migrations; models can be imported only now."""
        from onboarding.models.words import keep_letters  # noqa: PLC0415 (see the line above)

        post_migrate.connect(keep_letters, sender=self)
