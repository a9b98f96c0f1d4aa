"""Forms of the desk; the sign-in forms are named by the settings, so they stand here too."""

from workflows.forms.factors import FactorAgainForm, FactorForm, SetUpAppForm
from workflows.forms.passkeys import (
    AddPasskeyForm,
    PasskeyAgainForm,
    PasskeyAloneForm,
    PasskeyForm,
)
from workflows.forms.signin import (
    ConfirmCodeForm,
    NewPasswordForm,
    OtherEmailForm,
    RequestCodeForm,
)

__all__ = [
    "AddPasskeyForm",
    "ConfirmCodeForm",
    "FactorAgainForm",
    "FactorForm",
    "NewPasswordForm",
    "OtherEmailForm",
    "PasskeyAgainForm",
    "PasskeyAloneForm",
    "PasskeyForm",
    "RequestCodeForm",
    "SetUpAppForm",
]
