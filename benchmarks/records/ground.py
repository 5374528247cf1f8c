"""What lies under the rows: tree, departments, programme, people.."""

from django.core.management import call_command

from diancai.ground.people.models import Account
from diancai.ground.people.queries import get_account
from diancai.ground.place.actions import load_departments, load_stations, load_tree
from diancai.ground.programme.actions import load_programme


def lay() -> tuple[int, Account]:
    """An up-to-date database with its programme, and the office of the prefecture that asks all questions."""
    from cast import make_cast

    call_command("migrate", interactive=False, verbosity=0)
    load_tree()
    load_departments()
    load_stations()
    return load_programme("2019"), make_cast().prefecture_office


def asker() -> Account:
    """The account that asks."""
    account = get_account("zhaohong")
    if account is None:
        raise RuntimeError("the folder was never filled")
    return account
