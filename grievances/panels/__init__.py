"""What else a matter's page shows: each panel brings its template and what it says, and knows when to be silent.

A new kind of fact about a matter is a module here and one line below; the page itself does not grow.
"""

from grievances.read_once import read_once

from .ends import EndsPanel, FurtherPanel, ToldPanel
from .files import FilesPanel
from .hands import HandsPanel
from .oversight import InMeetings, LookedAfter, LookingAfter
from .panel import Panel
from .papers import PapersPanel
from .secrecy import RaisePanel, SecrecyPanel
from .time_and_risk import AlertPanel, ExtensionPanel
from .turn import TurnPanel

# Under the facts, before the history.
MAIN: tuple[Panel, ...] = (
    SecrecyPanel(), TurnPanel(), ToldPanel(), HandsPanel(), EndsPanel(), LookedAfter(), InMeetings(),
    FilesPanel(),
)  # fmt: skip
# Beside them, under the forms of the acts.
SIDE: tuple[Panel, ...] = (
    ExtensionPanel(), AlertPanel(), LookingAfter(), PapersPanel(), FurtherPanel(), RaisePanel(),
)  # fmt: skip


def on_file() -> tuple[Panel, ...]:
    """Those that belong into 一事一档; the file says itself what it has sections for."""
    return tuple(panel for panel in MAIN if panel.on_file)


def drawn(panels, matter, user, now) -> list[dict]:
    """[{"template", "said"}] of the panels that have something to say to this user about this matter."""
    read_once(matter)
    said = ((panel.template, panel.say(matter, user, now)) for panel in panels)
    return [{"template": template, "said": words} for template, words in said if words is not None]
