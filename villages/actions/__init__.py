"""What happens to places and people at the desk. Nothing else writes the registry, imports apart.

Every verb: keyword-only, in one transaction, refuses with NotAllowed in a sentence for the person at the
desk, and leaves a line in the trail. What happens on a day (``on``) and is written down later (``now``)
leaves a line of the household's history too.
"""

from .drawing import place_house, take_house_off
from .editing import add_household, add_resident, edit_household, edit_resident
from .heading import appoint_head, cancel_household, change_residence, restore_household
from .leaving import record_death, record_moving_out, return_to_roll
from .merging import CHOSEN, merge_households, merge_residents
from .moving import change_group, move_residents, split_household
from .revealing import REVEALED, reveal
from .tagging import end_tag, give_tag

__all__ = [
    "CHOSEN",
    "REVEALED",
    "add_household",
    "add_resident",
    "appoint_head",
    "cancel_household",
    "change_group",
    "change_residence",
    "edit_household",
    "edit_resident",
    "end_tag",
    "give_tag",
    "merge_households",
    "merge_residents",
    "move_residents",
    "place_house",
    "record_death",
    "record_moving_out",
    "restore_household",
    "return_to_roll",
    "reveal",
    "split_household",
    "take_house_off",
]
