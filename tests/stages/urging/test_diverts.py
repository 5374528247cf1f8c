"""What proves to be a report about persons: no urging, letter or history keeps a word of it, and its paper is shut."""

from datetime import date

import pytest
from cast import Cast
from stages.urging.late import Late, at, signing

from diancai.ground.ledger.queries import list_events
from diancai.ground.privacy.withholding import WITHHELD
from diancai.stages.need.models import Need
from diancai.stages.remark.actions import divert_remark
from diancai.stages.urging import actions
from diancai.stages.urging.errors import LetterWithheld
from diancai.stages.urging.models import Letter, Urge
from diancai.stages.urging.queries import get_letter, get_letter_scan, letter_file, list_urges

SECRET = "穿云箭"


def test_a_divert_takes_every_word_of_urging(cast: Cast, pressing: Late, programme) -> None:
    office = {"by": cast.county_office, "assignment_ids": [pressing.part_id]}
    urge_id = actions.remind(at=at(14), words=f"催{SECRET}", **office).urge_ids[0]
    actions.answer_urges(by=cast.department_contact, at=at(14, 11), urge_ids=[urge_id], answer=f"问{SECRET}")
    letter_id = actions.draft_letter(
        at=at(14, 15), step="notice", words=f"函{SECRET}", skip_reason=f"急{SECRET}", **office
    )
    actions.send_letter(by=cast.county_office, at=at(14, 16), letter_id=letter_id, signing=signing(date(2019, 12, 14)))
    need = Need.objects.get(orders=pressing.order_id)
    remark_id = need.sources.first().remark_id
    divert_remark(by=cast.county_office, at=at(16), remark_id=remark_id, reason="举报")
    kept = [*Urge.objects.values_list("words", "answer", "skip_reason"), *Letter.objects.values_list("words")]
    assert SECRET not in str(kept)
    assert WITHHELD in str(kept)
    assert list_urges(cast.county_office, programme_id=programme.id).rows == ()
    assert get_letter(cast.county_office, letter_id).lines == ()
    with pytest.raises(LetterWithheld):
        get_letter_scan(cast.county_office, letter_id)
    assert SECRET not in str(letter_file(cast.county_office, letter_id)[1])
    for subject in (("urge", urge_id), ("letter", letter_id)):
        assert SECRET not in str(list_events(*subject))
