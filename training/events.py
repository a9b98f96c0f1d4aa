"""What this room announces; only the desk decides what it means for the vendors."""

from django.dispatch import Signal

#: A session was planned. ``session``, ``by``.
session_planned = Signal()
#: A session was cancelled. ``session``, ``vendor_ids`` (those who had a seat), ``reason``, ``by``.
session_cancelled = Signal()
#: Seats were given. ``session``, ``vendor_ids``, ``by``.
seats_given = Signal()
#: A seat was declined or taken back. ``seat``, ``by``.
seat_released = Signal()
#: Presence was marked or unmarked on the sheet. ``session``, ``marks`` ({vendor_id: bool}), ``by``.
attendance_marked = Signal()
#: The sheet was closed. ``session``, ``present_ids``, ``absent_ids``, ``by``.
sheet_closed = Signal()
#: Presence was corrected after closing. ``seat``, ``reason``, ``by``.
attendance_corrected = Signal()
