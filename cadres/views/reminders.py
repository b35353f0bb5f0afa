"""Pages of 提醒时间 (the office) and of 群机器人 (the system administrator)."""

import django_filters
from django.contrib import messages
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from cadres import actions
from cadres.models import GroupRobot, ReminderPolicy
from cadres.office_exports import RobotExport
from cadres.reminder_forms import NewRobotForm, ReminderTimesForm, RobotForm
from cadres.reminding import ReminderTimes
from liaison import clock
from liaison.access import allow
from liaison.errors import NotAllowed
from liaison.filters import HouseFilterSet
from liaison.form_pages import FormPage
from liaison.lists import ListView
from liaison.scoping import get_visible_or_404

PLANS, ROBOTS = "cadres.manage_plans", "cadres.manage_robots"
AREA = ("管理", "")


class ReminderTimesPage(FormPage):
    """/notices/times/ — when teams are reminded: the rows so far, and a new one from a day on."""

    access = PLANS
    title = "提醒时间"
    crumbs = (AREA,)
    done = "提醒时间已保存，从启用日期的驻点日起用。"
    lead = "改动另存一行，以前的不变。已经提醒过的不再重复提醒；驻点日改期后会重新提醒。"
    template_name = "cadres/reminder_times.html"

    def make_form(self, data=None):
        """As it is in force today."""
        township, today = self.request.user.townships_for(PLANS)[0], clock.today()
        policy = ReminderTimes.load().of(township.pk, today)
        return ReminderTimesForm(data, policy=policy, initial={"since": today})

    def more(self, form):
        """The rows, newest first."""
        rows = ReminderPolicy.objects.visible_to(self.request.user).select_related("township")
        return {"rows": rows.order_by("-since", "township__code")}

    def save(self, form):
        """Store it once."""
        return self.once(form, lambda: self._do(form.facts()))

    def _do(self, facts):
        user = self.request.user
        township = user.townships_for(PLANS)[0]
        actions.set_reminder_times(by=user, township=township, on=clock.today(), **facts)
        return self.cancel_url()

    def cancel_url(self):
        """This page: the rows are on it."""
        return reverse("cadres:reminder_times")


class RobotFilter(HouseFilterSet):
    """By name and kind."""

    name = django_filters.CharFilter(lookup_expr="icontains", label="群名称", max_length=40)
    kind = django_filters.ChoiceFilter(choices=GroupRobot.Kind.choices, label="类型")

    class Meta:
        model = GroupRobot
        fields = []


class Robots(ListView):
    """/notices/robots/"""

    access = ROBOTS
    title = "群机器人"
    crumbs = (AREA,)
    filterset_class = RobotFilter
    orders = {"name": ("name", "id")}
    rows_template = "cadres/robots.html"
    export_class = RobotExport
    heads = ("群名称", "类型", "提醒谁的驻点日", "地址", "加签", "状态", "操作")
    empty = "还没有群机器人；在工作群里添加机器人后，点“新增群机器人”填写它的地址。"
    actions = "cadres/_robots_bar.html"

    def get_queryset(self):
        """Those of the administrator's townships."""
        return GroupRobot.objects.visible_to(self.request.user, ROBOTS).select_related("team")

    def row_context(self, rows):
        """The token of each row's button."""
        return {"csrf": get_token(self.request)}


class _RobotPage(FormPage):
    access = ROBOTS
    crumbs = (AREA, ("群机器人", "cadres:robots"))
    lead = "每个驻点日的每次提醒向群里发一条，不提及群众信息。地址和密钥加密保存，请不要外传。"

    def cancel_url(self):
        """The list."""
        return reverse("cadres:robots")


class NewRobot(_RobotPage):
    """/notices/robots/new/"""

    title, submit = "新增群机器人", "新增"
    done = "已新增群机器人，请点“发送测试”看群里能否收到。"

    def make_form(self, data=None):
        """An empty one."""
        return NewRobotForm(data, township=self._township())

    def _township(self):
        return self.request.user.townships_for(ROBOTS)[0]

    def save(self, form):
        """Add it once."""
        facts = {name: form.cleaned_data[name] for name in form.fields if name != "form_key"}
        return self.once(form, lambda: self._do(facts))

    def _do(self, facts):
        actions.add_robot(by=self.request.user, township=self._township(), **facts)
        return self.cancel_url()


class ChangeRobot(_RobotPage):
    """/notices/robots/<pk>/"""

    title, submit = "修改群机器人", "保存修改"

    def dispatch(self, request, *args, **kwargs):
        rows = GroupRobot.objects.select_related("township", "team")
        self.robot = get_visible_or_404(rows, request.user, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data=None):
        """As it stands, without its keys."""
        names = ("name", "kind", "team", "is_active", "version")
        initial = {name: getattr(self.robot, name) for name in names}
        return RobotForm(data, township=self.robot.township, initial=initial)

    def save(self, form):
        """Save unless somebody else did in between."""
        actions.change_robot(by=self.request.user, robot=self.robot, **form.facts())
        return self.cancel_url()


@allow(ROBOTS)
@require_POST
def send_test(request, pk):
    """/notices/robots/<pk>/test/ — one text to the group, now."""
    robot = get_visible_or_404(GroupRobot.objects.all(), request.user, pk=pk)
    try:
        actions.send_test(by=request.user, robot=robot, now=clock.now())
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"测试消息已发到“{robot}”，请到群里查看。")
    return redirect("cadres:robots")
