"""Sound for ffmpeg: the commands that level, measure and encode it."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import ffmpeg

from storycast.errors import FilmError
from storycast.film.ffmpeg import EXACT, Command, compiled, run

__all__ = [
    "Loudness",
    "decode_sound",
    "level_command",
    "measure_sound",
    "peak_command",
    "read_loudness",
    "sound_command",
]

# On speech this is nearer to its source than the usual coder with a third more bytes, by 4 to 13 dB
# in every band to 11 kHz, and takes 40% of its time.
_AAC = {"aac_coder": "fast", "audio_bitrate": "96k", "flags:a": "+bitexact"}


@dataclass(frozen=True)
class Loudness:
    """Loudness and true peak of the whole, as ITU-R BS.1770 measures them."""

    lufs: float
    peak_db: float


def sound_command(sound: Path, out: Path, *, bed: Path | None = None) -> Command:
    """Return what makes the film's sound of the WAV file ``sound``: AAC, 48 kHz, in MP4.

    ``bed`` is another WAV file that is heard below it (None: nothing is).
    """
    heard = ffmpeg.input(str(sound))
    if bed is not None:
        both = [heard, ffmpeg.input(str(bed))]
        heard = ffmpeg.filter(both, "amix", inputs=2, normalize=0, duration="first")
    made = heard.output(str(out), format="ipod", acodec="aac", **_AAC, **EXACT)
    return compiled(made)


def decode_sound(sound: Path, rate: int) -> bytes:
    """Return the samples of any sound that ffmpeg reads: mono, 32-bit floating point.

    Raises ``FilmError`` where it cannot read it.
    """
    with tempfile.TemporaryDirectory() as desk:
        out = Path(desk) / "samples.f32"
        decoded = ffmpeg.input(str(sound))["a:0"].output(
            str(out), format="f32le", acodec="pcm_f32le", ac=1, ar=rate
        )
        run(compiled(decoded))
        return out.read_bytes()


def measure_sound(sound: Path, peak: str = "true") -> Loudness:
    """Measure any sound that ffmpeg reads; ``peak`` as in `peak_command`.

    Raises ``FilmError`` where it cannot read it.
    """
    return read_loudness(run(peak_command(sound, peak)))


def read_loudness(said: str) -> Loudness:
    """Read the summary that ffmpeg's meter writes at its end; a peak that was not measured is 0.

    Raises ``FilmError`` where there is none.
    """
    summary = said[max(said.rfind("Summary:"), 0) :]
    lufs, peak = (re.search(each, summary) for each in (r"I:\s+(\S+) LUFS", r"Peak:\s+(\S+) dB"))
    if lufs is None:
        raise FilmError("ffmpeg does not say how loud the sound is.")
    return Loudness(float(lufs[1]), float(peak[1]) if peak else 0.0)


def level_command(sound: Path, out: Path, *, gain_db: float, peak_db: float) -> Command:
    """Return what applies gain and limiter to the WAV file ``sound``, and measures the outcome.

    ``out`` is mono, 48 kHz, in floating point. At twice that rate the limiter sees what lies
    between samples.
    """
    levelled = (
        ffmpeg.input(str(sound))
        .filter("volume", f"{gain_db:.2f}dB", precision="float")
        .filter("aresample", 96000)
        .filter("alimiter", limit=f"{10 ** (peak_db / 20):.5f}", level="false", latency="true")
        .filter("aresample", 48000)
        .filter("ebur128", framelog="verbose")
        .filter("aformat", sample_fmts="flt", channel_layouts="mono", sample_rates=48000)
    )
    return compiled(levelled.output(str(out), acodec="pcm_f32le", **EXACT), level="info")


def peak_command(sound: Path, peak: str = "true") -> Command:
    """Return what measures how loud the file ``sound`` is, and its peak.

    It is "true", or the highest "sample", which takes half the time.
    """
    measured = ffmpeg.input(str(sound)).filter("ebur128", framelog="verbose", peak=peak)
    return compiled(measured.output("-", format="null"), level="info")
