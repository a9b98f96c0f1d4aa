"""A register for practice and tests: it answers by the last digit of the number, always alike.

1 to 6: everything as declared; 7: another name; 8: no longer active; 9: not there; 0: no answer.
"""

from onboarding.registers.port import Found, Question


class SandboxRegister:
    """Knows no firm at all, and says so by its name."""

    source = "sandbox"

    def look_up(self, question: Question, *, seconds: float) -> Found | None:
        """The answer that the last digit stands for; 0 takes longer than anybody waits."""
        digits = "".join(filter(str.isdecimal, question.number)) or "0"
        last = digits[-1]
        if last == "0":
            raise TimeoutError
        if last == "9":
            return None
        return Found(
            name="Contoh Nama Lain" if last == "7" else question.name,
            region=question.region,
            legal_form=question.legal_form,
            kbli=(question.kbli,) if question.kbli else (),
            status="tidak aktif" if last == "8" else "aktif",
        )
