"""呈报, 提级办理 and 交回办理: what the rung says of a matter's unit and time is shown beforehand."""

from dataclasses import replace

from django import forms

from grievances.ladder import answering_at, level_of
from grievances.models import Rung
from grievances.routing import facts_of, route, rules_of
from liaison import clock

from .acts import ActForm
from .fields import chosen, words


class LevelForm(ActForm):
    """Base: the unit a rule of the level names, and the time limit of the level; neither moves unless ticked."""

    by_rule = forms.BooleanField(label="按新层级的分派规则改由该单位承办", required=False)
    rule = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    redate = forms.BooleanField(
        label="按新层级重算办理期限",
        required=False,
        help_text="不勾选的，办理期限不变；勾选的，从开始计时之日按这一级的时限重算。",
    )

    def offer_level(self, grievance, rungs):
        """Propose by the rules and limits of the rungs it may come to; costs nothing where none names a level."""
        routes = self._routes(grievance, [rung for rung in rungs if rung.has_route])
        if routes:
            told = "".join(f"“{rung}”：{found.why}" for rung, found in routes)
            self.fields["by_rule"].help_text = f"{told}不改的请取消勾选。"
            self.initial |= {"by_rule": True, "rule": ",".join(each.key for _, each in routes)}
        else:
            del self.fields["by_rule"], self.fields["rule"]
        has_limits = bool(rungs) and all(rung.has_limit for rung in rungs)
        self.initial["redate"] = has_limits and not grievance.is_imported

    def _routes(self, matter, rungs):
        """[(rung, Route)] by rules that name the level and give the matter to another unit than has it."""
        if not rungs:
            return []
        rules = rules_of(matter.township_id)
        facts = facts_of(matter, rules)
        found = [(rung, route(replace(facts, level=rung.order), rules)) for rung in rungs]
        return [
            (rung, each)
            for rung, each in found
            if each and each.rule.level and each.department.pk != matter.department_id
        ]


class EscalateForm(LevelForm):
    """呈报."""

    act = "escalate"
    words = words("呈报原因和建议", required=True)
    field_order = ("on", "words", "by_rule", "redate")

    def offer(self, grievance):
        """Where it goes, and to whom, before it is sent."""
        rung = grievance.rung_above
        if rung:
            names = "、".join(map(str, answering_at(rung, grievance, clock.today())))
            self.lead = f"将呈报到“{rung}”，由{names or '该层级负责人(现空缺)'}阅处。"
        self.offer_level(grievance, [rung] if rung else [])


class SendDownForm(LevelForm):
    """交回办理."""

    act = "send_down"
    words = words("批示或决定", required=True)
    field_order = ("on", "words", "by_rule", "redate")

    def offer(self, grievance):
        """By the rules of the rung that has decided; a rung that is no longer used says nothing."""
        place = level_of(grievance)
        here = [rung for rung in grievance.ladder if rung.order == place]
        self.offer_level(grievance, here)


class CallUpForm(LevelForm):
    """提级办理."""

    act = "call_up"
    rung = chosen(Rung, "提到哪一级")
    words = words("提级原因", required=True)
    field_order = ("on", "rung", "words", "by_rule", "redate")

    def offer(self, grievance):
        lowest = grievance.rung or next(iter(grievance.ladder), None)
        ladder = Rung.objects.ladder_of(grievance.township_id)
        self.fields["rung"].queryset = ladder.filter(order__gt=lowest.order if lowest else 0)
        above = [rung for rung in grievance.ladder if lowest and rung.order > lowest.order]
        self.offer_level(grievance, above)


CLIMBING = {form.act: form for form in (EscalateForm, SendDownForm, CallUpForm)}
