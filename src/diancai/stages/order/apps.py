"""Django's registration of this room."""

from django.apps import AppConfig


class OrderConfig(AppConfig):
    name = "diancai.stages.order"
    label = "order"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the reactions once the tables are known."""
        from diancai.stages.order import notices, reactions  # noqa: PLC0415

        reactions.register()
        notices.register()
