"""What can be done in this room: every write goes through one of these functions."""

from onboarding.actions.firms import correct_vendor, judge_vendors, refer_vendor
from onboarding.actions.people import (
    accept_invitation,
    confirm_contact,
    find_invitation,
    invite_person,
    open_owner_account,
    prove_membership,
    set_person_active,
)
from onboarding.actions.sheets import (
    cancel_sheet,
    confirm_sheet,
    enter_sheet,
    give_up_sheet,
    read_sheet,
    receive_sheet,
)

__all__ = [
    "accept_invitation",
    "cancel_sheet",
    "confirm_contact",
    "confirm_sheet",
    "correct_vendor",
    "enter_sheet",
    "find_invitation",
    "give_up_sheet",
    "invite_person",
    "judge_vendors",
    "open_owner_account",
    "prove_membership",
    "read_sheet",
    "receive_sheet",
    "refer_vendor",
    "set_person_active",
]
