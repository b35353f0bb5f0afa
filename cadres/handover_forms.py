"""Forms of 办理交接."""

from crispy_forms.layout import Div, Layout
from django import forms

from cadres.holders import hang_posts_and_teams
from cadres.models import Holding, User
from liaison.forms import CreateFormMixin, DateInput, HouseFormMixin

LARGEST_ID = 2**63 - 1


class AskedPostForm(HouseFormMixin, forms.Form):
    """Which post the address asks for."""

    post = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)


class HandoverForm(CreateFormMixin, forms.Form):
    """Which post, the last day, who follows and from when."""

    holding = forms.ModelChoiceField(
        Holding.objects.none(), label="移交的岗位", empty_label="请选择岗位"
    )
    until = forms.DateField(
        label="最后一天", widget=DateInput, help_text="任职的最后一天，当天仍有权限。"
    )
    successor = forms.ModelChoiceField(
        User.objects.none(), label="接任人", required=False, empty_label="暂缺(以后再任命)",
        help_text="没有账号的，请先在“账号”里新建。",
    )  # fmt: skip
    since = forms.DateField(
        label="接任日期", required=False, widget=DateInput, help_text="留空为最后一天的次日。"
    )
    # What was shown when the clerk pressed 确认交接
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, by, person, holdings, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["holding"].queryset = holdings
        self.fields["holding"].label_from_instance = _holding_in_words
        people = User.objects.visible_to(by).filter(is_active=True).exclude(pk=person.pk)
        self.fields["successor"].queryset = people.order_by("display_name", "username")
        self._on = on
        self.fields["successor"].label_from_instance = self._person_in_words

    @property
    def helper(self):
        """Who leaves beside who follows."""
        helper = super().helper
        helper.render_hidden_fields = True
        helper.layout = Layout(
            Div("holding", "until", css_class="form-grid"),
            Div("successor", "since", css_class="form-grid"),
        )
        return helper

    def _person_in_words(self, user):
        """Of two of one name the posts tell who is meant."""
        if not hasattr(self, "_posts"):
            people = hang_posts_and_teams(self.fields["successor"].queryset.all(), self._on)
            self._posts = {each.pk: each.posts_now for each in people}
        titles = "、".join(post.title for post in self._posts.get(user.pk, ()))
        return f"{user.display_name}（{titles or '暂无岗位'}）"

    def facts(self) -> dict:
        """The arguments of the verb that the form says."""
        return {
            name: self.cleaned_data[name] for name in ("holding", "until", "successor", "since")
        }


def _holding_in_words(holding):
    if holding.until:
        return f"{holding.post}（{holding.since}至{holding.until}，补办）"
    return f"{holding.post}（{holding.since}起）"
