"""Django's registration of this room."""

from django.apps import AppConfig


class TallyConfig(AppConfig):
    name = "diancai.stages.tally"
    label = "tally"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the listener once the tables are known."""
        from diancai.stages.tally import reactions  # noqa: PLC0415

        reactions.register()
