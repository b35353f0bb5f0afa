"""What else a matter's page shows: each panel brings its template and what it says, and knows when to be silent.

A new kind of fact about a matter is a module here and one line below; the page itself does not grow.
"""

from .panel import Panel
from .secrecy import RaisePanel, SecrecyPanel

# Under the facts, before the history.
MAIN: tuple[Panel, ...] = (SecrecyPanel(),)
# Beside them, under the forms of the acts.
SIDE: tuple[Panel, ...] = (RaisePanel(),)


def drawn(panels, matter, user, now) -> list[dict]:
    """[{"template", "said"}] of the panels that have something to say to this user about this matter."""
    said = ((panel.template, panel.say(matter, user, now)) for panel in panels)
    return [{"template": template, "said": words} for template, words in said if words is not None]
