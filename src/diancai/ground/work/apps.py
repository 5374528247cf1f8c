"""Django's registration of this room."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "diancai.ground.work"
    label = "work"
    default_auto_field = "django.db.models.BigAutoField"
