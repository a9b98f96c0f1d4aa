"""What this room announces; only the desk decides what it means for the vendor."""

from django.dispatch import Signal

#: A sheet was taken in and waits to be read. ``sheet``, ``by``.
sheet_received = Signal()
#: A list was turned away at a door before anything of it was kept. ``door``, ``code``, ``by``.
list_refused = Signal()
#: A sheet was read and waits for a person. ``sheet``, ``by``.
sheet_read = Signal()
#: A person confirmed a sheet; its rows wait to be entered. ``sheet``, ``by``.
sheet_confirmed = Signal()
#: The rows of a list became referrals. ``sheet``, ``vendor_ids`` (none for a streamed list, which
#: may be of any length), ``counts``, ``by``.
sheet_entered = Signal()
#: A sheet was thrown away before it was confirmed. ``sheet``, ``by``.
sheet_cancelled = Signal()
#: A person said which column of a list is which. ``sheet``, ``by``.
columns_confirmed = Signal()
#: Rows of a preview were mended, or a doubt in one was answered. ``sheet``, ``rows`` (as the
#: spreadsheet numbers them), ``columns``, ``code`` (of the problem or ""), ``is_overruled``,
#: ``by``.
rows_fixed = Signal()
#: A list that had been entered was taken back whole. ``sheet``, ``counts``, ``by``.
sheet_undone = Signal()
#: One firm was named through the form. ``referral``, ``by``.
vendor_referred = Signal()
#: Somebody was invited to an account. ``invitation``, ``token`` (for the message only), ``ended``
#: (keys of earlier invitations of the address that ended with it), ``by``.
person_invited = Signal()
#: An invitation was taken back before it was used. ``invitation``, ``by``.
invitation_withdrawn = Signal()
#: An account was opened, switched on or off. ``user``, ``act``, ``by``.
account_changed = Signal()
#: What is known of a firm was corrected. ``vendor``, ``fields``, ``reason``, ``by``.
vendor_corrected = Signal()
#: New firms were compared with all others. ``firms`` (how many), ``counts`` by band, ``sure_ids``
#: (the new ones that are almost surely another), ``by``.
twins_looked_for = Signal()
#: Somebody said whether two firms are one, or the question was opened again. ``pair``, ``by``.
pair_judged = Signal()
#: An owner was tied to a firm: proved by an identifier, a link, or an officer. ``membership``,
#: ``by``.
membership_proved = Signal()
#: A campaign was drafted, changed, repeated or closed. ``campaign``, ``act``, ``by``.
campaign_changed = Signal()
#: A campaign left: every office in it is asked from now on. ``campaign``, ``by``.
campaign_sent = Signal()
#: An office said something to its request. ``answer``, ``by``.
request_answered = Signal()
#: A request got another contact or another date, or a new link. ``request``, ``act``, ``by``.
request_changed = Signal()
#: Silent offices were counted as reminded once more. ``campaign``, ``requests``, ``by``.
offices_reminded = Signal()
#: A draft of the rules was begun, changed, planned or dropped; a version was judged by.
#: ``version``, ``act``, ``detail``, ``by``.
rules_changed = Signal()
#: Somebody asked what a draft would do. ``preview``, ``by``.
preview_ordered = Signal()
#: A preview was worked out, or given up. ``preview``, ``by``.
preview_finished = Signal()
#: A draft counts from its day on. ``version``, ``reason``, ``by``.
rules_switched_on = Signal()
#: Sanctions came, began, ended, or a person judged one. ``act``, ``vendor_ids``, ``detail``,
#: ``by``, maybe ``reason``.
blacklist_changed = Signal()
#: A KBLI list was loaded. ``version``, ``detail``, ``by``.
kbli_loaded = Signal()
#: A register outside was asked about a firm. ``answer``, ``by``.
register_asked = Signal()
#: An office took a step on its own road, or one was proposed, confirmed or taken back. ``steps``,
#: ``act``, ``reason``, ``by``.
joining_changed = Signal()
