"""Sets of what a visit left behind beside matters: proposals, needs, amendments."""

from liaison.scoping import ScopedQuerySet


class ProposalQuerySet(ScopedQuerySet):
    """金点子."""

    township_path = "township"
    household_path = "household"
    reading = "visits.view"

    def to_study(self):
        """待研究."""
        return self.filter(state="study")


class NeedQuerySet(ScopedQuerySet):
    """需求线索: read as the households are they are about."""

    township_path = "township"
    household_path = "household"
    reading = "villages.view_households"

    def open(self):
        """待跟进 or with a station: somebody still has to look after it."""
        return self.filter(state__in=self.model.OPEN_STATES)

    def due(self, on):
        """到期待跟进: open, and the next look is due by a day."""
        return self.open().filter(next_look_on__lte=on)

    def of_visit(self, visit):
        """Those found at a visit, or found again."""
        lines = self.model._meta.get_field("lines").related_model
        return self.filter(pk__in=lines.objects.filter(visit=visit).values("need"))


class ProposalLineQuerySet(ScopedQuerySet):
    """What was done about proposals."""

    village_path = "proposal__village"
    township_path = "proposal__township"
    household_path = "proposal__household"
    reading = "visits.view"


class NeedLineQuerySet(ScopedQuerySet):
    """What was done about needs."""

    village_path = "need__village"
    township_path = "need__township"
    household_path = "need__household"
    reading = "villages.view_households"


class AmendmentQuerySet(ScopedQuerySet):
    """Later changes of visits: read as the visits are."""

    village_path = "visit__village"
    township_path = "visit__township"
    household_path = "visit__household"
    reading = "visits.view"
