"""People, fixed to places: accounts and posts, teams and plans, calendar, notices."""

from .calendar import CalendarDay, CalendarYear
from .cards import CardText
from .feeds import CalendarFeed
from .handovers import Handover
from .links import HouseholdLink, LinkPolicy, Representative
from .meetings import StandingMeeting
from .notices import Delivery, GroupNotice, Heartbeat, Notice
from .people import Department, Holding, Post, User
from .reminders import GroupRobot, ReminderPolicy
from .teams import LiaisonPlan, LiaisonTeam, RotaTurn, Seat

__all__ = [
    "CalendarDay",
    "CalendarFeed",
    "CalendarYear",
    "CardText",
    "Delivery",
    "Department",
    "GroupNotice",
    "GroupRobot",
    "Handover",
    "Heartbeat",
    "Holding",
    "HouseholdLink",
    "LiaisonPlan",
    "LiaisonTeam",
    "LinkPolicy",
    "Notice",
    "Post",
    "ReminderPolicy",
    "Representative",
    "RotaTurn",
    "Seat",
    "StandingMeeting",
    "User",
]
