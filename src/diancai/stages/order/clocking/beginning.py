"""How a process begins that helps with the clocks. It is read before Django stands and so imports no model."""

import django
from django.db import connection


def begin(database: str) -> None:
    """Set Django up, on the database of the process that started this one."""
    django.setup()
    connection.close()
    connection.settings_dict["NAME"] = database
