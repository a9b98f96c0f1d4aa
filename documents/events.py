"""What this room announces; only the desk decides what it means for the vendor."""

from django.dispatch import Signal

#: A paper was handed in, whole. ``paper``, ``by``.
paper_received = Signal()
#: A paper was read by the machine, or found to need a person's eyes. ``paper``, ``by``.
paper_read = Signal()
#: The owner agreed to a statement in the system. ``paper``, ``by``.
statement_received = Signal()
