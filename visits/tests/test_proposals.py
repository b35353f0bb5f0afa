"""金点子: suggested, decided on, answered; seen by those whose village it is."""

import datetime as dt

import pytest
from django.urls import reverse

from conftest import appoint
from liaison import clock
from liaison.errors import NotAllowed, Stale
from liaison.models import AuditEntry
from visits import actions
from visits.models import Proposal, Visit

ON = dt.date(2026, 11, 17)
WORDS = "村口装一个凉亭，等车的老人有地方坐"


@pytest.fixture
def suggested(li, shiqiao, household):
    """A proposal of 周大山's."""
    return actions.suggest(
        by=li, now=clock.now(), village=shiqiao, household=household, words=WORDS, proposed_on=ON
    )


def decide(proposal, by, act, **more):
    proposal.refresh_from_db()
    facts = {"on": ON, "version": proposal.version, "now": clock.now(), **more}
    return actions.decide(proposal=proposal, by=by, act=act, **facts)


def test_it_waits_to_be_studied_under_a_number_of_township_and_year(li, shiqiao, suggested):
    second = actions.suggest(
        by=li, now=clock.now(), village=shiqiao, visitor="匿名", words="装路灯", proposed_on=ON
    )
    assert (suggested.number, second.number) == ("金100-2026-0001", "金100-2026-0002")
    assert suggested.state == Proposal.State.STUDY
    assert (suggested.by_whom, second.by_whom) == ("周大山", "匿名")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"words": "  "}, "请填写金点子内容"),
        ({"words": "长" * 301}, "300字以内"),
        ({"household": None}, "请填写户或姓名"),
        ({"proposed_on": dt.date(2026, 11, 18)}, "在今天以后"),
    ],
)
def test_what_is_missing_is_asked_for(li, shiqiao, household, wrong, says):
    facts = {"village": shiqiao, "household": household, "words": WORDS, "proposed_on": ON}
    with pytest.raises(NotAllowed, match=says):
        actions.suggest(by=li, now=clock.now(), **facts | wrong)
    assert actions.suggest(by=li, now=clock.now(), **facts)


def test_another_village_is_not_his(wang, li, shiqiao, household, suggested):
    with pytest.raises(NotAllowed, match="不是您负责的村"):
        actions.suggest(
            by=wang, now=clock.now(), village=shiqiao, visitor="某", words="好", proposed_on=ON
        )
    with pytest.raises(NotAllowed, match="不在您负责的村"):
        decide(suggested, wang, "adopt")
    assert decide(suggested, li, "adopt").state == "adopted"


def test_a_refusal_gives_its_reason_and_can_be_told_at_once(li, suggested):
    with pytest.raises(NotAllowed, match="不采纳的原因"):
        decide(suggested, li, "reject")
    row = decide(suggested, li, "reject", words="村口没有空地", told=True)
    assert (row.state, row.reason, row.answer, row.answered_on) == (
        "rejected", "村口没有空地", "村口没有空地", ON,
    )  # fmt: skip
    assert [line.act for line in row.lines.all()] == ["登记", "不采纳，已告诉提出人"]


def test_it_is_adopted_done_and_answered_each_on_its_day(li, zhao, suggested):
    decide(suggested, zhao, "adopt", words="列入今年计划")
    decide(suggested, li, "finish")
    with pytest.raises(NotAllowed, match="不能再“采纳”"):
        decide(suggested, li, "adopt")
    row = decide(suggested, li, "answer", words="凉亭装好了，谢谢您的主意")
    assert (row.state, row.answered_on) == ("done", ON)
    assert [(line.act, line.to_state, line.by_name) for line in row.lines.all()] == [
        ("登记", "study", "李明"),
        ("采纳", "adopted", "赵敏"),
        ("办好了", "done", "李明"),
        ("答复提出人", "done", "李明"),
    ]


def test_two_deciding_at_once_do_not_undo_each_other(li, zhao, suggested):
    decide(suggested, li, "adopt")
    with pytest.raises(Stale):
        actions.decide(
            proposal=suggested,
            by=zhao,
            act="reject",
            words="不要",
            on=ON,
            now=clock.now(),
            version=1,
        )


def test_the_trail_holds_no_word_and_no_name(li, suggested):
    decide(suggested, li, "reject", words="周大山说的地方没有空地")
    said = " ".join(str((e.object_label, e.before, e.after)) for e in AuditEntry.objects.all())
    assert "石桥村 金100-2026-0001" in said and "未采纳" in said
    assert "凉亭" not in said and "周大山" not in said


# --- Pages ----------------------------------------------------------------------------------


def posted(client, url, **facts):
    """Open a form and send it with these facts."""
    shown = client.get(url).context["form"]
    names = {name: shown[name].value() for name in shown.fields}
    data = {name: value for name, value in names.items() if value not in (None, False)} | facts
    return client.post(url, data)


def test_it_is_written_down_and_decided_on_by_pages(signed_in, li, household):
    client = signed_in(li)
    url = f"{reverse('visits:new_proposal')}?household={household.pk}"
    page = client.get(url)
    assert page.context["form"]["household"].value() == "001 周大山"
    answer = posted(client, url, words=WORDS)
    row = Proposal.objects.get()
    assert answer["Location"] == reverse("visits:proposal", args=[row.pk])
    text = client.get(answer["Location"]).content.decode()
    assert WORDS in text and "待研究" in text

    refused = posted(client, answer["Location"], act="reject")
    assert refused.status_code == 422 and "不采纳请写明原因" in refused.content.decode()
    posted(client, answer["Location"], act="reject", words="没有空地", told="on")
    assert "没有空地" in client.get(answer["Location"]).content.decode()
    row.refresh_from_db()
    assert (row.state, row.answered_on) == ("rejected", ON)


def test_a_second_tap_makes_no_second_row(signed_in, li, household):
    client, url = signed_in(li), reverse("visits:new_proposal")
    form = client.get(url).context["form"]
    data = {
        "form_key": form["form_key"].value(), "village": household.village_id, "visitor": "匿名",
        "words": WORDS, "on": ON,
    }  # fmt: skip
    assert client.post(url, data)["Location"] == client.post(url, data)["Location"]
    assert Proposal.objects.count() == 1
    assert client.post(url, data | {"words": "别的"}).status_code == 409


def test_the_list_filters_and_says_what_is_to_do(signed_in, li, zhao, suggested):
    decide(suggested, li, "adopt")
    actions.suggest(
        by=li, now=clock.now(), village=suggested.village, visitor="匿名", words="装路灯",
        proposed_on=ON,
    )  # fmt: skip
    client, url = signed_in(zhao), reverse("visits:proposals")
    for asked, count in (
        ({}, 2), ({"state": "study"}, 1), ({"q": "凉亭"}, 1), ({"q": "周"}, 1), ({"answered": "0"}, 2),
        ({"answered": "1"}, 0), ({"household": suggested.household_id}, 1),
        ({"proposed_to": "2026-11-16"}, 0),
    ):  # fmt: skip
        assert client.get(url, asked).context["page"].total == count, asked


def test_who_sees_it(signed_in, everybody, qingshan, suggested):
    """The team, the office, leaders and supervisors; a contact only of households linked to him."""
    url, rows = reverse("visits:proposal", args=[suggested.pk]), reverse("visits:proposals")
    for who, sees in (
        ("li", True), ("zhao", True), ("zhou", True), ("sun", True), ("wang", False), ("qian", False),
        ("contact", False),
    ):  # fmt: skip
        client = signed_in(getattr(everybody, who))
        assert client.get(url).status_code == (200 if sees else 404), who
        assert client.get(rows).context["page"].total == int(sees), who
    everybody.contact.post.household_links.create(
        village=suggested.village, household=suggested.household, kind="cadre", since="2020-01-01"
    )
    text = signed_in(everybody.contact).get(url).content.decode()
    assert WORDS in text and '<form method="post" class="house-form"' not in text


def test_a_reader_without_the_right_to_write_cannot_decide(signed_in, sun, suggested):
    client, url = signed_in(sun), reverse("visits:proposal", args=[suggested.pk])
    data = {"act": "adopt", "on": ON, "version": 1}
    assert client.post(url, data).status_code == 422
    suggested.refresh_from_db()
    assert suggested.state == "study"


def test_a_list_of_more_rows_costs_no_more_queries(
    signed_in, zhao, li, suggested, django_assert_max_num_queries
):
    client, url = signed_in(zhao), reverse("visits:proposals")
    client.get(url)
    with django_assert_max_num_queries(20) as few:
        client.get(url)
    for _ in range(6):
        actions.suggest(
            by=li, now=clock.now(), village=suggested.village, household=suggested.household,
            words=WORDS, proposed_on=ON,
        )  # fmt: skip
    with django_assert_max_num_queries(len(few)):
        client.get(url)


def test_a_visit_leads_to_a_proposal_of_its_own(signed_in, li, shiqiao, household):
    visit = Visit.objects.create(
        township=shiqiao.township, village=shiqiao, household=household, mode="home",
        occurred_on=ON, entered_at=clock.now(), entered_by=li,
    )  # fmt: skip
    client = signed_in(li)
    posted(client, f"{reverse('visits:new_proposal')}?visit={visit.pk}", words=WORDS)
    assert Proposal.objects.get().visit == visit
    assert WORDS in client.get(reverse("visits:visit", args=[visit.pk])).content.decode()


def test_a_foreign_visit_in_the_address_is_passed_over(signed_in, li, wang, heping):
    visit = Visit.objects.create(
        township=heping.township, village=heping, visitor="某", mode="home", occurred_on=ON,
        entered_at=clock.now(), entered_by=wang,
    )  # fmt: skip
    client, url = signed_in(li), reverse("visits:new_proposal")
    home = heping.households.get()
    for asked, of in ((visit.pk, home.pk), *((each, each) for each in ("0", "9" * 30, "x", "²"))):
        form = client.get(url, {"visit": asked, "household": of}).context["form"]
        assert not form["visitor"].value() and not form["household"].value()


def test_two_posts_write_where_each_may(qingshan, wang, shiqiao, heping, household):
    """A supervisor's post lets 王 read 石桥村; writing stays with his own village."""
    other = appoint(qingshan, "duo", "多职", "supervisor", title="督查")
    other.holdings.update(user=wang)
    with pytest.raises(NotAllowed, match="不是您负责的村"):
        actions.suggest(
            by=wang, now=clock.now(), village=shiqiao, visitor="某", words="好", proposed_on=ON
        )
