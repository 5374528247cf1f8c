"""Django's registration of this room."""

from django.apps import AppConfig


class RemarkConfig(AppConfig):
    name = "diancai.stages.remark"
    label = "remark"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the jobs once the tables are known."""
        from diancai.stages.remark import reactions  # noqa: F401, PLC0415
