"""Model fields that declare personal data.

A field that is not sealed is public to whoever may see the record; `personal_fields` lists the sealed ones of a model,
so that exports, the demo and the ledger scrub a new field unless somebody allows it by name.
"""

import json
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import models

from diancai.ground.privacy.sealing import open_sealed, seal

InPython = TypeVar("InPython")

if TYPE_CHECKING:

    class _Typed(models.Field[InPython, InPython]): ...
else:

    class _Typed(models.Field, Generic[InPython]):
        """Django's field is generic for the type checker only."""


class SealedField(_Typed[InPython]):
    """What sealed columns share: bytes in the database, and no place in a form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, kwargs

    def get_internal_type(self) -> str:
        return "BinaryField"


class SealedTextField(SealedField[str]):
    """Text in Python, ciphertext in the database; the empty text is stored as nothing."""

    description = "text sealed at rest"
    empty_values = [""]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str:
        return open_sealed(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        sealed = seal(value) if isinstance(value, str) else bytes(value or b"")
        return connection.Database.Binary(sealed)


class SealedJSONField(SealedField[Any]):
    """Lists and dictionaries in Python, ciphertext in the database; what is empty is stored as nothing.

    `default` (`list` or `dict`) makes what an empty column is read as.
    """

    description = "JSON sealed at rest"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        told = open_sealed(value)
        return json.loads(told) if told else self.get_default()

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return connection.Database.Binary(seal(json.dumps(value, ensure_ascii=False)) if value else b"")


def personal_fields(model: type[models.Model]) -> frozenset[str]:
    """Names of the fields of `model` that hold personal data."""
    return frozenset(field.name for field in model._meta.get_fields() if isinstance(field, SealedField))
