"""Django's registration of this room."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "diancai.ground.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"
