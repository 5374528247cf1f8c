"""Django's registration of this room."""

from django.apps import AppConfig


class UrgingConfig(AppConfig):
    name = "diancai.stages.urging"
    label = "urging"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the reactions and notices once the tables are known."""
        from diancai.stages.urging import notices, reactions  # noqa: PLC0415

        reactions.register()
        notices.register()
