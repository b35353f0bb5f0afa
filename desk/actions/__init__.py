"""Acts over several apps: each is done whole, or not at all."""

from ._rows import Made
from .by_line import save_by_line
from .day import next_line, save_liaison_day
from .reporting import report
from .single import plan_single_day, set_matters
from .visits import add_matters, log_visits

__all__ = [
    "Made",
    "add_matters",
    "log_visits",
    "next_line",
    "plan_single_day",
    "report",
    "save_by_line",
    "save_liaison_day",
    "set_matters",
]
