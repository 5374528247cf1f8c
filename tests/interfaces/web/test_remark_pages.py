"""A remark's page: pictures, one more need by hand, what was diverted comes back, emergencies stand on top."""

import zlib
from struct import pack

from cast import LIANFENG, Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from diancai.ground.programme.queries import ProgrammeRow
from diancai.ground.work.actions import run_all
from diancai.stages.need.queries import list_needs, list_needs_of_remark
from diancai.stages.remark.queries import get_remark, list_remarks
from diancai.stages.remark.rows import RemarkRow

CANAL = "渠要清一清，放水前"


def _picture() -> bytes:
    def part(kind: bytes, content: bytes) -> bytes:
        return pack(">I", len(content)) + kind + content + pack(">I", zlib.crc32(kind + content))

    head = part(b"IHDR", pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + part(b"IDAT", zlib.compress(b"\0\x10\x20\x30")) + part(b"IEND", b"")


def _write(client: Client, cast: Cast, **more: object) -> RemarkRow:
    fields = {"text": CANAL, "place": LIANFENG, "source": "home_visit"} | more
    answer = client.post(reverse("new_remark"), fields)
    assert answer.status_code == 302, answer.content.decode()
    return list_remarks(cast.county_office).rows[0]


def test_pictures_come_with_a_remark_and_are_shown_to_those_who_see_it(browser, cast: Cast) -> None:
    client = browser("village_officer")
    two = [SimpleUploadedFile(f"渠{n}.png", _picture() + bytes([n])) for n in range(2)]
    row = _write(client, cast, photos=two, photo_consent="1")
    page = client.get(reverse("remark", args=[row.id])).content.decode()
    shown = get_remark(cast.village_officer, row.id).photo_ids
    addresses = [reverse("remark_photo", args=[row.id, photo]) for photo in shown]
    assert len(addresses) == 2
    assert all(f'src="{address}"' in page for address in addresses)
    assert client.get(addresses[0])["Content-Type"] == "image/png"
    assert browser("other_county_office").get(addresses[0]).status_code == 404


def test_a_picture_beyond_the_limit_is_refused_beside_its_field_in_both_languages(
    browser, cast: Cast, settings
) -> None:
    settings.PHOTO_LIMIT = 20
    client = browser("village_officer")
    for language, told in (("zh-hans", "没有保存"), ("en", "was not kept")):
        client.cookies["django_language"] = language
        fields = {"text": CANAL, "place": LIANFENG, "photos": SimpleUploadedFile("大.png", _picture())}
        answer = client.post(reverse("new_remark"), fields)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'href="#f-photos"' in page
        assert told in page
        assert CANAL in page
    assert list_remarks(cast.village_officer).rows == ()


def test_a_remark_without_a_time_was_said_when_it_was_written_down(browser, cast: Cast) -> None:
    assert _write(browser("village_officer"), cast).said_at is not None


def test_the_town_raises_one_more_need_from_the_words(browser, cast: Cast, programme: ProgrammeRow) -> None:
    row = _write(browser("village_officer"), cast)
    run_all()
    town, address = browser("town_officer"), reverse("remark", args=[row.id])
    assert reverse("raise_need", args=[row.id]) in town.get(address).content.decode()
    assert reverse("raise_need", args=[row.id]) not in browser("village_officer").get(address).content.decode()
    before = len(list_needs_of_remark(cast.town_officer, row.id))
    town.post(reverse("raise_need", args=[row.id]), {"content": "闸门更换（2个）", "strand": "service"})
    needs = list_needs_of_remark(cast.town_officer, row.id)
    assert len(needs) == before + 1
    assert needs[-1].content == "闸门更换（2个）"
    assert needs[-1].strand == "service"


def test_a_diverted_remark_comes_back_from_the_office(browser, cast: Cast) -> None:
    row = _write(browser("village_officer"), cast)
    office, address = browser("county_office"), reverse("remark", args=[row.id])
    office.post(reverse("divert_remark", args=[row.id]), {"reason": "反映具体人"})
    assert browser("village_officer").get(address).status_code == 404
    assert reverse("return_remark", args=[row.id]) in office.get(address).content.decode()
    office.post(reverse("return_remark", args=[row.id]), {"reason": "说的是渠，不是人"})
    assert browser("village_officer").get(address).status_code == 200


def test_an_emergency_stands_on_top_until_somebody_has_settled_it(browser, cast: Cast, programme: ProgrammeRow) -> None:
    row = _write(browser("village_officer"), cast, text="隔壁老人煤烟中毒，叫不醒，快来人", is_emergency="1")
    run_all()
    office, address = browser("county_office"), reverse("remark", args=[row.id])
    for page in (office.get(address), office.get(reverse("first")), browser("village_officer").get(reverse("first"))):
        assert 'class="call-box" role="alert"' in page.content.decode()
        assert 'href="tel:120"' in page.content.decode()
    for need in list_needs(cast.county_office, programme_id=programme.id, route="emergency").rows:
        office.post(reverse("leave_out", args=[need.id]), {"reason": "120已接走，人已醒"})
    assert 'role="alert"' not in office.get(address).content.decode()
    assert 'class="call-box"' not in office.get(reverse("first")).content.decode()


def test_the_duty_phone_that_the_town_registers_is_the_second_button(browser, cast: Cast) -> None:
    town, village, address = browser("town_officer"), browser("village_officer"), reverse("new_remark")
    assert "tel:0478-5211234" not in village.get(address).content.decode()
    wrong = town.post(reverse("station") + f"?place={LIANFENG}", {"name": "联丰村联络站", "duty_phone": "没有"})
    assert wrong.status_code == 422
    assert 'href="#f-duty_phone"' in wrong.content.decode()
    town.post(reverse("station") + f"?place={LIANFENG}", {"name": "联丰村联络站", "duty_phone": "0478-5211234"})
    assert 'href="tel:0478-5211234"' in village.get(address).content.decode()
    town.post(reverse("new_team", args=[LIANFENG]), {"name": "一队"})
    page = town.get(reverse("station") + f"?place={LIANFENG}").content.decode()
    assert "一队" in page
    assert browser("other_county_office").get(reverse("station") + f"?place={LIANFENG}").status_code == 403
