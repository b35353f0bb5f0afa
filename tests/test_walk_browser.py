"""The walk in a real browser: the office on a PC, the cadre on a 360 px phone."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from cadres.models import Department, LiaisonPlan, LiaisonTeam, Seat
from cadres.roles import Role
from conftest import PASSWORD, appoint
from demo.build.scale import PLACES
from demo.build.township import DATA
from grievances.models import Grievance
from liaison import clock
from villages.models import Household, Resident, Township
from visits.models import LiaisonSession, Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAYAO = PLACES["dayao"].code
DIVISIONS = str(DATA / PLACES["dayao"].divisions)
ROSTER = Path(settings.BASE_DIR) / "villages" / "tests" / "files" / "a-花名册-李畋村-规范.xlsx"


@pytest.fixture
def dayao(transactional_db, settings, tmp_path):
    """大瑶镇 with its 15 villages and the people of the story."""
    settings.PRIVATE_FILES = tmp_path
    call_command("import_divisions", DIVISIONS, township=DAYAO[:9], verbosity=0)
    township = Township.objects.get(code=DAYAO)
    unit = Department.objects.create(township=township, name="水利站")
    appoint(township, "clerk", "赵敏", Role.OFFICE, title="驻点办干事")
    appoint(township, "lead", "李明", Role.CADRE, title="党委委员")
    appoint(township, "member", "王强", Role.CADRE, title="李畋村包村干部")
    appoint(township, "handler", "陈静", Role.HANDLER, title="水利站站长", department=unit)
    appoint(township, "supervisor", "孙正", Role.SUPERVISOR, title="督查组组长")
    return township


def sign_in(page, username):
    """Through the log-in page, out of whatever stood there before."""
    page.context.clear_cookies()
    page.goto(reverse("accounts:login"))
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="工作台")).to_be_visible()


def test_the_walk_in_a_browser(page, phone, dayao):
    village = dayao.villages.get(name="李畋村")
    sign_in(page, "clerk")
    the_roster_comes_in(page)
    team_and_plan(page, village)
    the_liaison_day(phone, village)
    from_hand_to_hand(page)
    the_numbers_open_their_rows(page)


def the_roster_comes_in(page):
    page.goto(reverse("villages:roster"))
    page.locator("[name=village]").select_option(label="李畋村")
    page.locator("input[type=file]").set_input_files(ROSTER)
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_role("button", name="确认导入")).to_be_visible()
    assert not Household.objects.exists()
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_text("已导入").first).to_be_visible()
    assert (Household.objects.count(), Resident.objects.count()) == (300, 1013)


def team_and_plan(page, village):
    today = clock.today()
    page.goto(reverse("cadres:new_team"))
    page.get_by_label("团队名称").fill("李畋村驻点团队")
    page.get_by_label("李畋村", exact=True).check()
    page.locator("[name=seats-0-post]").select_option(label="党委委员（李明）")
    page.locator("[name=seats-1-post]").select_option(label="李畋村包村干部（王强）")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("李明").first).to_be_visible()
    page.goto(reverse("cadres:plan_new"))
    page.get_by_label("团队").select_option(label="李畋村驻点团队")
    page.get_by_label("村(社区)").select_option(label="李畋村")
    page.get_by_label("驻点地点").fill("李畋村便民服务大厅")
    page.get_by_label("驻点时间").fill(f"每周{'一二三四五六日'[today.weekday()]}")
    page.get_by_label("开始时间").fill("09:00")
    page.get_by_label("结束时间").fill("11:30")
    page.get_by_label("遇节假日").select_option(value="keep")
    page.get_by_label("生效日期").fill(today.isoformat())
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("每周").first).to_be_visible()
    assert LiaisonPlan.objects.get().place == "李畋村便民服务大厅"
    assert Seat.objects.filter(team=LiaisonTeam.objects.get()).count() == 2
    page.goto(reverse("cadres:calendar"))
    expect(page.locator(f"a[href*='on_from={today.isoformat()}']").first).to_be_visible()


def the_liaison_day(phone, village):
    """Four taps from home to saved, on a small phone; a second tap on 保存 makes nothing twice."""
    session = LiaisonSession.objects.get(on=clock.today())
    home = Household.objects.filter(village=village).order_by("pk").first()
    sign_in(phone, "lead")
    phone.locator(f"a[href='{reverse('desk:day', args=[session.pk])}']").first.click()
    expect(phone.get_by_role("button", name="保存")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    first = phone.locator("#entry-1")
    first.get_by_label("户", exact=True).fill(home.number)
    first.get_by_label("方式", exact=True).select_option(value="home")
    first.get_by_label("反映情况").fill("渠道淤塞,放不进水。")
    first.get_by_role("button", name="加一件诉求").click()
    first.get_by_label("诉求摘要").fill("灌渠淤塞")
    first.get_by_label("类别", exact=True).select_option(label="水利")
    second = phone.locator("#entry-2")
    second.get_by_label("来访人").fill("某先生")
    second.get_by_role("button", name="加一件诉求").click()
    second.get_by_label("诉求摘要").fill("咨询养老缴费")
    second.get_by_text("当场办结").click()
    phone.get_by_role("button", name="保存").dblclick()
    expect(phone.get_by_text("110-").first).to_be_visible()
    assert Visit.objects.count() == 2
    assert Grievance.objects.count() == 2
    assert Grievance.objects.get(summary="咨询养老缴费").on_the_spot
    session.refresh_from_db()
    assert session.status == LiaisonSession.Status.HELD
    assert session.attendance.count() == 2


def open_act(page, number, act):
    """The form of one act on the matter's page, unfolded."""
    page.goto(reverse("grievances:detail", args=[number]))
    form = page.locator(f"form[action$='/{act}/']")
    if not form.is_visible():
        page.locator("details", has=form).locator("summary").first.click()
    return form


def send(page, form, name):
    form.get_by_role("button", name=name).click()
    expect(page.get_by_text("已记录").first).to_be_visible()


def from_hand_to_hand(page):
    number = Grievance.objects.get(summary="灌渠淤塞").number
    sign_in(page, "clerk")
    send(page, open_act(page, number, "accept"), "受理")
    form = open_act(page, number, "assign")
    form.get_by_label("承办单位").select_option(label="水利站")
    send(page, form, "交办")
    sign_in(page, "handler")
    send(page, open_act(page, number, "take-in-hand"), "接收办理")
    form = open_act(page, number, "settle")
    form.get_by_label("办结方式").select_option(label="①实质办结")
    form.get_by_label("办理结果").fill("已清淤两百米。")
    send(page, form, "办结")
    form = open_act(page, number, "answer")
    form.get_by_text("电话", exact=True).click()
    send(page, form, "反馈")
    sign_in(page, "supervisor")
    form = open_act(page, number, "verify")
    form.get_by_text("满意", exact=True).click()
    form.get_by_text("电话", exact=True).click()
    send(page, form, "回访核实")
    sign_in(page, "clerk")
    send(page, open_act(page, number, "close-out"), "销号")
    matter = Grievance.objects.get(number=number)
    assert (matter.status, matter.satisfaction) == ("closed_out", "satisfied")


def the_numbers_open_their_rows(page):
    sign_in(page, "supervisor")
    page.goto(reverse("reports:dashboard"))
    row = page.get_by_role("row", name="李畋村")
    registered = row.locator("a[href*='registered_from']").first
    expect(registered).to_have_text("2")
    registered.click()
    expect(page.get_by_text("共 2 条")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="导出", exact=True).click()
    assert taken.value.suggested_filename == f"大瑶镇_民情台账_{clock.today():%Y%m%d}.xlsx"
