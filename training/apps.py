"""Application set-up of this room."""

from django.apps import AppConfig


class Config(AppConfig):
    """Names the room for Django."""

    name = "training"
    default_auto_field = "django.db.models.BigAutoField"
