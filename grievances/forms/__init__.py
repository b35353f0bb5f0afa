"""The forms of the ledger: one to register, one for each act, one for a time limit."""

from .acts import ACT_FORMS, ActForm
from .placing import PlaceForm
from .policies import PolicyForm
from .promising import PromiseForm
from .register import RegisterForm

__all__ = ["ACT_FORMS", "ActForm", "PlaceForm", "PolicyForm", "PromiseForm", "RegisterForm"]
