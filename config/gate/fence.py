"""Fences the process in that opens strangers' bytes, so that a file can only hurt its own reading.

`fence_in` is called first of all in a child, before a library is loaded or a thread started.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
from pathlib import Path

MEGABYTE = 1024 * 1024
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_PR_SET_NO_NEW_PRIVS = 38
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000  # linux/sched.h


def fence_in(*, memory: int, cpu_seconds: int) -> bool:
    """Limit memory (bytes of address space) and CPU of this process and of what it starts, let it
    end with its parent, and take the network away; False where the system does not let it."""
    one_thread()
    has_no_network = leave_the_network()
    die_with_parent()  # after the network, because new credentials would take this back
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return has_no_network


def leave_the_network() -> bool:
    """Move this process where there is no network at all, not even loopback.

    As root by a network namespace, else by one inside a user namespace, which some systems forbid
    (`kernel.unprivileged_userns_clone`, AppArmor): then the child keeps the network, and False says
    so. Linux only; needs a process with one thread.
    """
    try:
        library = ctypes.CDLL(None, use_errno=True)
        return library.unshare(_NEW_NET) == 0 or library.unshare(_NEW_USER | _NEW_NET) == 0
    except (OSError, AttributeError):
        return False


def die_with_parent() -> None:
    """Ask the kernel to end this process when its parent dies, and to give it no more rights than
    it has; only Linux can, so best effort."""
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        library.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def one_thread() -> None:
    """Keep every numeric library to one thread; must run before they are imported."""
    for name in (
        "OMP_THREAD_LIMIT",
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "RAYON_NUM_THREADS",
    ):
        os.environ[name] = "1"


def peak_megabytes() -> float:
    """The most memory that this process has held so far; ``getrusage`` would also count what the
    process that started it held."""
    with contextlib.suppress(OSError), Path("/proc/self/status").open() as told:
        for line in told:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
