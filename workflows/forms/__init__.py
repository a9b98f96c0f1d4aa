"""Forms of the desk; the sign-in forms are named by the settings, so they stand here too."""

from workflows.forms.factors import AddPasskeyForm, FactorAgainForm, FactorForm
from workflows.forms.signin import ConfirmCodeForm, OtherEmailForm, RequestCodeForm

__all__ = [
    "AddPasskeyForm",
    "ConfirmCodeForm",
    "FactorAgainForm",
    "FactorForm",
    "OtherEmailForm",
    "RequestCodeForm",
]
