"""Departments, posts, people, teams and plans of the demo township."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from cadres.models import CardText, Department, Holding, LiaisonTeam, Post, Seat, User
from cadres.roles import Role
from demo import people
from demo.accounts import demo_password
from villages.models import Township, Village

from .scale import Build

OFFICE = "镇驻点办"
DEPARTMENTS = (
    OFFICE, "民政办", "农业农村办", "村镇建设办", "综治办", "社保站", "卫健办", "水利站", "自然资源所", "供电所",
)  # fmt: skip
LEADS = (
    "党委副书记", "人大主席", "纪委书记", "组织委员", "宣传委员", "政法委员", "统战委员",
    "武装部长", "副镇长(农业)", "副镇长(城建)", "副镇长(文卫)",
)  # fmt: skip
MORE_LEADS = "镇驻点领导({})"  # where there are more villages than two for each of those
SUPERVISORS = ("第一督查组组长", "第二督查组组长", "第三督查组组长", "第四督查组组长")


# What a 街道 calls the same people.
AS_STREET = {
    "党委": "党工委",
    "人大主席": "人大工委主任",
    "副镇长": "办事处副主任",
    "镇长": "办事处主任",
    "镇驻点": "街道驻点",
}


def as_called(words: str, township: Township) -> str:
    """A post or unit by the name it has there: 镇长, 办事处主任."""
    if township.name.endswith("街道"):
        for here, there in AS_STREET.items():
            words = words.replace(here, there)
    return words


@dataclass
class Appointment:
    """A post about to be made, and who will hold it."""

    title: str
    role: str
    account: str = ""  # username of a demo account
    department: str = ""
    village: Village | None = None


def leads_for(villages: int) -> list[str]:
    """Titles of those who lead teams: nobody has more than two villages."""
    wanted = max(min(len(LEADS), villages), -(-villages // 2))
    more = [MORE_LEADS.format(number) for number in range(len(LEADS) + 1, wanted + 1)]
    return [*LEADS[:wanted], *more]


def appointments(villages: list[Village]) -> list[Appointment]:
    """Every post of the township, offices first."""
    listed = [
        Appointment("党委书记", Role.LEADER, "lingdao"),
        Appointment("镇长", Role.LEADER),
        Appointment("驻点办主任", Role.OFFICE, "bangong", OFFICE),
        Appointment("驻点办干事", Role.OFFICE, "", OFFICE),
        Appointment("系统管理员", Role.ADMIN, "guanli"),
        Appointment("审计员", Role.AUDITOR, "shenji"),
        Appointment(f"{villages[0].township.county_name}联系群众工作专干", Role.COUNTY, "xianji"),
    ]
    listed += [
        Appointment(title, Role.SUPERVISOR, "" if i else "ducha")
        for i, title in enumerate(SUPERVISORS)
    ]
    listed += [
        Appointment(f"{name}主任", Role.HANDLER, "chengban" if name == "民政办" else "", name)
        for name in DEPARTMENTS[1:]
    ]
    leads = leads_for(len(villages))
    # Those who lead the first two villages sign in.
    accounts = {len(leads) - 1: "ganbu1", len(leads) - 2: "ganbu2"}
    listed += [Appointment(title, Role.CADRE, accounts.get(i, "")) for i, title in enumerate(leads)]
    for position, village in enumerate(villages):
        listed += [
            Appointment(f"{village.name}包村干部", Role.CADRE),
            Appointment(f"{village.name}驻点助理员", Role.CADRE),
            Appointment(
                f"{village.name}联络员", Role.CONTACT, "" if position else "lianluo", "", village
            ),
        ]
    return listed


def staff(build: Build, township: Township, villages: list[Village]) -> dict[str, Post]:
    """Make departments, posts, people and holdings; returns the posts by a town's title."""
    departments = {
        name: Department.objects.create(township=township, name=as_called(name, township), order=i)
        for i, name in enumerate(DEPARTMENTS)
    }
    CardText.objects.create(township=township, office_phone="15455999999")
    listed = appointments(villages)
    posts = Post.objects.bulk_create(
        Post(
            township=township,
            title=as_called(each.title, township),
            role=each.role,
            department=departments.get(each.department),
            village=each.village,
            order=order,
        )
        for order, each in enumerate(listed)
    )
    _people(build, township, listed, posts)
    return {each.title: post for each, post in zip(listed, posts, strict=True)}


def _people(build, township, listed, posts):
    password = make_password(demo_password())
    users, names = [], set()
    for order, each in enumerate(listed):
        sex = build.rng.choice("MMF")
        name = people.name(build.rng, sex)
        while name in names:
            name = people.name(build.rng, sex)
        names.add(name)
        username = each.account or f"gb{order:03d}"
        users.append(
            User(
                username=username,
                display_name=name,
                email=f"{username}@demo.invalid",
                township=township,
                is_demo=True,
                must_change_password=False,
                password=password if each.account else make_password(None),
            )
        )
        users[-1].set_phones([f"15455{order:06d}"])  # an unassigned prefix, as all phones here
    users = User.objects.bulk_create(users)
    Holding.objects.bulk_create(
        Holding(user=user, post=post, since=build.start)
        for user, post in zip(users, posts, strict=True)
    )


def teams(township: Township, villages: list[Village], posts: dict[str, Post]) -> None:
    """One team a village: a lead (some of them for two villages), a village cadre, an assistant, the contact."""
    titles = leads_for(len(villages))
    twice = len(villages) - len(titles)  # the first leads answer for two villages each
    leads = [title for i, title in enumerate(titles) for _ in range(2 if i < twice else 1)]
    for village, lead in zip(reversed(villages), leads, strict=True):
        team = LiaisonTeam.objects.create(township=township, name=f"{village.name}驻点团队")
        team.villages.add(village)
        seats = (
            (lead, Seat.Kind.LEAD),
            (f"{village.name}包村干部", Seat.Kind.MEMBER),
            (f"{village.name}驻点助理员", Seat.Kind.ASSISTANT),
            (f"{village.name}联络员", Seat.Kind.COORDINATOR),
        )
        Seat.objects.bulk_create(
            Seat(team=team, post=posts[title], kind=kind, order=i)
            for i, (title, kind) in enumerate(seats)
        )
