"""Forms by which people leave a household: moved, split off, moved out, dead; or all of it joins another."""

from django import forms

from liaison import clock
from liaison.forms import DateInput

from .actions.remaining import EMPTY_AS
from .actions.roll import HEAD
from .forms import TextField
from .life_forms import PLEASE, LifeForm, relation_field, relation_name
from .models import Group, Household, Village


class LeavingForm(LifeForm):
    """Somebody goes: who heads the household then, and what it is when nobody is left."""

    new_head = forms.ChoiceField(label="新户主", required=False)
    empty_as = forms.ChoiceField(
        label="本户无人后",
        required=False,
        choices=[("", "本户还有人，不用选"), *((one.value, one.label) for one in EMPTY_AS)],
    )

    def offer(self):
        if any(each.relation == HEAD for each in self.people) and len(self.people) > 1:
            others = [each for each in self.people if each.relation != HEAD]
            self.fields["new_head"].choices = [("", "户主不变，不用选"), *self.choices(others)]
            self.fields["new_head"].help_text = "户主离开本户的，请从留下的成员中选一位。"
        else:
            del self.fields["new_head"]

    def facts(self):
        return super().facts() | {
            "new_head": self.person("new_head"),
            "empty_as": self.cleaned_data.get("empty_as", ""),
        }


class PeopleForm(LeavingForm):
    """Some of the household are ticked, each with what he is to a head elsewhere."""

    residents = forms.MultipleChoiceField(
        label="成员",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请勾选要办理的成员。"},
    )
    asks_relations = True

    def offer(self):
        super().offer()
        self.fields["residents"].choices = self.choices()
        for each in self.people if self.asks_relations else ():
            self.fields[relation_name(each)] = relation_field(each)

    def rows(self):
        """One line a person for the template: name, age, whether he is ticked, his own field."""
        ticked = {str(value) for value in self["residents"].value() or ()}
        today = clock.today()
        return [
            {
                "person": each,
                "age": each.age(today),
                "ticked": str(each.pk) in ticked,
                "relation": self[relation_name(each)] if self.asks_relations else None,
            }
            for each in self.people
        ]

    def others(self):
        """The visible fields that do not stand beside a person."""
        beside = ("residents", "relation_")
        return [field for field in self.visible_fields() if not field.name.startswith(beside)]

    def chosen(self):
        """The people who are ticked."""
        return [each for each in self.people if str(each.pk) in self.cleaned_data["residents"]]

    def relations(self):
        """{id: relation} of those who are ticked."""
        return {each.pk: self.cleaned_data[relation_name(each)] for each in self.chosen()}

    def facts(self):
        return super().facts() | {"residents": self.chosen()}


class TargetMixin(forms.Form):
    """Another household, by its village and its number or its head's name."""

    to_village = forms.ModelChoiceField(
        label="迁入村(社区)", queryset=Village.objects.none(), empty_label=None
    )
    to_household = TextField(
        label="迁入户", max_length=50, help_text="请填户编号；户主姓名不重的，也可填户主姓名。"
    )

    def offer(self):
        super().offer()
        villages = Village.objects.visible_to(self.user, "villages.edit_households").in_order()
        self.fields["to_village"].queryset = villages.filter(township=self.household.township_id)
        self.initial["to_village"] = self.household.village_id

    def clean(self):
        """Find the household; say what to write where it is none or several."""
        said = super().clean()
        if said.get("to_village") and said.get("to_household"):
            try:
                self.target = self.found(said["to_village"], said["to_household"])
            except forms.ValidationError as unknown:
                self.add_error("to_household", unknown)
        return said

    def found(self, village, text) -> Household:
        """The one household of a village with this number, or this head.

        Raises:
            ValidationError: there is none, or several.
        """
        rows = Household.objects.visible_to(self.user).filter(village=village)
        rows = rows.exclude(residence=Household.Residence.CANCELLED).select_related(
            "group", "village"
        )
        numbered = rows.filter(number=text).first()
        if numbered is not None:
            return numbered
        headed = list(rows.filter(head_name=text).order_by("group", "number")[:6])
        if len(headed) == 1:
            return headed[0]
        if not headed:
            raise forms.ValidationError(f"{village}没有户编号或户主为“{text}”的户，请核对。")
        where = "、".join(f"{row.group}{row.number}" for row in headed)
        raise forms.ValidationError(f"户主叫“{text}”的有{where}，请改填户编号。")


class MoveForm(TargetMixin, PeopleForm):
    """迁移."""

    lead = "成员迁到本镇另一户；已有的走访和诉求仍留在原户。"
    field_order = ("residents", "to_village", "to_household", "on", "new_head", "empty_as")

    def facts(self):
        return super().facts() | {"to": self.target, "relations": self.relations()}


class SplitForm(PeopleForm):
    """分户."""

    lead = "勾选分出的成员，另立一户；没有勾选的仍在本户。"
    head = forms.ChoiceField(label="新户户主")
    new_group = forms.ModelChoiceField(
        label="新户所在组", queryset=Group.objects.none(), empty_label=None
    )
    new_number = TextField(label="新户编号", max_length=30, help_text="同一村内不能重复。")
    new_address = TextField(label="新户住址", required=False, max_length=200)
    field_order = (
        "residents", "head", "new_group", "new_number", "new_address", "on", "new_head", "empty_as",
    )  # fmt: skip

    def offer(self):
        super().offer()
        self.fields["head"].choices = [("", PLEASE), *self.choices()]
        groups = Group.objects.visible_to(self.user, "villages.edit_households").in_order()
        self.fields["new_group"].queryset = groups.filter(village=self.household.village_id)
        self.initial |= {
            "new_group": self.household.group_id,
            "new_address": self.household.address,
        }
        if "new_head" in self.fields:
            self.fields["new_head"].label = "原户新户主"

    def facts(self):
        said = self.cleaned_data
        return super().facts() | {
            "head": self.person("head"),
            "group": said["new_group"],
            "number": said["new_number"],
            "address": said["new_address"],
            "relations": self.relations(),
        }


class MoveOutForm(PeopleForm):
    """迁出."""

    lead = "成员迁出本镇后不再计入在册人口，历史记录保留。"
    asks_relations = False
    where = TextField(label="去向", required=False, max_length=100, help_text="写到县或乡镇即可。")
    field_order = ("residents", "where", "on", "new_head", "empty_as")

    def facts(self):
        return super().facts() | {"where": self.cleaned_data["where"]}


class DeathForm(LeavingForm):
    """死亡."""

    lead = "登记后不再计入在册人口，历史记录保留。"
    resident = forms.ChoiceField(label="成员")
    on = forms.DateField(label="死亡日期", widget=DateInput)
    field_order = ("resident", "on", "new_head", "empty_as")

    def offer(self):
        super().offer()
        if len(self.people) > 1:
            del self.fields["empty_as"]
        self.fields["resident"].choices = [("", PLEASE), *self.choices()]

    def facts(self):
        return super().facts() | {"resident": self.person("resident")}


class MergeForm(TargetMixin, LifeForm):
    """并户."""

    lead = "本户成员全部并入另一户，本户注销；本户的走访、诉求和变动记录在并入的户里一并显示。"
    field_order = ("to_village", "to_household", "on")

    def offer(self):
        super().offer()
        own = self.fields["to_village"].queryset.filter(pk=self.household.village_id)
        self.fields["to_village"].queryset = own
        self.fields["to_village"].label = "村(社区)"
        self.fields["to_household"].label = "并入的户"
        for each in self.people:
            self.fields[relation_name(each)] = relation_field(each, "并入户户主")

    def facts(self):
        said = self.cleaned_data
        relations = {each.pk: said[relation_name(each)] for each in self.people}
        return super().facts() | {"into": self.target, "relations": relations}
