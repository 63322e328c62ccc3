"""A driver for pyttsx3 over espeak-ng that is synchronous and knows when each word is heard.

pyttsx3's own driver (2.99) returns before the file is written, forgets all but the last of several
files, ignores an unknown voice, prints on stdout and gives no times. This one keeps pyttsx3's
interface and its binding (`pyttsx3.drivers._espeak`), and does none of that.
"""

from __future__ import annotations

import ctypes
import importlib
import sys
import wave
from collections.abc import Iterator
from functools import cache
from typing import Any

from pyttsx3.voice import Voice

__all__ = ["NAME", "EspeakDriver", "buildDriver", "espeak_version", "register"]

NAME = "storycast_espeak"

# espeak-ng's speak_lib.h: do not end the process where the voices' data are missing.
_DONT_EXIT = 0x8000
_LIST_TERMINATED, _WORD = 0, 1


def register() -> str:
    """Make the driver known to pyttsx3, and return the name to give to `pyttsx3.init`."""
    # pyttsx3 finds a driver by importing it from its own package.
    sys.modules.setdefault(f"pyttsx3.drivers.{NAME}", sys.modules[__name__])
    return NAME


def espeak_version() -> str:
    """Return espeak-ng's version without starting it; raises ``RuntimeError`` if it is missing."""
    return str(_binding()[0].Info(None).decode())


@cache
def _binding() -> tuple[Any, bytes | None]:
    """Load pyttsx3's binding; return it and where the voices' data are, if not the usual place."""
    try:
        return importlib.import_module("pyttsx3.drivers._espeak"), None
    except RuntimeError:
        # Not on the system; perhaps from PyPI. Once it is loaded for the whole process, the
        # binding's own search by name finds it.
        try:
            loader = importlib.import_module("espeakng_loader")
        except ImportError:
            raise RuntimeError("libespeak-ng is not installed") from None
        ctypes.CDLL(loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)
        binding = importlib.import_module("pyttsx3.drivers._espeak")
        return binding, loader.get_data_path().encode()


def buildDriver(proxy: Any) -> EspeakDriver:  # noqa: ANN401, N802 (pyttsx3's interface)
    """Build the driver; pyttsx3 calls this."""
    return EspeakDriver(proxy)


class EspeakDriver:
    """Writes speech to WAV files as it is told, one after the other.

    Each word is announced as pyttsx3's "started-word", with ``start_ms`` added: milliseconds from
    the file's first sample. The methods' names are pyttsx3's.
    """

    def __init__(self, proxy: Any) -> None:  # noqa: ANN401 (pyttsx3 is not typed)
        self._proxy = proxy
        self._sound = bytearray()
        self._words: list[tuple[int, int, int]] = []
        self._espeak, data = _binding()
        self.sample_rate = self._espeak.Initialize(
            self._espeak.AUDIO_OUTPUT_SYNCHRONOUS, 0, data, _DONT_EXIT
        )
        if self.sample_rate <= 0:
            raise RuntimeError("espeak-ng does not start: are its voices' data installed?")
        self._espeak.SetSynthCallback(self._collect)

    def _collect(self, sound: Any, count: int, events: Any) -> int:  # noqa: ANN401 (ctypes)
        """Keep what espeak-ng hands over; telling pyttsx3 here would let it start the next."""
        if count > 0:
            self._sound += ctypes.string_at(sound, count * ctypes.sizeof(ctypes.c_short))
        index = 0
        while (event := events[index]).type != _LIST_TERMINATED:
            if event.type == _WORD:
                # espeak-ng counts characters from one.
                self._words.append((event.text_position - 1, event.length, event.audio_position))
            index += 1
        return 0

    def save_to_file(self, text: str, filename: str) -> None:
        """Write ``text`` as a WAV file, and only then return."""
        self._proxy.notify("started-utterance")
        self._sound.clear()
        self._words.clear()
        # Without the flag for SSML, or "<" would begin a tag.
        flags = self._espeak.CHARS_UTF8 | self._espeak.ENDPAUSE
        if self._espeak.Synth(text, flags=flags) != self._espeak.EE_OK:
            raise RuntimeError("espeak-ng refused the text")
        with wave.open(filename, "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(self.sample_rate)
            sound.writeframes(self._sound)
        for location, length, start_ms in self._words:
            self._proxy.notify(
                "started-word",
                name=text[location : location + length],
                location=location,
                length=length,
                start_ms=start_ms,
            )
        self._proxy.notify("finished-utterance", completed=True)

    def say(self, text: str) -> None:
        """Refuse: a narration is never played while it is made."""
        raise RuntimeError(f"this driver only writes files, and was told to say {text!r}")

    def stop(self) -> None:
        """Do nothing: what was begun is done before pyttsx3 can ask."""

    def destroy(self) -> None:
        """Do nothing: espeak-ng ends with its process."""

    def startLoop(self) -> None:  # noqa: N802 (pyttsx3's interface)
        """Do all that is queued."""
        self._proxy.setBusy(False)

    def endLoop(self) -> None:  # noqa: N802 (pyttsx3's interface)
        """Do nothing: the loop is over as soon as the queue is empty."""

    def iterate(self) -> Iterator[None]:
        """Do all that is queued, for a caller with a loop of its own."""
        self._proxy.setBusy(False)
        yield

    def getProperty(self, name: str) -> object:  # noqa: N802 (pyttsx3's interface)
        """Return "voices", "voice", "rate" (espeak-ng's own words a minute), "volume", "pitch"."""
        if name == "voices":
            return self._voices()
        if name == "voice":
            return self._espeak.GetCurrentVoice().contents.identifier.decode()
        # The binding's own call leaves out which value is meant: 1 is the one now in use.
        number = int(self._espeak.dll.espeak_GetParameter(self._parameter(name), 1))
        return number / 100 if name == "volume" else number

    def setProperty(self, name: str, value: Any) -> None:  # noqa: ANN401, N802 (pyttsx3's interface)
        """Set "voice" (the ``id`` of one of the "voices"), "rate", "volume" (0 to 1) or "pitch"."""
        if name == "voice":
            if value not in {voice.id for voice in self._voices()}:
                raise ValueError(f"espeak-ng has no voice {value!r}")
            failed = self._espeak.SetVoiceByName(value.encode())
        else:
            number = round(value * 100) if name == "volume" else int(value)
            failed = self._espeak.SetParameter(self._parameter(name), number, 0)
        if failed:
            raise ValueError(f"espeak-ng does not take {value!r} as its {name}")

    def _parameter(self, name: str) -> int:
        if name not in ("rate", "volume", "pitch"):
            raise KeyError(f"unknown property {name}")
        return int(getattr(self._espeak, name.upper()))

    def _voices(self) -> list[Voice]:
        listed = ctypes.cast(
            self._espeak.cListVoices(None), ctypes.POINTER(ctypes.POINTER(_VoiceRecord))
        )
        voices: list[Voice] = []
        while record := listed[len(voices)]:
            found = record.contents
            voices.append(
                Voice(found.identifier.decode(), found.name.decode(), _languages(found.languages))
            )
        return voices


class _VoiceRecord(ctypes.Structure):
    """The start of speak_lib.h's espeak_VOICE; the binding's own cuts languages at the first."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_void_p),
        ("identifier", ctypes.c_char_p),
    )


def _languages(address: int) -> list[str]:
    """Read a list of languages, the best first: a byte of priority (low is good) and a string each.

    Of equal ones the short comes first, so that "fr" means France before it means Belgium.
    """
    found: list[tuple[int, int, str]] = []
    while priority := ctypes.c_ubyte.from_address(address).value:
        language = ctypes.string_at(address + 1)
        found.append((priority, len(language), language.decode()))
        address += len(language) + 2
    return [language for *_, language in sorted(found)]
