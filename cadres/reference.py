"""工作日历 as reference tables: the country's days of a year, and the township's own days."""

import django_filters
from django.core.exceptions import ValidationError
from django.forms import CharField
from django.urls import path
from import_export.fields import Field

from cadres.actions import calendar as actions
from cadres.calendar_changes import changes
from cadres.calendar_forms import EARLIEST, LATEST
from cadres.models import (
    CalendarDay,
    CalendarYear,
    Department,
    GroupRobot,
    LiaisonPlan,
    LinkPolicy,
    ReminderPolicy,
)
from cadres.workcalendar import CalendarNotPublished, WorkCalendar
from liaison.filters import HouseFilterSet
from liaison.reference import widgets
from liaison.reference.forms import UploadForm
from liaison.reference.resources import HouseResource
from liaison.reference.tables import ReferenceTable

KINDS = {"放假": CalendarDay.Kind.HOLIDAY, "上班": CalendarDay.Kind.WORKDAY} | {
    label: value for value, label in CalendarDay.Kind.choices
}
PAST = "已经过去的日子不再变动，请删去这一行或照原样保留"


class DayResource(HouseResource):
    """One day that is not what its weekday says."""

    keys = ("on",)
    on = Field("on", "日期", widgets.DayWidget())
    kind = Field("kind", "类型", widgets.WordWidget(KINDS, required=True))
    name = Field("name", "名称", widgets.TextWidget(30, "名称"))

    class Meta:
        model = CalendarDay
        fields = ("on", "kind", "name")
        import_id_fields = ("on", "kind", "name")


class NationalDayResource(DayResource):
    """The country's days. Of a year not published yet all days come in; of a published one only those to come."""

    class Meta:
        model = CalendarDay
        fields = ("on", "kind", "name")
        import_id_fields = ("on", "kind", "name")

    def rows(self):
        """The days of the whole country."""
        return CalendarDay.objects.filter(township=None)

    def covered(self, instances):
        """The days of the years the file names."""
        return self.rows().filter(on__year__in={day.on.year for day in instances})

    def check(self, instance, is_new):
        """Bounds of the calendar; what has passed stays."""
        on = instance.on
        if not EARLIEST <= on.year <= LATEST:
            raise ValidationError({"on": f"年份应在{EARLIEST}至{LATEST}之间，请改正"})
        published = CalendarYear.objects.filter(year=on.year).exists()
        if published and self.today and on <= self.today:
            raise ValidationError({"on": PAST})


class LocalDayResource(DayResource):
    """A township's own days, to come."""

    class Meta:
        model = CalendarDay
        fields = ("on", "kind", "name")
        import_id_fields = ("on", "kind", "name")

    def rows(self):
        """One's own township's days."""
        own = CalendarDay.objects.exclude(township=None)
        return own.filter(township=self.by.township) if self.by else own

    def init_instance(self, row=None):
        """A day of one's own township."""
        return CalendarDay(township=self.by.township)

    def check(self, instance, is_new):
        """As on the page: a day to come, of a published year, not so already."""
        if instance.on <= self.today:
            raise ValidationError({"on": PAST})
        worked = instance.kind == CalendarDay.Kind.WORKDAY
        try:
            as_country = WorkCalendar.load().is_workday(instance.on)
        except CalendarNotPublished as unknown:
            raise ValidationError({"on": str(unknown).rstrip("。")}) from unknown
        if as_country == worked:
            raise ValidationError(
                {"kind": f"这一天本来就是{'上班' if worked else '休息'}日，请删去这一行"}
            )


class YearUploadForm(UploadForm):
    """The file, and the notice it comes from."""

    source = CharField(
        label="依据",
        max_length=100,
        required=False,
        help_text="通知的名称和文号；留空即“国务院办公厅关于该年部分节假日安排的通知”。",
    )
    field_order = ("source", "file")


def _years():
    """The years that can be looked at, newest first, as choices of a filter."""
    years = CalendarYear.objects.order_by("-year").values_list("year", flat=True)
    return [(year, f"{year}年") for year in years]


class DayFilter(HouseFilterSet):
    """By year and name."""

    year = django_filters.ChoiceFilter(field_name="on__year", choices=_years, label="年份")
    name = django_filters.CharFilter(lookup_expr="icontains", label="名称", max_length=30)

    class Meta:
        model = CalendarDay
        fields = []


class Days(ReferenceTable):
    """Base of the two tables of days; they have no state and no order but the date."""

    group = "队伍与日历"
    model, filterset_class = CalendarDay, DayFilter
    active_field = ""
    order = ("-on", "-pk")
    widths = {"日期": 14, "类型": 14, "名称": 30}
    preview_template = "cadres/_plan_changes.html"

    def preview_context(self, staged, user, today):
        """The planned days of one's own villages that would move, in administrative order."""
        plans = LiaisonPlan.objects.alive(today).select_related("team", "village")
        own = plans.visible_to(user).order_by("village__code", "pk")
        trial = [line.instance for line in staged.writes]
        return {
            "changes": changes(plans=own, trial=trial, today=today),
            "others": self.is_shared and plans.exclude(pk__in=own.values("pk")).exists(),
        }


class NationalDays(Days):
    """工作日历 of the country, year by year."""

    key, title, rank = "years", "全国工作日历", 30
    about = "国务院办公厅公布的放假和调休；没有发布的年份不推算，按工作日计的时限和遇节假日的驻点日都要等它发布。"
    resource_class, upload_form_class = NationalDayResource, YearUploadForm
    list_template = "settings/years.html"
    note = (
        "新的一年请上传全年的放假和调休日，导入后该年即发布；"
        "已发布的年份只能补充或更正今天以后的日子。"
    )

    def rows(self, user):
        """The days of the whole country."""
        return CalendarDay.objects.filter(township=None)

    def list_context(self, user, today):
        """The years published, and those that are wanted but are not."""
        known = dict(CalendarYear.objects.order_by("-year").values_list("year", "source"))
        missing = [year for year in (today.year, today.year + 1) if year not in known]
        carried = actions.carried_years()
        return {
            "published": list(known.items())[:5],
            "published_count": len(known),
            "missing": [(year, year in carried) for year in missing],
        }

    def objection(self, staged):
        """A year is published as a whole or not at all."""
        days = [line.instance.on for line in staged.lines if line.instance]
        return actions.what_lacks(days, refused=len(staged.refused))

    def taken(self, *, by, today, staged, said):
        """The years of the file are published; planned days follow."""
        years = {line.instance.on.year for line in staged.lines if line.instance}
        actions.publish_years(years=years, source=said.get("source", ""), by=by)
        if staged.writes:
            actions.plan_all_again(by=by, today=today)

    def extra_urls(self):
        """/settings/years/load/ and /settings/years/notice/."""
        from cadres.views import years  # noqa: PLC0415 (views must not be read with the models)

        return [
            path("years/load/", years.LoadYear.as_view(), name="years_load"),
            path("years/notice/", years.NoticePage.as_view(), name="years_notice"),
        ]


class LocalDays(Days):
    """本地日: what a township set for itself."""

    key, title, rank = "local-days", "本地工作日历", 31
    about = "只对本镇有效的放假或上班日；驻点日和时限随之调整。"
    permission = actions.PERMISSION
    is_shared = False
    new_page = "cadres:local_day_new"
    resource_class = LocalDayResource

    def rows(self, user):
        """The days of one's own township."""
        return CalendarDay.objects.filter(
            township__in=user.village_scope(self.permission).townships
        )

    def taken(self, *, by, today, staged, said):
        """Planned days follow."""
        if staged.writes:
            actions.plan_again(by.township, by, today)


class Departments(ReferenceTable):
    """承办单位 has pages of its own."""

    key, title, rank, group = "departments", "承办单位", 32, "队伍与日历"
    about = "站办所等承办诉求的单位；撤销后旧账仍记在它名下。"
    permission = "cadres.manage_accounts"
    is_shared = False
    model = Department
    active_field = ""
    page = "accounts:departments"


class Bounds(ReferenceTable):
    """联系标准 has a page of its own, because a change makes a new row."""

    key, title, rank, group = "link-bounds", "联系标准", 33, "队伍与日历"
    about = "每名干部、代表联系多少户，责任人联系几个村；只作提醒，改动从起用日期起用。"
    permission = "cadres.manage_links"
    is_shared = False
    model = LinkPolicy
    active_field = ""
    page = "cadres:link_policies"


class Reminders(ReferenceTable):
    """提醒时间 has a page of its own, because a change makes a new row."""

    key, title, rank, group = "reminder-times", "提醒时间", 34, "通知与提醒"
    about = "驻点日前什么时候提醒、何时免打扰；改动从启用日期的驻点日起用。"
    permission = "cadres.manage_plans"
    is_shared = False
    model = ReminderPolicy
    active_field = ""
    page = "cadres:reminder_times"


class Robots(ReferenceTable):
    """群机器人 have pages of their own: an address is shown to nobody once it is stored."""

    key, title, rank, group = "robots", "群机器人", 35, "通知与提醒"
    about = "工作群的企业微信、钉钉、飞书机器人；每个驻点日每次提醒发一条到群里。"
    permission = "cadres.manage_robots"
    is_shared = False
    model = GroupRobot
    page = "cadres:robots"

    def rows(self, user):
        """Robots of one's townships."""
        return GroupRobot.objects.visible_to(user, self.permission)


TABLES = (NationalDays(), LocalDays(), Departments(), Bounds(), Reminders(), Robots())
