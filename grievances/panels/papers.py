"""打印和导出: the papers a matter has by now, each with its number."""

from django.urls import reverse

from grievances.papers.offered import sheets_of

from .panel import Panel

SHOWN = 12  # newest steps first; a matter reassigned a dozen times has its older papers in the list of steps


class PapersPanel(Panel):
    """Beside the matter; silent where it has no paper."""

    template = "grievances/panels/papers.html"
    on_file = False

    def say(self, matter, user, now):
        """[{title, number, url, step, may_number, needs_number}]."""
        sheets = [_told(sheet, matter, user) for sheet in sheets_of(matter)[:SHOWN]]
        return {"sheets": sheets} if sheets else None


def _told(sheet, matter, user):
    url = reverse(f"grievances:paper_{sheet.kind.key}", args=[matter.number])
    waits = sheet.is_numbered and sheet.issued is None
    return {
        "title": sheet.kind.title,
        "number": sheet.issued.number if sheet.issued else "",
        "on": sheet.step.on if sheet.step else None,
        "step": sheet.step.pk if sheet.step else "",
        "url": url,
        "waits": waits,
        "may_number": waits and sheet.may_number(user),
    }
