"""What is looked for stands in the address: no list takes an ID or phone number, and none repeats it."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["990001199001010016", "15400001234"])
@pytest.mark.parametrize("page", ["/ledger/", "/visits/", "/households/", "/residents/"])
def test_a_list_refuses_an_id_or_phone_number(signed_in, zhao, page, typed):
    answer = signed_in(zhao).get(page, {"q": typed})
    assert answer.status_code == 422
    assert "请不要输入身份证号或电话" in answer.content.decode()
    assert answer.content.decode().count(typed) <= 1, "in the box it was typed into, in no link"


@pytest.mark.parametrize("page", ["/ledger/", "/visits/", "/households/", "/residents/"])
def test_a_list_still_takes_a_name_or_a_number_of_the_ledger(signed_in, zhao, page):
    assert signed_in(zhao).get(page, {"q": "100-2026-00001"}).status_code == 200
    assert signed_in(zhao).get(page, {"q": "周大山"}).status_code == 200
