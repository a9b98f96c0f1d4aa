"""What can be done in this room: papers are received, read by the machine, and marked by the
desk."""

from documents.actions.drafting import (
    Piece,
    add_piece,
    drop_draft,
    judged_pages,
    move_page,
    open_draft,
    remove_drafts,
    remove_page,
    save_draft,
)
from documents.actions.judging import judge_path, note_refusal
from documents.actions.marking import (
    freeze_papers,
    mark_papers,
    note_validity,
    record_sighting,
    take_back_versions,
    unfreeze_papers,
)
from documents.actions.merging import move_papers, restore_in_force
from documents.actions.missing import miss_paper
from documents.actions.objecting import object_to_value
from documents.actions.opening import open_original
from documents.actions.reading import give_up_reading, read_paper
from documents.actions.receiving import (
    Judged,
    judge_files,
    missing_papers,
    receive_judged,
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
    "Judged",
    "Piece",
    "add_piece",
    "drop_draft",
    "freeze_papers",
    "give_up_reading",
    "give_up_rereading",
    "judge_files",
    "judge_path",
    "judged_pages",
    "mark_papers",
    "miss_paper",
    "missing_papers",
    "move_page",
    "move_papers",
    "note_refusal",
    "note_validity",
    "object_to_value",
    "open_draft",
    "open_original",
    "order_rereading",
    "papers_to_reread",
    "read_paper",
    "receive_judged",
    "receive_paper",
    "receive_statement",
    "record_sighting",
    "redraw_pictures",
    "remove_drafts",
    "remove_page",
    "reread_paper",
    "restore_in_force",
    "review_value",
    "save_draft",
    "take_back_versions",
    "unfreeze_papers",
]
