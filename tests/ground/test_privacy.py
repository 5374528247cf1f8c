"""Sealing: what goes in comes out, nothing else does."""

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from diancai.ground.place.models import CollectionTeam, LiaisonStation, TeamMember
from diancai.ground.privacy.fields import personal_fields
from diancai.ground.privacy.sealing import SealBroken, blind_index, mask_name, mask_phone, open_sealed, seal

WORDS = st.text(alphabet=st.characters(exclude_categories=["Cs"]))


@given(WORDS)
def test_what_is_sealed_opens_to_the_same_words(text):
    assert open_sealed(seal(text)) == text


@given(st.text(min_size=4, alphabet="0123456789"))
def test_the_same_words_never_look_the_same(text):
    assert seal(text) != seal(text)
    assert blind_index(text) == blind_index(text)


def test_a_changed_byte_or_another_key_is_told():
    sealed = bytearray(seal("13812345678"))
    sealed[-1] ^= 1
    with pytest.raises(SealBroken):
        open_sealed(bytes(sealed))
    good = seal("13812345678")
    with override_settings(SEALING_KEY="another key"), pytest.raises(SealBroken):
        open_sealed(good)


@given(st.text(alphabet="0123456789", max_size=15))
def test_a_masked_phone_shows_at_most_seven_digits(phone):
    shown = [c for c in mask_phone(phone) if c != "*"]
    assert len(mask_phone(phone)) == len(phone)
    assert len(shown) <= 7


def test_a_masked_name_shows_the_family_name():
    assert (mask_name("李芳"), mask_name("")) == ("李*", "")


def test_a_sealed_field_is_ciphertext_in_the_table_and_text_in_python(places):
    team = CollectionTeam.objects.create(station=LiaisonStation.objects.first(), name="小分队")
    TeamMember.objects.create(team=team, name="张三", phone="13812345678")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM place_teammember")
        raw = bytes(cursor.fetchone()[0])
    assert b"138" not in raw
    assert TeamMember.objects.get().phone == "13812345678"
    assert personal_fields(TeamMember) == {"name", "phone"}
