"""Personal data: unreadable at rest, found by exact look-up, masked on the screen."""

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from liaison import personal
from villages.models import Resident

digits = st.text("0123456789", min_size=18, max_size=18)
phones = st.text("0123456789", min_size=11, max_size=11)
words = st.text(max_size=200)


@given(words)
def test_what_is_encrypted_comes_back(text):
    token = personal.encrypt(text)
    assert personal.decrypt(token) == text
    assert (token == "") == (text == "")
    assert len(text) < 4 or text not in token


@given(digits, digits)
def test_the_blind_index_tells_equal_from_unequal(one, other):
    assert (personal.blind_index(one, "id") == personal.blind_index(other, "id")) == (one == other)
    assert personal.blind_index(one, "id") != personal.blind_index(one, "phone")
    assert one not in personal.blind_index(one, "id")


def test_the_index_needs_the_key(settings):
    before = personal.blind_index("430181197001019017", "id")
    settings.INDEX_KEY = "another"
    assert personal.blind_index("430181197001019017", "id") != before


def test_an_old_key_still_reads_and_a_new_one_writes(settings):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.FIELD_KEYS = [old]
    token = personal.encrypt("15400000001")
    settings.FIELD_KEYS = [new, old]
    assert personal.decrypt(token) == "15400000001"
    fresh = personal.encrypt("15400000001")
    settings.FIELD_KEYS = [new]
    assert personal.decrypt(fresh) == "15400000001"
    assert personal.decrypt(token) == personal.KEY_LOST, "a lost key is said, not a crash"


@pytest.mark.parametrize("junk", ["x", "gAAAAA", "中文", "a" * 500])
def test_a_spoilt_token_is_said_too(junk):
    assert personal.decrypt(junk) == personal.KEY_LOST


@pytest.mark.django_db
def test_the_database_holds_no_number(household):
    person = Resident(
        township=household.township, village=household.village, household=household, name="周大山"
    )
    person.set_id_number("430181197001019017")
    person.set_phones(["15400000001", "15400000002"])
    person.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM villages_resident")
        stored = " ".join(str(cell) for cell in cursor.fetchone())
    assert "19700101" not in stored
    assert "1540000" not in stored
    again = Resident.objects.get(id_index=personal.blind_index("430181197001019017", "id"))
    assert again.id_number == "430181197001019017"
    assert again.phones == "15400000001、15400000002"


# --- Masks ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mask", "plain", "shown"),
    [
        (personal.mask_id, "441900197001011234", "441***********1234"),
        (personal.mask_id, "", ""),
        (personal.mask_id, "1234567", "*******"),
        (personal.mask_phone, "13812340000", "138****0000"),
        (personal.mask_phone, "8812345", "*****45"),
        (personal.mask_phone, "1", "1"),
        (personal.mask_phone, "", ""),
        (personal.mask_name, "张三", "张*"),
        (personal.mask_name, "张小三", "张*三"),
        (personal.mask_name, "欧阳小三", "欧**三"),
        (personal.mask_name, "张", "张"),
        (personal.mask_name, "", ""),
    ],
)
def test_masks_are_those_of_the_office(mask, plain, shown):
    assert mask(plain) == shown


@given(digits)
def test_an_id_keeps_its_length_and_hides_the_birthday(number):
    shown = personal.mask_id(number)
    assert len(shown) == 18
    assert shown.count("*") == 11
    assert shown[3:14] == "*" * 11


@given(phones)
def test_a_phone_hides_its_middle(number):
    assert personal.mask_phone(number) == f"{number[:3]}****{number[-4:]}"


@given(st.text(min_size=2, max_size=20))
def test_a_name_shows_two_letters_at_most(name):
    shown = personal.mask_name(name)
    assert len(shown) == len(name)
    assert shown[0] == name[0]
    assert set(shown[1:-1]) <= {"*"}
