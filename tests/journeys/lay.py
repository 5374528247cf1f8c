"""Lays the ground of a journey in its own data folder: the people of the demo and a few offers in force today.

Run by the journey's fixture as a program of its own, so that the test talks to the product only through its doors.
"""

from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from diancai.ground.people.actions import give_post, make_account  # noqa: E402
from diancai.interfaces.console.story.stage import PASSWORD, SINCE, Stage  # noqa: E402
from diancai.stages.supply.actions import write_offer  # noqa: E402
from diancai.words import Role, Strand  # noqa: E402

OFFERS = (
    ("五原县农牧局", "大棚黄瓜病害专家入棚指导", "专家入棚现场指导", Strand.SCIENCE, "设施农业/病害防治", 10),
    ("五原县文化旅游体育局", "二人台惠民演出", "流动舞台现场演出", Strand.CULTURE, "文化/文艺演出", 12),
)
CONTACTS = (
    ("wuyuan-nongmu", "五原县农牧局"),
    ("wuyuan-wenlv", "五原县文化旅游体育局"),
    ("wuyuan-shuili", "五原县水利局"),
)


def lay() -> None:
    stage, now = Stage(), timezone.now()
    stage.make_everybody()
    for username, name in CONTACTS:
        account = make_account(by=None, at=now, username=username, display_name=f"{name}联络人", password=PASSWORD)
        department = stage.departments[name].id
        give_post(
            by=None,
            at=now,
            account=account,
            role=Role.DEPARTMENT_CONTACT,
            valid_from=SINCE,
            department_id=department,
        )
    for name, service, form, strand, topic, capacity in OFFERS:
        write_offer(
            by=stage.office_of("150821000000"),
            at=now,
            programme_id=stage.programme.id,
            department_id=stage.departments[name].id,
            leader="副局长",
            service=service,
            service_form=form,
            contact="办公室",
            strand=strand,
            topics=(topic,),
            capacity=capacity,
            capacity_unit="次",
            capacity_period="month",
            valid_from=now.date() - timedelta(days=30),
            valid_until=now.date() + timedelta(days=200),
        )


lay()
