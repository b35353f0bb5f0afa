"""便民服务卡 of 营仔's 22 villages in one print: nobody's is missing, nobody's stands among another's."""

import datetime as dt

import pytest
from django.core.management import call_command

from cadres.models import LiaisonPlan, LiaisonTeam, Seat
from cadres.tests.import_files import DIVISIONS
from cadres.tests.test_cards import ask, read
from conftest import appoint
from liaison.models import AuditEntry
from villages.models import Township

TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def yingzai(db):
    """营仔镇 with its villages: in each a team of one, with a number, that sits on Tuesdays; and its clerk."""
    call_command("import_divisions", str(DIVISIONS), township="440881109000", verbosity=0)
    township = Township.objects.get(code="440881109000")
    for number, village in enumerate(township.villages.in_order(), start=1):
        name = f"责任人{number:02d}号"
        lead = appoint(township, f"lead{number}", name, "cadre", title=f"党委委员{number}")
        lead.set_phones([f"154555000{number:02d}"])
        lead.save()
        team = LiaisonTeam.objects.create(township=township, name=f"{village.name}驻点团队")
        team.villages.add(village)
        Seat.objects.create(team=team, post=lead.post, kind=Seat.Kind.LEAD)
        LiaisonPlan.objects.create(
            team=team, village=village, place=f"{village.name}办公楼", weekdays=[1], starts_at=dt.time(9),
            ends_at=dt.time(11, 30), valid_from=dt.date(2026, 1, 1),
        )  # fmt: skip
    return township


@pytest.fixture
def office(yingzai, signed_in):
    """The browser of 营仔's clerk."""
    return signed_in(appoint(yingzai, "yzb", "营仔干事", "office"))


def words_of(yingzai):
    """Per village in order: what only its own card says."""
    return [
        (f"{yingzai.name}{village.name}", f"责任人{number:02d}号", f"154 5550 00{number:02d}")
        for number, village in enumerate(yingzai.villages.in_order(), start=1)
    ]


def test_22_villages_lie_in_one_pdf_each_on_a_sheet_of_its_own(yingzai, office):
    pages = read(ask(office, every="on").content)
    assert len(pages) == 22 * 2
    fronts, backs = pages[::2], pages[1::2]
    wanted = words_of(yingzai)
    assert len({title for title, _, _ in wanted}) == 22
    for front, (title, lead, phone) in zip(fronts, wanted, strict=True):
        assert [front.count(each) for each in (title, lead, phone)] == [8, 8, 8]
    assert all(page.count("有困难，请找我们") == 8 for page in backs)
    everything = "".join(pages)
    for _, lead, phone in wanted:  # on no sheet beside its own
        assert (everything.count(lead), everything.count(phone)) == (8, 8)
    assert AuditEntry.objects.get(action="打印便民服务卡").after["村数"] == 22


def test_the_large_ones_are_22_pages(yingzai, office):
    pages = read(ask(office, every="on", size="a5").content)
    assert len(pages) == 22
    for page, said in zip(pages, words_of(yingzai), strict=True):
        assert all(each in page for each in said)


def test_ticked_ones_alone_are_printed(yingzai, office):
    some = list(yingzai.villages.in_order())[3:6]
    pages = read(ask(office, *some, size="a5").content)
    wanted = words_of(yingzai)[3:6]
    assert [lead in page for page, (_, lead, _) in zip(pages, wanted, strict=True)] == [True] * 3
