"""Drafting a list for the board, its words line by line, and the days it goes up and comes down."""

import datetime as dt

import django_filters
from django import forms

from grievances.models import PaperPolicy, Publication
from grievances.models.publication import COURSE, WORDS
from grievances.publishing.board import lines_to_read
from liaison.filters import HouseFilterSet
from liaison.forms import CreateFormMixin, DateInput, VersionFormMixin
from villages.models import Village

WEEK = dt.timedelta(days=6)


class PublicationFilter(HouseFilterSet):
    """诉求公示 by content and state."""

    kind = django_filters.ChoiceFilter(
        choices=Publication.Kind.choices, label="公示内容", empty_label="全部"
    )
    status = django_filters.ChoiceFilter(
        choices=Publication.Status.choices, label="状态", empty_label="全部"
    )

    class Meta:
        model = Publication
        fields = []


class DraftForm(CreateFormMixin):
    """Which list, of where and when."""

    kind = forms.ChoiceField(
        label="公示内容",
        choices=Publication.Kind.choices,
        help_text="问题清单：期间登记、还在办的；办结清单：期间办结的；台账公示：期间登记的。保密的诉求和不予受理的不列。",
    )
    village = forms.ModelChoiceField(
        Village.objects.none(), label="村(社区)", required=False, empty_label="全部村(社区)"
    )
    starts_on = forms.DateField(label="起始日期", widget=DateInput)
    ends_on = forms.DateField(label="截止日期", widget=DateInput)
    shows_names = forms.BooleanField(
        label="写反映人", required=False, help_text="只写姓，如“董某某”；不勾选就不写反映人。"
    )

    def __init__(self, *args, user, township, today=None, **kwargs):
        policy = PaperPolicy.of(township.pk) if township else None
        shows = bool(policy and policy.shows_names)
        initial = {"starts_on": today and today - WEEK, "ends_on": today, "shows_names": shows}
        super().__init__(*args, initial=initial, **kwargs)
        villages = Village.objects.visible_to(user).filter(township=township)
        self.fields["village"].queryset = villages.order_by("code")

    def facts(self):
        """What the verb takes."""
        names = ("kind", "village", "starts_on", "ends_on", "shows_names")
        return {name: self.cleaned_data[name] for name in names}


class WordingForm(VersionFormMixin):
    """The words of every line of a draft."""

    shows_names = forms.BooleanField(label="写反映人(董某某)", required=False)

    def __init__(self, *args, publication, **kwargs):
        initial = {"version": publication.version, "shows_names": publication.shows_names}
        super().__init__(*args, initial=initial, **kwargs)
        self.has_course = publication.kind != Publication.Kind.LEDGER
        self.rows = lines_to_read(publication)
        for row in self.rows:
            self._add(row)

    def _add(self, row):
        label = f"第{row.place}行"
        self.fields[f"words_{row.pk}"] = forms.CharField(
            label=f"{label}内容",
            max_length=WORDS,
            required=False,
            initial=row.words,
            widget=_lines(),
        )
        if self.has_course:
            self.fields[f"course_{row.pk}"] = forms.CharField(
                label=f"{label}举措或结果", max_length=COURSE, required=False, initial=row.course,
                widget=_lines(),
            )  # fmt: skip
        self.fields[f"out_{row.pk}"] = forms.BooleanField(
            label=f"{label}不公示", required=False, initial=row.is_kept_off
        )

    def lines(self):
        """[(line, its fields: words, course or None, out)], for the page."""
        return [
            (
                row,
                self[f"words_{row.pk}"],
                self[f"course_{row.pk}"] if self.has_course else None,
                self[f"out_{row.pk}"],
            )
            for row in self.rows
        ]

    def said(self) -> dict:
        """{id of the line: (words, course, is it left out)}."""
        data = self.cleaned_data
        return {
            row.pk: (
                " ".join(data[f"words_{row.pk}"].split()),
                " ".join(data.get(f"course_{row.pk}", "").split()),
                data[f"out_{row.pk}"],
            )
            for row in self.rows
        }


def _lines():
    return forms.Textarea({"rows": 2, "class": "form-control form-control-sm"})


class HangForm(VersionFormMixin):
    """On which day it is hung."""

    on = forms.DateField(label="张贴日期", widget=DateInput)
    is_checked = forms.BooleanField(
        label="已核对：没有村民姓名、电话、门牌和个人隐私", required=False
    )


class DownForm(VersionFormMixin):
    """On which day it comes down."""

    on = forms.DateField(label="撤下日期", widget=DateInput)


class PaperPolicyForm(VersionFormMixin):
    """附件和公示规定."""

    most_files = forms.IntegerField(
        label="每件诉求附件最多",
        min_value=1,
        max_value=100,
        help_text="单位：个。附件从不是必须的。",
    )
    most_megabytes = forms.IntegerField(
        label="每个附件最大", min_value=1, max_value=10, help_text="单位：MB。"
    )
    reminds_weekly = forms.BooleanField(
        label="每周提醒公示", required=False,
        help_text="到公示日，本周的问题清单、办结清单还没有张贴的，在驻点办的待办里列出“本周清单待公示”；没有诉求可公示的不提醒。",
    )  # fmt: skip
    lists_by_village = forms.BooleanField(
        label="各村分别公示", required=False,
        help_text="勾选的，每个村(社区)每周各公示两份清单；不勾选的，合起来公示两份。",
    )  # fmt: skip
    weekday = forms.TypedChoiceField(
        label="公示日", choices=PaperPolicy._meta.get_field("weekday").choices, coerce=int
    )
    shows_names = forms.BooleanField(
        label="公示写反映人", required=False, help_text="起草时默认写“董某某”，每份可另改。"
    )

    def __init__(self, *args, policy, **kwargs):
        names = (
            "most_files",
            "most_megabytes",
            "reminds_weekly",
            "lists_by_village",
            "weekday",
            "shows_names",
        )
        initial = {name: getattr(policy, name) for name in (*names, "version")}
        super().__init__(*args, initial=initial, **kwargs)
        self.names = names

    def facts(self):
        """What the verb takes."""
        return {name: self.cleaned_data[name] for name in self.names}
