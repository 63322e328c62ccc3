"""Single changes of a page of 1,800 elements."""

from __future__ import annotations

from tests.storycast.drift.mutations.mutation import Page, quiet, told

__all__ = ["LARGE"]

_TOLD = (
    told(
        "a button far down renamed",
        "renamed",
        "all('button')[290].textContent = 'Open'",
        "Edit 290",
        "Open",
    ),
    told(
        "a row added first",
        "added",
        "$('tbody').insertAdjacentHTML('afterbegin', '<tr><td>New</td><td>n</td><td>0</td><td><button>Edit new</button></td></tr>')",
        "New",
    ),
    told("a row removed", "removed", "all('tbody tr')[100].remove()", "Course 100"),
    told(
        "a cell changed",
        "text changed",
        "all('tbody tr')[3].children[1].textContent = 'Ada'",
        "Ada",
    ),
    told(
        "a picture drawn in a cell",
        "picture only",
        "all('tbody tr')[3].children[0].style.backgroundImage = 'linear-gradient(#f80, #06c)'",
        "Course 3",
    ),
    told("all rows higher", "resized", "all('td').forEach((t) => { t.style.padding = '6px' })"),
    told(
        "larger letters in all cells",
        "restyled",
        "all('td').forEach((t) => { t.style.fontSize = '21px' })",
        "larger",
        "1199 more",
    ),
    told(
        "all rows sorted otherwise",
        "reordered",
        "const b = $('tbody'); [...b.children].reverse().forEach((r) => b.append(r))",
        "more",
        "another order",
    ),
    told(
        "table moved to the right",
        "moved",
        "$('table').style.marginLeft = '300px'",
        "right by 300",
    ),
    told(
        "column added to all rows",
        "added",
        "all('tr').forEach((r, i) => r.insertAdjacentHTML('beforeend', `<td>State ${i}</td>`))",
        "State",
    ),
)

_QUIET = (
    quiet("nothing in a large page", ""),
    quiet("classes in a large page", "all('td').forEach((t, i) => t.className = `c${i}`)"),
)

LARGE = Page(_TOLD, _QUIET, scale=2)
"""A page of 1,800 elements."""
