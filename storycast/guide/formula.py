"""The formula: TeX made into MathML, which browsers show and screen readers read."""

from __future__ import annotations

import re
from functools import cache
from html import escape

__all__ = ["render_formula"]

_ATTRIBUTES = (
    "accent|columnalign|columnlines|columnspacing|depth|display|displaystyle|fence|form|height"
    "|linebreak|linethickness|lspace|mathbackground|mathcolor|mathsize|mathvariant|maxsize|minsize"
    "|movablelimits|notation|rowlines|rowspacing|rspace|scriptlevel|separator|stretchy|voffset"
    "|width|xmlns"
)
_HARMLESS = re.compile(
    rf'(?:[^<>&]|&(?:#x[0-9A-F]+|amp|lt|gt);|</?m[a-z]+(?: (?:{_ATTRIBUTES})="[^"<>]*")*\s*/?>)*'
)


@cache
def render_formula(tex: str, *, block: bool = False) -> str:
    """``tex`` as MathML; as code where it is not understood.

    latex2mathml lets addresses, styles and what is text in TeX through as they are: what holds
    anything but MathML's own elements and plain attributes is shown as code, too.
    """
    from latex2mathml.converter import convert  # noqa: PLC0415 - few guides have a formula

    try:
        formula = convert(tex, display="block" if block else "inline")
    except Exception:  # the library's errors have no common root
        formula = ""
    if formula and _HARMLESS.fullmatch(formula):
        return formula
    code = f"<code>{escape(tex.strip())}</code>"
    return f"<pre>{code}</pre>\n" if block else code
