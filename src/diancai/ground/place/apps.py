"""Django's registration of this room."""

import json

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from diancai.words import rename

FORM = (
    '无法启动：{file}（{fault}）；应形如 {{"OrderState": {{"accepted": "已受理"}}}}。'
    " / Cannot start: it should look like that; the names are those of docs/glossary.md."
)


class PlaceConfig(AppConfig):
    name = "diancai.ground.place"
    label = "place"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """An office's own labels are in place before the first page."""
        own = settings.CONFIG_OVERRIDES / "labels.json"
        if own.is_file():
            try:
                rename(json.loads(own.read_text(encoding="utf-8-sig")))
            except ValueError as error:
                raise ImproperlyConfigured(FORM.format(file=own, fault=error)) from error
