"""Who hears of an urging: the department once for many parts, its leader of a letter, who urged of the answer."""

from datetime import date

from cast import Cast
from stages.urging.late import Late, at, signing

from diancai.ground.notices.models import Notice
from diancai.ground.people.models import Account
from diancai.stages.urging import actions
from diancai.stages.urging.models import Urge
from diancai.words import NoticeKind


def _told(who: Account) -> int:
    return Notice.objects.filter(account=who, kind=NoticeKind.URGED).count()


def test_a_department_hears_once_of_many_and_its_leader_of_letters(cast: Cast, late: Late, pressing: Late) -> None:
    both = {"by": cast.county_office, "assignment_ids": [late.part_id, pressing.part_id]}
    actions.remind(at=at(16), words="请抓紧", **both)
    assert (_told(cast.department_contact), _told(cast.department_leader)) == (1, 0)
    letter = actions.draft_letter(at=at(19), step="supervision", **both)
    assert _told(cast.department_contact) == 1
    actions.send_letter(by=cast.county_office, at=at(19), letter_id=letter, signing=signing(date(2019, 12, 19)))
    assert (_told(cast.department_contact), _told(cast.department_leader)) == (2, 1)
    assert _told(cast.other_department_contact) == _told(cast.stranger) == 0
    assert "请抓紧" not in str(list(Notice.objects.values()))


def test_who_urged_hears_of_the_answer_and_one_answer_covers_what_was_asked_before(cast: Cast, late: Late) -> None:
    for day in (16, 17):
        actions.remind(by=cast.county_office, at=at(day), assignment_ids=[late.part_id])
    last = Urge.objects.latest("id")
    told = {"by": cast.department_contact, "at": at(17, 15), "urge_ids": [last.pk]}
    assert actions.answer_urges(answer="下周讲课", **told) == 2
    assert not Urge.objects.filter(answered_at=None).exists()
    assert _told(cast.county_office) == 1
