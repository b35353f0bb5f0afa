"""Columns of the sheets that leave: people and teams."""

from itertools import islice

from cadres.holders import hang_holders, hang_posts_and_teams
from cadres.models import Seat
from liaison.excel import Column, Export

CHUNK = 500


def in_chunks(rows):
    """Lists of CHUNK rows, so that what hangs on them is read for many at once."""
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _posts(attribute):
    def told(user):
        said = [getattr(post, attribute) for post in user.posts_now]
        return "、".join(str(each() if callable(each) else each) for each in said if each)

    return told


class CadreExport(Export):
    """干部名册."""

    title = "干部名册"
    file_word = "干部名册"
    columns = (
        Column("姓名", "display_name", 12),
        Column("岗位", _posts("title"), 30),
        Column("角色", _posts("get_role_display"), 16),
        Column("所属单位", _posts("department"), 20),
        Column("驻点团队", lambda u: "、".join(seat.team.name for seat in u.seats_now), 30),
    )

    def rows(self):
        """With posts and teams hung onto each chunk."""
        for chunk in in_chunks(super().rows()):
            yield from hang_posts_and_teams(chunk, self.on)


def _seated(*kinds):
    def told(team):
        seats = [seat for seat in team.seats.all() if seat.kind in kinds]
        return "、".join(_seat(seat) for seat in seats)

    return told


def _seat(seat):
    holder = seat.post.holder_now
    return f"{holder or '空缺'}（{seat.post}）"


_OTHERS = [kind for kind in Seat.Kind if kind != Seat.Kind.LEAD]


class TeamExport(Export):
    """驻点团队一览表."""

    title = "驻点团队一览表"
    file_word = "驻点团队"
    columns = (
        Column("团队名称", "name", 24),
        Column("类别", "get_kind_display", 12),
        Column("联系村", lambda team: "、".join(v.name for v in team.villages.all()), 24),
        Column("责任人", _seated(Seat.Kind.LEAD), 24),
        Column("其他成员", _seated(*_OTHERS), 50),
        Column("状态", lambda team: "在用" if team.is_active else "停用", 8),
    )

    def rows(self):
        """With the holders of the seats hung onto each chunk."""
        for teams in in_chunks(super().rows()):
            hang_holders([seat.post for team in teams for seat in team.seats.all()], self.on)
            yield from teams
