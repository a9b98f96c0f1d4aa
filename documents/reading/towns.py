"""Lists the regencies and cities of Indonesia, for notaries and firms from other provinces.

Names of 2022 (514), in the order of the provinces, without their type.
"""

_REGENCIES = """
Simeulue|Aceh Singkil|Aceh Selatan|Aceh Tenggara|Aceh Timur|Aceh Tengah|Aceh Barat|Aceh Besar|Pidie
Bireuen|Aceh Utara|Aceh Barat Daya|Gayo Lues|Aceh Tamiang|Nagan Raya|Aceh Jaya|Bener Meriah
Pidie Jaya|Nias|Mandailing Natal|Tapanuli Selatan|Tapanuli Tengah|Tapanuli Utara|Toba|Labuhanbatu
Asahan|Simalungun|Dairi|Karo|Deli Serdang|Langkat|Nias Selatan|Humbang Hasundutan|Pakpak Bharat
Samosir|Serdang Bedagai|Batu Bara|Padang Lawas Utara|Padang Lawas|Labuhanbatu Selatan
Labuhanbatu Utara|Nias Utara|Nias Barat|Kepulauan Mentawai|Pesisir Selatan|Solok|Sijunjung
Tanah Datar|Padang Pariaman|Agam|Lima Puluh Kota|Pasaman|Solok Selatan|Dharmasraya|Pasaman Barat
Kuantan Singingi|Indragiri Hulu|Indragiri Hilir|Pelalawan|Siak|Kampar|Rokan Hulu|Bengkalis
Rokan Hilir|Kepulauan Meranti|Kerinci|Merangin|Sarolangun|Batanghari|Muaro Jambi
Tanjung Jabung Timur|Tanjung Jabung Barat|Tebo|Bungo|Ogan Komering Ulu|Ogan Komering Ilir
Muara Enim|Lahat|Musi Rawas|Musi Banyuasin|Banyuasin|Ogan Komering Ulu Selatan
Ogan Komering Ulu Timur|Ogan Ilir|Empat Lawang|Penukal Abab Lematang Ilir|Musi Rawas Utara
Bengkulu Selatan|Rejang Lebong|Bengkulu Utara|Kaur|Seluma|Mukomuko|Lebong|Kepahiang
Bengkulu Tengah|Lampung Barat|Tanggamus|Lampung Selatan|Lampung Timur|Lampung Tengah
Lampung Utara|Way Kanan|Tulang Bawang|Pesawaran|Pringsewu|Mesuji|Tulang Bawang Barat
Pesisir Barat|Bangka|Belitung|Bangka Barat|Bangka Tengah|Bangka Selatan|Belitung Timur|Karimun
Bintan|Natuna|Lingga|Kepulauan Anambas|Kepulauan Seribu|Bogor|Sukabumi|Cianjur|Bandung|Garut
Tasikmalaya|Ciamis|Kuningan|Cirebon|Majalengka|Sumedang|Indramayu|Subang|Purwakarta|Karawang
Bekasi|Bandung Barat|Pangandaran|Cilacap|Banyumas|Purbalingga|Banjarnegara|Kebumen|Purworejo
Wonosobo|Magelang|Boyolali|Klaten|Sukoharjo|Wonogiri|Karanganyar|Sragen|Grobogan|Blora|Rembang
Pati|Kudus|Jepara|Demak|Semarang|Temanggung|Kendal|Batang|Pekalongan|Pemalang|Tegal|Brebes
Kulon Progo|Bantul|Gunungkidul|Sleman|Pacitan|Ponorogo|Trenggalek|Tulungagung|Blitar|Kediri
Malang|Lumajang|Jember|Banyuwangi|Bondowoso|Situbondo|Probolinggo|Pasuruan|Sidoarjo|Mojokerto
Jombang|Nganjuk|Madiun|Magetan|Ngawi|Bojonegoro|Tuban|Lamongan|Gresik|Bangkalan|Sampang
Pamekasan|Sumenep|Pandeglang|Lebak|Tangerang|Serang|Jembrana|Tabanan|Badung|Gianyar|Klungkung
Bangli|Karangasem|Buleleng|Lombok Barat|Lombok Tengah|Lombok Timur|Sumbawa|Dompu|Bima
Sumbawa Barat|Lombok Utara|Sumba Barat|Sumba Timur|Kupang|Timor Tengah Selatan
Timor Tengah Utara|Belu|Alor|Lembata|Flores Timur|Sikka|Ende|Ngada|Manggarai|Rote Ndao
Manggarai Barat|Sumba Tengah|Sumba Barat Daya|Nagekeo|Manggarai Timur|Sabu Raijua|Malaka|Sambas
Bengkayang|Landak|Mempawah|Sanggau|Ketapang|Sintang|Kapuas Hulu|Sekadau|Melawi|Kayong Utara
Kubu Raya|Kotawaringin Barat|Kotawaringin Timur|Kapuas|Barito Selatan|Barito Utara|Sukamara
Lamandau|Seruyan|Katingan|Pulang Pisau|Gunung Mas|Barito Timur|Murung Raya|Tanah Laut|Kotabaru
Banjar|Barito Kuala|Tapin|Hulu Sungai Selatan|Hulu Sungai Tengah|Hulu Sungai Utara|Tabalong
Tanah Bumbu|Balangan|Paser|Kutai Barat|Kutai Kartanegara|Kutai Timur|Berau
Penajam Paser Utara|Mahakam Ulu|Malinau|Bulungan|Tana Tidung|Nunukan|Bolaang Mongondow|Minahasa
Kepulauan Sangihe|Kepulauan Talaud|Minahasa Selatan|Minahasa Utara|Bolaang Mongondow Utara
Kepulauan Siau Tagulandang Biaro|Minahasa Tenggara|Bolaang Mongondow Selatan
Bolaang Mongondow Timur|Banggai Kepulauan|Banggai|Morowali|Poso|Donggala|Tolitoli|Buol
Parigi Moutong|Tojo Una-Una|Sigi|Banggai Laut|Morowali Utara|Kepulauan Selayar|Bulukumba
Bantaeng|Jeneponto|Takalar|Gowa|Sinjai|Maros|Pangkajene dan Kepulauan|Barru|Bone|Soppeng|Wajo
Sidenreng Rappang|Pinrang|Enrekang|Luwu|Tana Toraja|Luwu Utara|Luwu Timur|Toraja Utara|Buton
Muna|Konawe|Kolaka|Konawe Selatan|Bombana|Wakatobi|Kolaka Utara|Buton Utara|Konawe Utara
Kolaka Timur|Konawe Kepulauan|Muna Barat|Buton Tengah|Buton Selatan|Boalemo|Gorontalo|Pohuwato
Bone Bolango|Gorontalo Utara|Majene|Polewali Mandar|Mamasa|Mamuju|Pasangkayu|Mamuju Tengah
Kepulauan Tanimbar|Maluku Tenggara|Maluku Tengah|Buru|Kepulauan Aru|Seram Bagian Barat
Seram Bagian Timur|Maluku Barat Daya|Buru Selatan|Halmahera Barat|Halmahera Tengah
Kepulauan Sula|Halmahera Selatan|Halmahera Utara|Halmahera Timur|Pulau Morotai|Pulau Taliabu
Fakfak|Kaimana|Teluk Wondama|Teluk Bintuni|Manokwari|Sorong Selatan|Sorong|Raja Ampat|Tambrauw
Maybrat|Manokwari Selatan|Pegunungan Arfak|Merauke|Jayawijaya|Jayapura|Nabire|Kepulauan Yapen
Biak Numfor|Paniai|Puncak Jaya|Mimika|Boven Digoel|Mappi|Asmat|Yahukimo|Pegunungan Bintang
Tolikara|Sarmi|Keerom|Waropen|Supiori|Mamberamo Raya|Nduga|Lanny Jaya|Mamberamo Tengah|Yalimo
Puncak|Dogiyai|Intan Jaya|Deiyai
"""
_CITIES = """
Banda Aceh|Sabang|Langsa|Lhokseumawe|Subulussalam|Sibolga|Tanjungbalai|Pematangsiantar
Tebing Tinggi|Medan|Binjai|Padangsidimpuan|Gunungsitoli|Padang|Solok|Sawahlunto|Padang Panjang
Bukittinggi|Payakumbuh|Pariaman|Pekanbaru|Dumai|Jambi|Sungai Penuh|Palembang|Prabumulih
Pagar Alam|Lubuklinggau|Bengkulu|Bandar Lampung|Metro|Pangkalpinang|Batam|Tanjungpinang
Jakarta Pusat|Jakarta Utara|Jakarta Barat|Jakarta Selatan|Jakarta Timur|Bogor|Sukabumi|Bandung
Cirebon|Bekasi|Depok|Cimahi|Tasikmalaya|Banjar|Magelang|Surakarta|Salatiga|Semarang|Pekalongan
Tegal|Yogyakarta|Kediri|Blitar|Malang|Probolinggo|Pasuruan|Mojokerto|Madiun|Surabaya|Batu
Tangerang|Cilegon|Serang|Tangerang Selatan|Denpasar|Mataram|Bima|Kupang|Pontianak|Singkawang
Palangka Raya|Banjarmasin|Banjarbaru|Balikpapan|Samarinda|Bontang|Tarakan|Manado|Bitung|Tomohon
Kotamobagu|Palu|Makassar|Parepare|Palopo|Kendari|Baubau|Gorontalo|Ambon|Tual|Ternate
Tidore Kepulauan|Sorong|Jayapura
"""


def _names(table: str) -> tuple[str, ...]:
    return tuple(table.strip().replace("\n", "|").split("|"))


REGENCIES = _names(_REGENCIES)
CITIES = _names(_CITIES)
