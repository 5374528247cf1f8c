"""Django's registration of this room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "diancai.interfaces.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The job behind the two-sheets page is known from the start."""
        from diancai.interfaces.web.two_sheets import handling  # noqa: F401, PLC0415
