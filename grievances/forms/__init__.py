"""The forms of the ledger: one to register, one for each act, one for a time limit."""

from .acts import USUAL, ActForm
from .alerting import AlertForm, BandForm, ClearAlertForm
from .extending import (
    AskExtensionForm,
    DecideExtensionForm,
    ExtensionToldForm,
    WithdrawExtensionForm,
)
from .hands import OF_THE_HANDS
from .placing import PlaceForm
from .policies import PolicyForm
from .promising import PromiseForm
from .register import RegisterForm

# act -> its form
ACT_FORMS = USUAL | OF_THE_HANDS

__all__ = [
    "ACT_FORMS",
    "ActForm",
    "AlertForm",
    "AskExtensionForm",
    "BandForm",
    "ClearAlertForm",
    "DecideExtensionForm",
    "ExtensionToldForm",
    "PlaceForm",
    "PolicyForm",
    "PromiseForm",
    "RegisterForm",
    "WithdrawExtensionForm",
]
