"""Django's registration of this room."""

from django.apps import AppConfig


class SlipConfig(AppConfig):
    name = "diancai.ground.slip"
    label = "slip"
    default_auto_field = "django.db.models.BigAutoField"
