"""The honest end: what comes back, who checks, what must be opened again, what stands on the book."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse

from cadres.models import Notice, User
from conftest import appoint
from grievances import actions
from grievances.models import FollowUp, Grievance, LookBack, RedoCall, SettlementMethod
from liaison import clock
from liaison.errors import NotAllowed

from .conftest import DAY, moment

SPRING = dt.date(2027, 3, 1)
NOW = moment(DAY, 12)


def by_method(name, **more):
    method = SettlementMethod.objects.get(name=name)
    return {"settlement": method.settlement, "method": method, "words": "列入明年计划", **more}


def last_words(matter):
    return matter.steps.order_by("-pk").first().words


@pytest.fixture
def look_back_of(matter_at, act):
    """A matter settled for the time being, to be looked at in spring; and the row."""
    matter = act(
        "settle", matter_at("in_hand"), **by_method("④落实项目·落实帮扶", comes_back_on=SPRING)
    )
    return matter, LookBack.objects.get(grievance=matter)


# --- What was promised comes back ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "why"),
    [("④落实项目·落实帮扶", "interim"), ("⑤整合项目", "interim"), ("⑥纳入项目库", "project")],
)
def test_what_is_promised_for_later_names_its_day_and_comes_back(matter_at, act, name, why):
    matter = matter_at("in_hand")
    with pytest.raises(NotAllowed, match="请填写哪一天回头看"):
        act("settle", matter, **by_method(name))
    with pytest.raises(NotAllowed, match="早于办结日期"):
        act("settle", matter, **by_method(name, comes_back_on=DAY - dt.timedelta(days=1)))
    with pytest.raises(NotAllowed, match="5年以后"):
        act("settle", matter, **by_method(name, comes_back_on=dt.date(9999, 12, 31)))
    matter = act("settle", matter, **by_method(name, comes_back_on=SPRING))
    row = LookBack.objects.get(grievance=matter)
    assert (row.due_on, row.why, matter.comes_back_on) == (SPRING, why, SPRING)
    assert f"约定{SPRING}回头看" in last_words(matter)
    assert not LookBack.objects.due(SPRING - dt.timedelta(days=1)).exists()
    assert LookBack.objects.due(SPRING).get() == row


def test_what_is_done_asks_for_no_day(matter_at, act):
    with pytest.raises(NotAllowed, match="不用约定回头看"):
        act("settle", matter_at("in_hand"), comes_back_on=SPRING)


def test_the_form_asks_for_the_day_beside_its_field(signed_in, chen, matter_at):
    matter = matter_at("in_hand")
    method = SettlementMethod.objects.get(name="⑥纳入项目库")
    sent = {
        "form_key": "6b1d1f7a-0000-4000-8000-000000000001", "version": matter.version, "on": DAY,
        "method": method.pk, "words": "",
    }  # fmt: skip
    url = reverse("grievances:settle", args=[matter.number])
    page = signed_in(chen).post(url, sent)
    assert page.status_code == 422
    assert "请填写哪一天回头看" in page.content.decode()
    sent["comes_back_on"] = "2027-03-01"
    assert signed_in(chen).post(url, sent).status_code == 302
    assert Grievance.objects.get().comes_back_on == SPRING


def test_looking_back_is_somebody_elses(look_back_of, chen, sun):
    _, row = look_back_of
    found = {"on": SPRING, "now": moment(SPRING, 12), "version": row.version, "found": "stable"}
    second = appoint(chen.township, "duo", "陈静", "supervisor", title="督查组成员")
    second.holdings.update(user=chen)
    chen = User.objects.get(pk=chen.pk)  # with both posts
    with pytest.raises(NotAllowed, match="不对自己办的事回头看"):
        actions.look_back(row=row, by=chen, **found)
    row = actions.look_back(row=row, by=sun, **found)
    assert (row.found, row.done_on, row.by) == ("stable", SPRING, sun)
    assert not LookBack.objects.waiting().exists()


def test_unfinished_names_the_next_day(look_back_of, sun):
    matter, row = look_back_of
    found = {"on": SPRING, "now": moment(SPRING, 12), "version": None, "found": "unfinished"}
    with pytest.raises(NotAllowed, match="填写下次"):
        actions.look_back(row=row, by=sun, **found)
    summer = dt.date(2027, 6, 1)
    actions.look_back(row=row, by=sun, next_on=summer, words="路基做好了", **found)
    assert LookBack.objects.waiting().get().due_on == summer
    matter.refresh_from_db()
    assert matter.is_settled  # what was unfinished stays 阶段性办结, openly


def test_a_rebound_is_opened_again_or_waits_for_the_office(look_back_of, sun, li, signed_in, zhao):
    matter, row = look_back_of
    found = {"on": SPRING, "now": moment(SPRING, 12), "version": None, "found": "rebound"}
    with pytest.raises(NotAllowed, match="写明反弹的情况"):
        actions.look_back(row=row, by=sun, **found)
    actions.look_back(row=row, by=li, words="又塌了", **found)
    assert RedoCall.objects.waiting().get().why == "rebound"
    matter = actions.reopen(
        grievance=matter, by=sun, on=SPRING, now=moment(SPRING, 13), version=None, words="又塌了"
    )
    assert RedoCall.objects.get().outcome == "reopened"
    assert matter.comes_back_on is None


# --- 不满意 -------------------------------------------------------------------------------------


SAID = {"answer": "dissatisfied", "mode": "phone", "verbatim": "路灯还是不亮"}


def test_dissatisfied_waits_until_reopened_or_answered_for(matter_at, act, li, zhao):
    matter = act("verify", matter_at("answered"), **SAID)
    call = RedoCall.objects.get()
    assert (call.why, call.follow_up.answer) == ("dissatisfied", "dissatisfied")
    assert Grievance.objects.called_for().get() == matter
    keep = {"grievance": matter, "now": NOW, "version": matter.version}
    with pytest.raises(NotAllowed, match="不决定是否重办"):
        actions.keep_settled(by=li, words="已说明", **keep)
    with pytest.raises(NotAllowed, match="写明不重办的理由"):
        actions.keep_settled(by=zhao, words=" ", **keep)
    matter = actions.keep_settled(by=zhao, words="要求超出政策，已当面说明", **keep)
    assert not Grievance.objects.called_for().exists()
    assert matter.satisfaction == "dissatisfied"  # nobody is made content by a reason


def test_dissatisfied_and_reopened_in_one_go(matter_at, act, li):
    matter = matter_at("answered")
    with pytest.raises(NotAllowed, match="作为重办的原因"):
        act("verify", matter, **{**SAID, "verbatim": ""}, and_reopen=True)
    with pytest.raises(NotAllowed, match="核对群众评价"):
        act("verify", matter, answer="satisfied", and_reopen=True)
    assert not FollowUp.objects.exists()  # refused whole
    matter = act("verify", matter, **SAID, and_reopen=True)
    assert (matter.status, matter.reopened_count) == ("in_hand", 1)
    assert "路灯还是不亮" in last_words(matter)
    assert RedoCall.objects.get().outcome == "reopened"


def test_who_may_not_reopen_leaves_it_to_the_office(matter_at, act, li, qingshan, shiqiao):
    helper = appoint(qingshan, "hao", "郝助", "cadre", title="驻村干部", village=shiqiao)
    matter = matter_at("answered")
    with pytest.raises(NotAllowed, match="不办理“重办”"):
        act("verify", matter, by=helper, **SAID, and_reopen=True)
    assert act("verify", matter, by=helper, **SAID).status == "verified"
    assert RedoCall.objects.waiting().count() == 1


def test_the_desk_of_the_office_says_so(signed_in, matter_at, act, zhao):
    act("verify", matter_at("answered"), **SAID)
    todos = {todo.label: todo for todo in signed_in(zhao).get("/").context["todos"]}
    todo = todos["不满意、反弹，待重办"]
    assert todo.count == signed_in(zhao).get(todo.url).context["page"].total == 1


# --- 核查 ---------------------------------------------------------------------------------------


def test_a_check_by_somebody_else_is_enough_to_cross_off_and_counts_as_no_answer(
    matter_at, act, chen, zhao
):
    matter = matter_at("answered")
    with pytest.raises(NotAllowed, match="不办理“核查”"):
        act("check", matter, by=chen)
    with pytest.raises(NotAllowed, match="看到的情况"):
        act("check", matter, words=" ")
    matter = act("check", matter, kind="papers", words="看过竣工验收单")
    assert matter.get_status_display() == "已核查"
    assert (matter.satisfaction, matter.verified_on) == ("", None)
    assert not FollowUp.objects.exists()
    assert act("close_out", matter).status == "closed_out"


def test_the_handler_never_checks_himself(matter_at, act, li, zhao):
    matter = act("settle", matter_at("in_hand"), by=zhao)
    matter = act("answer", matter)
    with pytest.raises(NotAllowed, match="不能核查自己办的事"):
        act("check", matter, by=zhao)
    assert act("check", matter, by=li).status == "verified"


def test_a_checked_matter_may_still_be_asked_about(matter_at, act):
    matter = act("check", matter_at("answered"))
    matter = act("verify", matter, answer="basically")
    assert matter.get_status_display() == "已回访"
    assert matter.checked_on


# --- 挂账 ---------------------------------------------------------------------------------------


BOOKED = {"now": NOW, "words": "要等县里的公路项目", "review_on": SPRING, "version": None}


def test_the_office_or_a_leader_puts_it_on_the_book_and_its_clock_runs_on(matter_at, li, zhao):
    matter = matter_at("in_hand")
    with pytest.raises(NotAllowed, match="镇驻点办或镇领导批准"):
        actions.put_on_book(grievance=matter, by=li, **BOOKED)
    due = matter.due_at
    matter = actions.put_on_book(grievance=matter, by=zhao, **BOOKED)
    assert (matter.is_on_book, matter.book_approved_by, matter.due_at) == (True, zhao, due)
    later = moment(dt.date(2027, 1, 20))
    assert [*Grievance.objects.overdue(later)] == [*Grievance.objects.open()] == [matter]


def test_whose_matter_it_is_does_not_put_it_on_the_book(matter_at, act, qingshan, minzheng, zhou):
    matter = matter_at("in_hand")
    both = appoint(qingshan, "fu", "付镇", "leader", title="分管副镇长", department=minzheng)
    with pytest.raises(NotAllowed, match="由其他同志办理"):
        actions.put_on_book(grievance=matter, by=both, **BOOKED)
    assert actions.put_on_book(grievance=matter, by=zhou, **BOOKED).is_on_book


def test_its_review_comes_due_and_names_the_next(signed_in, matter_at, zhao):
    matter = actions.put_on_book(grievance=matter_at("in_hand"), by=zhao, **BOOKED)
    assert list(Grievance.objects.book_due(SPRING)) == [matter]
    assert not Grievance.objects.book_due(SPRING - dt.timedelta(days=1)).exists()
    summer = dt.date(2027, 6, 1)
    told = {"now": moment(SPRING, 9), "version": None}
    with pytest.raises(NotAllowed, match="之后"):
        actions.review_book(grievance=matter, by=zhao, words="还没批", review_on=SPRING, **told)
    never = dt.date(9999, 12, 31)
    with pytest.raises(NotAllowed, match="5年以后"):
        actions.review_book(grievance=matter, by=zhao, words="还没批", review_on=never, **told)
    matter = actions.review_book(
        grievance=matter, by=zhao, words="还没批", review_on=summer, **told
    )
    assert matter.book_review_on == summer
    assert [row.due_on for row in LookBack.objects.due(summer)] == [summer]
    matter = actions.take_off_book(grievance=matter, by=zhao, words="项目开工了", **told)
    assert not matter.is_on_book
    assert not LookBack.objects.waiting().exists()


def test_settled_it_is_off_the_book(matter_at, act, zhao):
    matter = actions.put_on_book(grievance=matter_at("in_hand"), by=zhao, **BOOKED)
    matter = act("settle", matter, now=moment(DAY, 13))
    assert not matter.is_on_book
    assert not LookBack.objects.filter(done_on=None).exists()
    matter = act("reopen", matter, now=moment(DAY, 14))
    assert not matter.is_on_book  # nor again by itself


# --- Pages --------------------------------------------------------------------------------------


def test_the_forms_of_the_office_do_what_they_say(signed_in, zhao, matter_at):
    matter = matter_at("in_hand")
    ahead = f"{clock.today().year + 1}-03-01"
    url = reverse("grievances:book", args=[matter.number])
    client = signed_in(zhao)
    assert client.get(url).status_code == 200
    sent = {"version": matter.version, "words": "等项目", "review_on": ahead}
    assert client.post(url, {**sent, "review_on": "2020-01-01"}).status_code == 422
    assert client.post(url, sent).status_code == 302
    assert client.post(url, sent).status_code == 409  # an older page
    listed = client.get(reverse("grievances:ledger"), {"book": "on"})
    assert [row.number for row in listed.context["page"].rows] == [matter.number]
    page = client.get(reverse("grievances:detail", args=[matter.number])).content.decode()
    assert "挂账中" in page and "照常计入在办和超期" in page


def test_the_monthly_list_stands_by_village_and_prints(signed_in, sun, wang, look_back_of):
    matter, row = look_back_of
    asked = {"month": "2027-03", "why": "interim"}
    listed = signed_in(sun).get(reverse("grievances:look_backs"), asked)
    assert listed.context["page"].rows == [row]
    assert (
        not signed_in(sun)
        .get(reverse("grievances:look_backs"), {"month": "2027-02"})
        .context["page"]
        .rows
    )
    sheet = signed_in(sun).get(reverse("grievances:look_back_sheet"), asked).content.decode()
    assert "石桥村" in sheet and matter.number in sheet and "□反弹" in sheet
    other = signed_in(wang).get(reverse("grievances:look_back_sheet"), asked).content.decode()
    assert matter.number not in other
    book = signed_in(sun).get(reverse("grievances:look_backs"), asked | {"format": "xlsx"})
    cells = openpyxl.load_workbook(io.BytesIO(book.getvalue())).active.iter_rows(values_only=True)
    assert matter.number in {cell for row in cells for cell in row}


def test_notices_about_it_say_nothing_of_anybody(matter_at, act, people):
    act("verify", matter_at("answered"), **SAID)
    assert Notice.objects.exists()
    for notice in Notice.objects.all():
        told = f"{notice.title}{notice.text}{notice.url}"
        assert "路灯" not in told and "周大山" not in told and "15400001234" not in told
