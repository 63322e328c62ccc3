from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from recorder.front_matter import HighlightStyle
from recorder.take import Box, Moment, shot_path
from storycast.drawing import Frame, encode_png, load_shot
from storycast.errors import StorycastError
from storycast.guide.comparison import shot_comparison
from storycast.guide.model import Figure, Mark
from storycast.guide.picture import draw_figure
from storycast.look import DEFAULT_LOOK
from tests.storycast.guide.board import moment

SIZE = (320, 160)  # 20 by 10 tiles
BOX = Box(x=100, y=60, width=60, height=40)


def _shoot(
    folder: Path, letter: str, spot: Box | None = None, *, scale: int = 1, colour: str = "black"
) -> Moment:
    taken = moment(letter)
    picture = Image.new("RGB", (SIZE[0] * scale, SIZE[1] * scale), "white")
    if spot:
        left, top = round(spot.x * scale), round(spot.y * scale)
        size = (round(spot.width * scale), round(spot.height * scale))
        picture.paste(colour, (left, top, left + size[0], top + size[1]))
    shot_path(folder, taken).parent.mkdir(exist_ok=True)
    picture.save(shot_path(folder, taken))
    return taken


def _draw(folder: Path, mark: Mark) -> Frame:
    figure = Figure("picture-1", _shoot(folder, "a"), (mark,), "")
    return draw_figure(figure, folder, 1, DEFAULT_LOOK)


def test_change_is_the_share_of_tiles_that_differ(tmp_path: Path) -> None:
    blank, spotted = _shoot(tmp_path, "a"), _shoot(tmp_path, "b", Box(x=0, y=0, width=4, height=4))
    compare = shot_comparison(tmp_path, 1, tmp_path / "cache")
    assert compare(blank, spotted) == 1 / 200
    assert compare(blank, blank) == 0


def test_change_does_not_depend_on_the_scale(tmp_path: Path) -> None:
    spot = Box(x=20, y=20, width=30, height=8)
    shares = []
    for scale in (1, 2, 3):
        folder = tmp_path / str(scale)
        folder.mkdir()
        pair = (_shoot(folder, "a", scale=scale), _shoot(folder, "b", spot, scale=scale))
        shares.append(shot_comparison(folder, scale, folder / "cache")(*pair))
    assert len(set(shares)) == 1


def test_change_in_a_box_is_that_of_its_forms(tmp_path: Path) -> None:
    pair = (_shoot(tmp_path, "a"), _shoot(tmp_path, "b", BOX))
    compare = shot_comparison(tmp_path, 1, tmp_path / "cache")
    assert compare(*pair, Box(x=0, y=0, width=50, height=50)) == 0
    assert compare(*pair, Box(x=90, y=50, width=40, height=40)) == 1
    assert compare(*pair, Box(x=900, y=900, width=20, height=20)) == 1


def test_colour_does_not_change_a_form(tmp_path: Path) -> None:
    pair = (_shoot(tmp_path, "a", BOX), _shoot(tmp_path, "b", BOX, colour="#c0d0ff"))
    wider = Box(x=90, y=50, width=80, height=60)
    assert shot_comparison(tmp_path, 1, tmp_path / "cache")(*pair, wider) == pytest.approx(0)


def test_masked_change_does_not_count(tmp_path: Path) -> None:
    blank, clock = _shoot(tmp_path, "a"), _shoot(tmp_path, "b", BOX)
    masked = clock.model_copy(update={"masks": (BOX,)})
    assert shot_comparison(tmp_path, 1, tmp_path / "cache")(blank, masked) == 0


def test_mark_has_a_ring(tmp_path: Path) -> None:
    picture = _draw(tmp_path, Mark(BOX, "Box"))
    assert tuple(picture[80, 94]) == DEFAULT_LOOK.ring_colour


@pytest.mark.parametrize("place", [(100, 60), (0, 0), (300, 140)])
def test_number_stands_on_the_ring_and_in_the_picture(
    tmp_path: Path, place: tuple[int, int]
) -> None:
    box = Box(x=place[0], y=place[1], width=20, height=20)
    plain = _draw(tmp_path, Mark(box, "Box"))
    badged = _draw(tmp_path, Mark(box, "Box", 3))
    rows, columns = np.nonzero((plain != badged).any(axis=2))
    left, top = max(place[0] - 21, 0), max(place[1] - 21, 0)  # with its shadow
    assert (columns.min(), rows.min()) >= (left, top)
    assert (columns.max(), rows.max()) <= (left + 30, top + 30)
    assert rows.size > 400


def test_nothing_is_lost_in_the_file(tmp_path: Path) -> None:
    picture = _draw(tmp_path, Mark(BOX, "Box", 1))
    with Image.open(io.BytesIO(encode_png(picture))) as read:
        assert np.array_equal(np.array(read.convert("RGB")), picture)


def test_comparison_is_kept(tmp_path: Path) -> None:
    pair = _shoot(tmp_path, "a"), _shoot(tmp_path, "b", BOX)
    kept = tmp_path / "cache"
    found = shot_comparison(tmp_path, 1, kept)(*pair)
    for moment_ in pair:
        shot_path(tmp_path, moment_).unlink()
    assert shot_comparison(tmp_path, 1, kept)(*pair) == found > 0
    masked = pair[1].model_copy(update={"masks": (BOX,)})
    with pytest.raises(StorycastError):  # another question: the shots are looked at
        shot_comparison(tmp_path, 1, kept)(pair[0], masked)


def test_missing_shot_is_told(tmp_path: Path) -> None:
    figure = Figure("picture-1", moment("z"), (), "")
    with pytest.raises(StorycastError, match="no shot"):
        draw_figure(figure, tmp_path, 1, DEFAULT_LOOK)


def test_target_is_pointed_out_as_in_the_film(tmp_path: Path) -> None:
    plain = load_shot(shot_path(tmp_path, _shoot(tmp_path, "a")))
    drawn = {style: _draw(tmp_path, Mark(BOX, "Box", style=style)) for style in HighlightStyle}
    assert np.array_equal(drawn[HighlightStyle.NONE], plain)
    assert (drawn[HighlightStyle.SPOTLIGHT][5, 5] < plain[5, 5]).all()
    assert np.array_equal(drawn[HighlightStyle.SPOTLIGHT][80, 130], plain[80, 130])
    assert np.array_equal(drawn[HighlightStyle.NUMBER], drawn[HighlightStyle.RING])
    ring, arrow = (
        (drawn[style] != plain).any(axis=2) for style in (HighlightStyle.RING, HighlightStyle.ARROW)
    )
    assert arrow.any()
    assert not np.array_equal(ring, arrow)


def test_spotlights_do_not_dim_each_other(tmp_path: Path) -> None:
    other = Box(x=200, y=60, width=60, height=40)
    marks = tuple(Mark(box, "Box", style=HighlightStyle.SPOTLIGHT) for box in (BOX, other))
    moment_ = _shoot(tmp_path, "a")
    picture = draw_figure(Figure("picture-1", moment_, marks, ""), tmp_path, 1, DEFAULT_LOOK)
    plain = load_shot(shot_path(tmp_path, moment_))
    for column in (130, 230):
        assert np.array_equal(picture[80, column], plain[80, column])
