"""挂账 leaves no figure: what is on the book is open and overdue like anything else, and told besides."""

import pytest

from grievances import actions

from .conftest import day, moment

pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture
def booked(matter, zhao):
    """Registered on 5 October, never settled, on the book since the 20th; and one that is not."""
    matter("10-06")
    return actions.put_on_book(
        grievance=matter("10-05"), by=zhao, now=moment(day("10-20")), version=None,
        words="等县里的项目", review_on=day("12-20"),
    )  # fmt: skip


def test_it_is_counted_openly_and_shown_with_its_rows(signed_in, zhao, booked):
    page = signed_in(zhao).get("/dashboard/", {"period": "2026-10"})
    figures = {figure.key: figure for figure in page.context["board"].figures}
    assert (figures["closing"].numerator, figures["overdue_open"].numerator) == (2, 2)
    among = {part.name: (part.number, url) for part, url in page.context["among"]}
    assert {name: number for name, (number, _) in among.items()} == {
        "期末在办中挂账": 1, "超期未结中挂账": 1,
    }  # fmt: skip
    for _, url in among.values():
        listed = signed_in(zhao).get(url).context["page"].rows
        assert [row.number for row in listed] == [booked.number]
    assert "挂账的照常计入在办、超期和各项比率" in page.content.decode()
    assert all(figure.excluded == () for key, figure in figures.items() if key == "overdue_open")


def test_off_the_book_it_is_told_no_more(signed_in, zhao, booked):
    actions.take_off_book(
        grievance=booked, by=zhao, now=moment(day("11-02")), version=None, words="开工了"
    )
    assert signed_in(zhao).get("/dashboard/", {"period": "2026-10"}).context["among"] == []
