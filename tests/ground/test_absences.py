"""Who is away has a deputy: a colleague of the same office who sees and does the same work, for those days only."""

from datetime import date, timedelta

import pytest
from cast import NOON, PASSWORD, SINCE
from django.db import transaction
from django.utils import timezone

from diancai.ground.errors import NotAllowed, NotFound
from diancai.ground.ledger.models import Event
from diancai.ground.notices.actions import Texts, notify
from diancai.ground.notices.models import Notice
from diancai.ground.notices.seats import Seat
from diancai.ground.people.absences import end_absence, list_absences, list_deputies, set_deputy
from diancai.ground.people.errors import (
    AbsenceDatesReversed,
    AbsenceOverAlready,
    AbsenceOverlaps,
    AbsenceTooLong,
    DeputyIsAway,
    DeputyNotFit,
    NothingToDeputise,
)
from diancai.ground.people.models import Absence, Account, Post
from diancai.ground.people.queries import can
from diancai.ground.people.who_may import Act, Scope
from diancai.words import NoticeKind, Role

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


@pytest.fixture
def colleague(cast):
    """高娃 sits in the same bureau, as another contact's leader; she is no contact herself."""
    account = Account.objects.create_user("gaowa", password=PASSWORD, display_name="高娃")
    Post.objects.create(account=account, role=Role.DEPARTMENT_LEADER, department=cast.department, valid_from=SINCE)
    return account


def away(cast, deputy="gaowa", first=TODAY, last=TODAY + timedelta(days=9), by=None, username="sunliang", at=NOON):
    return set_deputy(
        by=by or cast.department_contact, at=at, username=username, deputy=deputy, first_day=first, last_day=last
    )


def may_answer(cast, account, on):
    fresh = Account.objects.get(pk=account.pk)
    contact = Post.objects.filter(account=fresh, role=Role.DEPARTMENT_CONTACT)
    holds = any(post.valid_from <= on <= (post.valid_until or on) for post in contact)
    assert holds <= can(fresh, Act.ANSWER_ORDER, Scope(department_ids=frozenset({cast.department.pk})), on)
    return holds


def test_the_deputy_is_a_contact_from_the_first_day_to_the_last_and_not_a_day_longer(cast, colleague):
    away(cast, first=TODAY + timedelta(days=2), last=TODAY + timedelta(days=4))
    held = {day for day in range(8) if may_answer(cast, colleague, TODAY + timedelta(days=day))}
    assert held == {2, 3, 4}
    assert may_answer(cast, cast.department_contact, TODAY + timedelta(days=3)), "who is away keeps his post"


def test_it_is_noted_who_set_it(cast, colleague):
    absence = away(cast)
    event = Event.objects.get(kind="absence.set")
    assert (event.by, event.details["deputy"]) == (cast.department_contact, colleague.pk)
    assert Post.objects.get(absence=absence).account == colleague


@pytest.mark.parametrize("who", ["stranger", "county_office", "other_department_contact", "department_leader"])
def test_nobody_sets_or_ends_or_sees_anothers_leave(cast, colleague, who):
    absence, other = away(cast), getattr(cast, who)
    with pytest.raises(NotAllowed):
        away(cast, by=other, first=TODAY + timedelta(days=20), last=TODAY + timedelta(days=21))
    with pytest.raises(NotAllowed):
        end_absence(by=other, at=NOON, absence_id=absence.pk)
    with pytest.raises(NotAllowed):
        list_absences(other, "sunliang", TODAY)
    with pytest.raises(NotAllowed):
        list_absences(other, "nobody-of-that-name", TODAY)


def test_the_administrator_sets_it_for_somebody_who_fell_ill(cast, colleague):
    away(cast, by=cast.administrator)
    (row,) = list_absences(cast.administrator, "sunliang", TODAY)
    assert (row.deputy, row.posts, row.is_over) == ("高娃", (cast.department.name,), False)


def test_a_colleague_of_another_county_or_office_is_no_deputy(cast, colleague):
    for name in ("qianjin", "chenming", "lifang", "luren", "sunliang", "nobody"):
        with pytest.raises(DeputyNotFit):
            away(cast, deputy=name)
    assert not Post.objects.filter(absence__isnull=False).exists()
    assert {each.username for each in list_deputies(cast.department_contact, TODAY)} == {"gaowa", "wumin"}


def test_a_closed_account_is_no_deputy(cast, colleague):
    colleague.is_active = False
    colleague.save()
    with pytest.raises(DeputyNotFit):
        away(cast)


@pytest.mark.parametrize("who", ["county_office", "leader", "department_leader", "administrator", "auditor"])
def test_who_signs_decides_or_manages_is_not_deputised(cast, colleague, who):
    account = getattr(cast, who)
    with pytest.raises(NothingToDeputise):
        away(cast, by=account, username=account.username)
    assert list_deputies(account, TODAY) == []


def test_two_leaves_do_not_overlap_and_dates_run_forward(cast, colleague):
    away(cast)
    with pytest.raises(AbsenceOverlaps):
        away(cast, first=TODAY + timedelta(days=9), last=TODAY + timedelta(days=12))
    with pytest.raises(AbsenceDatesReversed):
        away(cast, first=TODAY + timedelta(days=12), last=TODAY + timedelta(days=11))
    with pytest.raises(AbsenceOverAlready):
        away(cast, first=TODAY - timedelta(days=9), last=TODAY - timedelta(days=1))
    with pytest.raises(AbsenceTooLong):
        away(cast, first=TODAY + timedelta(days=20), last=TODAY + timedelta(days=20 + 180))
    assert away(cast, first=TODAY + timedelta(days=10), last=TODAY + timedelta(days=10))


def test_somebody_who_is_away_himself_is_no_deputy(cast, colleague):
    Post.objects.create(account=colleague, role=Role.DEPARTMENT_CONTACT, department=cast.department, valid_from=SINCE)
    away(cast, by=colleague, username="gaowa", deputy="sunliang")
    with pytest.raises(DeputyIsAway):
        away(cast)


def test_a_deputised_post_is_not_handed_on(cast, colleague):
    away(cast)
    with pytest.raises(NothingToDeputise):
        away(cast, by=colleague, username="gaowa", deputy="wumin")


def test_a_deputy_who_holds_the_post_already_keeps_his_own_when_the_other_is_back(cast, colleague):
    own = Post.objects.create(
        account=colleague, role=Role.DEPARTMENT_CONTACT, department=cast.department, valid_from=SINCE
    )
    absence = away(cast)
    end_absence(by=cast.department_contact, at=NOON, absence_id=absence.pk)
    own.refresh_from_db()
    assert own.valid_until is None
    assert may_answer(cast, colleague, TODAY)


def test_who_comes_back_early_takes_his_post_back_at_once(cast, colleague):
    absence = away(cast, first=TODAY - timedelta(days=3))
    assert may_answer(cast, colleague, TODAY)
    end_absence(by=cast.department_contact, at=NOON, absence_id=absence.pk)
    assert not may_answer(cast, colleague, TODAY)
    assert may_answer(cast, colleague, TODAY - timedelta(days=1)), "what was held is history"
    end_absence(by=cast.department_contact, at=NOON, absence_id=absence.pk)
    assert Event.objects.filter(kind="absence.ended").count() == 1
    assert away(cast, first=TODAY + timedelta(days=1))


def test_a_leave_that_never_began_leaves_no_post(cast, colleague):
    absence = away(cast, first=TODAY + timedelta(days=5))
    end_absence(by=cast.department_contact, at=NOON, absence_id=absence.pk)
    assert not Post.objects.filter(absence=absence).exists()
    with pytest.raises(NotFound):
        end_absence(by=cast.department_contact, at=NOON, absence_id=987654)


def test_the_deputy_is_told_what_the_other_is_told_while_he_is_away(cast, colleague):
    away(cast, first=TODAY, last=TODAY)
    for day in (0, 1):
        seat = [Seat(Role.DEPARTMENT_CONTACT, department_id=cast.department.pk)]
        for key, to in (("seat", seat), ("person", [cast.department_contact])):
            with transaction.atomic():
                notify(
                    NoticeKind.DISPATCHED,
                    to,
                    about=("order", 1),
                    key=f"{key}-{day}",
                    texts=Texts("派给您", "yours", "WY-1"),
                    at=NOON + timedelta(days=day),
                )
    of_orders = Notice.objects.filter(kind=NoticeKind.DISPATCHED)
    told = sorted(of_orders.values_list("account__username", "key"))
    assert [key for name, key in told if name == "gaowa"] == ["person-0", "seat-0"]
    assert [key for name, key in told if name == "sunliang"] == ["person-0", "person-1", "seat-0", "seat-1"]


def test_the_database_itself_refuses_a_deputy_for_oneself_and_days_that_run_backwards(cast):
    from django.db import IntegrityError

    one = {"account": cast.department_contact, "made_by": cast.department_contact, "made_at": timezone.now()}
    for wrong in (
        {"deputy": cast.department_contact, "first_day": date(2019, 12, 1), "last_day": date(2019, 12, 2)},
        {"deputy": cast.department_leader, "first_day": date(2019, 12, 3), "last_day": date(2019, 12, 2)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Absence.objects.create(**one, **wrong)
