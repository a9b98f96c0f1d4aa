"""A wrong setting must stop the start and say in plain words what to change."""

import stat
from pathlib import Path

import pytest

from config.env import EXAMPLES, PROJECT, EnvironmentProblem, read_env
from config.keys import EXAMPLE_SECRET_KEY

LONG_KEY = "k" * 64


def env_of(tmp_path: Path, **values: str):
    return read_env({"MITRA_DATA": str(tmp_path / "mitra"), **values})


def problem_of(tmp_path: Path, **values: str) -> str:
    with pytest.raises(EnvironmentProblem) as caught:
        env_of(tmp_path, **values)
    return str(caught.value)


def test_nothing_set_gives_a_whole_embedded_installation(tmp_path):
    env = env_of(tmp_path)

    assert env.database == {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(tmp_path / "mitra" / "mitra.sqlite3"),
    }
    assert env.embedded_broker
    assert env.broker_folder.is_dir()
    assert env.email["EMAIL_FILE_PATH"] == str(tmp_path / "mitra" / "outbox")
    assert (env.language, env.debug, env.demo, env.trusted_proxy_count) == ("id", False, False, 0)
    assert env.allowed_hosts == ("127.0.0.1", "localhost")


def test_first_start_makes_a_secret_key_that_only_the_owner_reads(tmp_path):
    first = env_of(tmp_path)
    again = env_of(tmp_path)

    path = tmp_path / "mitra" / "secret_key"
    assert first.secret_key == again.secret_key == path.read_text()
    assert len(first.secret_key) >= 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir() if file.is_file()] == ["secret_key"]


def test_nobody_else_on_the_machine_reads_the_data_directory(tmp_path):
    env_of(tmp_path)

    assert stat.S_IMODE((tmp_path / "mitra").stat().st_mode) == 0o700


def test_two_installations_do_not_share_a_key(tmp_path):
    assert env_of(tmp_path / "a").secret_key != env_of(tmp_path / "b").secret_key


def test_the_example_key_is_refused_outside_debug(tmp_path):
    assert "SECRET_KEY is still the example" in problem_of(tmp_path, SECRET_KEY=EXAMPLE_SECRET_KEY)
    assert env_of(tmp_path, SECRET_KEY=EXAMPLE_SECRET_KEY, DEBUG="1").debug


def test_a_short_key_is_refused_and_not_repeated(tmp_path):
    message = problem_of(tmp_path, SECRET_KEY="rahasia")

    assert "shorter than 50" in message
    assert "rahasia" not in message


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "ya"),
        ("MITRA_DATA", "var/here"),
        ("DATABASE_URL", "mysql://root@localhost/mitra"),
        ("DATABASE_URL", "postgres://"),
        ("DATABASE_URL", "nonsense"),
        ("BROKER_URL", "amqp://localhost"),
        ("REDIS_URL", "localhost:6379"),
        ("SITE_URL", "mitra.example.go.id"),
        ("SITE_URL", "https://mitra.example.go.id/app"),
        ("SITE_URL", "https://mitra.example.go.id:port"),
        ("ALLOWED_HOSTS", "https://mitra.example.go.id"),
        ("ALLOWED_HOSTS", "*"),
        ("EMAIL_URL", "mail.example.go.id"),
        ("EMAIL_URL", "smtp://"),
        ("SOURCE_URL", "javascript:alert(1)"),
        ("DEMO", "2"),
        ("TRUSTED_PROXY_COUNT", "one"),
        ("TRUSTED_PROXY_COUNT", "-1"),
        ("LANGUAGE", "jv"),
        ("SECURE_COOKIES", "maybe"),
    ],
)
def test_a_wrong_value_is_named_with_an_example(tmp_path, name, value):
    message = problem_of(tmp_path, **{name: value})

    assert f"  {name} " in message
    assert f"For example: {name}={EXAMPLES[name]}" in message


def test_all_wrong_values_are_shown_at_once(tmp_path):
    message = problem_of(tmp_path, DEBUG="ya", LANGUAGE="jv", SITE_URL="x")

    assert all(f"  {name} " in message for name in ("DEBUG", "LANGUAGE", "SITE_URL"))


def test_a_password_in_a_wrong_url_is_not_repeated(tmp_path):
    assert "rahasia" not in problem_of(tmp_path, DATABASE_URL="mysql://u:rahasia@h/mitra")


def test_a_wrong_value_leaves_nothing_behind(tmp_path):
    problem_of(tmp_path, LANGUAGE="jv")

    assert not (tmp_path / "mitra").exists()


def test_every_example_but_the_wordy_ones_can_be_used_as_it_stands(tmp_path):
    values = {name: value for name, value in EXAMPLES.items() if name != "MITRA_DATA"}

    env = env_of(tmp_path, **{**values, "SECRET_KEY": LONG_KEY})

    assert env.database["ENGINE"] == "django.db.backends.postgresql"
    assert env.email["EMAIL_USE_TLS"] is True
    assert not env.embedded_broker
    assert env.https


def test_blank_values_count_as_absent(tmp_path):
    assert env_of(tmp_path, SECRET_KEY="", DATABASE_URL=" ").secret_key


def test_cookies_need_https_unless_the_site_is_this_machine(tmp_path):
    assert not env_of(tmp_path, SITE_URL="http://127.0.0.1:9000").secure_cookies
    assert not env_of(tmp_path, SITE_URL="http://localhost:8000").secure_cookies
    assert env_of(tmp_path, SITE_URL="http://mitra.example.go.id").secure_cookies
    assert env_of(tmp_path, SITE_URL="https://mitra.example.go.id/").secure_cookies


def test_the_site_is_always_an_allowed_host(tmp_path):
    env = env_of(tmp_path, SITE_URL="https://mitra.example.go.id", ALLOWED_HOSTS="10.0.0.5, satu")

    assert env.site_url == "https://mitra.example.go.id"
    assert env.allowed_hosts == (
        "10.0.0.5",
        "satu",
        "mitra.example.go.id",
        "127.0.0.1",
        "localhost",
    )


def test_the_process_environment_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setenv("LANGUAGE", "xx")

    assert env_of(tmp_path).language == "id"


def test_a_data_folder_that_cannot_be_made_is_explained(tmp_path):
    (tmp_path / "mitra").write_text("a file stands where the folder should be")

    assert "MITRA_DATA the folder cannot be made" in problem_of(tmp_path)


def test_the_example_file_lists_every_variable():
    lines = (PROJECT / ".env.example").read_text().splitlines()
    pairs = [line.removeprefix("# ").partition("=") for line in lines if "=" in line]

    assert {name for name, _, _ in pairs} == set(EXAMPLES)
    assert {name: value for name, _, value in pairs}["SECRET_KEY"] == EXAMPLE_SECRET_KEY


def test_hosts_that_share_a_database_are_given_their_key(tmp_path):
    elsewhere = "postgres://mitra:rahasia@10.0.0.5/mitra"
    message = problem_of(tmp_path, DATABASE_URL=elsewhere)

    assert "SECRET_KEY must be given where the database is on another host" in message
    assert "rahasia" not in message
    assert env_of(tmp_path, DATABASE_URL=elsewhere, SECRET_KEY=LONG_KEY).secret_key == LONG_KEY
    for here in ("postgres://mitra@localhost/mitra", "postgres://mitra@%2Frun%2Fpostgresql/mitra"):
        assert env_of(tmp_path, DATABASE_URL=here).secret_key


def test_an_office_has_no_debug_pages(tmp_path):
    assert "DEBUG must be 0" in problem_of(tmp_path, DEBUG="1", SITE_URL="https://m.example.go.id")


def test_older_keys_are_kept_apart_and_held_to_the_same_rule(tmp_path):
    older = f"{'a' * 50}, {'b' * 50}"

    assert env_of(tmp_path, SECRET_KEY_FALLBACKS=older).old_secret_keys == ("a" * 50, "b" * 50)
    assert "shorter than 50" in problem_of(tmp_path, SECRET_KEY_FALLBACKS="a")


def test_a_store_of_files_is_named_by_one_address(tmp_path):
    url = "s3://kunci:ra%2Fha%40sia@store.example.go.id:9000/mitra?region=id-jkt&ca=/etc/ca.pem"
    bucket = env_of(tmp_path, FILES_URL=url).bucket

    assert bucket is not None
    assert (bucket.endpoint, bucket.name) == ("https://store.example.go.id:9000", "mitra")
    assert (bucket.key, bucket.secret, bucket.region) == ("kunci", "ra/ha@sia", "id-jkt")
    assert bucket.ca == "/etc/ca.pem"
    assert "ra/ha" not in repr(bucket)
    assert env_of(tmp_path).bucket is None


@pytest.mark.parametrize(
    "url",
    [
        "http://k:s@host/bucket",
        "s3://host/bucket",
        "s3://k:s@host",
        "s3://k:s@host/one/two",
        "s3://k:s@host:x/b",
        "s3://k:s@host/b?acl=public-read",
    ],
)
def test_a_store_that_cannot_be_meant_is_refused_without_its_secret(tmp_path, url):
    message = problem_of(tmp_path, FILES_URL=url)

    assert "FILES_URL" in message
    assert "k:s@" not in message
