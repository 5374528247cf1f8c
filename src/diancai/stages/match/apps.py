"""Django's registration of this room."""

from django.apps import AppConfig


class MatchConfig(AppConfig):
    name = "diancai.stages.match"
    label = "match"
    default_auto_field = "django.db.models.BigAutoField"
