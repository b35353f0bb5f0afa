"""What a form says when something is missing: the field by its name, and what to do with it."""

import pytest
from django import forms

from liaison.forms import HouseFormMixin


class Filled(HouseFormMixin, forms.Form):
    """One field of each kind, and one that speaks for itself."""

    name = forms.CharField(label="团队名称")
    since = forms.DateField(label="生效日期")
    office = forms.ChoiceField(label="承办单位", choices=[("", "请选择"), ("1", "水务站")])
    roster = forms.FileField(label="花名册文件")
    agreed = forms.BooleanField(label="已看过")
    reason = forms.CharField(label="原因", error_messages={"required": "请写明原因，公示要用。"})


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("name", "请填写团队名称。"),
        ("since", "请填写生效日期。"),
        ("office", "请选择承办单位。"),
        ("roster", "请上传花名册文件。"),
        ("agreed", "请勾选已看过。"),
        ("reason", "请写明原因，公示要用。"),
    ],
)
def test_a_missing_field_is_asked_for_by_its_name(field, sentence):
    assert Filled({}).errors[field] == [sentence]


def test_a_choice_that_is_not_on_the_list_is_sent_back_to_it():
    assert Filled({"office": "2"}).errors["office"] == ["请从列表中选择承办单位。"]


def test_other_faults_keep_their_own_sentence():
    assert Filled({"since": "昨天"}).errors["since"] == ["输入一个有效的日期。"]
