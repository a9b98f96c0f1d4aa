"""The finder of English finds it wherever it is read or spoken, and nothing else."""

import pytest

from tests.english import english_in


@pytest.mark.parametrize(
    "page",
    [
        "<p>Save the list</p>",
        '<button aria-label="Remove">x</button>',
        '<input type="submit" value="Send">',
        '<main><img alt="A page of the deed"></main>',
        '<p lang="en">Switch</p><p>Nothing waits here</p>',
    ],
)
def test_english_is_found(page: str) -> None:
    assert english_in(page)


@pytest.mark.parametrize(
    "page",
    [
        "<p>Simpan daftar; tidak ada yang menunggu di sini. Kode OTP dikirim lewat WhatsApp.</p>",
        '<a lang="en" href="#">Use English <b>please</b></a><p>Masuk</p>',
        "<script>if (this.page) return; </script>",
        '<input type="text" value="Toko The Best Contoh">',
    ],
)
def test_indonesian_and_what_people_typed_are_left_in_peace(page: str) -> None:
    assert english_in(page) == []
