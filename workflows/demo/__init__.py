"""A believable office to try the product on: invented offices' lists, firms in every state,
sessions.

Everything goes through the real actions, except that plain papers are put on file directly (their
pictures are drawn once) and that the past is made by moving dates back at the end.
"""

from workflows.demo.loading import PASSWORD, accounts, is_demo, load

__all__ = ["PASSWORD", "accounts", "is_demo", "load"]
