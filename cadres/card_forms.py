"""Forms of 便民服务卡: what is printed, how, and the township's words."""

import django_filters
from crispy_forms.layout import Div, Layout
from django import forms

from cadres.actions.cards import FIELDS, PRINT, SIZES
from cadres.models import CardText, LiaisonTeam
from liaison.filters import HouseFilterSet
from liaison.forms import ChooseManyField, HouseFormMixin, VersionFormMixin
from villages.models import Village

WAYS = (("pdf", "PDF文件"), ("page", "网页（用浏览器打印）"))
LARGEST_TEXT = 8  # lines of 服务事项 that a small card can hold


class PrintForm(HouseFormMixin, forms.Form):
    """Which villages, how large, on paper or as a page."""

    villages = ChooseManyField(Village.objects.none(), label="村(社区)", required=False)
    every = forms.BooleanField(label="全部的村", required=False)
    size = forms.ChoiceField(label="版式", choices=tuple(SIZES.items()), initial="a7")
    backs = forms.BooleanField(
        label="小卡印反面（双面打印，按长边翻转）", required=False, initial=True
    )
    way = forms.ChoiceField(label="方式", choices=WAYS, initial="pdf")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["villages"].queryset = Village.objects.visible_to(user, PRINT)

    def chosen(self):
        """The villages, in administrative order."""
        own = self.fields["villages"].queryset
        picked = self.cleaned_data["villages"].values("pk")
        rows = own if self.cleaned_data["every"] else own.filter(pk__in=picked)
        return list(rows.select_related("township").in_order())


class CardTextForm(VersionFormMixin, forms.ModelForm):
    """The township's words."""

    class Meta:
        model = CardText
        fields = FIELDS
        widgets = {
            "promise": forms.Textarea(attrs={"rows": 3}),
            "services": forms.Textarea(attrs={"rows": 6}),
        }
        help_texts = {
            "heading": "如“便民服务卡”“干群连心卡”",
            "office": "不填即为“某某镇驻点联系群众办公室”；公示的落款也用它",
            "office_phone": "印在卡上和公示上",
            "services": f"每行一项，最多{LARGEST_TEXT}行",
            "phones": "卡片和公示是给群众看的：这里选谁，谁登记的联系电话就印出来",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("promise", "services"):
            self.fields[name].required = False
            self.fields[name].max_length = CardText._meta.get_field(name).max_length

    def clean_services(self):
        """As many lines as there is room for."""
        text = self.cleaned_data["services"].replace("\r\n", "\n").strip()
        if len(text.splitlines()) > LARGEST_TEXT:
            raise forms.ValidationError(f"最多{LARGEST_TEXT}项，请合并或删去几项。")
        return text

    def facts(self):
        """What the verb takes."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    @property
    def helper(self):
        """Short fields side by side."""
        helper = super().helper
        helper.render_hidden_fields = True
        helper.layout = Layout(
            Div("heading", "office", "office_phone", css_class="form-grid"),
            "promise",
            "services",
            Div("phones", "code", css_class="form-grid"),
        )
        return helper


class CardFilter(HouseFilterSet):
    """By team or by the village's name."""

    name = django_filters.CharFilter(lookup_expr="icontains", label="村(社区)", max_length=30)
    team = django_filters.ModelChoiceFilter(
        field_name="teams",
        distinct=True,
        queryset=lambda request: (
            LiaisonTeam.objects.visible_to(request.user).for_liaison().in_order()
        ),
        label="团队",
        empty_label="全部",
    )

    class Meta:
        model = Village
        fields = []
