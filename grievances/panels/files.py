"""附件: what was added to a matter, and the form that adds some."""

from grievances.actions.attaching import may_attach, may_take_away
from grievances.forms.files import FilesForm

from .panel import Panel


class FilesPanel(Panel):
    """Under the facts; silent for who may add none where there is none."""

    template = "grievances/panels/files.html"
    on_file = False

    def say(self, matter, user, now):
        """{files: [(file, may he take it away)], form: None where he adds none}."""
        rows = list(matter.files.shown().select_related("sent_by"))
        adds = may_attach(matter, user)
        if not rows and not adds:
            return None
        files = [(row, may_take_away(row, user)) for row in rows]
        return {"files": files, "form": FilesForm(auto_id="attach_%s") if adds else None}
