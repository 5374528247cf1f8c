"""Django's registration of this room."""

from django.apps import AppConfig


class TallyConfig(AppConfig):
    name = "diancai.stages.tally"
    label = "tally"
    default_auto_field = "django.db.models.BigAutoField"
