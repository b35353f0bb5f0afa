"""The liaison-day page under a thumb at 360 px, with scripts and without."""

import datetime as dt

import pytest
from django.urls import reverse

from cadres.heartbeat import REMIND
from cadres.models import Heartbeat
from conftest import PASSWORD
from grievances.models import Grievance
from liaison import clock
from tests.browser import PHONE, _open, sign_in
from visits import actions
from visits.models import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plain(chromium, live_server):
    """A phone whose browser runs no scripts."""
    page = _open(
        chromium, live_server, PHONE, is_mobile=True, has_touch=True, java_script_enabled=False
    )
    yield page
    page.context.close()


def is_within(page):
    """Nothing stands out of the screen at the side."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    return wide <= PHONE["width"]


def test_a_cadre_fills_the_day_with_his_thumb(phone, li, day, neighbours):
    sign_in(phone, li.username, PASSWORD)
    phone.get_by_role("link", name="填写今天的驻点日").tap()
    phone.locator("#day").wait_for()
    phone.wait_for_load_state()  # what is typed before the scripts are there suggests nothing
    assert is_within(phone)

    phone.locator("#id_row-0-household").press_sequentially("zxs")
    phone.get_by_role("button", name="周小山").tap()
    assert phone.input_value("#id_row-0-household") == "002 周小山"
    phone.locator("#entry-1").get_by_role("button", name="加一件诉求").tap()
    phone.fill("[name=row-0-m0-summary]", "路灯不亮")
    phone.locator("#entry-1").get_by_label("当场办结").check()

    phone.get_by_role("button", name="再加4行").tap()
    phone.fill("#id_row-9-visitor", "匿名")
    phone.locator("#entry-10").get_by_label("无诉求").check()
    phone.locator(".seat").nth(1).get_by_label("代", exact=True).check()
    phone.get_by_role("button", name="保存").tap()

    phone.get_by_text("请填写代班人姓名").wait_for()
    assert phone.input_value("#id_row-9-visitor") == "匿名"
    assert is_within(phone)
    phone.locator(".seat").nth(1).get_by_placeholder("代班人姓名").fill("赵代班")
    phone.get_by_role("button", name="保存").tap()

    phone.wait_for_url("**/saved/**")
    matter = Grievance.objects.get()
    assert phone.get_by_role("link", name=matter.number).is_visible()
    assert matter.on_the_spot
    assert [visit.line for visit in Visit.objects.order_by("line")] == [1, 2]
    assert day.attendance.get(mark="stand_in").stand_in == "赵代班"


def test_the_page_is_filled_without_scripts_too(plain, li, day, neighbours):
    sign_in(plain, li.username, PASSWORD)
    plain.goto(reverse("desk:day", args=[day.pk]))
    assert is_within_without_scripts(plain)
    plain.fill("#id_row-0-household", "周")
    plain.fill("#id_row-1-visitor", "匿名")
    plain.locator("#entry-2").get_by_role("button", name="加一件诉求").tap()
    plain.fill("[name=row-1-m0-summary]", "水渠堵了")
    plain.get_by_role("button", name="再加4行").tap()
    plain.locator("#entry-10").wait_for()
    assert plain.input_value("[name=row-1-m0-summary]") == "水渠堵了"

    plain.get_by_role("button", name="保存").tap()
    plain.get_by_text("可能是：001 周大山(第1组)、002 周小山(第1组)").wait_for()
    plain.fill("#id_row-0-household", "001")
    plain.get_by_role("button", name="保存").tap()

    plain.get_by_text("走访接待 2 条、诉求 1 件").wait_for()
    assert plain.get_by_role("link", name=Grievance.objects.get().number).is_visible()


def test_paper_shows_the_saved_rows_and_no_blank_ones(plain, li, day, neighbours):
    for line in range(1, 8):  # more than stand open on the screen
        Visit.objects.create(
            session=day, township=day.township, village=day.village, line=line,
            visitor=f"来访{line}", occurred_on=day.on, entered_at=clock.now(), entered_by=li,
        )  # fmt: skip
    sign_in(plain, li.username, PASSWORD)
    plain.goto(reverse("desk:day", args=[day.pk]))
    last, blank = plain.get_by_text("来访7"), plain.locator("#id_row-0-visitor")
    save = plain.locator(".day-save")
    assert (shown(last), shown(blank), shown(save)) == (False, True, True)
    plain.emulate_media(media="print")
    assert (shown(last), shown(blank), shown(save)) == (True, False, False)
    assert plain.locator(".seat-marks span:visible").all_inner_texts() == ["到", "到"]


def test_paper_shows_no_button_no_field_and_no_word_on_the_service(page, li, day):
    actions.confirm_held(session=day, by=li, now=clock.now())
    long_ago = {"at": None, "next_due_at": clock.now() - dt.timedelta(days=1)}
    Heartbeat.objects.update_or_create(pk=REMIND, defaults=long_ago)
    sign_in(page, li.username, PASSWORD)
    page.goto(reverse("desk:day", args=[day.pk]))
    page.locator("summary", has_text="考勤").click()
    parts = [page.locator(".day-acts a").first, page.get_by_label("更正原因")]
    parts.append(page.get_by_text("提醒服务延迟"))
    assert all(shown(each) for each in parts)
    page.emulate_media(media="print")
    assert [shown(each) for each in parts] == [False] * 3
    assert shown(page.locator(".seat").first)


def shown(place):
    """Whether there is anything of it on the sheet."""
    return place.evaluate("each => each.checkVisibility({contentVisibilityAuto: true})")


def is_within_without_scripts(page):
    """The widest row of the page, measured from outside."""
    return all(
        box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
        for box in (each.bounding_box() for each in page.locator(".entry, .seat, .day-foot").all())
    )


def test_a_broken_line_keeps_everything_and_saves_once_when_it_is_back(phone, li, day, household):
    sign_in(phone, li.username, PASSWORD)
    phone.goto(reverse("desk:day", args=[day.pk]))
    phone.fill("#id_row-0-visitor", "匿名")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="保存").tap()
    phone.get_by_text("网络没有通").wait_for()
    assert phone.input_value("#id_row-0-visitor") == "匿名"
    phone.context.set_offline(False)
    phone.wait_for_url("**/saved/**")
    phone.faults.clear()  # the browser's own note that the line was broken
    assert Visit.objects.count() == 1


def test_going_back_after_saving_offers_nothing_to_save_twice(phone, li, day, household):
    sign_in(phone, li.username, PASSWORD)
    phone.goto(reverse("desk:day", args=[day.pk]))
    phone.fill("#id_row-0-visitor", "匿名")
    phone.get_by_role("button", name="保存").tap()
    phone.wait_for_url("**/saved/**")
    phone.go_back()
    phone.get_by_text("已保存 1 条").wait_for()
    assert phone.input_value("#id_row-0-visitor") == ""
    phone.get_by_role("button", name="保存").tap()
    phone.wait_for_url("**/saved/")
    assert Visit.objects.count() == 1


def test_a_session_that_ended_swallows_nothing_and_is_taken_up_again(phone, li, day, household):
    sign_in(phone, li.username, PASSWORD)
    phone.goto(reverse("desk:day", args=[day.pk]))
    phone.fill("#id_row-0-visitor", "匿名")
    phone.context.clear_cookies(name="sessionid")
    phone.get_by_role("button", name="保存").tap()
    phone.get_by_text("登录已过期").wait_for()
    assert phone.input_value("#id_row-0-visitor") == "匿名"
    assert not Visit.objects.exists()
    phone.faults.clear()  # htmx notes the 401

    sign_in(phone.context.new_page(), li.username, PASSWORD)
    phone.wait_for_url("**/saved/**")  # sent by the tab that signed in, and told to this one
    assert Visit.objects.get().visitor == "匿名"


def test_what_a_colleague_saved_meanwhile_is_shown_in_place(phone, li, feng, day, household):
    sign_in(phone, li.username, PASSWORD)
    phone.goto(reverse("desk:day", args=[day.pk]))
    phone.fill("#id_row-0-visitor", "匿名")
    actions.write_up(session=day, by=feng, now=clock.now())
    phone.get_by_role("button", name="保存").tap()

    phone.get_by_text("别人已改过").wait_for()
    assert phone.input_value("#id_row-0-visitor") == "匿名"
    assert is_within(phone)
    key = phone.input_value("[name=form_key]")
    phone.get_by_role("button", name="保存").tap()
    phone.wait_for_url("**/saved/**")

    phone.goto(reverse("desk:day", args=[day.pk]))
    phone.evaluate("key => { document.querySelector('[name=form_key]').value = key }", key)
    phone.fill("#id_row-0-visitor", "另一位")
    phone.get_by_role("button", name="保存").tap()
    phone.get_by_text("同一张表单提交了两次").wait_for()
    assert phone.get_by_role("link", name="打开已保存的记录").is_visible()
    assert Visit.objects.count() == 1


def test_the_page_moves_at_once_so_that_a_click_lands_where_it_was_aimed(page, li, day, neighbours):
    sign_in(page, li.username, PASSWORD, reverse("desk:day", args=[day.pk]))
    # In one breath: to the end of the page and down to its button, which a glide would still be carrying along.
    box = page.evaluate("""() => {
      const save = document.querySelector(".day-save"), at = () => Math.round(save.getBoundingClientRect().top);
      document.querySelector("footer").scrollIntoView();
      const first = [scrollY, at()];
      return new Promise(done => setTimeout(() => done([first, [scrollY, at()]]), 400));
    }""")
    assert box[0] == box[1]
    assert box[0][0] > 0  # the page is long enough to move at all
