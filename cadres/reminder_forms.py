"""Forms of 提醒时间 and 群机器人."""

from django import forms

from cadres.models import GroupRobot, LiaisonTeam
from cadres.reminder_times import MOST_DAYS, MOST_OFFSETS, Offset
from liaison.forms import CreateFormMixin, DateInput, TimeInput, VersionFormMixin

DAYS = [("", "不用"), (0, "当天")] + [(n, f"前{n}天") for n in range(1, MOST_DAYS + 1)]
LONGEST = 500  # signs of an address


class ReminderTimesForm(CreateFormMixin):
    """Up to four moments before a day, and the quiet hours; one line a moment."""

    quiet_from = forms.TimeField(label="从", widget=TimeInput)
    quiet_to = forms.TimeField(label="到", widget=TimeInput)
    since = forms.DateField(
        label="启用日期", widget=DateInput, help_text="今天或以后；这一天起的驻点日按新时间提醒。"
    )

    def __init__(self, *args, policy, **kwargs):
        """As the rows stand, until something else is typed."""
        shown = {"quiet_from": policy.quiet_from, "quiet_to": policy.quiet_to}
        for number, offset in enumerate(policy.in_order(), 1):
            shown[f"days_{number}"], shown[f"at_{number}"] = offset.days_before, offset.at
            shown[f"sms_{number}"] = offset.by_sms
        super().__init__(*args, initial=shown | kwargs.pop("initial", {}), **kwargs)
        for number in range(1, MOST_OFFSETS + 1):
            self.fields |= _line(number)
        self.order_fields([*self._names(), "quiet_from", "quiet_to", "since"])

    def _names(self):
        return [f"{part}_{n}" for n in range(1, MOST_OFFSETS + 1) for part in ("days", "at", "sms")]

    def lines(self):
        """The bound fields, a line a moment."""
        return [
            [self[f"{part}_{number}"] for part in ("days", "at", "sms")]
            for number in range(1, MOST_OFFSETS + 1)
        ]

    def clean(self):
        """A day needs its hour."""
        data = super().clean()
        for number in range(1, MOST_OFFSETS + 1):
            hour = f"at_{number}"
            is_wanted = data.get(f"days_{number}") is not None
            if is_wanted and data.get(hour) is None and hour not in self.errors:
                self.add_error(hour, "请填写几点提醒。")
        return data

    def facts(self) -> dict:
        """What the verb takes."""
        data = self.cleaned_data
        offsets = [
            Offset(data[f"days_{n}"], data[f"at_{n}"], data[f"sms_{n}"])
            for n in range(1, MOST_OFFSETS + 1)
            if data[f"days_{n}"] is not None
        ]
        names = ("quiet_from", "quiet_to", "since")
        return {"offsets": offsets} | {name: data[name] for name in names}


def _line(number):
    """The three fields of one moment."""
    word = f"第{number}次"
    return {
        f"days_{number}": forms.TypedChoiceField(
            label=f"{word}提醒", choices=DAYS, coerce=int, empty_value=None, required=False
        ),
        f"at_{number}": forms.TimeField(label=f"{word}几点", widget=TimeInput, required=False),
        f"sms_{number}": forms.BooleanField(label="同时发短信", required=False),
    }


class _RobotFields(forms.Form):
    """What a new robot and a changed one have in common."""

    name = forms.CharField(label="群名称", max_length=40)
    kind = forms.ChoiceField(label="类型", choices=GroupRobot.Kind.choices)
    team = forms.ModelChoiceField(
        LiaisonTeam.objects.none(),
        label="提醒谁的驻点日",
        required=False,
        empty_label="全部团队",
    )

    def __init__(self, *args, township, **kwargs):
        super().__init__(*args, **kwargs)
        teams = LiaisonTeam.objects.for_liaison().filter(township=township, is_active=True)
        self.fields["team"].queryset = teams.in_order()


def _address(**more):
    return forms.CharField(
        label="机器人地址",
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
        **more,
    )


def _secret(**more):
    return forms.CharField(
        label="加签密钥",
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        **more,
    )


class NewRobotForm(CreateFormMixin, _RobotFields):
    """A new robot."""

    address = _address(
        help_text="从群的机器人设置里复制完整地址；私有部署的换成本单位服务器的地址。保存后不再显示。"
    )
    secret = _secret(help_text="钉钉、飞书开启了加签的填写；没有的留空。")

    def content(self):
        """Without the keys: what was typed is kept beside the form's number."""
        return [pair for pair in super().content() if pair[0] not in ("机器人地址", "加签密钥")]


class RobotForm(VersionFormMixin, _RobotFields):
    """A robot as it stands; its keys are typed anew or left alone."""

    address = _address(required=False, help_text="留空则不变。")
    secret = _secret(help_text="留空则不变。")
    no_secret = forms.BooleanField(label="去掉原来的密钥", required=False)
    is_active = forms.BooleanField(label="在用", required=False)

    def facts(self) -> dict:
        """What the verb takes."""
        data = dict(self.cleaned_data)
        typed, gone = data.pop("secret"), data.pop("no_secret")
        return data | {"secret": typed or ("" if gone else None)}
