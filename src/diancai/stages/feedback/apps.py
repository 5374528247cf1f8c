"""Django's registration of this room."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "diancai.stages.feedback"
    label = "feedback"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the reactions once the tables are known."""
        from diancai.stages.feedback import reactions  # noqa: PLC0415

        reactions.register()
