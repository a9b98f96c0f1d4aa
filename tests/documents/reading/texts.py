"""Deeds as plain text, in wordings that notaries use, for the tests of finding fields."""

PT = """NOTARIS
RATNA CONTOH WULANDARI, S.H., M.Kn.
SK. Menteri Hukum dan HAM RI Nomor AHU-00912.AH.02.01.TAHUN 2014
Tanggal 3 Maret 2014
Daerah Kerja : Kota Surabaya
S A L I N A N
AKTA : PENDIRIAN PERSEROAN TERBATAS
PT CONTOH MAJU BERSAMA
NOMOR : 017
TANGGAL : 9 Juni 2023
\fAKTA PENDIRIAN PERSEROAN TERBATAS ------------
PT CONTOH MAJU BERSAMA
Nomor : 17.-
-Pada hari ini, Jumat, tanggal 09-06-2023 (sembilan Juni dua ribu dua puluh tiga). -----
-Berhadapan dengan saya, RATNA CONTOH WULANDARI, Sarjana Hukum, Magister
Kenotariatan, Notaris di Kota Surabaya, dengan dihadiri oleh saksi-saksi :
1. Nyonya SITI CONTOH RAHAYU, lahir di Surabaya, pada tanggal 17-04-1985 (tujuh belas
April seribu sembilan ratus delapan puluh lima), bertempat tinggal di Kota Surabaya,
pemegang Kartu Tanda Penduduk Nomor Induk Kependudukan (NIK) : 3578995704850001;
2. Tuan BUDI CONTOH SANTOSO, lahir di Malang, pada tanggal 03-11-1979 (tiga November
seribu sembilan ratus tujuh puluh sembilan), pemegang Kartu Tanda Penduduk Nomor Induk
Kependudukan (NIK) :
3578990311790002;
berdasarkan Akta Kuasa Nomor 60 tanggal 10 Juni 2012 yang dibuat di hadapan
AGUS CONTOH WIDODO, Sarjana Hukum, Notaris di Kota Madiun.
1. Perseroan Terbatas ini bernama PT CONTOH MAJU
BERSAMA (selanjutnya disebut "Perseroan"), berkedudukan di Kabupaten Sidoarjo.
a. Jasa Boga Untuk Suatu Event Tertentu (KBLI
56210);
b. Reparasi Komputer Dan Peralatan Sejenisnya (KBLI 95110);
1. Modal dasar Perseroan berjumlah Rp. 100.000.000,- (seratus juta rupiah), terbagi atas
100 (seratus) saham, masing-masing saham bernilai nominal Rp. 1.000.000,- (satu juta rupiah).
2. Dari modal dasar tersebut telah ditempatkan dan disetor penuh sejumlah 25 saham atau
seluruhnya sebesar Rp. 25.000.000,- (dua puluh lima juta rupiah) oleh para pendiri.
\f3
Nyonya SITI CONTOH RAHAYU, tersebut, sebagai Direktur Utama;
Tuan BUDI CONTOH SANTOSO, tersebut, sebagai Komisaris;
DEMIKIANLAH AKTA INI
1. Tuan EKO CONTOH NUGROHO, lahir di Bondowoso, pada tanggal 12-11-1997, pemegang Kartu
Tanda Penduduk nomor 3578991211970007; sebagai saksi-saksi.
Notaris di Kota Surabaya
RATNA CONTOH WULANDARI, S.H., M.Kn.
"""

CV = """AKTA PENDIRIAN PERSEROAN KOMANDITER
CV. CONTOH KARYA MANDIRI
Nomor 4 (empat)
Pada hari ini, Kamis, tanggal 10 (sepuluh) bulan Maret tahun 2022 (duaribu duapuluh dua).
Menghadap kepada saya, HENDRA CONTOH PRAYOGA, SH., M.Kn, Notaris di Kabupaten Malang,
I. Tuan BUDI CONTOH SANTOSO, dilahirkan di Malang, tanggal 3 November 1979 (tiga November
seribu sembilanratus tujuhpuluh sembilan), (NIK) : 3578990311790002;
II. Nyonya DEWI CONTOH LESTARI, dilahirkan di Kediri, tanggal 21 Agustus 1991
(duapuluh satu Agustus seribu sembilanratus sembilanpuluh satu), (NIK) : 3578996108910003;
Perseroan ini bernama perseroan komanditer :
" CV. CONTOH KARYA MANDIRI "
berkedudukan di Kota Malang, Jalan Contoh Nomor 234,
Modal perseroan ini berjumlah Rp. 75.000.000,- (tujuhpuluh lima juta rupiah),
Para penghadap menetapkan Tuan BUDI CONTOH SANTOSO selaku sekutu aktif atau Direktur, yang
bertanggung jawab sepenuhnya, dan Nyonya DEWI CONTOH LESTARI selaku sekutu pasif.
DEMIKIANLAH AKTA INI
"""

DECREE = """KEPUTUSAN MENTERI HUKUM DAN HAK ASASI MANUSIA REPUBLIK INDONESIA
NOMOR AHU-0009397.AH.01.01.TAHUN 2021
TENTANG
PENGESAHAN PENDIRIAN BADAN HUKUM PERSEROAN TERBATAS
PT CONTOH LINTAS
Menimbang : bahwa berdasarkan permohonan Notaris RATNA CONTOH
WULANDARI, S.H., Sp.N. sesuai salinan Akta Nomor 78
tanggal 11 Mei 2021 yang dibuat oleh RATNA CONTOH
WULANDARI, S.H., Sp.N. yang berkedudukan di
Kabupaten Jombang tentang Pendirian Badan Hukum PT CONTOH LINTAS telah sesuai;
KESATU : Mengesahkan pendirian badan hukum PT CONTOH
LINTAS yang berkedudukan di KABUPATEN
PROBOLINGGO.
Ditetapkan di Jakarta, Tanggal 17 Mei 2021.
"""

BUSINESS_NUMBER = """PEMERINTAH REPUBLIK INDONESIA
PERIZINAN BERUSAHA BERBASIS RISIKO
NOMOR INDUK BERUSAHA: 0001260042537
1. Nama Pelaku Usaha : PT CONTOH GRAHA
2. Alamat Kantor : Jalan Contoh Nomor 285, Kabupaten Ngawi,
Provinsi Jawa Timur
5. Kode Klasifikasi Baku Lapangan Usaha Indonesia (KBLI):
46100 - Perdagangan Besar Atas Dasar Balas Jasa
15201 - Industri Alas Kaki
Diterbitkan di Jakarta, tanggal: 23
Januari 2026
"""

STATEMENT = """PERNYATAAN PENDIRIAN
PERSEROAN PERORANGAN
Nama : SITI CONTOH RAHAYU
NIK : 3578995704850001
Tempat, tanggal lahir : Surabaya, 17 April 1985
Nama Perseroan : PT CONTOH TUNAS (Perorangan)
Tempat Kedudukan : Kabupaten Jombang, Provinsi Jawa Timur
Modal Dasar : Rp 60.000.000 (enam puluh juta rupiah)
Modal Disetor : Rp 60.000.000 (enam puluh juta rupiah)
Nomor Pokok Wajib Pajak : 03.329.382.0-000.000
1. 43211 Instalasi Listrik
2. 31001 Industri Furnitur Dari Kayu
Jombang, 8 Juli 2022
"""

TAX_CARD = """KEMENTERIAN KEUANGAN REPUBLIK INDONESIA
DIREKTORAT JENDERAL PAJAK
NPWP : 03.596.210.9-000.000
CV CONTOH BERKAH
JALAN CONTOH NOMOR 139
KABUPATEN PROBOLINGGO JAWA TIMUR
"""

_DEED = """NOTARIS
{notary}
{appointed}
{area}
S A L I N A N
AKTA : PENDIRIAN PERSEROAN TERBATAS
PT CONTOH MAJU BERSAMA
NOMOR : 17
TANGGAL : 9 Juni 2023
\fAKTA PENDIRIAN PERSEROAN TERBATAS ------------
PT CONTOH MAJU BERSAMA
{number}
{day}
{appear}
{parties}
Para penghadap menerangkan dengan ini mendirikan suatu perseroan terbatas dengan anggaran dasar
sebagai berikut :
Pasal 1
{firm}
Pasal 2
{aims}
Pasal 3
{capital}
Pasal 4
{organs}
\f3
DEMIKIANLAH AKTA INI
1. Tuan EKO CONTOH NUGROHO, lahir di Bondowoso, pada tanggal 12-11-1997, pemegang Kartu
Tanda Penduduk nomor 3578991211970007; sebagai saksi-saksi.
Notaris di Kota Surabaya
{notary}
"""
_PARTS = {
    "notary": "RATNA CONTOH WULANDARI, S.H., M.Kn.",
    "appointed": "SK. Menteri Hukum dan HAM RI Nomor AHU-00912.AH.02.01.TAHUN 2014\n"
    "Tanggal 3 Maret 2014",
    "area": "Daerah Kerja : Kota Surabaya",
    "number": "Nomor : 17.-",
    "day": "-Pada hari ini, Jumat, tanggal 09-06-2023 (sembilan Juni dua ribu dua puluh tiga).",
    "appear": "-Berhadapan dengan saya, RATNA CONTOH WULANDARI, Sarjana Hukum, Magister\n"
    "Kenotariatan, Notaris di Kota Surabaya, dengan dihadiri oleh saksi-saksi :",
    "parties": "1. Nyonya SITI CONTOH RAHAYU, lahir di Surabaya, pada tanggal 17-04-1985 (tujuh\n"
    "belas April seribu sembilan ratus delapan puluh lima), bertempat tinggal di Kota Surabaya,\n"
    "pemegang Kartu Tanda Penduduk Nomor Induk Kependudukan (NIK) : 3578995704850001;\n"
    "2. Tuan BUDI CONTOH SANTOSO, lahir di Malang, pada tanggal 03-11-1979 (tiga November\n"
    "seribu sembilan ratus tujuh puluh sembilan), pemegang Kartu Tanda Penduduk Nomor Induk\n"
    "Kependudukan (NIK) : 3578990311790002;",
    "firm": "Perseroan Terbatas ini bernama PT CONTOH MAJU BERSAMA (selanjutnya disebut\n"
    '"Perseroan"), berkedudukan di Kabupaten Sidoarjo.',
    "aims": "a. Jasa Boga Untuk Suatu Event Tertentu (KBLI 56210);\n"
    "b. Reparasi Komputer Dan Peralatan Sejenisnya (KBLI 95110);",
    "capital": "1. Modal dasar Perseroan berjumlah Rp. 100.000.000,- (seratus juta\n"
    "rupiah), terbagi atas 100 (seratus) saham, masing-masing saham bernilai nominal\n"
    "Rp. 1.000.000,- (satu juta rupiah).\n"
    "2. Dari modal dasar tersebut telah ditempatkan dan disetor penuh sejumlah 25 saham atau\n"
    "seluruhnya sebesar Rp. 25.000.000,- (dua puluh lima juta rupiah) oleh para pendiri.",
    "organs": "Nyonya SITI CONTOH RAHAYU, tersebut, sebagai Direktur Utama;\n"
    "Tuan BUDI CONTOH SANTOSO, tersebut, sebagai Komisaris;",
}


def deed(**parts: str) -> str:
    """Give a sound deed of a company of which some parts are worded otherwise."""
    return _DEED.format(**_PARTS | parts)
