"""Django's registration of this room."""

from django.apps import AppConfig


class OrderConfig(AppConfig):
    name = "diancai.stages.order"
    label = "order"
    default_auto_field = "django.db.models.BigAutoField"
