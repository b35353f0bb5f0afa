"""/ledger/confidential/ and the pages of one confidential matter. For who is not named in it there is none."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from grievances import actions
from grievances.forms import confidential as forms
from grievances.models import Grievance
from liaison import access, clock
from liaison.form_pages import FormPage

from .one_matter import MatterFormPage

SHOWN = 200
HOME = "/"


class Confidential(View):
    """/ledger/confidential/ — those one is named in, without their words; and the slips of what one wrote down.

    No search, no export, no paper: what it lists is opened one by one, and each look is written down.
    """

    access = access.CONFIDENTIAL

    def get(self, request):
        """Open ones first, then by day."""
        rows = Grievance.every.naming(request.user).select_related("village", "handler")
        slips = Grievance.every.slips_of(request.user).exclude(pk__in=rows.values("pk"))
        context = {
            "title": "涉密事项",
            "rows": sorted(rows.order_by("-registered_on", "-pk")[:SHOWN], key=_is_done),
            "slips": slips.order_by("-registered_on", "-pk").only("number", "registered_on")[
                :SHOWN
            ],
            "now": clock.now(),
        }
        return render(request, "grievances/confidential.html", context)


def _is_done(matter):
    return not matter.is_open


class Confide(FormPage):
    """/ledger/confidential/new/ — 登记涉密反映."""

    access = "grievances.view"
    title, submit, done = "登记涉密反映", "登记", ""
    lead = (
        "举报、家庭暴力、点名反映干部的在这里登记：只有专办人看得到，不进台账、查找、统计、导出和通知。"
        "登记后您可查看到专办人接办为止，请记下编号。"
    )

    def cancel_url(self):
        """The desk, which stands to the right of this app."""
        return HOME

    def make_form(self, data=None):
        """Empty, dated today."""
        return forms.ConfideForm(data, user=self.request.user, initial={"on": clock.today()})

    def save(self, form):
        """Store it once; returns the matter's address, or the desk's where who wrote it down must not see it again."""
        user = self.request.user

        def do():
            matter = actions.confide(by=user, now=clock.now(), **form.facts())
            self.done = f"已登记，编号{matter.number}，请记下备查。"
            return _next_page(user, matter)

        return self.once(form, do)


def _next_page(user, matter):
    seen = Grievance.every.open_to(user).filter(pk=matter.pk).exists()
    return reverse("grievances:detail", args=[matter.number]) if seen else HOME


class OfMatter(MatterFormPage):
    """Base of the forms about one matter; on a matter they are not for they lead back to it."""

    access = "grievances.view"
    form_class = None
    verb = staticmethod(lambda **given: None)
    for_confidential = True

    def get(self, request):
        """The form."""
        return self.elsewhere() or super().get(request)

    def post(self, request):
        """Save it once, unless somebody else did in between."""
        return self.elsewhere() or super().post(request)

    def make_form(self, data=None):
        """The form of this matter."""
        return self.form_class(data, matter=self.matter)

    def done_words(self):
        """Without the number, which the act may have changed."""
        return self.done

    def elsewhere(self):
        """Back to a matter this form is not for."""
        fits = self.matter.is_confidential == self.for_confidential
        return None if fits else HttpResponseRedirect(self.cancel_url())

    def save(self, form):
        """Returns the next page."""
        user = self.request.user

        def do():
            given = {"by": user, "on": clock.today(), "now": clock.now(), **form.facts()}
            self.verb(grievance=self.matter, **given)
            return _next_page(user, Grievance.every.get(pk=self.matter.pk))

        return self.once(form, do)


class MakeConfidential(OfMatter):
    """/ledger/<number>/confidential/ — 转为涉密."""

    title, submit, for_confidential = "转为涉密", "转为涉密", False
    form_class = forms.MakeConfidentialForm
    verb = staticmethod(actions.make_confidential)
    done = "已转为涉密，由专办人办理。"

    def about(self):
        """What it does."""
        return (
            "转后改用涉密编号，不再出现在台账、户、走访、统计和导出里；原编号保留占用，"
            "打开时只写“本编号已转其他渠道办理”。以前已导出、已打印的收不回来。"
        )


class MakeOrdinary(OfMatter):
    """/ledger/<number>/ordinary/ — 解除涉密."""

    title, submit = "解除涉密", "解除涉密"
    form_class = forms.MakeOrdinaryForm
    verb = staticmethod(actions.make_ordinary)
    done = "已解除涉密，回到台账。"

    def about(self):
        """What it does."""
        return "解除后办理过程、诉求内容都在台账里公开可查，请先核对其中有没有不宜公开的内容。"


class NameReader(OfMatter):
    """/ledger/<number>/readers/ — 指定知情人."""

    title, submit = "指定知情人", "指定"
    form_class = forms.NameReaderForm
    verb = staticmethod(actions.name_reader)
    done = "已指定。"

    def about(self):
        """Who cannot."""
        return "知情人可以查看和办理；与被反映人有关联的不能指定。"


class EndReader(OfMatter):
    """/ledger/<number>/readers/end/ — 停止知情."""

    title, submit = "停止知情", "停止"
    form_class = forms.EndReaderForm
    verb = staticmethod(actions.end_reader)
    done = "已停止。"

    def about(self):
        """At once."""
        return "停止后立即看不到。"


class Accuse(OfMatter):
    """/ledger/<number>/accused/ — 补充被反映人."""

    title, submit = "补充被反映人", "补充"
    form_class = forms.AccuseForm
    verb = staticmethod(actions.accuse)
    done = "已补充，与其有关联的人即时回避。"

    def about(self):
        """At once."""
        return "补充后，本人和与其有关联的人立即看不到。"


class Rules(FormPage):
    """/ledger/confidential/rules/ — 涉密规则 of the township."""

    access = "grievances.policies"
    title, crumbs = "涉密规则", (("管理", ""),)
    done = "涉密规则已保存，用于以后登记的。"
    lead = "专办岗位没有设、空缺或须回避的，交镇领导(按岗位顺序)。改动只用于以后登记的。"

    def cancel_url(self):
        """This page itself."""
        return reverse("grievances:confidential_rules")

    def township(self):
        """Whose rules they are."""
        return self.request.user.townships_for(self.access)[0]

    def make_form(self, data=None):
        """As they stand."""
        return forms.RulesForm(data, township=self.township())

    def save(self, form):
        """Returns this page."""
        township = self.township()
        actions.set_confidential_rules(by=self.request.user, township=township, **form.cleaned_data)
        return self.cancel_url()
