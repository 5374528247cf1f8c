"""What stands where words were taken away, and lines of a published list that keep what was signed sealed.

Used by every stage that shows a record of which nothing may be shown any more.
"""

import json
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import models

from diancai.ground.privacy.fields import SealedField, SealedTextField

if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:
    Field = models.Field  # generic for the type checker only

# A report about persons: its words went to the body that the law names, and are shown nowhere.
WITHHELD = "（依法移送，不公开）"
# A person's own matter, found to be one after it had been listed: answered to him, never told.
PERSONAL_MATTER = "（个人事项，不公开）"


def withhold_words(record: models.Model, *, stays: Collection[str]) -> None:
    """Put `WITHHELD` in place of every free text of a record but for `stays`, and empty its lists; saves it.

    A column that is added later is withheld too, unless somebody lets it stay by name. Codes and closed words are no
    free text.
    """
    changed = [field for field in record._meta.concrete_fields if _is_free(field) and field.name not in stays]
    for field in changed:
        held = getattr(record, field.name)
        if isinstance(held, str):
            setattr(record, field.name, WITHHELD[: field.max_length] if held else "")
        else:
            setattr(record, field.name, field.get_default())
    record.save(update_fields=[field.name for field in changed])


def _is_free(field: Field) -> bool:
    if isinstance(field, SealedField) or field.choices:
        return False
    if isinstance(field, models.CharField):
        return not field.name.endswith(("_code", "_digest", "_key"))
    return isinstance(field, models.TextField | models.JSONField)


class SignedLine(models.Model):
    """A line of an edition. Once published it is frozen, yet what may no longer be shown must go.

    `cells` are shown. Where words were withheld, `signed_cells` holds those that were signed, sealed, and the edition's
    digest goes on covering them.
    """

    cells = models.JSONField()
    signed_cells = SealedTextField()

    class Meta:
        abstract = True

    @property
    def as_signed(self) -> dict[str, str]:
        """The cells that the edition's digest covers."""
        cells: dict[str, str] = json.loads(self.signed_cells) if self.signed_cells else self.cells
        return cells

    def show(self, cells: dict[str, str]) -> None:
        """Show these cells from now on, and keep those that were signed; the very same again unseals them."""
        signed = self.as_signed
        self.cells, self.signed_cells = cells, "" if cells == signed else json.dumps(signed, ensure_ascii=False)
        self.save(update_fields=["cells", "signed_cells"])
