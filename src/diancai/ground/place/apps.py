"""Django's registration of this room."""

from django.apps import AppConfig


class PlaceConfig(AppConfig):
    name = "diancai.ground.place"
    label = "place"
    default_auto_field = "django.db.models.BigAutoField"
