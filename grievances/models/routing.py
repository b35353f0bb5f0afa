"""分派规则: which unit gets a matter, as rows the clerk edits."""

from django.db import models
from django.db.models import Q

from cadres.models import Department, LiaisonTeam, Post
from grievances.policy_querysets import PolicyQuerySet
from liaison.models import Versioned
from villages.models import Section, Township, Village

from .codes import Category, DeadlinePolicy
from .ledger import Grievance


class RoutingRule(Versioned):
    """One rule of a township: matters of these conditions go to this unit; an empty condition fits all.

    Which rule applies where several fit: ``grievances.routing``.
    """

    township = models.ForeignKey(
        Township, models.PROTECT, related_name="routing_rules", verbose_name="乡镇"
    )
    name = models.CharField("名称", max_length=60)
    urgent = models.BooleanField("加急件", default=False)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="类别"
    )
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="村(社区)"
    )
    # Of the household it is about, as its group stands today
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="片"
    )
    # Its villages, as they are on the day; a rule names one place: a village, a 片 or a team.
    team = models.ForeignKey(
        LiaisonTeam,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="驻点团队",
    )
    # Rungs by their place, so that a township's own ladder takes over what was said of the general one
    level = models.PositiveSmallIntegerField("层级", null=True, blank=True)
    kind = models.CharField(
        "性质", max_length=12, choices=Grievance.Kind, blank=True, default=""
    )  # "": any
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="+", verbose_name="承办单位"
    )
    # Whoever holds it is named; without one the unit names somebody.
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办岗位"
    )
    policy = models.ForeignKey(
        DeadlinePolicy,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="办理时限",
    )
    is_active = models.BooleanField("在用", default=True)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "分派规则"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["township", "name"], name="routing_rule_name_once"),
            models.CheckConstraint(
                condition=Q(village=None, section=None)
                | Q(village=None, team=None)
                | Q(section=None, team=None),
                name="routing_rule_of_one_place",
            ),
        ]

    def __str__(self):
        return self.name
