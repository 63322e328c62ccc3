"""Sound for ffmpeg: the commands that level, measure and encode it."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import ffmpeg

from storycast.errors import FilmError
from storycast.film.ffmpeg import EXACT, Command, compiled, run, run_pipeline

__all__ = ["Level", "Loudness", "decode_sound", "encode_sound", "measure_sound"]

# On speech this is nearer to its source than the usual coder with a third more bytes, by 4 to 13 dB
# in every band to 11 kHz, and takes 40% of its time.
_AAC = {"aac_coder": "fast", "audio_bitrate": "96k", "flags:a": "+bitexact+global_header"}
_RATE = 48000


@dataclass(frozen=True)
class Level:
    """What is done to a sound: gain, then a limiter that lets no sample rise above a ceiling."""

    gain_db: float
    ceiling_db: float


@dataclass(frozen=True)
class Loudness:
    """Loudness and true peak of the whole, as ITU-R BS.1770 measures them."""

    lufs: float
    peak_db: float


def encode_sound(sound: Path, out: Path, *, level: Level, bed: Path | None = None) -> Loudness:
    """Make the film's sound of the WAV file ``sound``: AAC, mono, 48 kHz, in MP4.

    ``bed`` is another WAV file that is heard below it (None: nothing is). Returns the loudness of
    what ``level`` made of ``sound``, and the true peak of what players will decode. It is levelled,
    encoded and measured at the same time.

    Raises ``FilmError`` where ffmpeg fails.
    """
    levelled, decoded = run_pipeline((_encode_command(sound, out, level, bed), _listen_command()))
    return Loudness(_read_loudness(levelled).lufs, _read_loudness(decoded).peak_db)


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
    """Measure any sound that ffmpeg reads; ``peak`` is "true", or the highest "sample".

    The latter takes half the time.

    Raises ``FilmError`` where it cannot read it.
    """
    return _read_loudness(run(_metered(ffmpeg.input(str(sound)), peak)))


def _read_loudness(said: str) -> Loudness:
    """Read the summary that ffmpeg's meter writes at its end; a peak that was not measured is 0.

    Raises ``FilmError`` where there is none.
    """
    summary = said[max(said.rfind("Summary:"), 0) :]
    lufs, peak = (re.search(each, summary) for each in (r"I:\s+(\S+) LUFS", r"Peak:\s+(\S+) dB"))
    if lufs is None:
        raise FilmError("ffmpeg does not say how loud the sound is.")
    return Loudness(float(lufs[1]), float(peak[1]) if peak else 0.0)


def _encode_command(sound: Path, out: Path, level: Level, bed: Path | None) -> Command:
    """Apply ``level`` to a WAV file, measure the outcome, and encode it over ``bed``.

    It is written to the file ``out``, and once more to the output. At twice the rate the limiter
    sees what lies between samples.
    """
    ceiling = f"{10 ** (level.ceiling_db / 20):.5f}"
    heard = (
        ffmpeg.input(str(sound))
        .filter("volume", f"{level.gain_db:.2f}dB", precision="float")
        .filter("aresample", 2 * _RATE)
        .filter("alimiter", limit=ceiling, level="false", latency="true")
        .filter("aresample", _RATE)
        .filter("ebur128", framelog="verbose")
        .filter("aformat", sample_fmts="flt", channel_layouts="mono", sample_rates=_RATE)
    )
    if bed is not None:
        both = [heard, ffmpeg.input(str(bed))]
        heard = ffmpeg.filter(both, "amix", inputs=2, normalize=0, duration="first")
    path = re.sub(r"([\\'|\[\] ])", r"\\\1", str(out))
    ends = f"[f=ipod:fflags=+bitexact]{path}|[f=adts]pipe:1"
    encoded = heard.output(ends, format="tee", acodec="aac", **_AAC, **EXACT)
    return compiled(encoded, level="info")


def _listen_command() -> Command:
    """Decode what comes in, and measure its true peak."""
    return _metered(ffmpeg.input("pipe:", format="aac"), "true")


def _metered(stream: ffmpeg.nodes.FilterableStream, peak: str) -> Command:
    measured = stream.filter("ebur128", framelog="verbose", peak=peak)
    return compiled(measured.output("-", format="null"), level="info")
