"""便民服务卡: what stands on a village's card, who prints it, and that both ways of printing say the same."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from cadres.actions.cards import change_card_text, print_cards
from cadres.cards.content import cards_of
from cadres.cards.pdf import draw_cards
from cadres.models import CardText, Holding, LiaisonPlan, Post, Seat
from cadres.roles import Role
from conftest import appoint
from liaison.errors import NotAllowed
from liaison.models import AuditEntry

TODAY = dt.date(2026, 11, 24)
PHONE = "15455500001"
WORDS = {
    "heading": "干群连心卡",
    "office": "",
    "office_phone": "0555-6100000",
    "promise": "件件有着落。",
    "services": "代办医保\n政策咨询",
    "phones": CardText.Phones.ALL,
    "code": CardText.Code.CONTACT,
}


@pytest.fixture
def words(zhao, qingshan):
    """青山镇 has said what its cards say."""
    return change_card_text(by=zhao, township=qingshan, version=1, **WORDS)


@pytest.fixture
def phoned(li):
    """李's number is known."""
    li.set_phones([PHONE, "15455500002"])
    li.save()
    return li


def seat(team, user, kind=Seat.Kind.MEMBER, order=1):
    return Seat.objects.create(team=team, post=user.post, kind=kind, order=order)


def card_of(village, on=TODAY):
    return cards_of([village], on)[0]


def read(pdf):
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


# --- What it says ------------------------------------------------------------------------


def test_it_says_who_sits_there_when_and_where(plan, phoned, words, shiqiao):
    card = card_of(shiqiao)
    (person,) = card.people
    assert (person.name, person.duty, person.post) == ("李明", "责任人", "党委委员")
    assert person.figures == "154 5550 0001"  # the first of two numbers, in three breaths
    assert card.times == [plan.in_words()]
    assert card.places == ["石桥村委会一楼"]
    assert card.services == ["代办医保", "政策咨询"]
    assert card.lacks() == []


def test_the_seat_belongs_to_the_post_so_the_successor_stands_on_the_next_card(plan, li, shiqiao):
    li.holdings.update(until=TODAY - dt.timedelta(days=1))
    assert card_of(shiqiao).people == []
    assert "没有驻点团队或席位都空着" in card_of(shiqiao).lacks()
    successor = appoint(li.township, "he2", "何新", Role.CADRE)
    Holding.objects.create(user=successor, post=li.post, since=TODAY)
    assert [person.name for person in card_of(shiqiao).people] == ["何新"]


def test_a_vacant_seat_is_told_to_the_clerk_and_not_to_the_villager(
    plan, phoned, shiqiao, qingshan
):
    empty = Post.objects.create(township=qingshan, title="驻村干事", role=Role.CADRE)
    Seat.objects.create(team=phoned.team, post=empty)
    card = card_of(shiqiao)
    assert len(card.people) == 1
    assert card.lacks() == ["1个席位空缺"]


def test_somebody_who_no_longer_works_here_is_not_printed(plan, li, shiqiao):
    li.is_active = False
    li.save()
    assert card_of(shiqiao).people == []


def test_the_one_in_charge_stands_first_wherever_his_seat_is(plan, li, zhao, shiqiao):
    seat(li.team, zhao, order=0)
    li.team.seats.filter(post=li.post).update(order=9)
    assert [person.name for person in card_of(shiqiao).people] == ["李明", "赵敏"]


@pytest.mark.parametrize(
    ("choice", "printed"),
    [("all", {"李明", "赵敏", "吴芳"}), ("lead", {"李明", "吴芳"}), ("office", set())],
)
def test_the_township_chooses_whose_numbers_become_public(
    plan, li, zhao, contact, shiqiao, words, choice, printed
):
    seat(li.team, zhao)
    seat(li.team, contact, Seat.Kind.COORDINATOR, 2)
    for number, user in enumerate((li, zhao, contact)):
        user.set_phones([f"1545550000{number}"])
        user.save()
    CardText.objects.update(phones=choice)
    card = card_of(shiqiao)
    assert {person.name for person in card.people if person.phone} == printed
    assert card.silent == 0


def test_a_number_that_is_to_be_printed_and_is_not_known_is_told(plan, li, shiqiao):
    assert card_of(shiqiao).lacks() == ["1人没有登记电话"]


def test_the_code_says_nothing_the_card_does_not(plan, phoned, words, shiqiao):
    card = card_of(shiqiao)
    assert "FN:李明（驻点）" in card.code()
    assert f"TEL:{PHONE}" in card.code()
    card.text.phones = CardText.Phones.OFFICE
    CardText.objects.update(phones="office")
    assert PHONE not in card_of(shiqiao).code()
    assert "TEL:0555-6100000" in card_of(shiqiao).code()
    CardText.objects.update(code="text")
    assert "驻点地点：石桥村委会一楼" in card_of(shiqiao).code()
    CardText.objects.update(code="none")
    assert card_of(shiqiao).code() == ""


def test_plans_over_and_teams_given_up_are_not_printed(plan, li, shiqiao):
    assert card_of(shiqiao, dt.date(2027, 1, 1)).times == []
    li.team.is_active = False
    li.team.save()
    assert card_of(shiqiao).times == []


def test_more_villages_cost_no_more_queries(
    plan, li, wang, shiqiao, heping, django_assert_num_queries
):
    with django_assert_num_queries(5):
        cards_of([shiqiao], TODAY)
    with django_assert_num_queries(5):
        cards_of([shiqiao, heping], TODAY)


def test_all_plans_of_a_village_are_told(plan, li, shiqiao):
    LiaisonPlan.objects.create(
        team=li.team, village=shiqiao, place="文化广场", weekdays=[4], starts_at=dt.time(19),
        ends_at=dt.time(20), valid_from=dt.date(2026, 1, 1),
    )  # fmt: skip
    card = card_of(shiqiao)
    assert len(card.times) == 2
    assert card.places == ["石桥村委会一楼", "文化广场"]


# --- On paper ----------------------------------------------------------------------------


def test_eight_small_cards_lie_on_a_sheet_with_their_backs_behind(plan, phoned, words, shiqiao):
    pages = read(draw_cards([card_of(shiqiao)], size="a7", backs=True, title="卡"))
    assert len(pages) == 2
    assert [pages[0].count(each) for each in ("李明", "154 5550 0001", "干群连心卡")] == [8, 8, 8]
    assert pages[1].count("有困难，请找我们") == pages[1].count("件件有着落。") == 8
    assert len(read(draw_cards([card_of(shiqiao)], size="a7", backs=False, title="卡"))) == 1


def test_a_large_card_says_everything_on_one_page_of_a5(plan, phoned, words, shiqiao):
    pdf = draw_cards([card_of(shiqiao)], size="a5", backs=False, title="卡")
    (page,) = read(pdf)
    for said in (
        "干群连心卡",
        "青山镇石桥村",
        "李明",
        "有困难，请找我们",
        "代办医保",
        "0555-6100000",
    ):
        assert said in page
    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert [round(float(side) / 72 * 25.4) for side in (box.width, box.height)] == [148, 210]


def test_nobody_is_dropped_in_silence_from_a_small_card(plan, li, qingshan, shiqiao):
    for number in range(9):
        user = appoint(qingshan, f"m{number}", f"成员{number}", Role.CADRE)
        seat(li.team, user, order=number)
    small, _ = read(draw_cards([card_of(shiqiao)], size="a7", backs=True, title="卡"))
    assert "另有4名成员，见大卡" in small
    (large,) = read(draw_cards([card_of(shiqiao)], size="a5", backs=True, title="卡"))
    assert "成员8" in large


# --- Who prints, and the trail ---------------------------------------------------------------


def ask(client, *villages, **more):
    data = {"villages": [each.pk for each in villages], "size": "a7", "backs": "on", "way": "pdf"}
    return client.post(reverse("cadres:print_cards"), data | more)


def test_the_office_prints_every_village_at_once_and_the_trail_tells_of_it(
    signed_in, plan, phoned, wang, zhao
):
    answer = ask(signed_in(zhao), every="on")
    assert answer["Content-Type"] == "application/pdf"
    assert "%E4%BE%BF" in answer["Content-Disposition"]
    assert len(read(answer.content)) == 4  # two villages, front and back
    line = AuditEntry.objects.get(action="打印便民服务卡")
    assert line.after == {
        "村": "石桥村、和平村",
        "村数": 2,
        "版式": "小卡(A4纸8张)",
        "方式": "PDF",
    }
    assert PHONE not in str(vars(line))


def test_the_page_says_what_the_file_says(signed_in, plan, phoned, words, shiqiao, zhao):
    client = signed_in(zhao)
    page = ask(client, shiqiao, way="page").content.decode()
    assert page.count("154 5550 0001") == 8
    assert page.count("有困难，请找我们") == 8
    assert "css/page-a4.css" in page
    large = ask(client, shiqiao, way="page", size="a5").content.decode()
    assert large.count("154 5550 0001") == 1
    assert "css/page-a5.css" in large
    assert AuditEntry.objects.filter(action="打印便民服务卡").count() == 2


def test_a_cadre_prints_his_own_village_and_no_other(
    signed_in, plan, phoned, shiqiao, heping, wang
):
    assert ask(signed_in(phoned), shiqiao).status_code == 200
    refused = ask(signed_in(phoned), heping)
    assert refused.status_code == 422
    assert len(read(ask(signed_in(phoned), every="on").content)) == 2
    assert AuditEntry.objects.filter(action="打印便民服务卡").count() == 2


def test_without_a_village_nothing_is_printed(signed_in, zhao, shiqiao):
    refused = ask(signed_in(zhao))
    assert refused.status_code == 422
    assert "请至少选择一个村" in refused.content.decode()
    assert not AuditEntry.objects.exists()


def test_the_verb_refuses_foreign_villages_and_foreign_posts(zhao, sun, shiqiao, foreign_village):
    with pytest.raises(NotAllowed, match="不在您的工作范围"):
        print_cards(by=zhao, villages=[shiqiao, foreign_village], size="a7", way="PDF")
    with pytest.raises(NotAllowed, match="不印便民服务卡"):
        print_cards(by=sun, villages=[shiqiao], size="a7", way="PDF")


def test_what_a_pdf_cannot_show_is_said_before_it_is_printed(signed_in, plan, li, zhao):
    client = signed_in(zhao)
    assert "字库里没有" not in client.get(reverse("cadres:cards")).content.decode()
    li.display_name = "李𠀀"
    li.save()
    page = client.get(reverse("cadres:cards")).content.decode()
    assert "字库里没有“𠀀”" in page
    assert PHONE not in page
