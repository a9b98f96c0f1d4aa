"""What each announcement means for the vendor: the trail, at most one action, at most one job.

One receiver per event. A receiver never refuses a fact: a move that does not apply is left, and the
room's work stands.
"""

from workflows.receivers import accounts, documents, onboarding, training

__all__ = ["accounts", "documents", "onboarding", "training"]
