"""Django's registration of this room."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "diancai.interfaces.console"
    label = "console"
    default_auto_field = "django.db.models.BigAutoField"
