"""Django's registration of this room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "diancai.ground.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name the chore that sends."""
        from diancai.ground.notices import chore  # noqa: F401, PLC0415
