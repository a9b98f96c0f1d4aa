"""What docs/deploy tells an office to install exists, and fits this version."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands

from config.env import EXAMPLES, PROJECT, read_env
from workflows import chain

DEPLOY = PROJECT / "docs/deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
HARD = ("NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes", "MemoryMax=", "User=mitra")


def commands_of(unit: Path) -> list[list[str]]:
    lines = re.findall(r"^Exec(?:Start|StartPre)=(.*)$", unit.read_text(), re.MULTILINE)
    return [shlex.split(line) for line in lines]


def test_every_variable_stands_in_the_example_and_in_the_manual() -> None:
    example, manual = ((PROJECT / at).read_text() for at in (".env.example", "docs/operations.md"))
    assert [name for name in EXAMPLES if f"# {name}=" not in example] == []
    assert [name for name in EXAMPLES if f"`{name}`" not in manual] == []


def test_no_variable_is_invented() -> None:
    given = re.findall(r"^([A-Z_]+)=", (DEPLOY / "mitra.env.example").read_text(), re.MULTILINE)
    assert set(given) <= set(EXAMPLES)


def test_the_example_of_an_office_can_be_used_once_it_has_a_key(tmp_path: Path) -> None:
    lines = (DEPLOY / "mitra.env.example").read_text().splitlines()
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    given = {name: value for name, _equals, value in pairs}
    env = read_env({**given, "MITRA_DATA": str(tmp_path), "SECRET_KEY": "k" * 60})
    assert env.bucket is not None
    assert (env.https, env.embedded_broker, env.debug) == (True, False, False)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_is_fenced_in_and_names_what_exists(unit: Path) -> None:
    text = unit.read_text()
    assert [rule for rule in HARD if rule not in text] == []
    assert "EnvironmentFile=/etc/mitra/mitra.env" in text
    for python, *words in commands_of(unit):
        assert python == "/opt/mitra/.venv/bin/python"
        if words[0] == "manage.py":
            assert words[1] in get_commands()
            continue
        module = words[words.index("-m") + 1]
        assert (
            subprocess.run([sys.executable, "-c", f"import {module}"], check=False).returncode == 0
        )


def test_programs_that_stay_are_started_again_and_timers_have_their_service() -> None:
    for name in ("mitra-web", "mitra-worker@", "mitra-beat"):
        text = (DEPLOY / f"{name}.service").read_text()
        assert "Restart=always" in text
    for timer in DEPLOY.glob("*.timer"):
        named = re.findall(r"^Unit=(.*)$", timer.read_text(), re.MULTILINE)
        assert [one for one in named if not (DEPLOY / one).exists()] == []


def test_the_role_of_the_site_is_kept_from_every_table_of_the_trail() -> None:
    text = (DEPLOY / "trail.sql").read_text()
    tables = {table for _trigger, table in chain.TRIGGERS}
    known = {model._meta.db_table for model in apps.get_models()}
    revoked = re.findall(r"REVOKE UPDATE, DELETE, TRUNCATE ON (.*) FROM", text)[0].split(", ")
    assert set(revoked) >= tables
    assert set(re.findall(r"workflows_\w+", text)) <= known
    assert "mitra_link_event()" in " ".join(chain.POSTGRESQL)


def test_the_web_server_logs_no_address_that_carries_a_token() -> None:
    text = (DEPLOY / "nginx.conf").read_text()
    quiet = [re.compile(rule) for rule in re.findall(r"^    ~(\S+) 0;", text, re.MULTILINE)]
    told = (PROJECT / "docs/operations.md").read_text()
    listed = re.search(r"must not write addresses below (.*?) to its access log", told, re.DOTALL)
    assert listed
    for below in re.findall(r"`(/[^`]+)`", listed[1]):
        assert any(rule.match(f"{below}abc") for rule in quiet), below


def test_the_site_is_clean_by_django_s_own_checks_of_a_deployment(tmp_path: Path) -> None:
    program = "import django; django.setup(); from django.core.management import call_command as c;"
    program += "c('check', deploy=True, fail_level='WARNING')"
    env = {
        "PATH": "/usr/bin:/bin",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "MITRA_DATA": str(tmp_path),
        "SECRET_KEY": "Contoh-" + "kunci-panjang-acak-0123456789" * 3,
        "SITE_URL": "https://mitra.example.go.id",
        "TRUSTED_PROXY_COUNT": "1",
    }
    told = subprocess.run(
        [sys.executable, "-c", program],
        cwd=PROJECT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert "no issues" in told.stdout
