"""Forms of 包户联系."""

import re

from django import forms
from django.db.models import Q

from cadres.bounds import households_of
from cadres.holders import hang_holders
from cadres.models import HouseholdLink, LinkPolicy, Post, Representative, User
from cadres.roles import Role
from liaison.forms import ChooseManyField, CreateFormMixin, DateInput, VersionFormMixin
from villages.models import Group, Household, Resident, Village

KIND = HouseholdLink.Kind
MANAGE = "cadres.manage_links"
EARLIEST = 1990  # links older than that are a slip of the finger


def _year(on):
    if on.year < EARLIEST:
        raise forms.ValidationError("请核对日期的年份。")
    return on


class Whos:
    """The people a household of a village may be linked to, as the groups of one box.

    Args:
        kinds: which of them; both when not said. without: somebody to leave out.
    """

    def __init__(self, village, *, township, on, kinds=tuple(KIND.values), without=None):
        self.rows = {}
        self.choices = [("", "请选择")]
        if KIND.REPRESENTATIVE in kinds and village is not None:
            rows = Representative.objects.current(on).filter(village=village, until=None)
            self._add("村民代表", rows.select_related("group"), on, without)
        if KIND.CADRE in kinds:
            self._posts(village, township, on, without)

    def _posts(self, village, township, on, without):
        posts = Post.objects.standing(on).filter(township=township)
        posts = posts.filter(role__in=(Role.CADRE, Role.CONTACT)).order_by("order", "title")
        near = Q(village=village) | Q(seats__team__villages=village, seats__team__is_active=True)
        own = set(posts.filter(near).values_list("pk", flat=True)) if village else set()
        posts = list(posts)
        hang_holders(posts, on)
        self._add("本村驻点团队", [post for post in posts if post.pk in own], on, without)
        self._add("其他岗位", [post for post in posts if post.pk not in own], on, without)

    def _add(self, heading, rows, on, without):
        rows = [row for row in rows if row != without]
        numbers, listed = households_of(rows, on), []
        for (kind, pk), number in numbers.items():
            row = next(each for each in rows if each.pk == pk)
            self.rows[f"{kind}:{pk}"] = row
            listed.append((f"{kind}:{pk}", f"{_told(row)}，现{number}户"))
        if listed:
            self.choices.append((heading, listed))


def _told(row) -> str:
    if isinstance(row, Post):
        return f"{row}（{row.holder_now or '空缺'}）"
    return f"{row}（{row.group}）" if row.group else str(row)


class WhoField(forms.ChoiceField):
    """One of Whos; cleans to the Post or the Representative."""

    whos = None

    def offer(self, whos):
        """What can be chosen."""
        self.whos, self.choices = whos, whos.choices

    def clean(self, value):
        """The row itself."""
        return self.whos.rows.get(super().clean(value))


class ListForm(forms.Form):
    """Which households the page of bulk linking lists; read from the address."""

    village = forms.ModelChoiceField(Village.objects.none(), label="村(社区)", empty_label="请选择")
    group = ChooseManyField(
        Group.objects.none(), label="组", required=False, widget=forms.CheckboxSelectMultiple
    )
    state = forms.ChoiceField(
        label="列出",
        required=False,
        choices=[
            ("", "全部户"),
            ("none", "未联系的户"),
            ("no_cadre", "无包户干部的户"),
            ("no_representative", "无村民代表的户"),
        ],
    )

    def __init__(self, data, *, user):
        super().__init__(data)
        villages = Village.objects.visible_to(user, MANAGE).in_order()
        self.fields["village"].queryset = villages
        chosen = self.fields["village"].to_python if data.get("village") else None
        try:
            village = chosen(data.get("village")) if chosen else None
        except (forms.ValidationError, OverflowError):
            village = None
        if village is not None:
            self.fields["group"].queryset = village.groups.in_order()


class LinkForm(CreateFormMixin):
    """Who, from when, and which of the listed households: ticked one by one or a group at once."""

    who = WhoField(label="交由")
    since = forms.DateField(label="起始日期", widget=DateInput, help_text="原来的联系在这一天交接")
    groups = ChooseManyField(Group.objects.none(), label="整组", required=False)
    households = ChooseManyField(Household.objects.none(), label="户", required=False)
    # What the page showed: links made by somebody else since then are not overwritten unseen.
    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        max_value=2**62,
        error_messages=dict.fromkeys(("required", "invalid"), "页面已过期，请重新打开后再提交。"),
    )

    def __init__(self, *args, whos, groups, households, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].offer(whos)
        self.fields["groups"].queryset = groups
        self.fields["households"].queryset = households

    def clean_since(self):
        return _year(self.cleaned_data["since"])

    def clean(self):
        """At least one household; a group stands for those of it that were listed."""
        data = super().clean()
        if not {"groups", "households"} & set(self.errors):
            listed = self.fields["households"].queryset
            ticked = [row.pk for row in data.get("households") or ()]
            groups = [row.pk for row in data.get("groups") or ()]
            self.chosen = list(listed.filter(Q(pk__in=ticked) | Q(group__in=groups)))
            if not self.chosen:
                self.add_error(None, "请至少勾选一户或一个组。")
        return data


class HandOverForm(CreateFormMixin):
    """All households of one to another."""

    target = WhoField(label="移交给")
    since = forms.DateField(label="移交日期", widget=DateInput)

    def __init__(self, *args, whos, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target"].offer(whos)

    def clean_since(self):
        return _year(self.cleaned_data["since"])


class EndLinkForm(VersionFormMixin):
    """A household no longer linked."""

    until = forms.DateField(label="解除日期", widget=DateInput, help_text="从这一天起不再联系")


class EndRepresentativeForm(VersionFormMixin):
    """A representative leaves; his households go to another or to nobody."""

    until = forms.DateField(label="离任日期", widget=DateInput)
    successor = WhoField(label="联系户交给", required=False, help_text="不选的，这些户列为未联系")

    def __init__(self, *args, whos, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["successor"].offer(whos)


class RepresentativeForm(CreateFormMixin):
    """A new 村民代表."""

    village = forms.ModelChoiceField(Village.objects.none(), label="村(社区)", empty_label="请选择")
    name = forms.CharField(label="姓名", max_length=50)
    group = forms.CharField(
        label="组", max_length=30, required=False, help_text="如“第3组”，可不填"
    )
    number = forms.CharField(
        label="所在户编号", max_length=30, required=False, help_text="本村有同名的人时请填写"
    )
    since = forms.DateField(label="起任日期", widget=DateInput)
    user = forms.ModelChoiceField(
        User.objects.none(),
        label="登录账号",
        required=False,
        empty_label="没有账号",
        help_text="关联后，他登录只看到联系给他的户",
    )

    def __init__(self, *args, user, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["village"].queryset = Village.objects.visible_to(user, MANAGE).in_order()
        held = Q(holdings__post__role=Role.CONTACT, holdings__since__lte=on)
        held &= Q(holdings__until=None) | Q(holdings__until__gte=on)
        contacts = User.objects.visible_to(user, MANAGE).filter(held, is_active=True)
        self.fields["user"].queryset = contacts.distinct().order_by("username")

    def clean_since(self):
        return _year(self.cleaned_data["since"])

    def clean(self):
        """Find the group, and the person on the roll where there is one of the name."""
        data = super().clean()
        village = data.get("village")
        if village and data.get("name"):
            data["group"] = self._group(village, data.get("group", ""))
            data["resident"] = self._resident(village, data)
        return data

    def _group(self, village, text):
        if not text:
            return None
        digits = re.search(r"\d{1,6}", text)
        named = village.groups.filter(name=text).first()
        found = named or (digits and village.groups.filter(number=int(digits[0])).first())
        if not found:
            self.add_error("group", f"{village}没有“{text}”，请核对组名。")
        return found or None

    def _resident(self, village, data):
        people = Resident.objects.present().filter(village=village, name=data["name"])
        if data.get("number"):
            people = people.filter(household__number=data["number"])
            if not people.exists():
                self.add_error("number", f"这一户没有叫{data['name']}的在册居民，请核对。")
                return None
        elif data["group"]:
            people = people.filter(household__group=data["group"])
        found = list(people[:2])
        if len(found) > 1:
            self.add_error("number", f"本村有几位{data['name']}，请填写所在户编号。")
        return found[0] if len(found) == 1 else None

    def facts(self) -> dict:
        """What the verb takes."""
        names = ("village", "name", "group", "resident", "since", "user")
        return {name: self.cleaned_data[name] for name in names}


class LinkPolicyForm(CreateFormMixin):
    """每人联系户数 or 村数 from a day on."""

    kind = forms.ChoiceField(
        label="类别", choices=LinkPolicy.Kind, initial=LinkPolicy.Kind.REPRESENTATIVE
    )
    least = forms.IntegerField(label="最少", min_value=1, max_value=999, initial=5)
    most = forms.IntegerField(label="最多", min_value=1, max_value=999, initial=15)
    since = forms.DateField(label="启用日期", widget=DateInput, help_text="今天或以后")

    def clean(self):
        """The bounds in order."""
        data = super().clean()
        if data.get("least") and data.get("most") and data["least"] > data["most"]:
            self.add_error("most", "最多不能小于最少。")
        return data

    def facts(self) -> dict:
        """What the verb takes."""
        return {name: self.cleaned_data[name] for name in ("kind", "least", "most", "since")}
