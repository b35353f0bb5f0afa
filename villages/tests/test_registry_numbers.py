"""A number of somebody on the roll is shown for a reason that is kept, and to nobody else."""

import pytest

from liaison.models import AuditEntry

from .conftest import PHONE, ZHOU_ID
from .test_registry_changes import address_of, text_of


@pytest.mark.parametrize(
    ("field", "plain", "other"), [("id_number", ZHOU_ID, PHONE), ("phones", PHONE, ZHOU_ID)]
)
def test_a_number_is_shown_for_a_reason_that_is_kept(
    signed_in, li, zhou_dashan, field, plain, other
):
    answer = signed_in(li).post(
        address_of("reveal", zhou_dashan), {"field": field, "reason": "核对低保材料"}
    )
    assert answer.status_code == 200
    assert plain in text_of(answer)
    assert other not in text_of(answer)
    assert answer["Cache-Control"] == "no-store"
    line = AuditEntry.objects.get()
    assert line.action in ("查看身份证号", "查看联系电话")
    assert (line.after, line.object_label) == ({"事由": "核对低保材料"}, "周大山")


def test_the_piece_htmx_asks_for_is_the_number_alone(signed_in, li, zhou_dashan):
    answer = signed_in(li).post(
        address_of("reveal", zhou_dashan),
        {"field": "phones", "reason": "通知到场"},
        headers={"HX-Request": "true"},
    )
    assert PHONE in text_of(answer)
    assert "<html" not in text_of(answer)
    assert 'data-forget-after="30"' in text_of(answer)


@pytest.mark.parametrize(
    "filled",
    [{"field": "id_number", "reason": " "}, {"field": "name", "reason": "看看"}, {}],
)
def test_no_number_is_shown_without_a_reason(signed_in, li, zhou_dashan, filled):
    answer = signed_in(li).post(address_of("reveal", zhou_dashan), filled)
    assert answer.status_code == 422
    assert ZHOU_ID not in text_of(answer)
    assert PHONE not in text_of(answer)
    assert not AuditEntry.objects.exists()


def test_a_number_in_the_reason_does_not_reach_the_trail(signed_in, li, zhou_dashan):
    signed_in(li).post(
        address_of("reveal", zhou_dashan), {"field": "phones", "reason": f"核对{ZHOU_ID}"}
    )
    assert ZHOU_ID not in str(AuditEntry.objects.get().after)


def test_nobody_else_is_shown_a_number(signed_in, wang, qian, contact, sun, zhou_dashan):
    filled = {"field": "id_number", "reason": "核对"}
    address = address_of("reveal", zhou_dashan)
    for person, status in ((wang, 404), (qian, 404), (contact, 403), (sun, 403)):
        answer = signed_in(person).post(address, filled)
        assert answer.status_code == status
        assert ZHOU_ID not in text_of(answer)
    assert not AuditEntry.objects.exists()


def test_a_number_is_never_shown_by_a_link(signed_in, li, zhou_dashan):
    assert signed_in(li).get(address_of("reveal", zhou_dashan)).status_code == 405
