from __future__ import annotations

import numpy as np

from recorder.area import Area, Look
from recorder.picture import Picture, decode_picture, encode_picture
from recorder.secrecy.redaction import redact
from recorder.take import Box, Point

_ORIGIN = Point(x=0, y=0)
_BOX = Box(x=20, y=10, width=120, height=20)
_LOOK = Look(colour="rgb(0, 128, 0)", size=16, start=24, side="left", y=20)


def _page() -> Picture:
    """A grey page, 200 by 50 CSS pixels, on which something is written in red."""
    page = np.full((100, 400, 3), 230, np.uint8)
    page[30:50, 50:120] = (0, 0, 255)
    return page


def _field(look: Look = _LOOK) -> Area:
    return Area(is_field=True, whole=(_BOX,), parts=(_BOX,), text="hunter22", look=look)


def _cover() -> Area:
    return Area(is_field=False, whole=(_BOX,), parts=(_BOX,), text="hunter22")


def _painted(area: Area, corner: Point = _ORIGIN, dots: int = 8) -> Picture:
    return decode_picture(redact(encode_picture(_page()), [area], 2, corner=corner, dots=dots))


def _has_red(picture: Picture) -> bool:
    return bool(((picture[..., 2] > 200) & (picture[..., 1] < 100)).any())


def _count_dots(picture: Picture) -> int:
    """How many runs of green there are in the line of the dots."""
    line = picture[40, :, 1].astype(int) - picture[40, :, 2] > 90
    return int((line[1:] & ~line[:-1]).sum())


def test_cover_is_opaque_and_of_one_colour() -> None:
    picture = _painted(_cover())
    assert not _has_red(picture)
    inner = picture[20:60, 40:280].reshape(-1, 3)
    assert (inner == inner[0]).all()
    assert (picture[70:] == 230).all()


def test_field_has_its_own_colour_and_as_many_dots_as_are_wanted() -> None:
    assert not _has_red(_painted(_field()))
    for count in (0, 1, 5, 8):
        assert _count_dots(_painted(_field(), dots=count)) == count


def test_dots_stand_on_the_side_of_the_text() -> None:
    for side, start in (("right", 136), ("center", 80)):
        look = Look(colour="rgb(0, 128, 0)", size=16, start=start, side=side, y=20)
        green = _painted(_field(look))[40, :, 1].astype(int) - _painted(_field(look))[40, :, 2] > 90
        columns = np.flatnonzero(green)
        middle = (columns[0] + columns[-1]) / 4
        assert middle > 90 if side == "right" else 78 < middle < 82


def test_part_of_a_page_is_painted_where_it_lies() -> None:
    region = encode_picture(_page()[20:60, 40:200])
    picture = decode_picture(redact(region, [_cover()], 2, corner=Point(x=20, y=10)))
    assert not _has_red(picture)


def test_picture_in_which_nothing_is_hidden_stays_as_it_is() -> None:
    page = encode_picture(_page())
    unseen = Area(is_field=False, whole=(_BOX,), parts=(), text="hunter22")
    assert redact(page, [unseen], 2, corner=_ORIGIN) == page
