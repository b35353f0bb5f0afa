"""Forms of what happens to a household as a whole: each asks only what its verb needs."""

from django import forms

from liaison import clock
from liaison.forms import CreateFormMixin, DateInput, VersionFormMixin

from .actions.roll import HEAD
from .forms import TextField
from .models import Group, Household

Residence = Household.Residence
LIVING = Residence.choices[:4]
PLEASE = "请选择"


def relation_name(person) -> str:
    """The name of the field that holds what a person is to another head."""
    return f"relation_{person.pk}"


def relation_field(person, label="新户主") -> TextField:
    """What a person is to another head; the page offers the usual words."""
    return TextField(
        label=f"{person.name}与{label}的关系",
        required=False,
        max_length=20,
        widget=forms.TextInput({"list": "relations"}),
    )


class LifeForm(CreateFormMixin, VersionFormMixin):
    """Base: the day it happened, the household's version, the form's identifier.

    Attributes:
        people: the household's people on the roll, in the order of the page.
    """

    on = forms.DateField(label="发生日期", widget=DateInput)
    lead = ""

    def __init__(self, *args, household, user, **kwargs):
        initial = {"on": clock.today(), "version": household.version}
        super().__init__(*args, initial=initial, **kwargs)
        self.household, self.user = household, user
        self.people = list(household.residents.present().order_by("id"))
        self.offer()

    def offer(self):
        """Fill the choices of this household."""

    def person(self, name):
        """The person chosen in a field, or None."""
        chosen = self.cleaned_data.get(name)
        return next((each for each in self.people if str(each.pk) == chosen), None)

    def choices(self, people=None):
        """(id, 「周小山(子)」) of people."""
        return [
            (str(each.pk), f"{each.name}({each.relation})" if each.relation else each.name)
            for each in (self.people if people is None else people)
        ]

    def facts(self) -> dict:
        """What the verb takes beside household, version, by and now."""
        return {"on": self.cleaned_data["on"]}


class HeadForm(LifeForm):
    """户主变更: the others are what they are to the new head."""

    lead = "选定新户主后，请核对其他成员与新户主的关系；新户主本人的关系不用改。"
    head = forms.ChoiceField(label="新户主")
    field_order = ("head", "on")

    def offer(self):
        others = [each for each in self.people if each.relation != HEAD]
        self.fields["head"].choices = [("", PLEASE), *self.choices(others)]
        for each in self.people:
            self.fields[relation_name(each)] = relation_field(each)
            self.initial[relation_name(each)] = "" if each.relation == HEAD else each.relation

    def facts(self):
        relations = {each.pk: self.cleaned_data[relation_name(each)] for each in self.people}
        return super().facts() | {"head": self.person("head"), "relations": relations}


class GroupForm(LifeForm):
    """换组."""

    lead = "全户换到本村另一个组。"
    group = forms.ModelChoiceField(
        label="新的组", queryset=Group.objects.none(), empty_label=PLEASE
    )
    field_order = ("group", "on")

    def offer(self):
        groups = Group.objects.visible_to(self.user, "villages.edit_households").in_order()
        own = groups.filter(village=self.household.village_id)
        self.fields["group"].queryset = own.exclude(pk=self.household.group_id)

    def facts(self):
        return super().facts() | {"group": self.cleaned_data["group"]}


class ResidenceForm(LifeForm):
    """居住状态."""

    lead = "空挂和全户外出的户不计入走访覆盖率，另列件数。"
    residence = forms.ChoiceField(label="居住状态", choices=LIVING, widget=forms.RadioSelect)
    field_order = ("residence", "on")

    def offer(self):
        self.initial["residence"] = self.household.residence

    def facts(self):
        return super().facts() | {"residence": self.cleaned_data["residence"]}


class RestoreForm(ResidenceForm):
    """恢复已注销的户."""

    lead = "误注销或重新有人居住的户，可以恢复在册。"

    def offer(self):
        self.initial["residence"] = Residence.RESIDENT


class CancelForm(LifeForm):
    """注销."""

    lead = "本户不再计入在册户数，历史记录保留。还有成员在册的，请先办理迁移、迁出或死亡。"
    reason = TextField(label="注销原因", max_length=100)
    field_order = ("reason", "on")

    def facts(self):
        return super().facts() | {"reason": self.cleaned_data["reason"]}
