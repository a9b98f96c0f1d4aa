"""What this room announces; only the desk decides what it means for the vendors."""

from django.dispatch import Signal

#: A session was planned. ``session``, ``by``.
session_planned = Signal()
#: Sessions were planned together. ``series``, ``sessions``, ``by``.
series_planned = Signal()
#: What a session is about was changed. ``session``, ``changed`` (names of fields), ``by``.
session_changed = Signal()
#: A session got another date, time or place. ``session`` (as it is now), ``was`` (as it was),
#: ``seats`` (given or waited for), ``reason``, ``by``.
session_moved = Signal()
#: A hall was written down or changed. ``venue``, ``by``.
venue_kept = Signal()
#: A version of the syllabus, or a material of one, was written down. ``syllabus``, ``by``.
syllabus_kept = Signal()
#: A person made an address for their calendar programme, or revoked it. ``feed``, ``by``.
feed_made = Signal()
feed_revoked = Signal()
#: A session was cancelled. ``session``, ``vendor_ids`` and ``user_ids`` (those who had a seat or
#: waited for one), ``reason``, ``by``.
session_cancelled = Signal()
#: Seats were given. ``session``, ``vendor_ids``, ``by``.
seats_given = Signal()
#: A seat was declined or taken back. ``seat``, ``by``.
seat_released = Signal()
#: Presence was marked or unmarked on the sheet. ``session``, ``marks`` ({seat_id: bool}),
#: ``reason``, ``by``.
attendance_marked = Signal()
#: A device sent what it saw, or somebody checked in. ``session``, ``device``, ``scans`` (new
#: ones), ``by``.
scans_recorded = Signal()
#: A file with the marks of a device was turned away. ``session``, ``code``, ``by``.
marks_refused = Signal()
#: Somebody settled what devices disagreed on. ``session``, ``scans``, ``seat`` (or none),
#: ``present``, ``reason``, ``by``.
scans_settled = Signal()
#: The pass of a seat was made worthless and a new one given. ``seat``, ``reason``, ``by``.
pass_renewed = Signal()
#: The sheet was closed. ``session``, ``present_ids`` and ``absent_ids`` (of firms), ``counts``
#: (``present`` and ``absent`` of all seats), ``reason`` (when devices were not waited for), ``by``.
sheet_closed = Signal()
#: Presence was corrected after closing. ``seat``, ``reason``, ``by``.
attendance_corrected = Signal()
#: Photographs were added. ``session``, ``pictures``, ``by``.
pictures_added = Signal()
#: Somebody who was there said what they thought. ``feedback``, ``by``.
feedback_given = Signal()
#: A question of a quiz was written, changed or removed. ``syllabus``, ``number``, ``by``.
quiz_changed = Signal()
#: A quiz was taken, before or after the session. ``result``, ``by``.
quiz_answered = Signal()
#: Certificates were numbered and wait to be drawn. ``batch``, ``by``.
certificates_ordered = Signal()
#: All certificates of a batch are drawn. ``batch``, ``by``.
certificates_made = Signal()
#: A certificate was taken back. ``certificate``, ``reason``, ``by``.
certificate_revoked = Signal()
#: A list of who is invited was worked out. ``allocation``, ``by``.
seats_allocated = Signal()
#: A firm was put in or taken out of such a list by a person. ``row``, ``reason``, ``by``.
allocation_overridden = Signal()
#: An invitation was answered. ``seat`` (the one that counts now), ``left`` (the seat that was left
#: for it, or None), ``answer``, ``via``, ``by``.
seat_answered = Signal()
#: Firms were put on the waiting list. ``session``, ``vendor_ids``, ``by``.
firms_waiting = Signal()
#: Free seats were held for the first who wait. ``session``, ``seats``, ``by``.
seats_offered = Signal()
#: Guests were reminded. ``session``, ``seat_ids``, ``by``.
guests_reminded = Signal()
#: A seat got another answer link. ``seat``, ``by``.
answer_link_renewed = Signal()
#: People of an office got seats, or one was given back. ``session``, ``agency``, ``seats``,
#: ``act``, ``by``.
office_seats_changed = Signal()
