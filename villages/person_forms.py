"""Forms about one person: back on the roll, his tags, two entries that are one person."""

from django import forms

from liaison import clock
from liaison.forms import CreateFormMixin, DateInput, VersionFormMixin

from .actions.merging import CHOSEN
from .actions.remaining import EMPTY_AS
from .actions.roll import HEAD
from .forms import TextField
from .life_forms import PLEASE
from .models import Resident, ResidentTag
from .tags import visible_tags


class PersonForm(CreateFormMixin, VersionFormMixin):
    """Base: the person's version and the form's identifier."""

    def __init__(self, *args, resident, initial=None, **kwargs):
        initial = {"version": resident.version} | (initial or {})
        super().__init__(*args, initial=initial, **kwargs)
        self.resident = resident


class ReturnForm(PersonForm):
    """恢复在册."""

    relation = TextField(
        label="与户主关系",
        required=False,
        max_length=20,
        widget=forms.TextInput({"list": "relations"}),
        help_text="本户已有户主的，请不要填“户主”。",
    )
    on = forms.DateField(label="恢复日期", widget=DateInput)

    def __init__(self, *args, resident, **kwargs):
        relation = "" if resident.relation == HEAD else resident.relation
        initial = {"on": clock.today(), "relation": relation}
        super().__init__(*args, resident=resident, initial=initial, **kwargs)

    def facts(self):
        """What ``return_to_roll`` takes beside resident, version, by and now."""
        return {name: self.cleaned_data[name] for name in ("on", "relation")}


class TagForm(PersonForm):
    """加标签: from a day, until a day that the tag's usual validity proposes."""

    tag = forms.ModelChoiceField(
        label="标签", queryset=ResidentTag.objects.none(), empty_label=PLEASE
    )
    valid_from = forms.DateField(label="开始日期", widget=DateInput)
    valid_until = forms.DateField(
        label="终止日期",
        required=False,
        widget=DateInput,
        help_text="最后一天；留空按该标签的有效期计算，没有有效期的为长期。",
    )
    source = TextField(
        label="依据", required=False, max_length=60, help_text="如审批文件、证件名称，不写号码。"
    )

    def __init__(self, *args, resident, user, initial=None, **kwargs):
        initial = {"valid_from": clock.today()} | (initial or {})
        super().__init__(*args, resident=resident, initial=initial, **kwargs)
        tags = visible_tags(user, resident.village_id).filter(is_active=True)
        self.fields["tag"].queryset = tags
        self.fields["tag"].label_from_instance = _with_months

    def facts(self):
        """What ``give_tag`` takes beside resident, version, by and now."""
        said = self.cleaned_data
        until = said["valid_until"] or said["tag"].proposed_until(said["valid_from"])
        facts = {name: said[name] for name in ("tag", "valid_from", "source")}
        return facts | {"valid_until": until}


def _with_months(tag) -> str:
    return f"{tag}(有效期{tag.valid_months}个月)" if tag.valid_months else str(tag)


class EndTagForm(PersonForm):
    """终止标签."""

    last_day = forms.DateField(
        label="终止日期", widget=DateInput, help_text="最后一天；当天仍算有效，次日起不再显示。"
    )

    def __init__(self, *args, resident, **kwargs):
        super().__init__(*args, resident=resident, initial={"last_day": clock.today()}, **kwargs)

    def facts(self):
        """What ``end_tag`` takes beside holding, version, by and now."""
        return {"last_day": self.cleaned_data["last_day"]}


class MergePeopleForm(PersonForm):
    """重复登记合并: of each field that differs, whose value stands."""

    other_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    on = forms.DateField(label="合并日期", widget=DateInput)
    new_head = forms.ChoiceField(label="另一户的新户主", required=False)
    empty_as = forms.ChoiceField(
        label="另一户无人后",
        required=False,
        choices=[("", PLEASE), *((one.value, one.label) for one in EMPTY_AS)],
    )

    def __init__(self, *args, resident, other, **kwargs):
        initial = {"on": clock.today(), "other_version": other.version}
        super().__init__(*args, resident=resident, initial=initial, **kwargs)
        self.other = other
        for name in CHOSEN:
            if getattr(resident, name) != getattr(other, name):
                self._offer(name)
        self._ask_of_the_home()

    def _offer(self, name):
        mine, theirs = _shown(self.resident, name), _shown(self.other, name)
        self.fields[f"take_{name}"] = forms.ChoiceField(
            label=str(Resident._meta.get_field(name).verbose_name),
            choices=[("own", mine or "(空)"), ("other", theirs or "(空)")],
            widget=forms.RadioSelect,
        )
        self.initial[f"take_{name}"] = "own" if mine else "other"

    def _ask_of_the_home(self):
        """Only where the other row leaves a household of its own without a head, or empty."""
        apart = self.other.household_id != self.resident.household_id
        left = self.other.household.residents.present().exclude(pk=self.other.pk)
        left = list(left.order_by("id")) if apart else []
        if apart and left and self.other.relation == HEAD:
            names = [(str(each.pk), each.name) for each in left]
            self.fields["new_head"].choices = [("", PLEASE), *names]
            self.others = left
        else:
            del self.fields["new_head"]
        if not apart or left:
            del self.fields["empty_as"]

    def compared(self):
        """[(name of the field, own value, other value, bound field or None)] for the page."""
        return [
            {
                "label": str(Resident._meta.get_field(name).verbose_name),
                "own": _shown(self.resident, name),
                "other": _shown(self.other, name),
                "field": self[f"take_{name}"] if f"take_{name}" in self.fields else None,
            }
            for name in CHOSEN
        ]

    def plain_fields(self):
        """The visible fields below the comparison."""
        return [field for field in self.visible_fields() if not field.name.startswith("take_")]

    def facts(self):
        """What ``merge_residents`` takes beside resident, other, version, by and now."""
        said = self.cleaned_data
        take = {name for name in CHOSEN if said.get(f"take_{name}") == "other"}
        chosen = said.get("new_head")
        head = next((each for each in getattr(self, "others", ()) if str(each.pk) == chosen), None)
        return {
            "take": take,
            "other_version": said["other_version"],
            "on": said["on"],
            "new_head": head,
            "empty_as": said.get("empty_as", ""),
        }


def _shown(person, name) -> str:
    """A value as the page may show it: numbers masked."""
    masked = {
        "id_number": person.masked_id,
        "phones": person.masked_phones,
        "sex": person.get_sex_display(),
    }
    return masked[name] if name in masked else str(getattr(person, name) or "")
