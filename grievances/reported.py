"""What a contact is told of the matters he reported: his own words, and the answer given to the villager."""

from visits.models import Visit

from .models import Step

ANSWERING = ("answer", "decline")


def hang_answers(matters, reader):
    """Give each matter ``own_words`` and ``answer_words``; two queries for all of them.

    Args:
        matters: rows of ``reported_by(reader)``.
        reader: whose visits are read; of a household no longer linked to him the words are not shown again.
    """
    visits = Visit.objects.visible_to(reader).filter(pk__in=[row.visit_id for row in matters])
    said = dict(visits.values_list("pk", "said"))
    steps = Step.objects.filter(grievance__in=[row.pk for row in matters], act__in=ANSWERING)
    answers = dict(steps.order_by("pk").values_list("grievance", "words"))
    for row in matters:
        row.own_words = said.get(row.visit_id, "")
        row.answer_words = answers.get(row.pk, "")
    return matters
