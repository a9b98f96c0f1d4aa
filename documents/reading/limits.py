"""Fences the reading process in, so that a hostile file can only hurt its own reading."""

import contextlib
import ctypes
import os
import resource
import signal

MEMORY_BYTES = 1536 * 1024 * 1024
CPU_SECONDS = 300
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def set_limits() -> None:
    """Limit memory and CPU of this process and of the engine that it starts."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def die_with_parent() -> None:
    """Ask the kernel to end this process when its parent dies; only Linux can, so best effort."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def one_thread() -> None:
    """Keep every numeric library to one thread; must run before they are imported."""
    for name in ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = "1"
