"""A meeting: called, its agenda, its minutes."""

import re

from django import forms

from cadres.models import Holding, StandingMeeting, User
from cadres.roles import Role
from grievances.actions.meetings import MOST_ITEMS, OF_THE_TOWN, PERMISSION
from grievances.models import Grievance, Meeting
from liaison.forms import ChooseManyField, CreateFormMixin, DateInput, VersionFormMixin
from villages.models import Village

from .fields import LONGEST, PLEASE, words

FACTS = ("kind", "village", "on", "place", "chaired_by", "recorder")
ATTENDING = (Role.OFFICE, Role.LEADER, Role.CADRE, Role.HANDLER, Role.SUPERVISOR)


def people_of(township_id, on, named=()):
    """Who may chair, record and attend: who works in the township on a day, in the order of their posts.

    Args:
        named: ids of those the meeting names already; who has left or was stopped since stays in it.
    """
    held = Holding.objects.current(on).filter(
        post__township=township_id, post__role__in=ATTENDING, user__is_active=True
    )
    held = held.select_related("user", "post").order_by("post__order", "post_id", "pk")
    titles = {}
    for holding in held:
        titles.setdefault(holding.user_id, f"{holding.user} {holding.post}")
    left = User.objects.filter(pk__in={*named} - {None, *titles}).order_by("pk")
    return titles | {user.pk: str(user) for user in left}


class PeopleMixin:
    """Choices of people with their posts, in the order of the posts."""

    def offer_people(self, names, township_id, on, named=()):
        """Fill these fields with who works in the township on the day of the meeting, and whom it names."""
        titles = people_of(township_id, on, named)
        queryset = User.objects.filter(pk__in=titles)
        for name in names:
            field = self.fields[name]
            field.queryset = queryset
            blank = [("", field.empty_label)] if getattr(field, "empty_label", None) else []
            field.choices = [*blank, *titles.items()]


class MeetingForm(PeopleMixin, CreateFormMixin, VersionFormMixin):
    """Which meeting, when and where; a new one carries version 1."""

    kind = forms.ChoiceField(label="会议类别", choices=Meeting.Kind.choices)
    village = forms.ModelChoiceField(
        Village.objects.none(), label="村(社区)", required=False, empty_label="不分村(社区)"
    )
    on = forms.DateField(label="会议日期", widget=DateInput)
    place = forms.CharField(label="地点", max_length=100, required=False)
    chaired_by = forms.ModelChoiceField(
        User.objects.none(), label="主持人", required=False, empty_label=PLEASE
    )
    recorder = forms.ModelChoiceField(
        User.objects.none(), label="记录人", required=False, empty_label=PLEASE
    )
    standing = forms.ModelChoiceField(
        StandingMeeting.objects.none(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, user, on, meeting=None, initial=None, **kwargs):
        started = {"version": 1, "recorder": user.pk, "on": on, **(initial or {})}
        if meeting:
            names = (*FACTS, "standing")
            started = {name: getattr(meeting, name) for name in names}
            started |= {"version": meeting.version}
        super().__init__(*args, initial=started, **kwargs)
        villages = Village.objects.visible_to(user, PERMISSION).in_order()
        self.fields["village"].queryset = villages
        self.fields["standing"].queryset = StandingMeeting.objects.visible_to(user)
        if not user.village_scope(PERMISSION).townships:
            of_the_town = [kind.value for kind in OF_THE_TOWN]
            choices = [each for each in Meeting.Kind.choices if each[0] not in of_the_town]
            self.fields["kind"].choices = choices
            self.fields["village"].empty_label, self.fields["village"].required = PLEASE, True
        names = ("chaired_by", "recorder")
        named = [getattr(meeting, f"{name}_id") for name in names] if meeting else ()
        self.offer_people(names, user.township_id, meeting.on if meeting else on, named)

    def facts(self) -> dict:
        """What the verbs take."""
        return {name: self.cleaned_data[name] for name in (*FACTS, "standing")}


class AgendaForm(VersionFormMixin):
    """Matters to be gone through, of those proposed or by number, and free subjects."""

    matters = ChooseManyField(Grievance.objects.none(), label="上会的诉求", required=False)
    numbers = forms.CharField(
        label="另加诉求",
        required=False,
        max_length=1000,
        help_text="没有列出的，填诉求编号，几个用顿号或空格隔开。",
    )
    subjects = forms.CharField(
        label="其他议题",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text="一行一个，每个不超过100字；不写群众姓名和电话。",
    )

    def __init__(self, *args, user, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["matters"].queryset = Grievance.objects.filter(pk__in=offered)

    def clean_numbers(self):
        """Matters by their numbers; one that is not found is named."""
        numbers = [
            each for each in re.split(r"[\s、，,;；]+", self.cleaned_data["numbers"]) if each
        ]
        if len(numbers) > MOST_ITEMS:
            raise forms.ValidationError(f"一次最多加{MOST_ITEMS}件。")
        found = {
            matter.number: matter
            for matter in Grievance.objects.visible_to(self.user).filter(number__in=numbers)
        }
        missing = [number for number in numbers if number not in found]
        if missing:
            raise forms.ValidationError(f"没有找到{'、'.join(missing)[:100]}，请核对编号。")
        return list(found.values())

    def clean_subjects(self):
        """Lines, each once."""
        lines = [line.strip() for line in self.cleaned_data["subjects"].splitlines()]
        lines = list(dict.fromkeys(filter(None, lines)))
        if any(len(line) > 100 for line in lines):
            raise forms.ValidationError("每个议题请控制在100字以内。")
        return lines


class MinutesForm(PeopleMixin, VersionFormMixin):
    """Who was there; of each item what was said and decided; a summary."""

    attendees = ChooseManyField(
        User.objects.none(), label="参加人", required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label="其他参加单位和人数",
        required=False,
        max_length=200,
        help_text="例如“石桥村村民代表12人、派出所1人”，不写姓名。",
    )
    minutes = words("会议小结")

    def __init__(self, *args, meeting, items, **kwargs):
        initial = {
            "version": meeting.version,
            "others": meeting.others,
            "minutes": meeting.minutes,
            "attendees": [person.pk for person in meeting.attendees.all()],
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.items = items
        self.offer_people(("attendees",), meeting.township_id, meeting.on, initial["attendees"])
        for item in items:
            self.fields |= self._of(item)

    @staticmethod
    def _of(item):
        """The four fields of one item."""
        due = forms.DateField(
            label="完成期限", required=False, widget=DateInput, initial=item.due_on
        )
        who = forms.CharField(label="责任单位(人)", required=False, max_length=60, initial=item.who)
        return {
            f"discussed_{item.pk}": words("讨论情况", rows=2, initial=item.discussed),
            f"decision_{item.pk}": words("议定事项", rows=2, initial=item.decision),
            f"who_{item.pk}": who,
            f"due_on_{item.pk}": due,
        }

    def lines(self) -> dict:
        """{item id: what was said and decided}."""
        names = ("discussed", "decision", "who", "due_on")
        return {
            item.pk: {name: self.cleaned_data[f"{name}_{item.pk}"] for name in names}
            for item in self.items
        }

    def drawn(self):
        """[(item, its bound fields)]."""
        names = ("discussed", "decision", "who", "due_on")
        return [(item, [self[f"{name}_{item.pk}"] for name in names]) for item in self.items]
