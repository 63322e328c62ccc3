from __future__ import annotations

import pytest

from narration.lexicon import is_name, respell, respell_math


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("file", "file"),
        ("(JupyterLab),", "(Jupyter Lab),"),
        ("JupyterLab's", "Jupyter Lab's"),
        ("JupyterHub-based", "Jupyter Hub-based"),
        ("nbgrader", "nbgrader"),
        ("LaTeX.", "lay tech."),
        ("PyPI", "pie P I"),
        ("kubectl", "cube control"),
        ("i18n", "internationalisation"),
        ("OpenRefine!", "Open Refine!"),
        ("e.g.", "for example"),
        ("Ctrl+S", "Control S"),
        ("Shift+Enter,", "Shift Enter,"),
        ("Ctrl+Shift+PgUp", "Control Shift Page Up"),
        ("⌘+S", "Command S"),
        ("1+2", "1+2"),
        ("C++", "C++"),
        ("demo.ipynb", "demo dot I P Y N B"),
        ("a.b.csv.", "a dot b dot C S V."),
        ("frame.head()", "frame dot head()"),
        (".gitignore", "dot gitignore"),
        ("4.6", "4.6"),
        ("v0.9.5", "v0.9.5"),
        ("U.S.", "U.S."),
        ("data/raw", "data slash raw"),
        ("/home/ann/course/demo.ipynb", "course slash demo dot I P Y N B"),
        ("~/notes", "notes"),
        ("and/or", "and or"),
        ("1/2", "1/2"),
        ("https://www.jupyter.org/try?x=1", "jupyter dot org slash try"),
        ("https://a.io/b/c/d/e.html#f", "a dot io"),
        ("http://localhost:8888/lab", "localhost 8888 slash lab"),
        ("2024-05-01", "1 May 2024"),
        ("my_variable", "my variable"),
        ("--no-browser", "no-browser"),
        ("&", "and"),
        ("→", "then"),
        ("…", ""),
        ("—", ""),
        ("🎉", ""),
        ("done…", "done"),
        ("file —", "file —"),
        ("ann.b@example.org.", "ann dot b at example dot org."),
        ("C:\\Users\\ann\\work\\a.csv", "work slash a dot C S V"),
        ("src\\main", "src slash main"),
        ("$HOME", "HOME"),
        ("$5.99", "$5.99"),
        ("==", "equals"),
        ("!=", "is not"),
        ("≤", "is at most"),
        ("↑", "up"),
        ("Ph.D.", "Ph.D."),
        ("index.js", "index dot J S"),
    ],
)
def test_english_word_is_respelt(written: str, spoken: str) -> None:
    assert respell(written) == spoken


@pytest.mark.parametrize(
    ("written", "language", "spoken"),
    [
        ("Strg+S", "de", "Steuerung S"),
        ("demo.csv", "de-AT", "demo Punkt csv"),
        ("&", "fr_CA", "et"),
        ("kubectl", "de", "kubectl"),
        ("JupyterLab", "fi", "Jupyter Lab"),
        ("demo.csv", "fi", "demo.csv"),
        ("data/raw", "fi", "data/raw"),
        ("https://a.fi", "fi", "https://a.fi"),
    ],
)
def test_other_languages_have_their_own_words(written: str, language: str, spoken: str) -> None:
    assert respell(written, language) == spoken


def test_lower_case_names_are_known() -> None:
    assert is_name("nbgrader,")
    assert not is_name("grader")


def test_terms_go_before_the_built_in_words() -> None:
    terms = (("GitHub", "the hub"), ("nbgrader", "N B grader"))
    assert respell("GitHub,", "en", terms) == "the hub,"
    assert respell("nbgrader's", "en", terms) == "N B grader's"
    assert respell("GitLab", "en", terms) == "Git Lab"


@pytest.mark.parametrize(
    ("written", "language", "spoken"),
    [
        ("x^2", "en", "x squared"),
        ("x^{10},", "en", "x to the power of 10,"),
        ("a_i", "en", "a sub i"),
        (r"\frac{a}{b}.", "en", "a over b."),
        (r"\sqrt{2}", "en", "the square root of 2"),
        (r"n\leq3", "en", "n is at most 3"),
        ("E=mc^2", "en", "E equals mc squared"),
        (r"\alpha", "en", "alpha"),
        ("+", "en", "plus"),
        (r"\frac{a}{b}", "fi", "frac a b"),
        ("{", "en", ""),
    ],
)
def test_math_is_said_in_words(written: str, language: str, spoken: str) -> None:
    assert respell_math(written, language) == spoken
