"""Locators that a page breaks, each by a script, and elements that it removes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from selenium.webdriver.common.by import By

__all__ = [
    "APP",
    "DJANGO",
    "JUPYTERLAB",
    "PLAIN",
    "Break",
    "PageTarget",
    "break_locators",
    "remove_targets",
]

_XPATH_TEXT = "normalize-space(.)="


@dataclass(frozen=True)
class Break:
    """A locator that finds an element, and the script that makes it fail.

    The script is given the element and returns the one that a reader would take for it
    afterwards; nothing where it ``is_gone``.
    """

    name: str
    by: str
    value: str
    script: str
    is_gone: bool = False


@dataclass(frozen=True)
class PageTarget:
    """An element: its CSS selector, its text, and another text that means the same."""

    css: str
    text: str = ""
    renamed: str = ""
    tag: str = ""


PLAIN = (
    PageTarget("#find", "Find", "Find now", "a"),
    PageTarget("#new", "New assignment", "New assignment…", "a"),
    PageTarget("#people-link", "People", "People here", "button"),
    PageTarget("#nav-files", "Files", "All files", "button"),
    PageTarget("#nav-settings", "Settings", "Course settings", "button"),
    PageTarget("tbody tr:nth-child(2) .grade", tag="a"),
    PageTarget("#search"),
    PageTarget("#course"),
    PageTarget("#open-only"),
)
"""Of pages/plain.html."""

APP = (
    PageTarget("#save-42", "Save", "Save task", "div"),
    PageTarget("#cancel-42", "Cancel", "Cancel changes", "a"),
    PageTarget(".toolbar [title='Bold']", tag="a"),
    PageTarget(".toolbar [title='Italic']", tag="a"),
    PageTarget("#menu-rename", "Rename…", "Rename file…"),
    PageTarget("#menu-copy", "Copy", "Copy file"),
    PageTarget("#tab-history", "History", "Full history"),
    PageTarget("#field-title"),
    PageTarget("#field-notes"),
    PageTarget("#priority"),
    PageTarget("li:nth-child(3) button.edit", tag="a"),
)
"""Of pages/app.html."""

JUPYTERLAB = (
    PageTarget(".jp-LauncherCard[data-category='Notebook']"),
    PageTarget(".jp-LauncherCard[data-category='Console']"),
    PageTarget("[data-command='filebrowser:create-new-directory']"),
    PageTarget("[data-command='filebrowser:refresh']"),
    PageTarget(".lm-MenuBar-item:nth-child(1)"),
    PageTarget(".lm-MenuBar-item:nth-child(5)"),
    PageTarget("[data-id='jp-running-sessions']"),
    PageTarget("[data-id='table-of-contents']"),
)
"""Of JupyterLab's launcher."""

DJANGO = (
    PageTarget("#id_title"),
    PageTarget("#id_author"),
    PageTarget("#id_published"),
    PageTarget("#id_shelf"),
    PageTarget("[name=_save]"),
    PageTarget("[name=_continue]"),
    PageTarget("[name=_addanother]"),
    PageTarget(".deletelink"),
    PageTarget(".historylink"),
)
"""Of the form of a book in Django's admin."""

_RENAME = """
function* texts(node) {
  for (const child of node.childNodes)
    if (child.nodeType === 3) yield child;
    else yield* texts(child);
}
[...texts(el)].find((node) => node.textContent.trim()).textContent = %r;
return el;
"""
_RETAG = """
const other = document.createElement(%r);
for (const { name, value } of el.attributes)
  if (!['type', 'href'].includes(name)) other.setAttribute(name, value);
if (other.tagName === 'A') other.setAttribute('role', 'button');
if (el.tagName === 'A') other.className = 'link';
other.append(...el.childNodes);
el.replaceWith(other);
return other;
"""
_WRAP = """
const outer = document.createElement('div'), inner = document.createElement('span');
outer.className = 'wrapper';
el.before(outer);
outer.append(inner);
inner.append(el);
return el;
"""
_RECLASS = """
el.className = [...el.classList].map((name) => 'v2-' + name).join(' ') || 'v2';
return el;
"""
_REORDER = """
let at = el;
while (at.parentElement.children.length === 1) at = at.parentElement;
const all = at.parentElement;
if (all.firstElementChild === at) all.append(at);
else all.prepend(at);
return el;
"""
_RENUMBER = "el.id = 'view-' + el.id; return el;"
_REMOVE = "el.remove(); return null;"
_BY_CLASS = """
const own = el.classList[0];
if (!own) return "";
const place = [...document.querySelectorAll('.' + own)].indexOf(el) + 1;
return `(//*[contains(concat(" ", @class, " "), " ${own} ")])[${place}]`;
"""
_PATH = """
const parts = [];
for (let at = el; at !== document.documentElement; at = at.parentElement) {
  const place = [...at.parentElement.children].indexOf(at) + 1;
  parts.unshift(`${at.tagName.toLowerCase()}:nth-child(${place})`);
}
return parts.join(' > ');
"""


def break_locators(
    targets: tuple[PageTarget, ...], ask: Callable[[str, str], str]
) -> Iterator[Break]:
    """Yield what breaks locators of ``targets``, each in every way that fits it.

    ``ask`` runs a script on the element of a CSS selector, before anything is broken.
    """
    for target in targets:
        css, path = target.css, ask(target.css, _PATH)
        named = css if css.startswith("#") else ""
        by_class = ask(css, _BY_CLASS)
        if named:
            yield Break(f"{css} id", By.ID, css[1:], _RENUMBER)
        if by_class:
            yield Break(f"{css} class", By.XPATH, by_class, _RECLASS)
        if target.renamed:
            value = f"//*[{_XPATH_TEXT}{target.text!r}]"
            yield Break(f"{css} text", By.XPATH, value, _RENAME % target.renamed)
        if target.tag:
            yield Break(f"{css} tag", By.CSS_SELECTOR, path, _RETAG % target.tag)
        yield Break(f"{css} order", By.CSS_SELECTOR, path, _REORDER)
        yield Break(f"{css} wrapper", By.CSS_SELECTOR, path, _WRAP)


def remove_targets(targets: tuple[PageTarget, ...]) -> Iterator[Break]:
    """Yield the removal of each of ``targets``."""
    for target in targets:
        yield Break(f"{target.css} removed", By.CSS_SELECTOR, target.css, _REMOVE, is_gone=True)
