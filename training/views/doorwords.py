"""What the page at the door says: its script is given the words, because it may have no signal."""

from __future__ import annotations

from django.utils.translation import gettext as _


def door_words() -> dict[str, str]:
    """Return every sentence of the script at the door; ``%s`` stands for a name or a number."""
    return {
        "ready": _("Ready: this page also works without signal."),
        "preparing": _("Getting ready to work without signal…"),
        "insecure": _("Without HTTPS this page works only while there is signal."),
        "no_signal": _("No signal. Go on: marks are kept on this device."),
        "sent": _("Everything is sent."),
        "unsent": _("%s not sent yet"),
        "sending": _("Sending…"),
        "sign_in": _("You were signed out. Marks are kept. Sign in, then open this page again."),
        "server": _("The server does not answer well. Marks are kept and sent later."),
        "closed": _("The sheet is closed. What this device still held was sent to be looked at."),
        "storage": _("This device refuses to store. Keep the page open, and export the file."),
        "clock": _("The clock of this device is %s minutes off. Times are corrected."),
        "present": _("%s is present."),
        "late": _("%s is present, late."),
        "already": _("%s is present already, since %t."),
        "left": _("%s left early."),
        "undone": _("The mark of %s is taken back."),
        "unknown": _("This pass is not on the list of this device. It is kept and checked later."),
        "other": _("This pass is for another session."),
        "no_code": _("This code is on nobody’s pass here. Check the letters."),
        "guest": _("%s is written down as a guest."),
        "full": _("All seats are taken. The guest is written down; a person decides."),
        "in": _("Present"),
        "at": _("Present %t"),
        "gone": _("Left early"),
        "out": _("Not yet here"),
        "queued": _("not sent yet"),
        "no_camera": _("The camera cannot be used. Type the code, or tap the name."),
        "disagree": _("%s disagreements are to be settled on the page of the session."),
        "not_counted": _("%s: %t"),
        "reason": _("Type the reason first."),
        "paper": _("copied from the signed list"),
        "device": _("Device %s"),
        "forgotten": _("The list is removed from this device."),
        "not_forgotten": _("First send or export what is not sent yet."),
        "done": _("Done. This device has nothing more to send."),
    }


def remark_words(remark: str) -> str:
    """Say what a remark of a mark means to the people at the door."""
    words = {
        "": "",
        "came_back": _("came back"),
        "far_apart": _("the same pass at two devices, far apart in time"),
        "in_after_out": _("one device says left, another says arrived later"),
        "out_without_in": _("left, but nobody saw the arrival"),
        "undo_of_other": _("one device took back what another says"),
        "after_settling": _("came after a person had settled the opposite"),
        "guest_waiting": _("guest, not seated yet"),
        "guest_twice": _("the same guest was written down twice"),
        "guest_unknown": _("what was written down of the guest is not enough"),
        "full": _("all seats are taken"),
        "sheet_closed": _("came after the sheet was closed"),
        "outside_time": _("outside the time of the session"),
        "forged": _("this pass or code is not one of ours"),
        "other_session": _("a pass of another session"),
        "expired": _("the pass has expired"),
        "revoked": _("the pass is no longer valid"),
        "cancelled": _("the session was cancelled"),
        "no_reason": _("a mark by hand without a reason"),
        "no_seat": _("no such seat in this session"),
        "strange": _("this mark makes no sense"),
    }
    return words.get(remark, remark)
