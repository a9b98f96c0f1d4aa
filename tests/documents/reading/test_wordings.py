"""A field is found whatever words the notary puts around it: other openings, parties, sums."""

import re

import pytest

from documents.reading.deed import Paper, read_paper
from documents.reading.text import script_of_text
from tests.documents.reading import texts


def paper(**parts: str) -> Paper:
    """Read a sound deed of which some parts are worded otherwise."""
    return read_paper(script_of_text(texts.deed(**parts)))


def differing(read: Paper) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.name, one.values) for one in read.checks if one.verdict == "differs"]


def test_frame_of_these_tests_is_a_sound_deed() -> None:
    read = paper()
    assert read.kind == "akta_pt"
    assert {check.verdict for check in read.checks} == {"agrees"}


# --- capital --------------------------------------------------------------------------------------

WHOLE, PAID = 1_000_000_000, 250_000_000
CAPITALS = [
    """1. Modal dasar Perseroan berjumlah Rp. 1.000.000.000,- (satu miliar rupiah), terbagi atas
1.000 (seribu) saham, masing-masing saham bernilai nominal Rp. 1.000.000,- (satu juta rupiah).
2. Dari modal dasar tersebut telah ditempatkan dan disetor 25% (dua puluh lima persen) atau
sejumlah 250 (dua ratus lima puluh) saham, dengan nilai nominal seluruhnya sebesar
Rp. 250.000.000,- (dua ratus lima puluh juta rupiah) oleh para pendiri.""",
    """1. Modal dasar Perseroan ditetapkan sebesar Rp1.000.000.000,00 (satu milyar Rupiah) yang
terbagi dalam 1.000 (seribu) lembar saham dengan nilai nominal sebesar Rp1.000.000,00 (satu juta
Rupiah) per lembar saham.
2. Dari jumlah tersebut telah diambil bagian dan disetor penuh oleh para pendiri sebanyak 250
saham atau sebesar Rp250.000.000,00 (dua ratus lima puluh juta Rupiah).""",
    """Perseroan ini mempunyai modal dasar sejumlah satu miliar rupiah (Rp. 1.000.000.000,-),
dibagi atas seribu (1.000) saham, tiap-tiap saham sebesar satu juta rupiah (Rp. 1.000.000,-).
Dari modal tersebut oleh para pendiri telah diambil bagian sebanyak dua ratus lima puluh (250)
saham atau sebesar dua ratus lima puluh juta rupiah (Rp. 250.000.000,-) dan telah disetor penuh.""",
    """(1) Modal dasar Perseroan ini terdiri dari 1.000 (seribu) lembar saham, setiap saham dengan
nilai nominal Rp 1.000.000 (satu juta rupiah), atau seluruhnya berjumlah Rp 1.000.000.000 (satu
miliar rupiah).
(2) Modal ditempatkan dan disetor Perseroan sebanyak 250 (dua ratus lima puluh) lembar saham,
setiap saham dengan nilai nominal Rp 1.000.000 (satu juta rupiah), sehingga seluruhnya berjumlah
Rp 250.000.000 (dua ratus lima puluh juta rupiah).""",
    """Modal dasar Perseroan adalah sebesar Rp. 1.000.000.000 (satu miliar rupiah), terbagi atas
saham-saham bernominal Rp. 1.000.000 (satu juta rupiah) setiap sahamnya, sebanyak 1.000 (seribu)
saham.
Dari modal dasar tersebut di atas telah ditempatkan dan telah disetor penuh dengan uang tunai oleh
para pendiri :
a. Tuan BUDI CONTOH SANTOSO, sejumlah 150 saham dengan nilai nominal seluruhnya
Rp. 150.000.000,- (seratus lima puluh juta rupiah);
b. Nyonya SITI CONTOH RAHAYU, sejumlah 100 saham dengan nilai nominal seluruhnya
Rp. 100.000.000,- (seratus juta rupiah);
sehingga seluruhnya 250 saham atau sebesar Rp. 250.000.000,- (dua ratus lima puluh juta rupiah).""",
    """Modal Dasar : Rp 1.000.000.000,00 (satu miliar rupiah)
Jumlah saham : 1.000 (seribu) lembar
Nilai nominal per saham : Rp 1.000.000,00 (satu juta rupiah)
Modal Ditempatkan : Rp 250.000.000,00 (dua ratus lima puluh juta rupiah)
Modal Disetor : Rp 250.000.000,00 (dua ratus lima puluh juta rupiah)""",
    """Besarnya modal dasar Perseroan ialah Rp.1.000.000.000,-- ( satu miliar rupiah ) terbagi
menjadi 1.000 (seribu) lembar saham masing-masing bernilai nominal Rp.1.000.000,-- ( satu juta
rupiah ). Sebanyak 250 (dua ratus lima puluh) saham atau 25 % (dua puluh lima persen) dari modal
dasar tersebut, yaitu sebesar Rp.250.000.000,-- ( dua ratus lima puluh juta rupiah ) telah
ditempatkan dan disetor penuh oleh para pemegang saham.""",
    """Modal Perseroan berjumlah Rp 1.000.000.000 (satu miliar rupiah) dan dibagi dalam 1.000
(seribu) helai saham @ Rp 1.000.000 (satu juta rupiah). Telah disetor ke dalam kas Perseroan sebesar
Rp 250.000.000 (dua ratus lima puluh juta rupiah).""",
    """1. Modal dasar Perseroan semula tidak diubah, yaitu IDR 1.000.000.000 (satu miliar rupiah),
terbagi atas 1.000 (seribu) saham bernilai nominal IDR 1.000.000 (satu juta rupiah) per saham.
2. Modal yang telah ditempatkan dan disetor ialah sebanyak 250 (dua ratus lima puluh) saham dengan
jumlah nilai nominal IDR 250.000.000 (dua ratus lima puluh juta rupiah).""",
    """Jumlah modal dasar Perseroan ditentukan sebesar 1.000.000.000,- (satu miliar) Rupiah dan
terbagi dalam 1.000 (seribu) saham dengan harga nominal 1.000.000,- (satu juta) Rupiah tiap saham.
Modal dasar tersebut telah ditempatkan sebanyak 25% (dua puluh lima persen), yakni sejumlah
250.000.000,- (dua ratus lima puluh juta) Rupiah, yang seluruhnya telah disetor tunai.""",
    """Modal dasar sebesar Rp 1 miliar (satu miliar rupiah) terbagi atas 1.000 saham, nominal
Rp 1 juta (satu juta rupiah) per saham; modal ditempatkan/disetor sebesar Rp 250 juta (dua ratus
lima puluh juta rupiah).""",
    """Untuk pertama kali modal dasar Perseroan dinyatakan sebesar Rp. 1.000.000.000,00 [satu miliar
rupiah] yang terbagi menjadi 1.000 [seribu] saham dan setiap saham mempunyai nilai nominal
Rp. 1.000.000,00 [satu juta rupiah].
Bagian modal yang sudah disetor adalah Rp. 250.000.000,00 [dua ratus lima puluh juta rupiah].""",
    """Modal dasar Perseroan Rp1.000.000.000,- terbilang satu miliar rupiah, terdiri atas 1.000
saham; satu saham bernilai Rp1.000.000,- terbilang satu juta rupiah. Para pendiri mengambil bagian
250 saham sehingga modal ditempatkan menjadi Rp250.000.000,- terbilang dua ratus lima puluh juta
rupiah dan disetor seluruhnya.""",
    """Modal dasar Rp. 1.000.000.000 (satu miliar rupiah) terbagi 1.000 saham @ Rp. 1.000.000;
ditempatkan dan disetor Rp. 250.000.000 (dua ratus lima puluh juta rupiah).""",
    """Modal dasar Perseroan berjumlah Rp. 1.000.000.000,- (satu miliar rupiah), yaitu 1.000 saham
dengan nilai nominal Rp. 1.000.000,-. Para pendiri telah menyetor penuh 250 saham yaitu sebesar
Rp. 250.000.000,-.""",
]


@pytest.mark.parametrize("wording", CAPITALS)
def test_capital_of_a_company_is_understood(wording: str) -> None:
    read = paper(capital=wording)
    assert read.values.get("authorized_capital") == WHOLE
    assert read.values.get("paid_up_capital") == PAID
    said = {check.name: check.verdict for check in read.checks}
    assert said.get("shares_times_nominal") == "agrees"
    assert differing(read) == []


def test_capital_in_columns_is_understood() -> None:
    read = paper(
        capital="Modal Dasar Modal Ditempatkan Modal Disetor\n"
        "Rp 1.000.000.000 Rp 250.000.000 Rp 250.000.000"
    )
    assert read.values["authorized_capital"] == WHOLE
    assert read.values["paid_up_capital"] == PAID


@pytest.mark.parametrize("wording", CAPITALS)
def test_shares_that_do_not_make_the_capital_are_reported(wording: str) -> None:
    changed = re.sub(r"\b1\.000(?=[ )\n])", "2.000", wording, count=1)
    changed = re.sub(r"\bseribu\b", "dua ribu", changed, count=1)
    assert [name for name, _ in differing(paper(capital=changed))] == ["shares_times_nominal"]


@pytest.mark.parametrize("wording", [one for one in CAPITALS if "(" in one])
def test_capital_whose_words_say_another_sum_is_reported(wording: str) -> None:
    changed = re.sub(r"\bsatu(\s+mil[iy]ar)", r"dua\1", wording, count=1)
    names = [name for name, _ in differing(paper(capital=changed))]
    assert "authorized_capital_words" in names


@pytest.mark.parametrize("wording", CAPITALS)
def test_more_paid_than_authorized_is_reported(wording: str) -> None:
    changed = wording.replace("250.000.000", "2.500.000.000").replace("250 juta", "2.500 juta")
    changed = re.sub(r"dua\s+ratus\s+lima\s+puluh\s+juta", "dua miliar lima ratus juta", changed)
    changed = re.sub(r"dua\s+ratus\s+lima\s+puluh\s+juta", "dua miliar lima ratus juta", changed)
    assert "paid_up_within_authorized" in [n for n, _ in differing(paper(capital=changed))]


@pytest.mark.parametrize(
    "wording",
    [
        "Modal perseroan ini berjumlah Rp. 75.000.000,- (tujuhpuluh lima juta rupiah),",
        """Modal Perseroan tidak kurang dari yang dimasukkan para persero, dan untuk pertama kali
sebesar Rp 75.000.000,00 (tujuh puluh lima juta rupiah).""",
        """Para persero memasukkan ke dalam perseroan modal berupa uang tunai, yaitu :
- Tuan BUDI CONTOH SANTOSO sebesar Rp. 50.000.000,- (lima puluh juta rupiah);
- Nyonya DEWI CONTOH LESTARI sebesar Rp. 25.000.000,- (dua puluh lima juta rupiah);
sehingga modal seluruhnya berjumlah Rp. 75.000.000,- (tujuh puluh lima juta rupiah).""",
        """Modal persekutuan ditetapkan sejumlah tujuh puluh lima juta rupiah (Rp. 75.000.000,-)
yang dimasukkan oleh sekutu aktif sebesar Rp. 50.000.000,- dan sekutu komanditer sisanya.""",
        """Adapun modal dasar dari perseroan komanditer ini ialah Rp 75.000.000 (tujuh puluh lima
juta rupiah) yang akan dibukukan dalam rekening modal masing-masing persero.""",
        """Pemasukan (inbreng) para persero seluruhnya bernilai Rp 75.000.000 (tujuh puluh lima juta
rupiah), yang merupakan modal perseroan.""",
    ],
)
def test_capital_of_a_partnership_is_understood(wording: str) -> None:
    text = texts.CV.replace(
        "Modal perseroan ini berjumlah Rp. 75.000.000,- (tujuhpuluh lima juta rupiah),", wording
    )
    assert read_paper(script_of_text(text)).values["authorized_capital"] == 75_000_000


@pytest.mark.parametrize(
    "wording",
    [
        """Modal perseroan tidak ditentukan besarnya dan setiap waktu ternyata dari buku-buku
perseroan.""",
        "Besarnya modal Perseroan tidak ditetapkan, melainkan terlihat dalam pembukuan perseroan.",
        """Untuk kas perseroan tiap persero mendapat bukti pemasukan modalnya; besar modal tidak
disebutkan dalam akta ini.""",
    ],
)
def test_capital_that_is_left_open_is_not_made_up(wording: str) -> None:
    text = texts.CV.replace(
        "Modal perseroan ini berjumlah Rp. 75.000.000,- (tujuhpuluh lima juta rupiah),", wording
    )
    assert "authorized_capital" not in read_paper(script_of_text(text)).values


# --- opening, number and day ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "wording",
    [
        "Pada hari ini, Jumat, tanggal sembilan Juni dua ribu dua puluh tiga (09-06-2023), pukul "
        "10.00 WIB (sepuluh Waktu Indonesia Barat).",
        "Pada hari ini, hari Jumat, tanggal 09-06-2023 (sembilan Juni dua ribu dua puluh tiga), "
        "pukul 13.30 WIB (tiga belas lewat tiga puluh menit Waktu Indonesia Barat).",
        "Pada hari JUMAT, tanggal 9 (sembilan) bulan Juni tahun 2023 (dua ribu dua puluh tiga).",
        "-Pada hari ini, Jum'at, tanggal 09/06/2023 (sembilan bulan enam tahun dua ribu dua puluh "
        "tiga), jam 09.15 WIB.",
        "Pada pukul 10.00 WIB (sepuluh Waktu Indonesia Barat), hari Jumat, tanggal sembilan Juni "
        "dua ribu dua puluh tiga (09-06-2023).",
        "PADA HARI INI, JUMAT, TANGGAL SEMBILAN JUNI DUA RIBU DUA PULUH TIGA (09-06-2023).",
        "Pada hari ini, Jumat, tanggal 9 Juni 2023 (sembilan Juni dua-ribu dua-puluh tiga).",
        "Pada hari ini, Jumat, tanggal sembilan, bulan Juni, tahun dua ribu dua puluh tiga "
        "(9-6-2023).",
        "Pada hari ini, Jumat, tanggal 9 (sembilan) Juni 2023 (dua ribu duapuluh tiga), pukul "
        "10.05 (sepuluh lewat lima menit) Waktu Indonesia Barat.",
        "Pada hari ini, Jumat, tertanggal 09 Juni 2023 (sembilan Juni duaribu duapuluh tiga).",
        "Pada hari Jumat, tanggal sembilan Juni tahun dua ribu dua puluh tiga.",
        "Bertanggal Jumat, 9 Juni 2023 (sembilan Juni dua ribu dua puluh tiga).",
        "Hari ini, Jumat, tanggal 09.06.2023 (sembilan Juni dua ribu dua puluh tiga).",
    ],
)
def test_day_of_the_deed_is_understood(wording: str) -> None:
    read = paper(day=wording)
    assert read.values.get("deed_date") == "2023-06-09"
    assert differing(read) == []
    assert {"deed_date_weekday", "deed_date_cover"} <= {check.name for check in read.checks}
    other_day = re.sub(r"(?i)\bjum.?at\b", "Senin", wording, count=1)
    names = [name for name, _ in differing(paper(day=other_day))]
    assert names == ["deed_date_weekday"]


@pytest.mark.parametrize(
    "wording",
    [
        "Nomor : 17.-",
        "Nomor: -17-",
        "No. 17",
        "Nomor : 17 (tujuh belas)",
        "Nomor tujuh belas (17)",
        "NOMOR 17/2023",
        "Akta Nomor : 17.-",
        "N o m o r  :  17",
        "Nomor 17 tanggal 9 Juni 2023",
        "Nomor : 17,-",
        "Nomor: 0017",
        "Nomor Akta : 17",
        "NOMOR\n17",
        "-Nomor : 17.",
        "No : 17.-/2023",
        "Nomor : 17/VI/2023",
    ],
)
def test_number_of_the_deed_is_understood(wording: str) -> None:
    read = paper(number=wording)
    assert read.values.get("deed_number") == "17"
    assert differing(read) == []


# --- firm and seat --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wording",
    [
        'Perseroan Terbatas ini bernama PT. "CONTOH MAJU BERSAMA", berkedudukan di Kabupaten '
        "Sidoarjo.",
        "Perseroan terbatas ini diberi nama PT CONTOH MAJU BERSAMA dan berkedudukan di Kabupaten "
        "Sidoarjo, Provinsi Jawa Timur.",
        "Perseroan ini memakai nama : PT. CONTOH MAJU BERSAMA, bertempat kedudukan di Kabupaten\n"
        "Sidoarjo.",
        "Nama Perseroan Terbatas ini adalah PT CONTOH MAJU BERSAMA (selanjutnya disebut Perseroan) "
        "dan berkantor pusat di Kab. Sidoarjo.",
        '1. Perseroan ini bernama "PT CONTOH MAJU BERSAMA".\n2. Tempat kedudukan Perseroan adalah '
        "di Kabupaten Sidoarjo.",
        "Perseroan Terbatas ini bernama :\n---- PT CONTOH MAJU BERSAMA ----\nberkedudukan dan "
        "berkantor pusat di Sidoarjo.",
        "Perseroan Terbatas ini bernama PERSEROAN TERBATAS CONTOH MAJU BERSAMA disingkat PT CONTOH "
        "MAJU BERSAMA, dengan tempat kedudukan hukum di wilayah Kabupaten Sidoarjo.",
        "Perseroan bernama PT. CONTOH MAJU BERSAMA dan untuk pertama kalinya berkedudukan serta "
        "berkantor pusat di KABUPATEN SIDOARJO.",
        "Perseroan didirikan dengan nama PT CONTOH MAJU BERSAMA, berdomisili hukum di Kabupaten "
        "Sidoarjo, Jalan Contoh Raya Nomor 5.",
        "Perseroan ini bernama PT CONTOH MAJU BERSAMA, mengambil tempat kedudukan di dalam "
        "daerah Kabupaten Sidoarjo.",
        "Dengan nama PT CONTOH MAJU BERSAMA didirikan suatu perseroan terbatas, tempat "
        "kedudukannya di Kabupaten Sidoarjo.",
        "Perseroan ini bernama PT CONTOH MAJU BERSAMA, kantor pusatnya terletak di Kabupaten "
        "Sidoarjo.",
        "Nama : PT CONTOH MAJU BERSAMA\nTempat kedudukan : Kabupaten Sidoarjo",
        "Nama dan tempat kedudukan\nPerseroan ini bernama PT CONTOH MAJU BERSAMA;\nPerseroan "
        "berkedudukan di : Kabupaten Sidoarjo, Provinsi Jawa Timur;",
        "Perseroan ini bernama PT CONTOH MAJU BERSAMA, beralamat di Jalan Contoh Nomor 17, "
        "Desa Contoh, Kecamatan Contoh, Kabupaten Sidoarjo.",
    ],
)
def test_name_and_seat_of_the_firm_are_understood(wording: str) -> None:
    read = paper(firm=wording)
    assert read.values.get("company_name") == "CONTOH MAJU BERSAMA"
    assert read.values.get("company_seat") == "Kabupaten Sidoarjo"
    assert differing(read) == []


@pytest.mark.parametrize(
    ("title", "sentence", "name"),
    [
        ("Fa. CONTOH JAYA", "Nama persekutuan ini adalah Fa. CONTOH JAYA dan", "CONTOH JAYA"),
        ("FIRMA CONTOH JAYA", "Persekutuan ini bernama : Firma CONTOH JAYA,", "CONTOH JAYA"),
        ('"FA CONTOH JAYA"', "Firma ini memakai nama FA CONTOH JAYA,", "CONTOH JAYA"),
        ("CV CONTOH JAYA", "Perseroan Komanditer ini bernama CV CONTOH JAYA,", "CONTOH JAYA"),
        ("C.V. CONTOH JAYA", "Persekutuan ini diberi nama C.V. CONTOH JAYA,", "CONTOH JAYA"),
        ('CV. "CONTOH 99"', 'Perseroan ini bernama CV. "CONTOH 99",', "CONTOH 99"),
        ("CV CONTOH & ANAK", "Perseroan ini bernama CV CONTOH & ANAK,", "CONTOH & ANAK"),
        ("CV CONTOH-KITA", "Perseroan ini bernama CV CONTOH-KITA,", "CONTOH-KITA"),
        (
            "KOPERASI CONTOH TANI",
            "Koperasi ini bernama Koperasi Produsen CONTOH TANI yang selanjutnya disebut KOPERASI "
            "CONTOH TANI",
            "CONTOH TANI",
        ),
        ("YAYASAN CONTOH KASIH", "Yayasan ini bernama YAYASAN CONTOH KASIH,", "CONTOH KASIH"),
    ],
)
def test_name_of_every_form_of_firm_is_understood(title: str, sentence: str, name: str) -> None:
    text = texts.deed(firm=f"{sentence} berkedudukan di Kota Batu.")
    text = text.replace("PT CONTOH MAJU BERSAMA", title)
    text = text.replace("PERSEROAN TERBATAS", "").replace("perseroan terbatas", "persekutuan")
    values = read_paper(script_of_text(text)).values
    assert values.get("company_name") == name
    assert values.get("company_seat") == "Kota Batu"


# --- notary ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wording",
    [
        "-Menghadap kepada saya, RATNA CONTOH WULANDARI, Sarjana Hukum, Magister Kenotariatan,\n"
        "Notaris di Kota Surabaya, dengan dihadiri oleh saksi-saksi yang saya, Notaris, kenal :",
        "Hadir di hadapan saya, RATNA CONTOH WULANDARI, S.H., M.Kn., Notaris yang berkedudukan di\n"
        "Kota Surabaya, dengan wilayah jabatan meliputi seluruh Provinsi Jawa Timur :",
        "Telah datang menghadap saya, RATNA CONTOH WULANDARI, SH., M.Kn., Notaris berkedudukan di "
        "Kota Surabaya :",
        "Menghadap di hadapan saya, Notaris RATNA CONTOH WULANDARI, Sarjana Hukum, Magister\n"
        "Kenotariatan, berkantor di Kota Surabaya, para penghadap :",
        "Yang bertanda tangan di bawah ini, saya, RATNA CONTOH WULANDARI, Sarjana Hukum, Notaris "
        "dan Pejabat Pembuat Akta Tanah di Kota Surabaya, menerangkan telah hadir :",
        "Telah berhadapan dengan saya, nyonya Doktor RATNA CONTOH WULANDARI, Sarjana Hukum,\n"
        "Magister Kenotariatan, Notaris di Surabaya, dengan dihadiri saksi-saksi :",
        "Berhadapan dengan saya, RATNA CONTOH WULANDARI, Sarjana Hukum, Spesialis Notariat, "
        "berdasarkan Surat Keputusan Menteri Hukum dan Hak Asasi Manusia Republik Indonesia "
        "tanggal 3 Maret 2014 Nomor AHU-00912.AH.02.01.TAHUN 2014, Notaris di Kota Surabaya :",
        "Hadir dihadapanku, RATNA CONTOH WULANDARI, Sarjana Hukum, Notaris di Kota Surabaya, "
        "dengan dihadiri oleh para saksi :",
        "Datang menghadap kepada saya, RATNA CONTOH WULANDARI, S.H., M.H., M.Kn., Notaris dengan "
        "tempat kedudukan di Kota Surabaya :",
        "Di hadapan saya, RATNA CONTOH WULANDARI S.H., M.Kn., Notaris Kota Surabaya, hadir :",
    ],
)
def test_notary_is_understood(wording: str) -> None:
    read = paper(appear=wording)
    assert read.values.get("notary_name") == "RATNA CONTOH WULANDARI"
    assert read.values.get("notary_seat") == "Kota Surabaya"
    assert read.values.get("deed_date") == "2023-06-09"
    assert len(read.values.get("persons", [])) == 2  # type: ignore[arg-type]  # a list of people
    assert differing(read) == []
    alone = paper(appear=wording, notary="", area="", appointed="")
    assert alone.values.get("notary_name") == "RATNA CONTOH WULANDARI"
    assert alone.values.get("notary_seat") == "Kota Surabaya"


@pytest.mark.parametrize(
    ("wording", "number", "day"),
    [
        (
            "Keputusan Menteri Hukum dan Hak Asasi Manusia Republik Indonesia\nNomor : "
            "AHU-00912.AH.02.01.TAHUN 2014, tanggal 3 Maret 2014",
            "AHU0091201", "2014-03-03",
        ),
        (
            "SK. MENKUMHAM RI tertanggal 03-03-2014 Nomor AHU-912.AH.02.01-Tahun 2014",
            "AHU912", "2014-03-03",
        ),
        ("SK MENKEH RI NO. C-123.HT.03.01-TH.2002 TGL. 4 APRIL 2002", "C123HT", "2002-04-04"),
        (
            "Surat Keputusan Menteri Kehakiman dan HAM RI tanggal 4 April 2002\n"
            "No. C-123.HT.03.02-Th.2002",
            "C123HT", "2002-04-04",
        ),
        (
            "SK.Menteri Hukum dan HAM RI.\nNo: AHU-0123.AH.02.02.TAHUN 2011.\nTgl. 5 Mei 2011",
            "AHU0123", "2011-05-05",
        ),
        ("SK. MENKUMHAM NO. M-45.HT.03.01-Th.2005 Tanggal 12-12-2005", "M45HT", "2005-12-12"),
        (
            "(SK. Menteri Hukum R.I. No. AHU-00077.AH.02.01.TAHUN 2025; 6 Januari 2025)",
            "AHU00077", "2025-01-06",
        ),
        ("SK. Menkumham RI AHU - 00912 . AH . 02 . 01 . Tahun 2014 / 03-03-2014",
         "AHU00912", "2014-03-03"),
    ],
)  # fmt: skip
def test_appointment_of_the_notary_is_understood(wording: str, number: str, day: str) -> None:
    read = paper(appointed=wording)
    shown = re.sub(r"[^A-Z0-9]", "", str(read.values.get("notary_sk_number")).upper())
    assert shown.startswith(number[:6])
    assert read.values.get("notary_sk_date") == day


# --- aims -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wording",
    [
        "56210 - Jasa Boga Untuk Suatu Event Tertentu;\n95110 - Reparasi Komputer Dan Peralatan "
        "Sejenisnya;",
        "a. Jasa Boga Untuk Suatu Event Tertentu (56210);\nb. Reparasi Komputer Dan Peralatan "
        "Sejenisnya (95110);",
        "1. KBLI 56210 Jasa Boga Untuk Suatu Event Tertentu\n2. KBLI 95110 Reparasi Komputer Dan "
        "Peralatan Sejenisnya",
        "- Kode KBLI: 56210, judul : Jasa Boga Untuk Suatu Event Tertentu.\n- Kode KBLI: 95110, "
        "judul : Reparasi Komputer Dan Peralatan Sejenisnya.",
        "menjalankan usaha Jasa Boga Untuk Suatu Event Tertentu dengan kode KBLI 56210, serta "
        "Reparasi Komputer Dan Peralatan Sejenisnya dengan kode KBLI 95110.",
        "menjalankan usaha dengan KBLI 56210 dan 95110.",
        "Kegiatan usaha (KBLI Tahun 2020) : 56210, 95110",
        "No Kode KBLI Uraian\n1 56210 Jasa Boga Untuk Suatu Event Tertentu\n2 95110 Reparasi "
        "Komputer Dan Peralatan Sejenisnya",
        "Jasa Boga Untuk Suatu Event Tertentu [KBLI 2020 : 56210]; Reparasi Komputer Dan Peralatan "
        "Sejenisnya [KBLI 2020 : 95110]",
        "(56210) Jasa Boga Untuk Suatu Event Tertentu, yang mencakup kegiatan jasa boga;\n(95110) "
        "Reparasi Komputer Dan Peralatan Sejenisnya;",
        "Klasifikasi Baku Lapangan Usaha Indonesia nomor 56210 (Jasa Boga Untuk Suatu Event "
        "Tertentu) dan nomor 95110 (Reparasi Komputer Dan Peralatan Sejenisnya);",
        "KBLI : 56210\nJudul KBLI : Jasa Boga Untuk Suatu Event Tertentu\nKBLI : 95110\nJudul KBLI "
        ": Reparasi Komputer Dan Peralatan Sejenisnya",
    ],
)
def test_fields_of_business_are_understood(wording: str) -> None:
    assert paper(aims=wording).values.get("kbli") == ["56210", "95110"]
