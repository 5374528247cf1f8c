"""Django's registration of this room."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "diancai.ground.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the job once the tables are known."""
        from diancai.ground.search import purging  # noqa: F401, PLC0415
