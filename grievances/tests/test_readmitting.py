"""重新受理: a matter that was declined is taken up after all; and who hears of both."""

import datetime as dt

import pytest
from django.urls import reverse

from cadres.models import CalendarYear, Notice
from grievances import actions
from grievances.actions.dating import date_undated
from grievances.models import DeclineReason, Grievance
from grievances.redating import preview
from liaison.errors import NotAllowed

from .conftest import DAY, moment

LATER = DAY + dt.timedelta(days=14)
THEN = {"on": LATER, "now": moment(LATER, 11)}


def notices(user):
    """What somebody was told, oldest first."""
    return list(Notice.objects.filter(recipient=user).order_by("pk"))


@pytest.mark.parametrize("name", ["zhao", "zhou"])
def test_by_the_office_or_a_leader_with_a_new_time_limit(matter_at, act, people, name):
    declined = matter_at("declined")
    reason = declined.decline_reason.name
    matter = act("readmit", declined, by=getattr(people, name), **THEN)
    assert (matter.status, matter.accepted_on, matter.decline_reason) == ("accepted", LATER, None)
    assert matter.due_on > LATER
    words = matter.steps.last().words
    assert (
        words.startswith(f"补充了新的情况。原不予受理：{reason}。") and str(matter.due_on) in words
    )
    assert act("assign", matter, **THEN).status == "assigned"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"words": " "}, "请写明重新受理的原因"),
        ({"on": DAY - dt.timedelta(days=1)}, "早于"),
    ],
)
def test_without_a_reason_or_before_it_was_declined_it_is_refused(matter_at, act, wrong, said):
    with pytest.raises(NotAllowed, match=said):
        act("readmit", matter_at("declined"), **wrong)


def test_not_by_others_nor_what_was_never_declined(matter_at, act, registered, people):
    with pytest.raises(NotAllowed, match="不能“重新受理”"):
        act("readmit", registered)
    declined = matter_at("declined")
    for person in (people.li, people.sun):
        with pytest.raises(NotAllowed, match="您的岗位不办理"):
            act("readmit", declined, by=person)


def test_it_may_not_be_back_dated_before_the_day_it_was_declined(registered, act):
    declined = act("decline", registered, **THEN)
    with pytest.raises(NotAllowed, match="早于不予受理的日期"):
        act("readmit", declined, on=DAY, now=THEN["now"])


def test_the_figures_take_it_back_where_it_belongs(matter_at, act):
    week = DAY, DAY + dt.timedelta(days=6)
    rows = Grievance.objects.all()
    declined = matter_at("declined")
    assert not rows.counted().exists() and not rows.open().exists()
    act("readmit", declined, **THEN)
    assert rows.counted().registered_within(*week).count() == rows.open().count() == 1
    assert rows.open_at_start_of(LATER).count() == 1


def test_whatever_dates_it_later_counts_from_the_day_it_was_taken_up(matter_at, act):
    """Recounted, marked or led up the ladder, it is not due as if it had been handled since its registration."""
    matter = act("readmit", matter_at("declined"), **THEN)
    due = matter.due_on
    assert preview(Grievance.objects.all()).moves == []
    matter = act("mark", matter, redate=True, **THEN)
    assert matter.due_on == due
    matter = act("assign", matter, **THEN)
    assert act("call_up", matter, redate=True, **THEN).due_on == due


def test_what_was_granted_before_it_was_declined_is_not_granted_once_more(
    registered, act, li, zhao
):
    given = {"on": DAY, "now": moment(DAY, 11), "version": None}
    asked = actions.ask_extension(grievance=registered, by=li, amount=5, reason="等材料", **given)
    actions.decide_extension(extension=asked, by=zhao, approve=True, **given)
    matter = act("readmit", act("decline", registered), **THEN)
    assert matter.due_on == dt.date(2026, 12, 22)  # the fifteenth working day
    assert preview(Grievance.objects.all()).moves == []


def test_who_waited_for_a_calendar_is_dated_from_the_day_it_was_taken_up(matter_at, act):
    late = dt.date(2026, 12, 28)
    matter = act("readmit", matter_at("declined"), on=late, now=moment(late, 11))
    assert matter.due_on is None
    CalendarYear.objects.create(year=2027, source="国办发明电〔2026〕9号")
    assert date_undated(now=moment(late, 12)) == 1
    matter.refresh_from_db()
    assert matter.due_on == dt.date(2027, 1, 18)


def test_who_brought_what_was_merged_into_it_is_told_the_new_end(registered, act, li, facts):
    other = actions.register(by=li, on=DAY, now=moment(DAY), **facts)
    act("merge", other, main_number=registered.number)
    declined = act("decline", registered, version=None)
    act("tell_merged", other, version=None)
    act("readmit", declined, version=None, **THEN)
    other.refresh_from_db()
    assert other.told_merged_on is None


def test_who_wrote_it_down_learns_the_coded_reason_and_where_to_send_the_villager(
    registered, act, li, zhao, zhou
):
    reason = DeclineReason.objects.exclude(go_to="").first()
    declined = act("decline", registered, reason=reason, words="周大山已当面说明")
    notice = notices(li)[-1]
    assert notice.title == f"诉求{declined.number}不予受理，请告知反映人"
    assert notice.text == f"原因：{reason.name}。去向：{reason.go_to}"
    assert "周大山" not in notice.title + notice.text + notice.url
    act("readmit", declined, by=zhou, **THEN)
    assert notices(li)[-1].title.endswith("已重新受理，请告知反映人")
    assert notices(zhao)[-1].title.endswith("已重新受理，请交办")


def test_who_declines_what_he_wrote_down_himself_is_told_nothing(facts, act, zhao):
    matter = actions.register(by=zhao, on=DAY, now=moment(DAY), **facts)
    before = len(notices(zhao))
    act("decline", matter)
    assert len(notices(zhao)) == before


def test_the_page_offers_it_and_takes_it(signed_in, matter_at, zhou, li):
    matter = matter_at("declined")
    page = reverse("grievances:detail", args=[matter.number])
    assert 'id="act-readmit"' not in signed_in(li).get(page).content.decode()
    client = signed_in(zhou)
    acts = client.get(page).context["acts"]
    form = next(each["form"] for each in acts if each["form"].act == "readmit")
    data = {"form_key": form["form_key"].value(), "version": matter.version, "words": "有新材料"}
    data |= {"on": form["on"].value().isoformat()}
    client.post(reverse("grievances:readmit", args=[matter.number]), data)
    matter.refresh_from_db()
    assert matter.status == "accepted"
