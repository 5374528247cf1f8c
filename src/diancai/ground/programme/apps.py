"""Django's registration of this room."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "diancai.ground.programme"
    label = "programme"
    default_auto_field = "django.db.models.BigAutoField"
