"""Whoever starts the site wants it up, kept up, and wholly gone when they say so."""

import sys
import time

import pytest

from config.start import MOST_FALLS, Programs, answers, programs
from config.terminal import Trouble, print_table

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, subprocess, sys, time\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    "print(child.pid, flush=True)\n"
    "time.sleep(60)",
]


@pytest.fixture
def run_programs(monkeypatch):
    monkeypatch.setattr("config.start.STOP_SECONDS", 1)
    started = []

    def run(commands):
        running = Programs(commands)
        started.append(running)
        for name in commands:
            running.start(name)
        return running

    yield run
    for running in started:
        running.end_all()


def wait_for(is_so, seconds=10):
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123 reads a kernel file, not a path of ours
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_program_that_falls_is_started_again(run_programs):
    site = run_programs({"worker": SLEEP})
    first = site.running["worker"]
    first.kill()
    first.wait()

    site.raise_fallen(starting=False)

    assert site.running["worker"].pid != first.pid
    assert site.running["worker"].poll() is None


def test_a_program_that_never_stays_up_is_given_up(run_programs):
    site = run_programs({"worker": [sys.executable, "-c", ""]})
    site.running["worker"].wait()
    site.falls["worker"] = MOST_FALLS

    with pytest.raises(Trouble, match="worker program does not stay up"):
        site.raise_fallen(starting=False)


def test_a_program_that_falls_at_the_start_ends_the_start(run_programs):
    site = run_programs({"web": [sys.executable, "-c", "raise SystemExit(3)"]})
    site.running["web"].wait()

    with pytest.raises(Trouble, match="web program does not stay up"):
        site.raise_fallen(starting=True)


def test_ending_takes_the_children_of_a_stubborn_program_too(run_programs, capsys):
    site = run_programs({"worker": STUBBORN})
    said = []
    wait_for(lambda: said.append(capsys.readouterr().out) or "".join(said).strip())
    grandchild = int("".join(said).split("|")[1])
    assert is_alive(grandchild)

    begun = time.monotonic()
    site.end_all()

    assert time.monotonic() - begun < 5
    wait_for(lambda: not is_alive(grandchild))
    assert not is_alive(site.running["worker"].pid)


def test_every_line_says_which_program_spoke(run_programs, capsys):
    site = run_programs({"web": [sys.executable, "-c", "print('hello')"]})
    site.running["web"].wait()
    said = []

    wait_for(lambda: said.append(capsys.readouterr().out) or "".join(said))

    assert "".join(said) == "web       | hello\n"


def test_a_site_that_is_not_there_does_not_answer():
    assert not answers(1, "http://127.0.0.1:1")


def test_the_three_programs_keep_what_they_write_in_the_data_directory():
    commands = programs(8000, "/var/lib/contoh")

    assert list(commands) == ["web", "worker", "scheduler"]
    assert "/var/lib/contoh/beat-schedule" in commands["scheduler"]
    assert "127.0.0.1:8000" in commands["web"]


def test_accounts_are_shown_in_columns(capsys):
    print_table([{"role": "officer", "password": "a"}, {"role": "admin", "password": "contoh"}])

    assert capsys.readouterr().out == "  role     password\n  officer  a\n  admin    contoh\n"


def test_no_accounts_show_nothing(capsys):
    print_table([])

    assert capsys.readouterr().out == ""
