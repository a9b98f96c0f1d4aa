"""What this room announces; only the desk decides what it means for the vendor."""

from django.dispatch import Signal

#: A sheet was taken in and waits to be read. ``sheet``, ``by``.
sheet_received = Signal()
#: A sheet was read and waits for a person. ``sheet``, ``by``.
sheet_read = Signal()
#: A person confirmed a sheet; its rows wait to be entered. ``sheet``, ``by``.
sheet_confirmed = Signal()
#: The rows of a confirmed sheet became referrals. ``sheet``, ``vendor_ids``, ``counts``, ``by``.
sheet_entered = Signal()
#: A sheet was thrown away before it was confirmed. ``sheet``, ``by``.
sheet_cancelled = Signal()
#: One firm was named through the form. ``referral``, ``by``.
vendor_referred = Signal()
#: Somebody was invited to an account. ``invitation``, ``token`` (for the message only), ``by``.
person_invited = Signal()
#: An account was opened, switched on or off. ``user``, ``act``, ``by``.
account_changed = Signal()
#: What is known of a firm was corrected. ``vendor``, ``fields``, ``reason``, ``by``.
vendor_corrected = Signal()
#: An owner was tied to a firm: proved by an identifier, a link, or an officer. ``membership``,
#: ``by``.
membership_proved = Signal()
