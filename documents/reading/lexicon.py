"""Mends the fixed words of deeds where the eye took one letter for another.

Only words that carry no value of their own are mended (``lahur`` is ``lahir``), so that the
wording around a value is found; names, numbers, dates and places are never touched.
"""

import re
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

_FIXED = """
ini hari pada dari yang dengan dalam untuk sebagai selaku menjabat adalah ialah yaitu jabatan
lahir dilahirkan kelahiran bertempat tinggal tempat kedudukan berkedudukan berkantor pusat
tanggal bulan tahun nomor hadapan dihadapan menghadap berhadapan hadir dihadiri saksi penghadap
menerangkan mendirikan pendirian bernama nama selanjutnya disebut perseroan persekutuan terbatas
komanditer koperasi yayasan firma modal dasar disetor ditempatkan diambil penuh sebesar sejumlah
berjumlah seluruhnya terbagi saham nominal bernilai masing rupiah kekayaan sekutu pesero persero
aktif pasif pengurus direktur utama komisaris direksi ketua sekretaris bendahara pembina
pengawas anggota diangkat pemegang kartu tanda penduduk induk kependudukan warga negara rukun
tetangga notaris sarjana hukum magister kenotariatan daerah wilayah kerja kabupaten provinsi
menteri keputusan ditetapkan diterbitkan dikeluarkan salinan minuta akta perubahan demikianlah
dilangsungkan alamat kantor usaha kegiatan bidang maksud tujuan pasal
"""
_COMMON = """
dan hal mana maka atau akan jalan lain para satu dua tiga empat lima enam tujuh delapan sembilan
sepuluh sebelas seratus seribu puluh belas ratus ribu juta miliar milyar januari februari maret
april mei juni juli agustus september oktober november desember senin selasa rabu kamis jumat
sabtu minggu bersama tanpa dianggap diadakan pelaku dapat tidak oleh atas para pihak sesuai
sendiri bersangkutan selama kepada kepala anggaran dasarnya marga beserta mereka sebuah segala
semua setiap segera sisa hasil bagian bagi baru lama jasa niaga toko dagang industri perdagangan
eceran besar makanan minuman barang angkutan konstruksi bangunan lainnya pribadi keperluan rumah
umum khusus konsultasi komputer kertas buku kayu alas kaki pertanian perikanan peternakan persen
tunai uang kas neraca laba rugi cadangan rapat suara keadaan kedua ketiga pertama kesatu waktu
jangka nilai penilai pensiun bersalin diambilalih dimaksud ditentukan diatur diubah berlaku
berlabel bernilai tersebut termasuk terdapat tetap terdiri terdaftar ban hutan sarana tangga
penerangan operasi pengisian pengurusan perusahaan direktori making memimpin mewakili menyetujui
menteri mesin pasar pagar pakaian rekanan
"""
_WORDS = frozenset(_FIXED.split())
_ORDINARY = frozenset(_COMMON.split())
_TITLED = frozenset({"nomor", "ini"}) | {word for word in _WORDS if len(word) >= 6}
_LOOKS = (
    ("ri", "n"), ("rn", "m"), ("in", "m"), ("ni", "m"), ("1", "i"), ("l", "i"), ("!", "i"),
    ("|", "i"), ("j", "i"), ("t", "i"), ("u", "i"), ("h", "b"), ("c", "e"), ("0", "o"),
)  # fmt: skip
_EDGES = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)
_SHORT, _LONG = 6, 11  # letters from which one and two wrong letters are let pass


def is_fixed(word: str) -> bool:
    """Say whether a word is a known word of deeds as it stands, so no misread one."""
    return word in _WORDS or word in _ORDINARY


def mended(word: str) -> str:
    """Give a word as it must have been printed, or as it was read."""
    edges = _EDGES.match(word)
    if edges is None or len(edges[2]) < 2 or not re.search(r"[a-z]", edges[2]):
        return word
    core = edges[2]
    if core.lower() in _WORDS or core[1:] != core[1:].lower():
        return word
    known = _known(core.lower())
    if not known or (core[0].isupper() and known not in _TITLED):
        return word
    fixed = known.title() if core[0].isupper() else known
    return f"{edges[1]}{fixed}{edges[3]}"


@lru_cache(maxsize=4096)
def _known(core: str) -> str:
    if core in _ORDINARY or len(core) < 2:
        return ""
    if (alike := _BY_LOOK.get(look_folded(core))) and abs(len(alike) - len(core)) <= 2:
        return alike
    if len(core) < _SHORT:
        return ""
    allowed = 1 if len(core) < _LONG else 2
    near = process.extract(core, _LIST, scorer=Levenshtein.distance, score_cutoff=allowed, limit=2)
    if not near or (len(near) > 1 and near[0][1] == near[1][1]):
        return ""
    return str(near[0][0])


def look_folded(word: str) -> str:
    """Fold letters that look alike when ink runs or fades."""
    for printed, seen in _LOOKS:
        word = word.replace(printed, seen)
    return word


_LIST = tuple(word for word in sorted(_WORDS) if len(word) >= _SHORT)
_BY_LOOK = {look_folded(word): word for word in sorted(_WORDS, key=len, reverse=True)} | {
    "im": "ini",
    "imi": "ini",
}
