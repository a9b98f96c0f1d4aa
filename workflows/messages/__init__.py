"""The outbox: a message is a row written with the act, and is delivered after commit, once.

``telling`` writes, ``ways`` chooses the channel, ``quiet`` the hour, ``delivering`` sends,
``signing`` sends codes, ``dead`` keeps the numbers where nobody is, ``words`` makes the text (one
template per kind under ``templates/emails/``: its first line is the subject, the rest the body).
"""

from workflows.messages.dead import bury, revive
from workflows.messages.delivering import MOST_ATTEMPTS, deliver_due, tell_another_way
from workflows.messages.kinds import KINDS
from workflows.messages.signing import leave, send_waiting
from workflows.messages.telling import (
    tell_colleague,
    tell_guest,
    tell_office,
    tell_person,
    tell_vendor,
)
from workflows.messages.ways import earliest
from workflows.messages.words import LINK_MARK, url_of, with_link, without_link, words_of

__all__ = [
    "KINDS",
    "LINK_MARK",
    "MOST_ATTEMPTS",
    "bury",
    "deliver_due",
    "earliest",
    "leave",
    "revive",
    "send_waiting",
    "tell_another_way",
    "tell_colleague",
    "tell_guest",
    "tell_office",
    "tell_person",
    "tell_vendor",
    "url_of",
    "with_link",
    "without_link",
    "words_of",
]
