"""Who may take a wish one step further: verbs refuse by it, pages offer by it, so the two agree."""

from cadres.models import LiaisonTeam

from .leading import MANAGE
from .models.wish_states import ACTS

PERMISSION = "visits.wish"


def refusal(act: str, wish, by) -> str:
    """Why this user may not do this act to a wish he sees; "" when he may. One sentence that says what to do."""
    name, starts, _ = ACTS[act]
    if not by.has_perm(PERMISSION):
        return f"您的岗位不办理“{name}”，请联系驻点团队。"
    if wish.state not in starts:
        return f"这条点单现在是“{wish.get_state_display()}”，不能“{name}”，请刷新页面查看最新情况。"
    guard = _GUARDS.get(act)
    return guard(wish, by) if guard else ""


def allowed_acts(wish, by) -> list[str]:
    """Acts open to this user now, in the order of the table."""
    return [act for act in ACTS if not refusal(act, wish, by)]


def _runs(wish, by):
    """The office of the place, on everybody's behalf."""
    return by.has_perm(MANAGE) and wish.township_id in by.village_scope(MANAGE).townships


def _in_whose_hands(wish, by) -> str:
    """Whoever picked it up, one of the team it was picked up for, or the office."""
    if wish.picked_by_id in (None, by.pk) or _runs(wish, by):
        return ""
    team = wish.team_id and LiaisonTeam.objects.seating(by).filter(pk=wish.team_id).exists()
    return "" if team else f"这条点单由{wish.picked_by}认领，请由认领人办理。"


def _may_withdraw(wish, by) -> str:
    if wish.entered_by_id == by.pk or _runs(wish, by):
        return ""
    return "撤回由录入的人或镇驻点办办理；办不了的请用“办不了”并告知村民。"


_GUARDS = {
    "put_back": _in_whose_hands,
    "do": _in_whose_hands,
    "tell": _in_whose_hands,
    "cannot": _in_whose_hands,
    "withdraw": _may_withdraw,
}
