"""Django's registration of this room."""

from django.apps import AppConfig


class SupplyConfig(AppConfig):
    name = "diancai.stages.supply"
    label = "supply"
    default_auto_field = "django.db.models.BigAutoField"
