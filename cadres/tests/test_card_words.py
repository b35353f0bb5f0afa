"""The words of the 便民服务卡 are the office's own, changed on their page."""

import pytest
from django.urls import reverse

from cadres.actions.cards import change_card_text
from cadres.models import CardText
from liaison.errors import NotAllowed, Stale
from liaison.models import AuditEntry

from .test_cards import WORDS


def test_the_office_changes_the_words_once_and_a_stale_page_shows_the_difference(
    signed_in, zhao, qingshan
):
    client, url = signed_in(zhao), reverse("cadres:card_text")
    assert "便民服务卡" in client.get(url).content.decode()
    assert client.post(url, WORDS | {"version": 1}).status_code == 302
    text = CardText.objects.get()
    assert (text.heading, text.version) == ("干群连心卡", 2)
    stale = client.post(url, WORDS | {"version": 1, "heading": "联系卡"})
    assert stale.status_code == 409
    assert "干群连心卡" in stale.content.decode()
    assert CardText.objects.get().heading == "干群连心卡"
    line = AuditEntry.objects.get(action="修改服务卡文字")
    assert line.after["卡片标题"] == "干群连心卡"


def test_the_words_are_the_offices_own(signed_in, li, zhao, elsewhere, qingshan):
    assert signed_in(li).get(reverse("cadres:card_text")).status_code == 403
    with pytest.raises(NotAllowed):
        change_card_text(by=zhao, township=elsewhere, version=1, **WORDS)
    change_card_text(by=zhao, township=qingshan, version=1, **WORDS)
    with pytest.raises(Stale):
        change_card_text(by=zhao, township=qingshan, version=1, **WORDS)


def test_more_services_than_the_card_holds_are_refused(signed_in, zhao):
    data = WORDS | {"version": 1, "services": "\n".join("一二三四五六七八九")}
    answer = signed_in(zhao).post(reverse("cadres:card_text"), data)
    assert answer.status_code == 422
    assert "最多8项" in answer.content.decode()
