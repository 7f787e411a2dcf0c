"""The closed lists of a sheet, as people write them in English and in Spanish."""

import unicodedata

from ..people import AGE_BANDS, HOPES, STANDS, folded


def plain(text: str) -> str:
    """Folded, without accents, every dash a hyphen: how closed lists are looked up."""
    if text.isascii():
        return folded(text)
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(one for one in apart if not unicodedata.combining(one))
    return folded(
        "".join("-" if unicodedata.category(one) == "Pd" or one == "\u2212" else one for one in bare)
    )


HOPE_OF = {plain(hope): hope for hope in HOPES} | {
    "hablar": "to talk",
    "escribir de vez en cuando": "to write now and then",
    "hacer compania": "to keep company",
    "hacer algo juntos": "to do something together",
    "hacer algo juntas": "to do something together",
}
STAND_OF = {plain(stand): stand for stand in STANDS} | {
    "further along": "behind me for now",
    "en ello ahora": "in it now",
    "va y viene": "it comes and goes",
    "buscando mi camino": "finding my way",
    "vivo con ello": "living with it",
    "lo deje atras por ahora": "behind me for now",
}
BAND_OF = {band: band for band in AGE_BANDS}
WEEKDAY_OF = {
    name: weekday
    for weekday, names in enumerate(
        (
            ("mon", "monday", "lun", "lunes"),
            ("tue", "tues", "tuesday", "mar", "martes"),
            ("wed", "wednesday", "mie", "miercoles"),
            ("thu", "thur", "thurs", "thursday", "jue", "jueves"),
            ("fri", "friday", "vie", "viernes"),
            ("sat", "saturday", "sab", "sabado"),
            ("sun", "sunday", "dom", "domingo"),
        )
    )
    for name in names
}
