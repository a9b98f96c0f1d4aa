"""What registers outside (OSS, DJP, AHU) say of a firm, through one port with four answers.

`match`, `mismatch` and `not_found` are what a register said; `unavailable` is everything else
(off, too slow, broken, none connected) and means "not yet verified": it never passes anybody.
"""

from onboarding.registers.files import FileRegister
from onboarding.registers.port import (
    REGISTERS,
    Answer,
    Found,
    NoRegister,
    Outcome,
    Question,
    Register,
    compare,
    put,
)
from onboarding.registers.sandbox import SandboxRegister

__all__ = [
    "REGISTERS",
    "Answer",
    "FileRegister",
    "Found",
    "NoRegister",
    "Outcome",
    "Question",
    "Register",
    "SandboxRegister",
    "compare",
    "put",
]
