"""Model fields that declare personal data.

A field that is not sealed is public to whoever may see the record; `personal_fields` lists the sealed ones of a model,
so that exports, the demo and the ledger scrub a new field unless somebody allows it by name.
"""

from typing import TYPE_CHECKING, Any

from django.db import models

from diancai.ground.privacy.sealing import open_sealed, seal

if TYPE_CHECKING:
    TextInPython = models.Field[str, str]
else:
    TextInPython = models.Field  # generic for the type checker only


class SealedTextField(TextInPython):
    """Text in Python, ciphertext in the database; the empty text is stored as nothing."""

    description = "text sealed at rest"
    empty_values = [""]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", "")
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, kwargs

    def get_internal_type(self) -> str:
        return "BinaryField"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str:
        return open_sealed(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        sealed = seal(value) if isinstance(value, str) else bytes(value or b"")
        return connection.Database.Binary(sealed)


def personal_fields(model: type[models.Model]) -> frozenset[str]:
    """Names of the fields of `model` that hold personal data."""
    return frozenset(field.name for field in model._meta.get_fields() if isinstance(field, SealedTextField))
