"""The wording of one language: gettext's functions, read from a PO file of ours."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from unicodedata import bidirectional

__all__ = ["ENGLISH", "Wording", "every_wording", "open_wording"]

_RIGHT_TO_LEFT = {"ar", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"}
_OTHER = {"ltr": {"R", "AL"}, "rtl": {"L"}}  # Unicode's classes of letters that run the other way


@dataclass(frozen=True)
class Wording:
    """What is said in ``language`` (a tag such as ``fr`` or ``pt-BR``); untranslated texts as is.

    Texts are English in the code, marked by the functions of gettext; what stands in braces in them
    is filled in by ``str.format`` after they are translated.
    """

    language: str
    translations: NullTranslations

    @property
    def direction(self) -> str:
        """``rtl`` where the language is written from right to left, else ``ltr``."""
        return "rtl" if self.language.split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"

    def isolate(self, text: str) -> str:
        """``text`` in Unicode's isolates where letters in it run against this language.

        Otherwise signs and numbers beside it would be read as its own, and change their places
        (Unicode Standard Annex 9).
        """
        if any(bidirectional(letter) in _OTHER[self.direction] for letter in text):
            return f"\u2068{text}\u2069"
        return text

    def gettext(self, text: str) -> str:
        """``text`` in this language."""
        return self.translations.gettext(text)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """One of both, as this language counts."""
        return self.translations.ngettext(singular, plural, count)

    def pgettext(self, context: str, text: str) -> str:
        """``text`` as it is meant in ``context``."""
        return self.translations.pgettext(context, text)


@cache
def open_wording(language: str) -> Wording:
    """The wording of ``language``, or of what it is a kind of; English where there is none."""
    parts = language.replace("_", "-").split("-")
    for length in range(len(parts), 0, -1):
        file = files(__package__).joinpath("locale", "_".join(parts[:length]) + ".po")
        if file.is_file():
            return Wording(language, _compile(file.read_bytes()))
    return Wording(language, NullTranslations())


@cache
def every_wording() -> tuple[Wording, ...]:
    """The wordings of English and of all languages that it is translated to."""
    catalogues = (each.name for each in files(__package__).joinpath("locale").iterdir())
    languages = sorted(name.removesuffix(".po") for name in catalogues if name.endswith(".po"))
    return (ENGLISH, *map(open_wording, languages))


def _compile(catalogue: bytes) -> NullTranslations:
    # English readers do not wait for Babel.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(catalogue)))
    compiled.seek(0)
    return GNUTranslations(compiled)


ENGLISH = Wording("en", NullTranslations())
"""The language that the program is written in."""
