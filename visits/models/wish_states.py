"""The states of a wish and the acts that lead from one to another: a small table, as for matters."""

from django.db import models


class WishState(models.TextChoices):
    """Where a wish stands; 办好 and 告知 are two different days."""

    OPEN = "open", "待认领"
    PICKED_UP = "picked_up", "已认领"
    DONE = "done", "已办好，待告知"
    TOLD = "told", "已告知"
    CANNOT = "cannot", "办不了，已告知"
    WITHDRAWN = "withdrawn", "已撤回"


ENDED = (WishState.TOLD, WishState.CANNOT, WishState.WITHDRAWN)

# act -> (its name, states it may start from, state it leads to)
ACTS = {
    "pick_up": ("认领", (WishState.OPEN,), WishState.PICKED_UP),
    "put_back": ("放回", (WishState.PICKED_UP,), WishState.OPEN),
    "do": ("办好", (WishState.PICKED_UP,), WishState.DONE),
    "tell": ("告知村民", (WishState.DONE,), WishState.TOLD),
    "cannot": ("办不了", (WishState.OPEN, WishState.PICKED_UP), WishState.CANNOT),
    "withdraw": ("撤回", (WishState.OPEN, WishState.PICKED_UP), WishState.WITHDRAWN),
}
