"""预警 黄橙红(蓝): suggested by a table the office can read, set by hand with reason and day; 排查化解."""

import csv
import datetime as dt
import io
import uuid
from pathlib import Path

import openpyxl
import pytest
import time_machine

from cadres.models import Notice
from grievances import actions, alerting
from grievances.models import AlertBand, AlertLevel, Grievance
from grievances.models.alert_parts import Level, Trend
from liaison.errors import NotAllowed

from .conftest import DAY, moment

NEXT = DAY + dt.timedelta(days=1)
DUE = dt.date(2026, 12, 8)
WAITS = {"": DAY, "到期前1天": DUE - dt.timedelta(days=1), "超期1天": DUE + dt.timedelta(days=1),
         "超期15天": DUE + dt.timedelta(days=15)}  # fmt: skip


def table():
    with (Path(__file__).parent / "alerts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def code(choices, label):
    return next((value for value, word in choices.choices if word == label), "")


@pytest.mark.django_db
def test_what_is_suggested_stands_in_the_table(registered):
    bands = AlertBand.objects.bands_of(registered.township_id)
    for row in table():
        registered.kind = code(Grievance.Kind, row["性质"])
        found = alerting.suggested(
            registered, moment(WAITS[row["离到期"]], 12), persons=int(row["人数"]),
            trend=code(Trend, row["事态"]), bands=bands,
        )  # fmt: skip
        assert (found.name if found else "") == row["建议"], row
        assert found is None or found.why


def alert(matter, by, level, on=DAY, **more):
    told = {"persons": 12, "trend": "may_spread", "words": "多户联名", "version": None} | more
    return actions.alert(grievance=matter, by=by, on=on, now=moment(on, 12), level=level, **told)


def test_set_raised_lowered_cleared_each_with_reason_and_day(registered, li, zhou, zhao):
    alert(registered, li, "yellow")
    alert(registered, zhou, "red", on=NEXT, persons=31, trend="spreading")
    alert(registered, zhao, "orange", on=NEXT)
    matter = actions.clear_alert(
        grievance=registered, by=zhao, on=NEXT, now=moment(NEXT, 13), version=None, words="已调解"
    )
    assert (matter.alert_level, matter.alert_since) == ("", NEXT)
    rows = list(matter.alerts.values_list("act", "level_before", "level", "suggested", "persons"))
    assert rows == [
        ("set", "", "yellow", "orange", 12),
        ("raise", "yellow", "red", "red", 31),
        ("lower", "red", "orange", "orange", 12),
        ("clear", "orange", "", "orange", 12),
    ]
    names = list(matter.steps.values_list("act_name", flat=True))[1:]
    assert names == ["预警", "预警升级", "预警降级", "解除预警"]
    assert Notice.objects.filter(recipient=zhou, title__contains="橙色预警").count() == 1
    assert not Notice.objects.filter(recipient=zhou, title__contains="黄色预警").exists()


@pytest.mark.parametrize(
    ("who", "told", "said"),
    [
        ("chen", {}, "没有这件诉求"),
        ("sun", {}, "岗位不设定预警"),
        ("li", {"words": " "}, "请写明预警的理由"),
        ("li", {"level": "purple"}, "请选择预警级别"),
        ("li", {"persons": 0}, "涉及人数"),
        ("li", {"on": DAY - dt.timedelta(days=1)}, "早于登记日期"),
    ],
)
def test_what_is_refused(registered, people, who, told, said):
    with pytest.raises(NotAllowed, match=said):
        alert(registered, getattr(people, who), **{"level": "yellow", **told})
    assert not AlertLevel.objects.exists()


def test_the_same_level_twice_and_nothing_to_clear_are_refused(registered, li):
    common = {"grievance": registered, "by": li, "on": DAY, "now": moment(DAY, 13), "version": None}
    with pytest.raises(NotAllowed, match="没有预警"):
        actions.clear_alert(words="已调解", **common)
    alert(registered, li, "yellow")
    with pytest.raises(NotAllowed, match="已经是黄色预警"):
        alert(registered, li, "yellow")


def test_what_is_crossed_off_is_under_no_warning(matter_at, li):
    matter = matter_at("verified")
    alert(matter, li, "red")
    assert Grievance.objects.alerted("red").count() == 1
    Grievance.objects.update(status="closed_out", closed_out_on=DAY)
    assert not Grievance.objects.alerted().exists()
    with pytest.raises(NotAllowed, match="不再预警"):
        alert(matter, li, "yellow")


@pytest.mark.django_db
def test_a_townships_own_band_stands_in_place_of_the_general_one(qingshan, elsewhere):
    AlertBand.objects.create(township=qingshan, by="size", least=5, level="yellow")
    AlertBand.objects.create(township=qingshan, by="size", level="blue", is_active=False)
    own = [str(band) for band in AlertBand.objects.bands_of(qingshan.pk) if band.by == "size"]
    assert own == ["橙色预警(10人起且可能扩大)", "红色预警(30人起且正在蔓延)", "黄色预警(5人起)"]
    assert len(AlertBand.objects.bands_of(elsewhere.pk)) == 7


class TestPages:
    """The level on the matter, the ledger and the list of risks."""

    @pytest.fixture(autouse=True)
    def _november(self):
        with time_machine.travel(moment(DAY, 15), tick=True):
            yield

    def form(self, matter, **more):
        return {
            "form_key": str(uuid.uuid4()), "version": matter.version, "on": DAY, "persons": 12,
            "trend": "may_spread", "level": "orange", "words": "多户联名", **more,
        }  # fmt: skip

    def test_it_is_set_by_the_form_and_found_by_the_lists(
        self, signed_in, registered, li, wang, sun
    ):
        home = f"/ledger/{registered.number}/"
        client = signed_in(li)
        assert "按预警标准暂不建议预警" in client.get(home + "alert/").content.decode()
        assert client.post(home + "alert/", self.form(registered, level="")).status_code == 422
        assert client.post(home + "alert/", self.form(registered)).headers["Location"] == home
        page = client.get(home).content.decode()
        assert "alert-orange" in page and "10人起且可能扩大" in page
        for asked, count in (
            ({"alert": "orange"}, 1),
            ({"alert": "any"}, 1),
            ({"alert": "red"}, 0),
        ):
            assert client.get("/ledger/", asked).context["page"].total == count
        risks = client.get("/ledger/risks/", {"resolved": "open"})
        assert risks.context["page"].total == 1
        assert "橙色预警" in risks.content.decode()
        assert signed_in(wang).get("/ledger/risks/").context["page"].total == 0
        assert signed_in(sun).get(home + "alert/").status_code == 403

        client, matter = signed_in(li), Grievance.objects.get()
        told = {
            "form_key": str(uuid.uuid4()),
            "version": matter.version,
            "on": DAY,
            "words": "已劝解",
        }
        assert client.post(home + "clear-alert/", told).headers["Location"] == home
        assert "alert-orange" not in client.get("/ledger/risks/").content.decode()

    def test_risks_go_out_with_how_they_were_resolved(self, signed_in, matter_at, zhao):
        matter_at("closed_out")
        Grievance.objects.update(kind="dispute")
        client = signed_in(zhao)
        for asked, count in (("open", 0), ("settled", 0), ("closed_out", 1)):
            page = client.get("/ledger/risks/", {"resolved": asked})
            assert page.context["page"].total == count
        answer = client.get("/ledger/risks/", {"format": "xlsx"})
        content = b"".join(answer) if answer.streaming else answer.content
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        cells = [cell.value for row in sheet.iter_rows() for cell in row]
        assert "已销号" in cells and "矛盾纠纷" in cells

    def test_the_office_sets_bands_of_its_own(self, signed_in, zhao, li):
        general = AlertBand.objects.get(by="size", level="orange")
        url = "/ledger/alert-bands/"
        assert signed_in(li).get(url).status_code == 403
        client = signed_in(zhao)
        assert "10人起且可能扩大" in client.get(url).content.decode()
        assert 'value="10"' in client.get(f"{url}new/?from={general.pk}").content.decode()
        form = {
            "form_key": str(uuid.uuid4()), "version": 1, "by": "size", "least": 8, "level": "orange",
            "trend": "may_spread", "is_active": "on",
        }  # fmt: skip
        assert client.post(url + "new/", form).status_code == 302
        own = AlertBand.objects.get(township=zhao.township)
        assert client.post(f"{url}{own.pk}/", form | {"least": 9}).status_code == 302
        assert client.post(f"{url}{own.pk}/", form | {"least": 7}).status_code == 409
        assert client.post(f"{url}{general.pk}/", form).status_code == 422
        own.refresh_from_db()
        assert (own.least, str(own)) == (9, "橙色预警(9人起且可能扩大)")
        assert Level(own.level) == Level.ORANGE
