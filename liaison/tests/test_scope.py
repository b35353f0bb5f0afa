"""Scope: the places whose rows somebody may read."""

import pytest
from django.http import Http404

from liaison.scoping import Scope, get_visible_or_404
from villages.models import Household, Village

pytestmark = pytest.mark.django_db


def test_no_place_is_no_row(household):
    assert not Household.objects.filter(Scope().as_q("village", "township")).exists()


def test_places_add_up(shiqiao, heping, foreign_village):
    both = Scope(
        villages=frozenset({shiqiao.pk}), townships=frozenset({foreign_village.township_id})
    )
    found = Village.objects.filter(both.as_q("pk", "township"))
    assert set(found) == {shiqiao, foreign_village}


def test_everything_is_for_the_machinery_alone(everybody, shiqiao, foreign_village):
    assert not any(user.village_scope().everything for user in vars(everybody).values())
    assert Village.objects.filter(Scope(everything=True).as_q("pk", "township")).count() == 3


@pytest.mark.parametrize("pk", [0, -1, 987654321, 9**25, "abc", "", None, "1 OR 1=1", "9" * 400])
def test_whatever_is_not_mine_is_missing(li, household, pk):
    with pytest.raises(Http404):
        get_visible_or_404(Household.objects, li, pk=pk)


def test_a_foreign_row_cannot_be_told_from_a_missing_one(li, household, foreign_village):
    assert get_visible_or_404(Household.objects, li, pk=household.pk) == household
    with pytest.raises(Http404) as foreign:
        get_visible_or_404(Household.objects, li, pk=foreign_village.households.get().pk)
    with pytest.raises(Http404) as missing:
        get_visible_or_404(Household.objects, li, pk=987654321)
    assert str(foreign.value) == str(missing.value)


def test_a_post_of_two_townships_keeps_its_rights_apart(li, elsewhere):
    """李 leads a team here and keeps accounts there: there he reads no household, here no account is his."""
    from cadres.models import Holding, Post
    from cadres.roles import Role
    from conftest import SINCE

    post = Post.objects.create(township=elsewhere, title="系统管理员", role=Role.ADMIN)
    Holding.objects.create(user=li, post=post, since=SINCE)
    assert li.townships_for("cadres.manage_accounts") == [elsewhere]
    assert li.townships_for("villages.view_households") == [li.township]
