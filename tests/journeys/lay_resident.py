"""Lays one completed order of 联丰村 and prints the code of its slip; run by `test_the_resident` as a program."""

import uuid

import django

django.setup()

from django.utils import timezone  # noqa: E402

from diancai.interfaces.console.story.stage import Stage  # noqa: E402
from diancai.stages.feedback.actions import issue_slip  # noqa: E402
from diancai.stages.need.actions import accept_need, raise_need  # noqa: E402
from diancai.stages.order import actions  # noqa: E402
from diancai.stages.order.queries import get_order  # noqa: E402
from diancai.stages.remark.actions import record_remark  # noqa: E402
from diancai.words import Source  # noqa: E402


def lay() -> str:
    stage, now = Stage(), timezone.now()
    office = stage.office_of("150821000000")
    said = record_remark(
        by=office,
        at=now,
        programme_id=stage.programme.id,
        text="想请专家给看看大棚黄瓜的病",
        place_code="150821101201",
        source=Source.HOME_VISIT,
        uuid=uuid.uuid4(),
        speaker="刘翠兰",
    )
    need = raise_need(by=office, at=now, remark_id=said.id, content="大棚黄瓜病害专家指导")
    accept_need(by=office, at=now, need_id=need.id)
    bureau = stage.departments["五原县农牧局"]
    order = actions.place_order(by=office, at=now, need_id=need.id, department_id=bureau.id)
    one = {"by": stage.contact_of(bureau), "at": now, "assignment_id": get_order(office, order.id).assignments[0].id}
    actions.accept_assignment(**one, leader="副局长", contact="办公室")
    actions.complete_assignment(**one, words="专家入棚2次，讲了用药，到场12人")
    return issue_slip(by=office, at=now, order_id=order.id).code


if __name__ == "__main__":
    print(lay())
