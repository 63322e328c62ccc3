from __future__ import annotations

import pytest

from storycast.guide.formula import render_formula


def test_formula_is_mathml() -> None:
    shown = render_formula(r"a^2 < \frac{1}{2}")
    assert shown.startswith("<math ")
    assert "<msup><mi>a</mi><mn>2</mn></msup>" in shown
    assert 'display="block"' in render_formula("a", block=True)


@pytest.mark.parametrize("tex", [r"\int_0^1 x\,dx = \frac12", r"a \quad b", r"\boxed{x}"])
def test_spaces_and_boxes_are_mathml(tex: str) -> None:
    assert render_formula(tex, block=True).startswith("<math ")


@pytest.mark.parametrize(
    "tex",
    [
        r"\text{<img src=x onerror=alert(1)>}",
        r"\href{javascript:alert(1)}{x}",
        r"\style{color:red}{x}",
        r"\frac{",
    ],
)
def test_formula_that_is_not_harmless_or_not_understood_is_code(tex: str) -> None:
    shown = render_formula(tex)
    assert shown.startswith("<code>")
    assert shown.count("<") == 2
