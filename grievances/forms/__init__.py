"""The forms of the ledger: one to register, one for each act, one for a time limit."""

from .acts import USUAL, ActForm
from .hands import OF_THE_HANDS
from .placing import PlaceForm
from .policies import PolicyForm
from .promising import PromiseForm
from .register import RegisterForm

# act -> its form
ACT_FORMS = USUAL | OF_THE_HANDS

__all__ = ["ACT_FORMS", "ActForm", "PlaceForm", "PolicyForm", "PromiseForm", "RegisterForm"]
