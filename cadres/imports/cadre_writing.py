"""Taking a staged list of cadres in: departments, people, posts; inside the caller's transaction."""

from cadres.actions.posts import reads_cases
from cadres.models import Department
from liaison import audit
from liaison.errors import NotAllowed
from liaison.imports.kinds import ITEMS, KIND_NAMES, UNCHANGED

from .writing import Changing, learn_contacts, store_people, store_posts

NOT_HIMSELF = (
    "名单给您本人安排了可查看户情、诉求、统计或审计记录的岗位，不能自己办理；"
    "请删去这一行，由另一位系统管理员导入。"
)


def write_cadres(staged, *, by, file_name, trace):
    """Store what ``staged`` says, with its lines in the trail.

    Raises:
        NotAllowed: the list changed meanwhile, or appoints the one who confirms (separation of duties).
    """
    registry, planned = staged.registry, staged.posts.planned
    if by and any(p.who.user and p.who.user.pk == by.pk and reads_cases(p.role) for p in planned):
        raise NotAllowed(NOT_HIMSELF)
    people = [item.who for item in staged.items if item.who]
    planned = [plan for plan in planned if plan.who in people]
    lines = []
    with Changing(registry):
        units = list(staged.new_departments.values())
        for unit in units:
            unit.save()
        trace.created(units)
        learn_contacts(people, registry, trace, lines)
        store_people(people, registry, trace, lines)
        store_posts(planned, registry, trace)
        lines += [_unit(unit) for unit in units] + [_appointment(p, registry) for p in planned]
        audit.record_many(by=by, lines=lines)
        _summary(staged, by, file_name)


def _unit(unit: Department):
    after = {"名称": unit.name}
    return {
        "action": "导入新增单位",
        "subject": unit,
        "after": after,
        "township_id": unit.township_id,
    }


def _appointment(plan, registry):
    return {
        "action": "导入任命",
        "subject": plan.post,
        "label": f"{plan.who.name}：{plan.post}（{plan.post.get_role_display()}）",
        "after": {"任职日期": str(plan.since or registry.on)},
        "township_id": registry.township.pk,
    }


def _summary(staged, by, file_name):
    township = staged.registry.township
    counts = staged.counts()[ITEMS]
    audit.record(
        by=by,
        action="导入干部名单",
        subject=township,
        label=f"{township.name} {file_name}",
        after={f"{KIND_NAMES[k]}（人员）": n for k, n in counts.items() if k != UNCHANGED},
        township_id=township.pk,
    )
