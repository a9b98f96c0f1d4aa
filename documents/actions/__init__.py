"""What can be done in this room: papers are received, read by the machine, and marked by the
desk."""

from documents.actions.marking import freeze_papers, mark_papers, record_sighting, unfreeze_papers
from documents.actions.merging import move_papers, restore_in_force
from documents.actions.objecting import object_to_value
from documents.actions.reading import give_up_reading, read_paper
from documents.actions.receiving import (
    missing_papers,
    receive_paper,
    receive_statement,
)
from documents.actions.redrawing import redraw_pictures
from documents.actions.rereading import (
    give_up_rereading,
    order_rereading,
    papers_to_reread,
    reread_paper,
)
from documents.actions.reviewing import review_value

__all__ = [
    "freeze_papers",
    "give_up_reading",
    "give_up_rereading",
    "mark_papers",
    "missing_papers",
    "move_papers",
    "object_to_value",
    "order_rereading",
    "papers_to_reread",
    "read_paper",
    "receive_paper",
    "receive_statement",
    "record_sighting",
    "redraw_pictures",
    "reread_paper",
    "restore_in_force",
    "review_value",
    "unfreeze_papers",
]
