"""Django's registration of this room."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "diancai.ground.privacy"
    label = "privacy"
    default_auto_field = "django.db.models.BigAutoField"
