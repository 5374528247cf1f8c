"""Django's registration of this room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "diancai.interfaces.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The job behind the two-sheets page is known from the start; notices are forgotten with diverted words."""
        from diancai.interfaces.web import notices  # noqa: PLC0415
        from diancai.interfaces.web.two_sheets import handling  # noqa: F401, PLC0415

        notices.register()
