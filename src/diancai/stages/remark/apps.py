"""Django's registration of this room."""

from django.apps import AppConfig


class RemarkConfig(AppConfig):
    name = "diancai.stages.remark"
    label = "remark"
    default_auto_field = "django.db.models.BigAutoField"
