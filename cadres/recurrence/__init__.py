"""Which days a plan falls on (驻点时间). Pure: plan, range and calendar in, days out."""

from .days import Days, PlannedDay, days_of, holidays_met

__all__ = ["Days", "PlannedDay", "days_of", "holidays_met"]
