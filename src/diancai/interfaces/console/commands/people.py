"""`diancai account`: the first administrator, and accounts from the shell."""

import argparse
import getpass

from diancai.interfaces.console.command import Command, Failed
from diancai.interfaces.console.commands.given import account_of, now, place_of
from diancai.words import Role


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username", help="用户名 user name")
    parser.add_argument("--name", default="", help="姓名 display name")
    parser.add_argument("--role", required=True, choices=[role.value for role in Role])
    parser.add_argument("--place", default="", help="区划代码，末尾的零可以不写 place code")
    parser.add_argument("--department", default="", help="部门全称 department name")


def _account(given: argparse.Namespace) -> int:
    from django.db import transaction
    from django.utils import timezone

    from diancai.ground.people.actions import give_post, make_account
    from diancai.ground.place.queries import list_departments

    departments = {department.name: department.id for department in list_departments()}
    if given.department and given.department not in departments:
        raise Failed(f"没有部门“{given.department}”。", f"There is no department “{given.department}”.")
    place_code, password = place_of(given.place) if given.place else "", _password()
    # Together, so that a post that cannot be given leaves no account behind.
    with transaction.atomic():
        account = make_account(by=None, at=now(), username=given.username, display_name=given.name, password=password)
        give_post(
            by=None,
            at=now(),
            account=account,
            role=Role(given.role),
            valid_from=timezone.localdate(),
            place_code=place_code,
            department_id=departments.get(given.department),
        )
    print(f"{given.username}: {Role(given.role).zh}")
    return 0


def _password() -> str:
    first = getpass.getpass("密码 password: ")
    if first != getpass.getpass("再输一次 again: "):
        raise Failed("两次输入不一样。", "The two entries differ.")
    return first


def _token_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username")
    parser.add_argument("--name", default="shell", help="用途 what it is for")
    parser.add_argument("--days", type=int, default=180, help="几天后自动失效 days until it ends")


def _token(given: argparse.Namespace) -> int:
    from diancai.ground.people.tokens import make_token

    account = account_of(given.username)
    print(make_token(by=None, at=now(), account=account, name=given.name, days=given.days))
    return 0


COMMANDS = (
    Command(
        "account",
        "新建账号并给岗位（第一个管理员也这样建）",
        "make an account with a post",
        "diancai account admin --role administrator --place 150800000000",
        _account,
        _arguments,
    ),
    Command(
        "token",
        "给程序用的令牌，只显示这一次",
        "a token for programs, shown once",
        "diancai token lifang --name excel",
        _token,
        _token_arguments,
    ),
)
