"""Django's registration of this room."""

from django.apps import AppConfig


class NeedConfig(AppConfig):
    name = "diancai.stages.need"
    label = "need"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the jobs and listen to remarks once the tables are known."""
        from diancai.stages.need import reactions  # noqa: PLC0415

        reactions.register()
