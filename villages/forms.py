"""Forms of the registry: a household, a resident, and the reason for a look at plain numbers."""

from django import forms
from django.db.models import Q

from liaison import clock
from liaison.forms import ChooseManyField, CreateFormMixin, DateInput, VersionFormMixin
from liaison.imports.text import tidy, tidy_lines

from .models import Group, Household, ResidentTag
from .roster.codes import ROW_CODES
from .roster.identity import read_id
from .roster.text import read_name, read_phones
from .tags import visible_tags

RELATIONS = (
    "妻",
    "夫",
    "子",
    "女",
    "儿媳",
    "女婿",
    "父亲",
    "母亲",
    "孙子",
    "孙女",
    "兄弟",
    "姐妹",
    "其他",
)


class TextField(forms.CharField):
    """One line, cleaned as the roster's cells are."""

    def clean(self, value):
        """Blanks and invisible characters go before the length is measured."""
        return super().clean(tidy(value))


class PersonFields(forms.Form):
    """What is asked of a person; no more than the liaison task needs."""

    name = TextField(label="姓名", max_length=60)
    id_number = forms.CharField(
        label="身份证号",
        required=False,
        max_length=40,
        help_text="18 位；填了就不用再填性别和出生日期。",
    )
    sex = forms.ChoiceField(
        label="性别", required=False, choices=[("", "不详"), ("M", "男"), ("F", "女")]
    )
    birth_date = forms.DateField(label="出生日期", required=False, widget=DateInput)
    phones = forms.CharField(
        label="联系电话", required=False, max_length=100, help_text="多个号码用顿号隔开。"
    )

    def clean_name(self):
        """A name as the roster reads it."""
        name = read_name(self.cleaned_data["name"])
        if name.wrong:
            raise forms.ValidationError(f"姓名{name.wrong}，请按户口簿填写。")
        return name.text

    def clean_id_number(self):
        """18 characters with a true check digit; what it tells is kept for sex and birth date."""
        self.identity = read_id(self.cleaned_data["id_number"], on=clock.today())
        if self.identity.code.startswith("R-"):
            reason, fix = ROW_CODES[self.identity.code]
            raise forms.ValidationError(f"{reason.format(self.identity.detail)}，请{fix}。")
        return self.identity.number

    def clean_birth_date(self):
        """Not before 1900, not after today."""
        born = self.cleaned_data["birth_date"]
        if born and (born.year < 1900 or born > clock.today()):
            raise forms.ValidationError("出生日期不合理，请核对。")
        return born

    def clean_phones(self):
        """A list of numbers as digits."""
        good, bad = read_phones(self.cleaned_data["phones"])
        if bad:
            raise forms.ValidationError("电话号码不对：手机 11 位，座机带区号；请核对后重填。")
        return good

    def person(self) -> dict:
        """The facts for the verbs; an ID number goes before what was typed beside it."""
        said = self.cleaned_data
        return {
            "name": said["name"],
            "id_number": said["id_number"],
            "sex": self.identity.sex or said["sex"],
            "birth_date": self.identity.birth or said["birth_date"],
            "phones": said["phones"],
        }


class AddHouseholdForm(PersonFields, CreateFormMixin):
    """A household new on the roll, with its head."""

    group = forms.ModelChoiceField(label="村组", queryset=Group.objects.none())
    number = TextField(
        label="户编号", max_length=30, help_text="按本村花名册的编法，同一村内不能重复。"
    )
    address = TextField(label="住址", required=False, max_length=200)
    residence = forms.ChoiceField(label="居住状态", choices=Household.Residence.choices[:4])
    field_order = ("group", "number", "address", "residence", "name")

    def __init__(self, *args, user, village=None, **kwargs):
        super().__init__(*args, **kwargs)
        groups = (
            Group.objects.visible_to(user, "villages.edit_households")
            .select_related("village")
            .in_order()
        )
        self.fields["group"].queryset = groups.filter(village=village) if village else groups
        self.fields["group"].label_from_instance = lambda group: f"{group.village} {group}"
        self.fields["name"].label = "户主姓名"


class AddResidentForm(PersonFields, CreateFormMixin):
    """A person new in a household."""

    relation = TextField(
        label="与户主关系", max_length=20, widget=forms.TextInput({"list": "relations"})
    )
    tags = ChooseManyField(
        label="标签",
        required=False,
        queryset=ResidentTag.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    remark = forms.CharField(
        label="备注", required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    field_order = ("name", "relation")

    def __init__(self, *args, user, village_id, carried=(), **kwargs):
        super().__init__(*args, **kwargs)
        offered = Q(is_active=True) | Q(pk__in=carried)
        self.fields["tags"].queryset = visible_tags(user, village_id).filter(offered)

    def clean_remark(self):
        """Lines kept, odd characters gone."""
        return tidy_lines(self.cleaned_data["remark"])

    def facts(self) -> dict:
        """Everything for ``add_resident``."""
        said = self.cleaned_data
        return self.person() | {name: said[name] for name in ("relation", "tags", "remark")}


class EditResidentForm(AddResidentForm, VersionFormMixin):
    """A person put right. Plain numbers are not shown: left empty they stay as they are."""

    form_key = None

    def __init__(self, *args, resident, **kwargs):
        initial = {
            name: getattr(resident, name)
            for name in ("name", "relation", "sex", "birth_date", "remark", "version")
        }
        current = resident.tag_holdings.current(clock.today())
        carried = list(current.values_list("tag_id", flat=True))
        super().__init__(
            *args,
            village_id=resident.village_id,
            carried=carried,
            initial=initial | {"tags": carried},
            **kwargs,
        )
        self.fields["id_number"].help_text = f"现为 {resident.masked_id or '空'}；留空表示不改。"
        self.fields["phones"].help_text = f"现为 {resident.masked_phones or '空'}；留空表示不改。"
        self.known = resident

    def facts(self) -> dict:
        """For ``edit_resident``: numbers left empty are not mentioned."""
        facts = super().facts()
        for name in ("id_number", "phones"):
            if not facts[name]:
                del facts[name]
        if "id_number" not in facts and self.known.id_number:
            # Sex and birth date come from the ID number on file, not from beside it.
            facts |= {"sex": self.known.sex, "birth_date": self.known.birth_date}
        return facts


class HouseholdForm(VersionFormMixin):
    """Number and address of a household."""

    number = TextField(label="户编号", max_length=30)
    address = TextField(label="住址", required=False, max_length=200)

    def __init__(self, *args, household, **kwargs):
        initial = {name: getattr(household, name) for name in ("number", "address", "version")}
        super().__init__(*args, initial=initial, **kwargs)

    def facts(self) -> dict:
        """For ``edit_household``."""
        return {name: self.cleaned_data[name] for name in ("number", "address")}


class RevealForm(forms.Form):
    """Which number, and why it must be read in full."""

    field = forms.ChoiceField(choices=[("id_number", "身份证号"), ("phones", "联系电话")])
    reason = TextField(
        label="事由",
        max_length=100,
        error_messages={"required": "请写明查看事由，例如「核对低保材料」。"},
    )
