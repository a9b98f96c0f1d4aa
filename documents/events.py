"""What this room announces; only the desk decides what it means for the vendor."""

from django.dispatch import Signal

#: A paper was handed in, whole. ``paper``, ``by``.
paper_received = Signal()
#: A paper was read by the machine, or found to need a person's eyes. ``paper``, ``is_reused``,
#: ``twins`` (papers of other firms that are the same deed), ``by``.
paper_read = Signal()
#: Somebody took an original file away. ``file``, ``by``.
original_opened = Signal()
#: Papers of a period are to be read again. ``rereadings``, ``since``, ``until``, ``by``.
rereading_ordered = Signal()
#: A paper was read again by a newer reader, or could not be. ``rereading``, ``twins``, ``by``.
paper_reread = Signal()
#: The owner agreed to a statement in the system. ``paper``, ``by``.
statement_received = Signal()
#: Somebody began to photograph a paper. ``draft``, ``by``.
draft_begun = Signal()
#: A file was turned away at a door. ``door``, ``code``, ``by``, and of a paper ``vendor_id``,
#: ``document_type``.
file_refused = Signal()
#: Papers that were begun and never sent were removed. ``count``, ``until``, ``by``.
drafts_removed = Signal()
#: An owner does not have a paper that is asked. ``missed``, ``by``.
paper_missed = Signal()
