"""One form, one record: whatever is tapped, repeated or guessed."""

import uuid

import pytest
from django.db import IntegrityError, connection

from desk.tests.at_once import at_once
from liaison.errors import DifferentContent, NotAllowed
from liaison.idempotency import submit_once
from liaison.models import NumberSeries, Submission

CONTENT = [("摘要", "村口路灯不亮"), ("户", "周大山户(001)")]


def make(name="a"):
    """A record, and its address."""
    NumberSeries.objects.create(key=name)
    return f"/made/{name}/"


def submit(user, key, content=CONTENT, do=make, purpose="test"):
    return submit_once(key=key, user=user, purpose=purpose, content=content, do=do)


@pytest.mark.django_db
def test_a_repetition_gives_the_same_answer_and_no_second_record(li):
    key = uuid.uuid4()
    first, second = submit(li, key), submit(li, str(key))
    assert (first.url, first.repeated) == ("/made/a/", False)
    assert (second.url, second.repeated) == ("/made/a/", True)
    assert NumberSeries.objects.count() == 1


@pytest.mark.django_db
def test_a_form_at_a_long_address_is_stored_and_told_from_its_neighbour(li):
    """The purpose of a page's form is its address, under whatever path the site stands."""
    key, long = (
        uuid.uuid4(),
        "/lianxi/ledger/2013-营仔镇-石桥村-纠纷-0001/confidential/readers/new/",
    )
    assert submit(li, key, purpose=long).repeated is False
    assert submit(li, key, purpose=long).repeated is True
    assert long.startswith(Submission.objects.get().purpose)
    with pytest.raises(DifferentContent):
        submit(li, key, purpose=f"{long}other/")


@pytest.mark.django_db
def test_other_content_under_one_key_shows_both(li):
    key = uuid.uuid4()
    submit(li, key)
    other = [("摘要", "水渠堵了"), ("户", "周大山户(001)")]
    with pytest.raises(DifferentContent) as caught:
        submit(li, key, other, do=lambda: make("b"))
    assert caught.value.earlier == CONTENT
    assert caught.value.now == other
    assert caught.value.result_url == "/made/a/"
    assert NumberSeries.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("content", [CONTENT, [("摘要", "猜的")]], ids=["the same", "a guess"])
def test_somebody_elses_key_reveals_nothing(li, wang, content):
    key = uuid.uuid4()
    submit(li, key)
    with pytest.raises(DifferentContent) as caught:
        submit(wang, key, content, do=lambda: make("b"))
    assert caught.value.earlier == []
    assert caught.value.result_url == ""
    assert NumberSeries.objects.count() == 1


@pytest.mark.django_db
def test_one_key_serves_one_form_only(li):
    key = uuid.uuid4()
    submit(li, key, purpose="household")
    with pytest.raises(DifferentContent):
        submit(li, key, purpose="resident", do=lambda: make("b"))


@pytest.mark.django_db
def test_a_refusal_leaves_the_key_free(li):
    key = uuid.uuid4()

    def refuse():
        make("half")
        raise NotAllowed("请先填写办理结果。")

    with pytest.raises(NotAllowed):
        submit(li, key, do=refuse)
    assert not Submission.objects.exists()
    assert not NumberSeries.objects.exists(), "never half a record"
    assert not submit(li, key).repeated


@pytest.mark.django_db
def test_another_broken_rule_is_not_taken_for_a_repetition(li):
    make("a")
    with pytest.raises(IntegrityError):
        submit(li, uuid.uuid4(), do=make)
    assert not Submission.objects.exists()


@pytest.mark.django_db
def test_what_was_filled_in_is_not_readable_in_the_database(li):
    submit(li, uuid.uuid4())
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM liaison_submission")
        assert "路灯" not in cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_make_one_record(li):
    key = uuid.uuid4()

    def tap():
        return submit(li, key)

    results, made = at_once([tap] * 4, NumberSeries.objects.count)
    assert made == 1
    assert {outcome.url for outcome in results} == {"/made/a/"}
    assert sorted(outcome.repeated for outcome in results) == [False, True, True, True]


@pytest.mark.django_db(transaction=True)
def test_numbers_given_at_once_have_no_gap_and_no_double(li):
    from django.db import transaction

    def take():
        with transaction.atomic():
            return NumberSeries.next("100-2026")

    results, last = at_once([take] * 6, lambda: NumberSeries.objects.get(key="100-2026").last)
    assert sorted(results) == [1, 2, 3, 4, 5, 6]
    assert last == 6
