"""Forms of 驻点日请假."""

from django import forms

from liaison.forms import CreateFormMixin, VersionFormMixin

from .models import LeaveKind
from .standing_in import free_for

NOBODY = "暂不安排"


def stand_in_field(**kwargs):
    """One of those free that day, by his account's id."""
    return forms.TypedChoiceField(
        label="代班人", required=False, coerce=int, empty_value=None, **kwargs
    )


def offer(field, candidates) -> None:
    """Put the candidates into the field, in their order."""
    field.choices = [("", NOBODY), *((each.person.pk, str(each)) for each in candidates)]


class AskLeaveForm(CreateFormMixin):
    """A member asks."""

    kind = forms.ChoiceField(label="请假类别", choices=LeaveKind.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="说明",
        required=False,
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        help_text="可不填。只有您本人、团队责任人和驻点办看得到。",
    )
    stand_in = stand_in_field(
        help_text="只列那天有空的人：同一时间没有别的驻点、没有请假、没有答应别处代班。"
    )

    def __init__(self, *args, session, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.candidates = free_for(session, besides={user.pk})
        offer(self.fields["stand_in"], self.candidates)

    def facts(self) -> dict:
        """What the verb takes."""
        told = self.cleaned_data
        return {
            "kind": told["kind"],
            "words": told["words"],
            "stand_in": person_in(self.candidates, told["stand_in"]),
        }


class DecideForm(VersionFormMixin):
    """The lead or the office decides; approving, he may name another stand-in."""

    act = forms.ChoiceField(
        label="批复",
        choices=[("approve", "批准"), ("refuse", "不批准")],
        widget=forms.RadioSelect,
        initial="approve",
    )
    deputy = stand_in_field(help_text="批准后提醒只发给代班人；他当天可打开该村的户、填写这一天。")
    decision = forms.CharField(
        label="批复意见",
        required=False,
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        help_text="不批准的，请写明原因。",
    )

    def __init__(self, *args, leave, **kwargs):
        initial = {"version": leave.version, "deputy": leave.stand_in_id}
        super().__init__(*args, initial=initial, **kwargs)
        self.candidates = free_for(leave.session, besides={leave.person_id}, leave=leave)
        offer(self.fields["deputy"], self.candidates)

    def clean(self):
        """A refusal says why."""
        data = super().clean()
        if data.get("act") == "refuse" and not data.get("decision"):
            self.add_error("decision", "不批准请写明原因，本人要看。")
        return data

    def chosen(self):
        """The stand-in, a User or None."""
        return person_in(self.candidates, self.cleaned_data["deputy"])


class WithdrawForm(VersionFormMixin):
    """Who asked comes after all."""


def person_in(candidates, pk):
    """The candidate's person, None for nobody."""
    return next((each.person for each in candidates if each.person.pk == pk), None)
