"""Django's registration of this room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "diancai.ground.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name the chore that sends, and listen."""
        from diancai.ground.notices import chore, reactions  # noqa: F401, PLC0415

        reactions.register()
