"""Django's registration of this room."""

from django.apps import AppConfig


class MatchConfig(AppConfig):
    name = "diancai.stages.match"
    label = "match"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the reactions once the tables are known."""
        from diancai.stages.match import reactions  # noqa: PLC0415

        reactions.register()
