"""Fields the ledger's forms share."""

from itertools import groupby

from django import forms

from cadres.models import Holding, User
from cadres.roles import Role
from grievances.ladder import level_choices
from grievances.models import Settlement, SettlementMethod
from liaison.forms import DateInput, HouseFormMixin

EARLIEST = "2000-01-01"  # older is a slip of the finger
LONGEST = 4000
PLEASE = "请选择"


def words(label, required=False, rows=3, **more):
    """A text of some lines; no least length."""
    area = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONGEST, widget=area, **more)


def radio(label, choices):
    """One of a few, none chosen beforehand."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)


def chosen(model, label):
    """One row of a code list; ``offer_in_use`` fills it when the form is made."""
    return forms.ModelChoiceField(model.objects.none(), label=label, empty_label=PLEASE)


def in_use(model):
    """The rows of a code list that may be chosen."""
    return model.objects.filter(is_active=True)


class DayForm(HouseFormMixin, forms.Form):
    """A day that may be earlier than today: when it happened, not when it is typed."""

    on = forms.DateField(label="日期", widget=DateInput)

    def clean_on(self):
        """Refuse a year nobody means."""
        on = self.cleaned_data["on"]
        if str(on) < EARLIEST:
            raise forms.ValidationError("请核对日期的年份。")
        return on


class LevelField(forms.TypedChoiceField):
    """层级: a rung of the township's ladder by its place; empty for any."""

    def __init__(self):
        super().__init__(
            label="层级",
            required=False,
            coerce=int,
            empty_value=None,
            help_text="诉求在这一级时才适用；新登记的在最低一级，呈报后在呈报到的一级。",
        )

    def offer(self, township_id, row=None):
        """The rungs in use, and the place a row already names though no rung has it by now."""
        choices = level_choices(township_id)
        named = getattr(row, "level", None)
        if named is not None and named not in dict(choices):
            choices.append((named, f"第{named}级(现在没有这一级)"))
        self.choices = [("", "不限"), *choices]


class MethodField(forms.ModelChoiceField):
    """办结方式 under the three kinds of done, so that choosing one chooses its kind."""

    def __init__(self, **kwargs):
        super().__init__(SettlementMethod.objects.none(), empty_label=PLEASE, **kwargs)

    def offer(self, *, at_once=False):
        """Read the rows in use; called when a form is made.

        Args:
            at_once: without those that name a day to look again, for a form that asks for none.
        """
        self.queryset = in_use(SettlementMethod)
        if at_once:
            self.queryset = self.queryset.filter(comes_back=False)
        rows = self.queryset.order_by("settlement", "order")
        kinds = groupby(rows, key=lambda row: row.settlement)
        offered = {kind: [(row.pk, row.name) for row in group] for kind, group in kinds}
        groups = [(kind.label, offered[kind.value]) for kind in Settlement if kind.value in offered]
        self.choices = [("", PLEASE), *groups]


class HandlerField(forms.ModelChoiceField):
    """承办人 beside his unit, so that the choice reads without a script."""

    def __init__(self, **kwargs):
        super().__init__(User.objects.none(), **kwargs)

    def offer(self, township_id):
        """Those who hold a handler's post now; the verb asks again for the day of the act."""
        held = Holding.objects.filter(
            post__township=township_id, post__role=Role.HANDLER, until=None, user__is_active=True
        )
        order = ("post__department__order", "post__department__name", "user__display_name")
        rows = list(held.select_related("user", "post__department").order_by(*order))
        self.queryset = User.objects.filter(pk__in=[row.user_id for row in rows])
        named = [(row.user_id, f"{row.post.department or ''} {row.user}".strip()) for row in rows]
        self.choices = [("", self.empty_label), *named]
