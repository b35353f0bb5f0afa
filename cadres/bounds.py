"""每人联系几户: the bounds in force, and who has too few or too many. They warn and never refuse."""

from dataclasses import dataclass

from django.db.models import Count

from cadres.models import HouseholdLink, LinkPolicy

from .linking import kind_of

FEW, MANY, FITTING = "few", "many", ""
WORDS = {FEW: "不足", MANY: "超出"}


@dataclass(frozen=True)
class Bounds:
    """The bounds of every township on a day, by (township id, kind)."""

    policies: dict

    @classmethod
    def on(cls, day, townships=None) -> "Bounds":
        """Those in force on a day; of all townships when none are named. One query."""
        rows = LinkPolicy.objects.filter(since__lte=day).order_by("since")
        rows = rows if townships is None else rows.filter(township__in=townships)
        return cls({(row.township_id, row.kind): row for row in rows})

    def for_households(self) -> bool:
        """Whether anything is set on households; bounds of villages apart."""
        return any(kind != LinkPolicy.Kind.LEAD for _, kind in self.policies)

    def villages_per_lead(self, township_id) -> int:
        """The most villages (村) one lead should answer for."""
        policy = self.of(township_id, LinkPolicy.Kind.LEAD)
        return policy.most if policy else LinkPolicy.USUAL_VILLAGES[1]

    def of(self, township_id, kind) -> LinkPolicy | None:
        """The row in force, None where nothing is set."""
        return self.policies.get((township_id, kind))

    def verdict(self, township_id, kind, number) -> str:
        """FEW, MANY or FITTING for so many households (户); FITTING where nothing is set."""
        policy = self.of(township_id, kind)
        if policy is None or policy.least <= number <= policy.most:
            return FITTING
        return FEW if number < policy.least else MANY


def households_of(whos, on) -> dict:
    """{(kind, id): 户} linked on a day to each post or representative; one query a kind."""
    counted = {(kind_of(who), who.pk): 0 for who in whos}
    for kind, path in ((HouseholdLink.Kind.CADRE, "post"), ("representative", "representative")):
        ids = [pk for each, pk in counted if each == kind]
        if ids:
            rows = HouseholdLink.objects.alive(on).filter(**{f"{path}__in": ids}).order_by()
            for pk, number in rows.values_list(path).annotate(Count("pk")):
                counted[kind, pk] = number
    return counted


def warnings(whos, on, township_id) -> list[str]:
    """「周大山现在联系18户，超出标准5–15户。」 for each who has too few or too many."""
    bounds, said = Bounds.on(on, [township_id]), []
    for (kind, pk), number in households_of(whos, on).items():
        verdict = bounds.verdict(township_id, kind, number)
        if verdict:
            who = next(each for each in whos if (kind_of(each), each.pk) == (kind, pk))
            policy = bounds.of(township_id, kind)
            word = "少于" if verdict == FEW else "超出"
            said.append(f"{who}现在联系{number}户，{word}标准{policy.in_words()}，请酌情调整。")
    return said
