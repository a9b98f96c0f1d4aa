"""Papers of ministries and offices are understood in the wordings of all their years."""

import re

import pytest

from documents.reading.deed import Paper, read_paper
from documents.reading.text import script_of_text
from tests.documents.reading import texts


def read(text: str) -> Paper:
    paper = read_paper(script_of_text(text))
    assert [check for check in paper.checks if check.verdict == "differs"] == []
    return paper


_COMPANY = {
    "sk_ahu_number": "AHU-0012345.AH.01.01.TAHUN 2021",
    "sk_ahu_date": "2021-05-17",
    "deed_number": "78",
    "deed_date": "2021-05-11",
    "notary_name": "RATNA CONTOH WULANDARI",
    "notary_seat": "Kabupaten Jombang",
    "company_name": "CONTOH LINTAS",
    "company_seat": "Kabupaten Probolinggo",
    "entity_form": "PT",
}


@pytest.mark.parametrize(
    "text",
    [
        """KEPUTUSAN MENTERI HUKUM DAN HAK ASASI MANUSIA REPUBLIK INDONESIA
NOMOR AHU-0012345.AH.01.01.TAHUN 2021
TENTANG
PENGESAHAN PENDIRIAN BADAN HUKUM
PERSEROAN TERBATAS PT CONTOH LINTAS
Menimbang : a. Bahwa berdasarkan Permohonan Notaris RATNA CONTOH WULANDARI, S.H., M.KN.
sesuai salinan Akta Nomor 78 Tanggal 11 Mei 2021 yang dibuat oleh RATNA CONTOH WULANDARI, S.H.,
M.KN. berkedudukan di KABUPATEN JOMBANG, tentang Pendirian Badan Hukum PT CONTOH LINTAS tanggal
12 Mei 2021 dengan Nomor Pendaftaran 4021051235112345 telah sesuai dengan persyaratan pengesahan;
MEMUTUSKAN:
KESATU : Mengesahkan pendirian badan hukum PT CONTOH LINTAS yang berkedudukan di KABUPATEN
PROBOLINGGO karena telah sesuai dengan Data Format Isian Pendirian.
Ditetapkan di Jakarta, Tanggal 17 Mei 2021.
a.n. MENTERI HUKUM DAN HAK ASASI MANUSIA
DIREKTUR JENDERAL ADMINISTRASI HUKUM UMUM,
DICETAK PADA TANGGAL 18 Mei 2021
DAFTAR PERSEROAN NOMOR AHU-0085652.AH.01.11.TAHUN 2021 TANGGAL 17 Mei 2021""",
        """KEPUTUSAN MENTERI HUKUM REPUBLIK INDONESIA
NOMOR : AHU-0012345.AH.01.01.TAHUN 2021
TENTANG PENGESAHAN PENDIRIAN BADAN HUKUM PERSEROAN TERBATAS
PT. CONTOH LINTAS
Membaca : Surat permohonan Notaris RATNA CONTOH WULANDARI, SH, MKn di Kabupaten Jombang, nomor 12
MEMUTUSKAN
Menetapkan : PERTAMA : Memberikan pengesahan atas akta pendirian PT. CONTOH LINTAS, NPWP
03.596.210.9-000.000, berkedudukan di Kabupaten Probolinggo, sebagaimana akta Nomor 78, tanggal
11 Mei 2021 yang dibuat di hadapan Notaris RATNA CONTOH WULANDARI, SH, MKn, berkedudukan di
Kabupaten Jombang.
Ditetapkan di : Jakarta
Pada tanggal : 17 Mei 2021""",
    ],
)
def test_decree_on_a_company_is_understood(text: str) -> None:
    values = read(text).values
    assert {name: values.get(name) for name in _COMPANY} == _COMPANY


@pytest.mark.parametrize(
    "text",
    [
        """KEMENTERIAN HUKUM DAN HAK ASASI MANUSIA
DIREKTORAT JENDERAL ADMINISTRASI HUKUM UMUM
SURAT KETERANGAN TERDAFTAR
NOMOR : AHU-0055720-AH.01.14 Tahun 2020
Berdasarkan data isian Pendaftaran Akta Pendirian CV CONTOH LINTAS sesuai Akta Nomor 78 tanggal
11 Mei 2020 yang dibuat oleh Notaris RATNA CONTOH WULANDARI, S.H., M.Kn. yang berkedudukan di
KABUPATEN JOMBANG, bahwa Persekutuan Komanditer :
CV CONTOH LINTAS
berkedudukan di KABUPATEN PROBOLINGGO telah terdaftar pada Sistem Administrasi Badan Usaha.
Diterbitkan di Jakarta, tanggal 17 Mei 2020""",
        """Perihal : Surat Keterangan Terdaftar
Nomor : AHU-0055720-AH.01.14 Tahun 2020
Sehubungan dengan permohonan Notaris RATNA CONTOH WULANDARI, S.H., M.Kn., dengan ini
diterangkan bahwa Nama Persekutuan : CV CONTOH LINTAS
Tempat kedudukan : KABUPATEN PROBOLINGGO
Akta Pendirian : Nomor 78 tanggal 11 Mei 2020
Notaris : RATNA CONTOH WULANDARI, S.H., M.Kn., berkedudukan di Kabupaten Jombang
telah didaftarkan.
Jakarta, 17 Mei 2020
Direktur Jenderal Administrasi Hukum Umum""",
    ],
)
def test_registration_of_a_partnership_is_understood(text: str) -> None:
    values = read(text).values
    assert re.sub(r"\W", "", str(values.get("sk_ahu_number"))) == "AHU0055720AH0114TAHUN2020"
    assert values.get("sk_ahu_date") == "2020-05-17"
    assert values.get("deed_number") == "78"
    assert values.get("deed_date") == "2020-05-11"
    assert values.get("notary_name") == "RATNA CONTOH WULANDARI"
    assert values.get("company_name") == "CONTOH LINTAS"
    assert values.get("company_seat") == "Kabupaten Probolinggo"
    assert values.get("entity_form") == "CV"


@pytest.mark.parametrize(
    "text",
    [
        """KEMENTERIAN HUKUM DAN HAK ASASI MANUSIA REPUBLIK INDONESIA
SERTIFIKAT PENDAFTARAN PENDIRIAN PERSEROAN PERORANGAN
NOMOR AHU-059566.AH.01.30.Tahun 2022
Menteri Hukum dan Hak Asasi Manusia menerangkan bahwa CONTOH TUNAS yang berkedudukan di Kabupaten
Jombang, yang didirikan oleh SITI CONTOH RAHAYU selaku Direktur, telah terdaftar sebagai
PT CONTOH TUNAS (PERORANGAN).
Ditetapkan di Jakarta, tanggal 8 Juli 2022""",
        """SERTIFIKAT PENDIRIAN
PERSEROAN PERORANGAN
Nomor : AHU-059566.AH.01.30.Tahun 2022
Nama Perseroan : PT CONTOH TUNAS (Perorangan)
Kedudukan : Kabupaten Jombang
Didirikan oleh SITI CONTOH RAHAYU sebagai Direktur
Jakarta, 08-07-2022""",
    ],
)
def test_certificate_of_a_one_person_company_is_understood(text: str) -> None:
    values = read(text).values
    assert re.sub(r"\W", "", str(values.get("sk_ahu_number"))) == "AHU059566AH0130TAHUN2022"
    assert values.get("sk_ahu_date") == "2022-07-08"
    assert values.get("company_name") == "CONTOH TUNAS"
    assert values.get("company_seat") == "Kabupaten Jombang"
    assert values.get("entity_form") == "PT PERORANGAN"
    assert values.get("persons") == [{"name": "SITI CONTOH RAHAYU", "role": "direktur"}]


@pytest.mark.parametrize(
    "text",
    [
        texts.STATEMENT,
        """SURAT PERNYATAAN PENDIRIAN PERSEROAN PERORANGAN
Saya yang bertanda tangan di bawah ini :
Nama Lengkap : SITI CONTOH RAHAYU
Tempat/Tanggal Lahir : Surabaya, 17-04-1985
Nomor Induk Kependudukan : 3578995704850001
Alamat : Jalan Contoh Nomor 1, Kota Surabaya
dengan ini menyatakan mendirikan Perseroan perorangan dengan ketentuan sebagai berikut :
1. Nama Perseroan adalah PT CONTOH TUNAS (Perorangan).
2. Perseroan berkedudukan di Kabupaten Jombang.
3. Kegiatan usaha : 43211 Instalasi Listrik; 31001 Industri Furnitur Dari Kayu.
4. Modal Perseroan sebesar Rp60.000.000,00 (enam puluh juta rupiah) seluruhnya telah ditempatkan dan
disetor penuh sebesar Rp60.000.000,00 (enam puluh juta rupiah).
NPWP : 03.329.382.0-000.000
Jombang, 8 Juli 2022""",
        """PERNYATAAN PENDIRIAN PT PERORANGAN
I. DATA PENDIRI
Nama : SITI CONTOH RAHAYU
NIK : 3578995704850001
NPWP : 03.329.382.0-000.000
II. DATA PERSEROAN
Nama Perseroan Perorangan : CONTOH TUNAS
Kedudukan : Kabupaten Jombang
Modal Dasar : Rp. 60.000.000,-
Modal Ditempatkan : Rp. 60.000.000,-
Modal Disetor : Rp. 60.000.000,-
Bidang usaha (KBLI) : 43211 - Instalasi Listrik, 31001 - Industri Furnitur Dari Kayu
Ditandatangani secara elektronik pada tanggal 8 Juli 2022""",
    ],
)
def test_statement_of_a_founder_is_understood(text: str) -> None:
    found = read(text)
    assert found.kind == "pernyataan_perorangan"
    values = found.values
    assert values.get("company_name") == "CONTOH TUNAS"
    assert values.get("company_seat") == "Kabupaten Jombang"
    assert values.get("deed_date") == "2022-07-08"
    assert values.get("authorized_capital") == values.get("paid_up_capital") == 60_000_000
    assert sorted(values.get("kbli", [])) == ["31001", "43211"]  # type: ignore[call-overload]  # a list
    assert values.get("npwp") == "033293820000000"
    assert values.get("persons") == [
        {"name": "SITI CONTOH RAHAYU", "role": "direktur", "nik": "3578995704850001"}
    ]


@pytest.mark.parametrize(
    "number",
    [
        "NOMOR INDUK BERUSAHA: 0001260042537",
        "NOMOR INDUK BERUSAHA (NIB)\n0001260042537",
        "Nomor Induk Berusaha\nNIB : 0001260042537",
        "NIB 0001 2600 42537 (NOMOR INDUK BERUSAHA)",
        "Nomor Induk Berusaha (NIB) Nomor: 0001260042537",
    ],
)
@pytest.mark.parametrize(
    "issued",
    [
        "Diterbitkan di Jakarta, tanggal: 23 Januari 2026",
        "Diterbitkan tanggal: 23 Januari 2026",
        "Dikeluarkan di Jakarta\nPada tanggal 23-01-2026",
        "Tanggal terbit NIB : 23 Januari 2026",
        "Jakarta, 23 Januari 2026",
        "Diterbitkan pertama tanggal 23 Januari 2026 oleh Lembaga OSS",
    ],
)
def test_business_number_and_its_day_are_understood(number: str, issued: str) -> None:
    text = f"""PEMERINTAH REPUBLIK INDONESIA
PERIZINAN BERUSAHA BERBASIS RISIKO
{number}
1. Nama Pelaku Usaha : PT CONTOH GRAHA
2. Alamat Kantor : Jalan Contoh Nomor 285, Kabupaten Ngawi, Provinsi Jawa Timur
5. Kode KBLI : 46100 - Perdagangan Besar Atas Dasar Balas Jasa
{issued}
"""
    values = read(text).values
    assert values.get("nib") == "0001260042537"
    assert values.get("nib_date") == "2026-01-23"
    assert values.get("company_name") == "CONTOH GRAHA"
    assert values.get("company_seat") == "Kabupaten Ngawi"
    assert values.get("kbli") == ["46100"]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("NPWP : 03.596.210.9-000.000", "035962109000000"),
        ("NPWP: 03.596.210.9.000.000", "035962109000000"),
        ("NPWP15 : 035962109000000", "035962109000000"),
        ("NPWP16 : 0035962109000000", "0035962109000000"),
        ("Nomor Pokok Wajib Pajak\n03.596.210.9-000.000", "035962109000000"),
        ("N P W P : 03.596.210.9-000.000", "035962109000000"),
        ("03.596.210.9-000.000", "035962109000000"),
    ],
)
def test_tax_number_is_understood(line: str, number: str) -> None:
    text = texts.TAX_CARD.replace("NPWP : 03.596.210.9-000.000", line)
    values = read(text).values
    assert values.get("npwp") == number
    assert values.get("company_name") == "CONTOH BERKAH"
    assert values.get("company_seat") == "Kabupaten Probolinggo"
