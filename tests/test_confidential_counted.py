"""Made confidential later and ordinary again; the numbers of both series, and the one total that is told."""

import copy
import datetime as dt

import pytest
from django.urls import reverse

from grievances import actions
from grievances.models import Category, Source
from grievances.secrecy import total_in_words
from liaison.errors import NotAllowed
from tests.confidential import WORDS, reported
from tests.lived_in import DAY, NOW


def test_what_another_matter_names_does_not_become_confidential(town):
    """A page of the other one would go on showing its number."""
    matter = town.ours["Grievance"]
    other = copy.copy(matter)
    other.pk, other.number, other.repeat_of = None, "100-2026-09999", matter
    other.save(force_insert=True)
    raised = {"on": DAY, "now": NOW, "version": None, "ground": "violence", "reason": "家暴"}
    with pytest.raises(NotAllowed, match="重复反映"):
        actions.make_confidential(grievance=matter, by=town.li, **raised)
    alone = actions.make_confidential(grievance=other, by=town.li, **raised)
    assert alone.repeat_of is None


def test_an_ordinary_matter_becomes_confidential_and_its_number_stays_taken(town, signed_in):
    ordinary = town.ours["Grievance"]
    visit, public = ordinary.visit, ordinary.number
    visit.said = WORDS[1]
    visit.save()
    raised = {"on": DAY, "now": NOW, "version": None, "ground": "violence", "reason": "家暴"}
    with pytest.raises(NotAllowed, match="不转涉密"):
        actions.make_confidential(grievance=ordinary, by=town.chen, **raised)
    matter = actions.make_confidential(grievance=ordinary, by=town.li, people=[town.feng], **raised)
    visit.refresh_from_db()
    assert (visit.said, matter.number) == ("", "100-M-2026-00001")
    for user in (town.zhao, town.li, town.feng):
        client = signed_in(user)
        said = client.get(reverse("grievances:detail", args=[public])).content.decode()
        assert "本编号已转其他渠道办理" in said
        assert ordinary.summary not in said
        assert public not in client.get("/ledger/").content.decode()
        assert client.get(reverse("grievances:detail", args=[matter.number])).status_code == 404
    assert WORDS[1] in signed_in(town.zhou).get(f"/ledger/{matter.number}/").content.decode()

    lowered = {"on": DAY, "now": NOW, "version": None, "reason": "核实不属实"}
    with pytest.raises(NotAllowed):
        actions.make_ordinary(grievance=matter, by=town.zhao, **lowered)
    matter = actions.make_ordinary(grievance=matter, by=town.zhou, **lowered)
    assert matter.number == public
    assert public in signed_in(town.zhao).get("/ledger/").content.decode()


def test_what_was_put_right_in_its_visit_goes_along_too(town, signed_in):
    """The visit's page would go on showing both wordings under 更正; a reader finds them in the detail."""
    ordinary = town.ours["Grievance"]
    visit = ordinary.visit
    visit.said = WORDS[1]
    visit.save()
    changes = [
        {"field": "反映情况", "before": WORDS[0], "after": WORDS[1]},
        {"field": "人数", "before": "1", "after": "2"},
    ]
    visit.amendments.create(at=NOW, by=town.li, by_name="李明", reason="写错了", changes=changes)
    raised = {"on": DAY, "now": NOW, "version": None, "ground": "violence", "reason": "家暴"}
    matter = actions.make_confidential(grievance=ordinary, by=town.li, people=[town.feng], **raised)
    page = signed_in(town.li).get(reverse("visits:visit", args=[visit.pk])).content.decode()
    assert "写错了" in page and "已转其他渠道办理" in page
    assert not [word for word in WORDS[:2] if word in page]
    assert all(word in matter.detail for word in WORDS[:2])


def test_public_numbers_go_on_without_a_gap(town):
    facts = {"village": town.ours["Village"], "summary": "路灯", "kind": "demand"}
    facts |= {"category": Category.objects.first(), "source": Source.objects.first()}
    first = actions.register(by=town.li, on=DAY, now=NOW, **facts)
    reported(town)
    second = actions.register(by=town.li, on=DAY, now=NOW, **facts)
    assert int(second.number[-5:]) == int(first.number[-5:]) + 1


@pytest.mark.parametrize(("count", "said"), [(0, "少于5件"), (4, "少于5件"), (5, "5件")])
def test_the_total_is_told_from_five_on_and_after_the_period(town, count, said, signed_in):
    for _ in range(count):
        reported(town)
    township, month = (
        town.ours["Village"].township_id,
        (dt.date(2026, 11, 1), dt.date(2026, 11, 30)),
    )
    assert total_in_words([township], *month, today=dt.date(2026, 12, 1)) == said
    assert total_in_words([township], *month, today=dt.date(2026, 11, 30)) == "期末后公布"
