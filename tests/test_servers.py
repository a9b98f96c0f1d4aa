"""The servers that tests lean on must be real, empty, and gone afterwards."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest
import redis

from tests.servers import start_postgres, start_redis


def test_postgres_answers_and_leaves_nothing_behind():
    with start_postgres() as url:
        with psycopg.connect(url) as connection:
            count = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname='public'")
            assert count.fetchone() == (0,)
        folder = Path(unquote(urlsplit(url).netloc.partition("@")[2]))
        assert folder.is_dir()

    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_redis_answers_and_is_gone_afterwards():
    with start_redis() as url, redis.Redis.from_url(url) as client:
        assert client.ping()
        assert client.dbsize() == 0

    with pytest.raises(redis.ConnectionError), redis.Redis.from_url(url) as client:
        client.ping()


def test_two_servers_do_not_meet():
    with start_redis() as one, start_redis() as other:
        assert one != other
