"""How offices spell what has only a few true names: the regions and the legal forms."""

import re

FORM_ALIASES = {
    "perorangan": "perorangan perseorangan pribadi usahaperorangan peroranganud udperorangan "
    "ud usahadagang toko po sole soletrader",
    "cv": "cv persekutuankomanditer perseroankomanditer commanditairevennootschap",
    "pt": "pt perseroanterbatas perseroan ptbiasa",
    "pt_perorangan": "ptperorangan ptperseorangan perseroanperorangan perseroanperseorangan",
    "koperasi": "koperasi kop primkop koperasikonsumen koperasiprodusen koperasijasa",
}
FORM_OF_ALIAS = {alias: code for code, text in FORM_ALIASES.items() for alias in text.split()}
#: What the template's list calls them; the value that a repair proposes.
FORM_TITLES = {
    "perorangan": "Perorangan",
    "cv": "CV",
    "pt": "PT",
    "pt_perorangan": "PT Perorangan",
    "koperasi": "Koperasi",
}
_FIRST_WORDS = {
    "cv": "cv",
    "pt": "pt",
    "koperasi": "koperasi kop primkop kopkar kud",
    "perorangan": "ud toko warung warong kedai depot rm po bengkel catering katering",
}
_FORM_OF_FIRST_WORD = {word: code for code, words in _FIRST_WORDS.items() for word in words.split()}


def fold_form(text: str) -> str:
    """The code of a legal form as an office spells it, or `""`."""
    return FORM_OF_ALIAS.get(re.sub(r"[^a-z]", "", text.casefold()), "")


def form_in_name(name: str) -> str:
    """The code of the legal form that a firm's name itself says, or `""`: `CV. Contoh` is a cv."""
    words = re.findall(r"[a-z]+", re.sub(r"\.", "", name.casefold()))
    if not words:
        return ""
    if words[0] == "pt" and "perorangan" in words[1:]:
        return "pt_perorangan"
    ends = {"cv", "pt", "ud"}
    said = words[0] if words[0] in _FORM_OF_FIRST_WORD else words[-1]
    if said != words[0] and said not in ends:
        return ""
    return _FORM_OF_FIRST_WORD.get(said, "")


def fold_region(name: str) -> str:
    """A region's name as `kab malang` or `kota malang`, or `malang` when the type is not said."""
    text = re.sub(r"[^a-z' ]", " ", name.casefold())
    text = re.sub(r"\b(prov\w*|jawa timur|jatim)\b", " ", text)
    text = re.sub(r"\b(kabupaten|kab|regency)\b", "kab", text)
    text = re.sub(r"\b(kotamadya|kodya|kota|city)\b", "kota", text)
    words = text.split()
    if len(words) > 1 and words[-1] in ("kab", "kota"):
        words = [words[-1], *words[:-1]]
    return " ".join(words)
