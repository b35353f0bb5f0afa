"""Forms of the accounts pages."""

import re

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm

from cadres.actions.checks import MANAGE_ACCOUNTS
from cadres.models import Department, Post, User
from cadres.roles import Role
from liaison.forms import CreateFormMixin, DateInput, HouseFormMixin, VersionFormMixin
from villages.models import Township, Village
from villages.roster.text import read_phones

# Names that would carry personal data into addresses, lists and logs.
_ID_OR_PHONE = re.compile(r"\d{17}[\dXx]|1\d{10}")
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,29}")


class LoginForm(HouseFormMixin, AuthenticationForm):
    """用户名 and 密码. Wrong password, unknown name and stopped account answer with one sentence."""

    error_messages = dict.fromkeys(
        ("invalid_login", "inactive"),
        "用户名或密码不正确，请核对后重试。",
    )

    def clean_username(self):
        """Cut one letter beyond the longest name: wrong as before, and the count of attempts can keep it."""
        return self.cleaned_data["username"][: self.fields["username"].max_length + 1]


class OwnPasswordForm(HouseFormMixin, PasswordChangeForm):
    """One's own password: the present one first."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "当前密码"
        self.fields["new_password1"].label = "新密码"
        self.fields["new_password2"].label = "再次输入新密码"

    def clean_new_password1(self):
        """The new one differs: a forced change is a change."""
        new = self.cleaned_data["new_password1"]
        if self.user.check_password(new):
            raise forms.ValidationError("新密码不能与当前密码相同，请另设一个。")
        return new


def clean_username(name: str) -> str:
    """A name of sign-in as it is kept.

    Raises:
        ValidationError: other characters, or an ID or phone number.
    """
    name = name.strip().lower()
    if _ID_OR_PHONE.fullmatch(name):
        raise forms.ValidationError("请勿用身份证号或手机号作用户名，可用姓名拼音。")
    if not _USERNAME.fullmatch(name):
        raise forms.ValidationError("用户名请用2至30位小写字母、数字、点、横线，以字母或数字开头。")
    return name


class AccountForm(CreateFormMixin, forms.ModelForm):
    """A new account."""

    class Meta:
        model = User
        fields = ["username", "display_name", "email", "township"]

    field_order = ["username", "display_name", "township", "email"]

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].help_text = "登录用，建议用姓名拼音；不要用身份证号或手机号。"
        self.fields["email"].help_text = "收提醒邮件用，可不填。"
        mine = [township.pk for township in by.townships_for(MANAGE_ACCOUNTS)]
        own = Township.objects.filter(pk__in=mine)
        self.fields["township"] = forms.ModelChoiceField(own, label="乡镇", initial=own.first())

    def clean_username(self):
        """Kept in small letters."""
        return clean_username(self.cleaned_data["username"])


class AccountEditForm(VersionFormMixin, forms.ModelForm):
    """Name, phone and mail of an account; the name of sign-in stays."""

    phones = forms.CharField(label="联系电话", required=False, max_length=100)

    class Meta:
        model = User
        fields = ["display_name", "email"]

    field_order = ["display_name", "phones", "email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        now = self.instance.masked_phone or "空"
        self.fields["phones"].help_text = f"现为 {now}；留空表示不改，多个号码用顿号隔开。"

    def clean_phones(self):
        """A list of numbers as digits."""
        good, bad = read_phones(self.cleaned_data["phones"])
        if bad:
            raise forms.ValidationError("电话号码不对：手机 11 位，座机带区号；请核对后重填。")
        return good


class AppointForm(CreateFormMixin, forms.Form):
    """A person takes a post from a day on."""

    post = forms.ModelChoiceField(Post.objects.none(), label="岗位", empty_label="请选择岗位")
    since = forms.DateField(label="任职日期", widget=DateInput)
    is_main = forms.BooleanField(
        label="主要岗位", required=False, help_text="页面抬头和记录中显示的岗位。"
    )

    def __init__(self, *args, by, on, **kwargs):
        super().__init__(*args, **kwargs)
        posts = Post.objects.visible_to(by).standing(on).order_by("order", "title")
        self.fields["post"].queryset = posts
        self.fields["post"].label_from_instance = lambda post: (
            f"{post.title}（{post.get_role_display()}）"
        )


def _order_field():
    return forms.IntegerField(
        label="顺序", min_value=0, max_value=9999, initial=0, help_text="名单中的先后，小的在前。"
    )


class PostForm(CreateFormMixin, forms.ModelForm):
    """A new post. Its role stays as it was made: another role is another post."""

    order = _order_field()

    class Meta:
        model = Post
        fields = ["title", "role", "department", "village", "order"]

    def __init__(self, *args, by, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", "请选择角色"), *Role.choices]
        self.fields["role"].help_text = "角色决定能做什么；设定后不再更改。"
        self.fields["department"].queryset = Department.objects.visible_to(by).standing(on)
        self.fields["department"].help_text = "承办人岗位必填。"
        self.fields["village"].queryset = Village.objects.visible_to(by).in_order()
        self.fields["village"].help_text = "村联络员岗位必填；驻点干部由团队席位确定村。"


class DepartmentForm(CreateFormMixin, forms.ModelForm):
    """A new handling unit."""

    order = _order_field()

    class Meta:
        model = Department
        fields = ["name", "order", "phone"]


class AbolishForm(HouseFormMixin, forms.Form):
    """From which day a post or a department no longer stands."""

    on = forms.DateField(label="撤销日期", widget=DateInput)
