"""What holds for each act of a matter's life: versions, history, the trail, and who sees it at all."""

import pytest

from grievances import actions
from grievances.models import DeadlinePolicy, Grievance
from liaison.audit import verify as verify_audit
from liaison.errors import NotAllowed, Stale
from liaison.models import AuditEntry

from .conftest import history


def test_a_stale_version_is_refused_and_changes_nothing(matter_at, act):
    matter = matter_at("settled")
    shown = matter.version
    act("answer", matter, version=shown)
    with pytest.raises(Stale) as stale:
        act("answer", matter, version=shown)
    assert stale.value.current.status == "answered"
    assert history(matter).count("answer") == 1


def test_the_history_sums_to_the_state(matter_at, act):
    matter = act("reopen", matter_at("closed_out"))
    steps = list(matter.steps.all())
    assert [step.from_status for step in steps] == ["", *[step.to_status for step in steps[:-1]]]
    assert steps[-1].to_status == matter.status == Grievance.objects.get().status
    assert matter.version == len(steps)


def test_history_keeps_name_and_post_of_the_day(matter_at, zhao):
    matter = matter_at("accepted")
    zhao.display_name, zhao.post.title = "赵敏敏", "农办主任"
    zhao.save()
    zhao.post.save()
    step = matter.steps.get(act="accept")
    assert (step.by_name, step.by_post) == ("赵敏", "驻点办干事")


def test_every_act_leaves_an_audit_line_in_an_unbroken_chain(matter_at):
    matter = matter_at("closed_out")
    lines = AuditEntry.objects.filter(object_type="grievances.Grievance", object_id=str(matter.pk))
    assert lines.count() == matter.steps.count()
    assert verify_audit() == []


def test_nobody_acts_on_what_he_does_not_see(matter_at, act, wang, qian):
    matter = matter_at("settled")
    for stranger in (wang, qian):
        with pytest.raises(NotAllowed, match="没有这件诉求"):
            act("answer", matter, by=stranger)


def test_who_sees_a_matter(matter_at, people):
    matter_at("assigned")
    sees = {name for name, user in vars(people).items() if Grievance.objects.visible_to(user)}
    # 郑 of the county is shown figures counted over them, but no page (no grievances.view)
    assert sees == {"li", "zhao", "chen", "sun", "zhou", "county"}


def test_a_handler_sees_nothing_before_it_is_his(matter_at, chen):
    matter_at("accepted")
    assert not Grievance.objects.visible_to(chen).exists()


def test_the_trail_is_written_in_words_not_in_codes(matter_at, zhao):
    matter_at("closed_out")
    policy = DeadlinePolicy.objects.filter(township=None).first()
    facts = {name: getattr(policy, name) for name in actions.policies.FACTS}
    actions.add_policy(by=zhao, township=zhao.township, **facts)
    told = [
        value
        for line in AuditEntry.objects.all()
        for value in [*line.before.values(), *line.after.values()]
    ]
    assert {"待受理", "已销号", "实质性办结", "电话", "满意", "否"} <= set(told)
    assert not [value for value in told if str(value).isascii() and str(value).isidentifier()]
