"""Django's registration of this room."""

from django.apps import AppConfig


class NeedConfig(AppConfig):
    name = "diancai.stages.need"
    label = "need"
    default_auto_field = "django.db.models.BigAutoField"
