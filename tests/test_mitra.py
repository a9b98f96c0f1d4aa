"""The one script must help a stranger, and must never leave them with a traceback."""

import importlib.util
import socket
import subprocess
from importlib.machinery import SourceFileLoader
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WORDS = [
    *("up", "test", "check", "fix", "bench", "faults", "shots", "crawl", "doctor"),
    *("backup", "restore", "manage"),
]


def say(*words: str) -> subprocess.CompletedProcess[str]:
    command = [str(ROOT / "mitra"), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def mitra(tmp_path, monkeypatch):
    loader = SourceFileLoader("mitra_script", str(ROOT / "mitra"))
    module = importlib.util.module_from_spec(
        importlib.util.spec_from_loader("mitra_script", loader)
    )
    loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path)
    return module


def test_alone_it_lists_its_words():
    said = say()

    assert said.returncode == 0
    assert [line.split()[0] for line in said.stdout.splitlines()[1:]] == WORDS


def test_an_unknown_word_is_answered_with_the_known_ones():
    said = say("deploy")

    assert said.returncode == 2
    assert "./mitra and one of" in said.stdout


def test_a_port_in_use_is_said_plainly():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = say("up", "--port", str(port))

    assert said.returncode == 1
    assert f"Port {port} is in use" in said.stderr
    assert "Traceback" not in said.stderr


def test_settings_file_is_read_and_the_environment_wins(mitra, tmp_path, monkeypatch):
    (tmp_path / ".env").write_text("# note\nLANGUAGE=en\n\nOFFICE_NAME='Biro Contoh'\nnonsense\n")
    monkeypatch.setenv("LANGUAGE", "id")

    env = mitra.surroundings()

    assert (env["LANGUAGE"], env["OFFICE_NAME"]) == ("id", "Biro Contoh")


def test_tests_and_checks_do_not_read_the_settings_file(mitra, tmp_path):
    (tmp_path / ".env").write_text("OFFICE_NAME=Biro Contoh\n")

    assert "OFFICE_NAME" not in mitra.surroundings(chosen={})


def test_a_changed_lock_is_installed_again(mitra, tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text("one==1\n")
    mitra.stamp(lock).write_text(mitra.digest(lock))
    assert mitra.is_installed(lock)

    lock.write_text("one==2\n")

    assert not mitra.is_installed(lock)


def test_without_root_and_sudo_the_exact_command_is_shown(mitra, monkeypatch):
    monkeypatch.setattr(mitra, "missing_packages", lambda names: ["contoh-satu", "contoh-dua"])
    monkeypatch.setattr(mitra.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(mitra.shutil, "which", lambda name: None)

    with pytest.raises(mitra.Trouble, match=r"apt-get install .* contoh-satu contoh-dua"):
        mitra.install_packages([])
