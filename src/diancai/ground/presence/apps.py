"""Django's registration of this room."""

from django.apps import AppConfig


class PresenceConfig(AppConfig):
    name = "diancai.ground.presence"
    label = "presence"
    default_auto_field = "django.db.models.BigAutoField"
