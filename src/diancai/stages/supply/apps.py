"""Django's registration of this room."""

from django.apps import AppConfig


class SupplyConfig(AppConfig):
    name = "diancai.stages.supply"
    label = "supply"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the reactions once the tables are known."""
        from diancai.stages.supply import reactions  # noqa: PLC0415

        reactions.register()
