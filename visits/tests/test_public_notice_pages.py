"""公示: what a notice says, on its print too, and the pages on which notices are ticked and printed."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from cadres.models import CardText
from liaison import clock
from liaison.models import AuditEntry
from visits.models import LiaisonSession, PublicNotice
from visits.poster_pdf import draw_posters
from visits.posters import posters_of

from .noticed import SUNDAY, TUESDAY, a_day, day, posted, poster_of

__all__ = ["day", "posted"]  # fixtures, asked for by name

PHONE = "15455500001"


# --- What it says ------------------------------------------------------------------------


def test_it_says_which_team_which_day_where_and_whom_to_call(day, li, zhao, shiqiao):
    li.set_phones([PHONE])
    li.save()
    poster = poster_of(day)
    assert poster.title == "青山镇石桥村驻点联系群众公示"
    assert dict(poster.facts()) == {
        "时间": "2026年11月24日（星期二） 09:00–11:30",
        "地点": "石桥村委会一楼",
        "驻点团队": "石桥村驻点团队",
        "驻点人员": "李明",
        "联系电话": "154 5550 0001（李明）",
    }
    CardText.objects.create(township=shiqiao.township, office_phone="0555-6100000")
    assert PHONE not in poster_of(day).for_chat()  # the office's number is enough
    assert "联系电话：0555-6100000" in poster_of(day).for_chat()
    CardText.objects.update(office_phone="", phones="office")
    assert "联系电话" not in poster_of(day).for_chat()


def test_a_moved_day_names_the_day_it_was_moved_from(plan, posted, day):
    moved = a_day(plan, TUESDAY + dt.timedelta(days=2), moved_from=TUESDAY + dt.timedelta(days=1))
    assert "原定2026年11月25日（星期三）的驻点改期" in poster_of(moved).opening
    day.on = TUESDAY + dt.timedelta(days=3)
    day.save()
    assert "原公示2026年11月24日（星期二）的驻点改期" in poster_of(day).opening


def test_a_make_up_day_names_the_day_it_makes_up_for(plan, day):
    makes_up = a_day(plan, TUESDAY + dt.timedelta(days=4), made_up_for=day)
    assert "原定2026年11月24日（星期二）的驻点在这一天补上" in poster_of(makes_up).opening


def test_the_pdf_is_a_page_of_a4_for_each_day_with_room_for_the_seal(plan, day, li):
    days = [day, a_day(plan, TUESDAY + dt.timedelta(days=7), place="很远的" * 30)]
    posters = [poster_of(each) for each in days]
    reader = PdfReader(io.BytesIO(draw_posters(posters, on=SUNDAY, title="公示")))
    assert len(reader.pages) == 2
    first = reader.pages[0].extract_text()
    for said in ("各位村民", "石桥村委会一楼", "青山镇驻点联系群众办公室", "2026年11月22日"):
        assert said in first
    assert {round(float(page.mediabox.height)) for page in reader.pages} == {842}


def test_more_days_cost_no_more_queries(day, django_assert_num_queries):
    for _ in range(5):
        LiaisonSession.objects.create(
            township=day.township, team=day.team, village=day.village, on=day.on,
            starts_at=day.starts_at, ends_at=day.ends_at, place=day.place,
        )  # fmt: skip
    rows = LiaisonSession.objects.select_related("village__township", "township", "team")
    with django_assert_num_queries(10):
        posters_of(rows[:1], SUNDAY)
    with django_assert_num_queries(10):
        posters_of(rows, SUNDAY)


# --- The pages ------------------------------------------------------------------------


@pytest.fixture
def tomorrow(plan):
    """A day whose notice is due by any clock."""
    return a_day(plan, clock.today() + dt.timedelta(days=1))


def listed(client, **asked):
    return client.get(reverse("visits:public_notices"), asked).content.decode()


def tick(day):
    return f"{day.pk}:{day.version}"


def test_the_list_the_desk_and_the_tick_agree(signed_in, tomorrow, plan, li):
    a_day(plan, clock.today() + dt.timedelta(days=20))
    client = signed_in(li)
    assert "待张贴公示" in client.get("/").content.decode()
    assert listed(client).count('name="days"') == 1
    client.post(reverse("visits:mark_posted"), {"one": tick(tomorrow)})
    assert "没有要张贴的公示" in listed(client)
    assert "撤回" in listed(client, state="said")
    assert listed(client, state="all").count('name="days"') == 2
    notice = PublicNotice.objects.get()
    client.post(reverse("visits:take_back_notice", args=[notice.pk]))
    assert listed(client).count('name="days"') == 1


def test_all_shown_are_ticked_at_once_and_a_refusal_says_why(signed_in, tomorrow, plan, li, zhao):
    today = a_day(plan, clock.today())
    client = signed_in(zhao)
    shown = [tick(tomorrow), tick(today)]
    url = reverse("visits:mark_posted")
    assert "至少勾选" in client.post(url, {"shown": shown}, follow=True).content.decode()
    client.post(url, {"shown": shown, "every": "on"})
    assert PublicNotice.objects.count() == 2
    refused = client.post(url, {"days": "abc"}, follow=True)
    assert "至少勾选" in refused.content.decode()


@pytest.mark.parametrize("way", ["fax", "", "cards"])
def test_an_unknown_way_or_nothing_to_print_is_refused_on_the_list(signed_in, tomorrow, zhao, way):
    url = reverse("visits:print_notices")
    shown = [tick(tomorrow)] if way == "fax" else []
    answer = signed_in(zhao).post(url, {"way": way, "shown": shown}, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/public-notices/")
    assert not AuditEntry.objects.filter(action__startswith="打印").exists()


@pytest.mark.parametrize("way", ["pdf", "page", "chat"])
def test_a_print_is_of_what_is_ticked_and_leaves_one_line(
    signed_in, tomorrow, plan, li, shiqiao, way
):
    CardText.objects.create(township=shiqiao.township, office_phone="0555-6100000")
    today = a_day(plan, clock.today())
    client, url = signed_in(li), reverse("visits:print_notices")
    shown = [tick(tomorrow), tick(today)]
    for days, count in (([tick(today)], 1), ([], 2)):
        answer = client.post(url, {"way": way, "shown": shown, "days": days})
        if way == "pdf":
            assert len(PdfReader(io.BytesIO(answer.content)).pages) == count
        else:
            mark = {"page": 'class="paper poster"', "chat": "<textarea"}[way]
            assert answer.content.decode().count(mark) == count
    lines = AuditEntry.objects.filter(action="打印驻点公示").order_by("pk")
    assert [line.after["份数"] for line in lines] == [1, 2]
    assert "0555" not in str([line.after for line in lines])


def test_the_cards_of_the_days_are_printed_without_those_called_off(signed_in, tomorrow, plan, li):
    off = a_day(plan, clock.today(), status="cancelled")
    client, url = signed_in(li), reverse("visits:print_notices")
    answer = client.post(url, {"way": "cards", "days": [tick(tomorrow), tick(off)]})
    pages = PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) == 2  # eight small cards, and their backs
    assert "李明" in pages[0].extract_text()
    assert AuditEntry.objects.get(action="打印便民服务卡").after["方式"] == "PDF(驻点日当天)"
    refused = client.post(url, {"way": "cards", "days": tick(off)}, follow=True)
    assert "请至少选择一个村" in refused.content.decode()


def test_a_foreign_day_is_not_printed(signed_in, tomorrow, wang):
    answer = signed_in(wang).post(
        reverse("visits:print_notices"), {"way": "pdf", "days": tick(tomorrow)}, follow=True
    )
    assert "工作范围" in answer.content.decode()
    assert not AuditEntry.objects.filter(action="打印驻点公示").exists()


def test_the_office_sets_the_days_ahead_on_a_page(signed_in, zhao, li):
    url = reverse("visits:notice_policies")
    assert signed_in(li).get(url).status_code == 403
    client = signed_in(zhao)
    form = client.get(url).context["form"]
    data = {"form_key": form["form_key"].value(), "days": 4, "days_moved": 6}
    assert client.post(url, data | {"since": clock.today()}).status_code == 302
    assert "提前4天，改期的提前6天" in listed(client)
