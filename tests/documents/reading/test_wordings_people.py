"""Founders and their offices are found whatever words the notary puts around them."""

import pytest

from documents.reading.deed import read_paper
from documents.reading.text import script_of_text
from tests.documents.reading import texts

SITI = {"name": "SITI CONTOH RAHAYU", "nik": "3578995704850001"}
BUDI = {"name": "BUDI CONTOH SANTOSO", "nik": "3578990311790002"}


def people(**parts: str) -> object:
    read = read_paper(script_of_text(texts.deed(**parts)))
    assert [check for check in read.checks if check.verdict == "differs"] == []
    return read.values.get("persons")


@pytest.mark.parametrize(
    "wording",
    [
        """1. Nyonya SITI CONTOH RAHAYU, lahir di Surabaya, pada tanggal 17-04-1985 (tujuh belas
April seribu sembilan ratus delapan puluh lima), Warga Negara Indonesia, Wiraswasta, bertempat
tinggal di Kota Surabaya, Jalan Contoh Nomor 5, Rukun Tetangga 001, Rukun Warga 002,
Kelurahan Contoh, Kecamatan Contoh, pemegang Kartu Tanda Penduduk Nomor 3578995704850001;
2. Tuan BUDI CONTOH SANTOSO, lahir di Malang, pada tanggal 03-11-1979 (tiga November seribu sembilan
ratus tujuh puluh sembilan), Warga Negara Indonesia, Karyawan Swasta, bertempat tinggal di
Kabupaten Malang, pemegang Kartu Tanda Penduduk Nomor 3578990311790002;""",
        """I. Nona SITI CONTOH RAHAYU, Sarjana Ekonomi, dilahirkan di Surabaya, pada tanggal tujuh
belas April seribu sembilan ratus delapan puluh lima (17-04-1985), Warga Negara Indonesia,
partikelir, bertempat tinggal di Surabaya, pemilik Nomor Induk Kependudukan : 3578995704850001;
II. Tuan Insinyur BUDI CONTOH SANTOSO, dilahirkan di Malang, pada tanggal tiga November seribu
sembilan ratus tujuh puluh sembilan (03-11-1979), pemilik Nomor Induk Kependudukan :
3578990311790002;""",
        """-Nyonya SITI CONTOH RAHAYU, pekerjaan Pedagang, lahir di Surabaya, 17 April 1985, alamat
Jalan Contoh Nomor 5, Kota Surabaya, NIK 3578995704850001;
-Tuan BUDI CONTOH SANTOSO, pekerjaan Petani, lahir di Malang, 3 November 1979, alamat Jalan Contoh
Nomor 7, Kabupaten Malang, NIK 3578990311790002;""",
        """1. SITI CONTOH RAHAYU, perempuan, lahir di Surabaya, tanggal 17 April 1985, WNI, Swasta,
bertempat tinggal di Kota Surabaya, Nomor KTP. 3578 9957 0485 0001;
2. BUDI CONTOH SANTOSO, laki-laki, lahir di Malang, tanggal 3 November 1979, WNI, Swasta, bertempat
tinggal di Kota Malang, Nomor KTP. 3578 9903 1179 0002;""",
        """1. Nama : SITI CONTOH RAHAYU
Tempat/Tanggal Lahir : Surabaya, 17-04-1985
Pekerjaan : Wiraswasta
Alamat : Jalan Contoh Nomor 5, Kota Surabaya
NIK : 3578995704850001
2. Nama : BUDI CONTOH SANTOSO
Tempat/Tanggal Lahir : Malang, 03-11-1979
Pekerjaan : Petani
Alamat : Jalan Contoh Nomor 7, Kota Malang
NIK : 3578990311790002""",
        """1. Ny. SITI CONTOH RAHAYU (umur 38 tahun), lahir di Surabaya tanggal 17-4-1985, Ibu Rumah
Tangga, tinggal di Kota Surabaya, KTP No. 3578995704850001;
2. Tn. BUDI CONTOH SANTOSO (umur 43 tahun), lahir di Malang tanggal 3-11-1979, Swasta, tinggal di
Kota Malang, KTP No. 3578990311790002;""",
        """a. Nyonya SITI CONTOH RAHAYU, Warga Negara Indonesia, lahir pada tanggal 17 (tujuh belas)
April 1985 (seribu sembilan ratus delapan puluh lima) di Surabaya, yang berdomisili di Kota
Surabaya, sesuai Kartu Tanda Penduduk Elektronik (e-KTP) dengan NIK: 3578995704850001, berlaku
seumur hidup;
b. Tuan BUDI CONTOH SANTOSO, Warga Negara Indonesia, lahir pada tanggal 3 (tiga) November 1979
(seribu sembilan ratus tujuh puluh sembilan) di Malang, yang berdomisili di Kota Malang, sesuai
Kartu Tanda Penduduk Elektronik (e-KTP) dengan NIK: 3578990311790002, berlaku seumur hidup;""",
        """1. Nyonya SITI CONTOH RAHAYU; lahir di Surabaya pada tanggal 17-04-1985; Warga Negara
Indonesia; Pedagang; bertempat tinggal di Kota Surabaya; pemegang kartu identitas penduduk nomor
3578995704850001.
2. Tuan BUDI CONTOH SANTOSO; lahir di Malang pada tanggal 03-11-1979; Warga Negara Indonesia;
Pedagang; bertempat tinggal di Kota Malang; pemegang kartu identitas penduduk nomor
3578990311790002.""",
        """1. Nyonya SITI CONTOH RAHAYU tersebut di bawah ini, lahir di Surabaya, tujuh belas April
seribu sembilan ratus delapan puluh lima, Kartu Tanda Penduduk dengan Nomor Induk Kependudukan
(N.I.K.) 3578995704850001 -;
2. Tuan Haji BUDI CONTOH SANTOSO, lahir di Malang, tiga November seribu sembilan ratus tujuh puluh
sembilan, Kartu Tanda Penduduk dengan Nomor Induk Kependudukan (N.I.K.) 3578990311790002 -;""",
        """1. NYONYA SITI CONTOH RAHAYU, LAHIR DI SURABAYA, PADA TANGGAL 17-04-1985, WARGA NEGARA
INDONESIA, PEMEGANG KARTU TANDA PENDUDUK NOMOR 3578995704850001;
2. TUAN BUDI CONTOH SANTOSO, LAHIR DI MALANG, PADA TANGGAL 03-11-1979, WARGA NEGARA INDONESIA,
PEMEGANG KARTU TANDA PENDUDUK NOMOR 3578990311790002;""",
        """1. Nona SITI CONTOH RAHAYU Sarjana Hukum, lahir di Surabaya, 17-04-1985, NIK.
3578995704850001
2. Tuan Doktorandus BUDI CONTOH SANTOSO, Magister Manajemen, lahir di Malang, 03-11-1979, NIK.
3578990311790002""",
    ],
)
def test_parties_are_understood(wording: str) -> None:
    assert people(parties=wording) == [
        {"name": SITI["name"], "role": "direktur utama", "nik": SITI["nik"]},
        {"name": BUDI["name"], "role": "komisaris", "nik": BUDI["nik"]},
    ]


@pytest.mark.parametrize(
    "wording",
    [
        """Untuk pertama kalinya telah diangkat sebagai :
Direktur Utama : Nyonya SITI CONTOH RAHAYU, tersebut di atas;
Komisaris : Tuan BUDI CONTOH SANTOSO, tersebut di atas;""",
        """Menyimpang dari ketentuan anggaran dasar, diangkat sebagai anggota Direksi dan Dewan
Komisaris :
-Direktur Utama Perseroan ialah Nyonya SITI CONTOH RAHAYU;
-Komisaris Perseroan ialah Tuan BUDI CONTOH SANTOSO;""",
        """Nyonya SITI CONTOH RAHAYU diangkat menjadi Direktur Utama, sedangkan Tuan BUDI CONTOH
SANTOSO diangkat menjadi Komisaris.""",
        """DIREKSI
Direktur Utama
: Nyonya SITI CONTOH RAHAYU
DEWAN KOMISARIS
Komisaris
: Tuan BUDI CONTOH SANTOSO""",
        """Susunan pengurus untuk pertama kali :
1. Direktur Utama dijabat oleh penghadap Nyonya SITI CONTOH RAHAYU tersebut;
2. Komisaris dijabat oleh penghadap Tuan BUDI CONTOH SANTOSO tersebut;""",
        """Nama Jabatan
SITI CONTOH RAHAYU Direktur Utama
BUDI CONTOH SANTOSO Komisaris""",
        """Para pendiri menunjuk :
- penghadap Nyonya SITI CONTOH RAHAYU tersebut untuk menduduki jabatan Direktur Utama; dan
- penghadap Tuan BUDI CONTOH SANTOSO tersebut untuk menduduki jabatan Komisaris.""",
        """DIREKTUR UTAMA : SITI CONTOH RAHAYU;
KOMISARIS : BUDI CONTOH SANTOSO;""",
        """Direksi Perseroan :
Nyonya SITI CONTOH RAHAYU, sebagai Direktur Utama
Dewan Komisaris Perseroan :
Tuan BUDI CONTOH SANTOSO, sebagai Komisaris""",
        """Pengangkatan yang pertama :
Sebagai Direktur Utama
-penghadap nyonya SITI CONTOH RAHAYU, tersebut;
Sebagai Komisaris
-penghadap tuan BUDI CONTOH SANTOSO, tersebut;""",
        """Direktur Utama merangkap pemegang saham : Nyonya SITI CONTOH RAHAYU
Komisaris merangkap pemegang saham : Tuan BUDI CONTOH SANTOSO""",
        """Sebagai Direktur Utama ditunjuk Nyonya SITI CONTOH RAHAYU dan sebagai Komisaris ditunjuk
Tuan BUDI CONTOH SANTOSO.""",
        """Yang diangkat sebagai Direktur Utama untuk pertama kali ialah Nyonya SITI CONTOH RAHAYU,
dan sebagai Komisaris Tuan BUDI CONTOH SANTOSO.""",
        """Bahwa jabatan Direktur Utama dipercayakan kepada Nyonya SITI CONTOH RAHAYU dan jabatan
Komisaris dipercayakan kepada Tuan BUDI CONTOH SANTOSO.""",
    ],
)
def test_offices_are_understood(wording: str) -> None:
    assert people(organs=wording) == [
        {"name": SITI["name"], "role": "direktur utama", "nik": SITI["nik"]},
        {"name": BUDI["name"], "role": "komisaris", "nik": BUDI["nik"]},
    ]


_PARTNERS = (
    "Para penghadap menetapkan Tuan BUDI CONTOH SANTOSO selaku sekutu aktif atau Direktur, yang\n"
    "bertanggung jawab sepenuhnya, dan Nyonya DEWI CONTOH LESTARI selaku sekutu pasif."
)


@pytest.mark.parametrize(
    "wording",
    [
        """Tuan BUDI CONTOH SANTOSO adalah pesero pengurus yang bertanggung jawab sepenuhnya, sedang
Nyonya DEWI CONTOH LESTARI adalah pesero komanditer.""",
        """Pesero aktif (pengurus) : Tuan BUDI CONTOH SANTOSO;
Pesero pasif (komanditer) : Nyonya DEWI CONTOH LESTARI;""",
        """- Tuan BUDI CONTOH SANTOSO sebagai Persero Aktif dengan jabatan Direktur;
- Nyonya DEWI CONTOH LESTARI sebagai Persero Pasif (Komanditer);""",
        """Perseroan diurus oleh Tuan BUDI CONTOH SANTOSO sebagai persero pengurus dengan sebutan
Direktur, sedangkan Nyonya DEWI CONTOH LESTARI hanya memasukkan modal sebagai persero
komanditer.""",
        """Yang menjadi sekutu komplementer ialah Tuan BUDI CONTOH SANTOSO dan yang menjadi sekutu
komanditer ialah Nyonya DEWI CONTOH LESTARI.""",
        """Direktur : Tuan BUDI CONTOH SANTOSO
Komisaris : Nyonya DEWI CONTOH LESTARI""",
        """Sekutu aktif dalam perseroan ini yaitu : Tuan BUDI CONTOH SANTOSO, tersebut;
Sekutu pasif dalam perseroan ini yaitu : Nyonya DEWI CONTOH LESTARI, tersebut;""",
        """Tuan BUDI CONTOH SANTOSO bertindak sebagai sekutu kerja dan menjabat Direktur.
Nyonya DEWI CONTOH LESTARI bertindak sebagai sekutu diam.""",
    ],
)
def test_partners_are_told_apart(wording: str) -> None:
    assert _PARTNERS in texts.CV
    values = read_paper(script_of_text(texts.CV.replace(_PARTNERS, wording))).values
    found = values["persons"]
    assert isinstance(found, list)
    assert {one["name"]: one.get("role") for one in found} == {
        "BUDI CONTOH SANTOSO": "persero aktif",
        "DEWI CONTOH LESTARI": "persero pasif",
    }
