"""Single changes of JupyterLab's launcher."""

from __future__ import annotations

from tests.storycast.drift.mutations.mutation import Page, quiet, told

__all__ = ["JUPYTERLAB"]

_TOLD = (
    told(
        "menu renamed",
        "renamed",
        "all('.lm-MenuBar-itemLabel')[2].textContent = 'Display'",
        "View",
        "Display",
    ),
    told(
        "launcher card renamed",
        "renamed",
        "all('.jp-LauncherCard-label p')[0].textContent = 'Python 4'",
        "Python",
    ),
    told(
        "section heading changed",
        "text changed",
        "all('.jp-Launcher-sectionTitle')[1].textContent = 'Consoles'",
        "Console",
        "Consoles",
    ),
    told(
        "column head changed",
        "text changed",
        "all('.jp-DirListing-headerItemText')[0].textContent = 'Title'",
        "Name",
        "Title",
    ),
    told(
        "status text changed",
        "text changed",
        "all('#jp-main-statusbar *').filter((e) => e.textContent === 'Launcher' && !e.children.length).forEach((e) => { e.textContent = 'Start page' })",
        "Start page",
    ),
    told("title changed", "text changed", "document.title = 'Our Lab'", "Our Lab"),
    told("card removed", "removed", "all('.jp-LauncherCard').at(-1).remove()", "Contextual Help"),
    told("menu removed", "removed", "all('.lm-MenuBar-item')[4].remove()", "Kernel"),
    told("section removed", "removed", "all('.jp-Launcher-section')[1].remove()", "Console"),
    told("toolbar button removed", "removed", "$('[data-jp-item-name=uploader]').remove()"),
    told(
        "card added",
        "added",
        "const c = all('.jp-LauncherCard').at(-1).cloneNode(true); c.title = 'Julia'; c.querySelector('p').textContent = 'Julia 2'; all('.jp-Launcher-cardContainer').at(-1).append(c)",
        "Julia",
    ),
    told(
        "banner added",
        "added",
        "document.body.insertAdjacentHTML('beforeend', '<div role=\"alert\" style=\"position:fixed;z-index:9999;top:0;left:40%;background:#fff;padding:8px\">The server restarts at noon.</div>')",
        "noon",
    ),
    told(
        "card disabled",
        "state changed",
        "all('.jp-LauncherCard')[2].setAttribute('aria-disabled', 'true')",
        "Terminal",
        "disabled",
    ),
    told(
        "heading coloured",
        "restyled",
        "all('.jp-Launcher-sectionTitle')[0].style.color = '#c00'",
        "Notebook",
    ),
    told(
        "heading larger",
        "restyled",
        "all('.jp-Launcher-sectionTitle')[0].style.fontSize = '30px'",
        "Notebook",
    ),
    told(
        "cards reordered",
        "reordered",
        "const c = all('.jp-Launcher-cardContainer').at(-1); c.prepend(c.lastElementChild)",
    ),
    told(
        "menus reordered",
        "reordered",
        "const m = $('.lm-MenuBar-content'); m.insertBefore(m.children[5], m.children[1])",
    ),
    told(
        "card moved",
        "moved",
        "const c = all('.jp-LauncherCard')[0]; c.style.position = 'relative'; c.style.left = '60px'",
        "Python",
    ),
    told(
        "card larger",
        "resized",
        "const c = all('.jp-LauncherCard')[0]; c.style.width = '180px'; c.style.height = '150px'",
        "Python",
    ),
)

_QUIET = (
    quiet("nothing at all", ""),
    quiet(
        "class names of cards",
        "all('.jp-LauncherCard').forEach((c, i) => c.classList.add(`x${i}`))",
    ),
    quiet("random ids", "all('.lm-TabBar-tab').forEach((t) => t.dataset.id = Math.random())"),
    quiet(
        "wrapped headings",
        "all('.jp-Launcher-sectionTitle').forEach((t) => { const d = document.createElement('div'); t.before(d); d.append(t) })",
    ),
    quiet("focus in the file browser", "$('.jp-DirListing-content').focus()"),
    quiet("focus on a card", "all('.jp-LauncherCard')[1].focus()"),
    quiet(
        "comments", "all('.jp-LauncherCard').forEach((c) => c.before(document.createComment('x')))"
    ),
    quiet("half a pixel", "$('.jp-Launcher-content').style.transform = 'translate(0.5px, 0.5px)'"),
    quiet(
        "hidden text",
        "$('.jp-Launcher-content').insertAdjacentHTML('beforeend', '<p hidden>Not seen</p>')",
    ),
    quiet(
        "empty elements",
        "$('.jp-Launcher-content').insertAdjacentHTML('beforeend', '<div></div><span></span>')",
    ),
)

JUPYTERLAB = Page(_TOLD, _QUIET)
"""JupyterLab's launcher."""
