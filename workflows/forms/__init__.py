"""Forms of the desk; the sign-in forms are named by the settings, so they stand here too."""

from workflows.forms.signin import ConfirmCodeForm, OtherEmailForm, RequestCodeForm

__all__ = ["ConfirmCodeForm", "OtherEmailForm", "RequestCodeForm"]
