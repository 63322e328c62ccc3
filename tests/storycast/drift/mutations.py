"""Single changes of pages, each made by a script in the page, and what is to be told of it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "JUPYTERLAB",
    "JUPYTERLAB_QUIET",
    "LARGE",
    "LARGE_QUIET",
    "PLAIN",
    "PLAIN_QUIET",
    "Mutation",
]

_FIND = "const $ = (css) => document.querySelector(css), all = (css) => [...document.querySelectorAll(css)]; "


@dataclass(frozen=True)
class Mutation:
    """A change: the ``script`` that makes it, the ``kind`` it is of (none: not to be told).

    ``about`` is what the sentence has to contain.
    """

    name: str
    script: str
    kind: str = ""
    about: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The script with what it needs."""
        return _FIND + self.script


def _told(name: str, kind: str, script: str, *about: str) -> Mutation:
    return Mutation(name, script, kind, about)


def _quiet(name: str, script: str) -> Mutation:
    return Mutation(name, script)


PLAIN = (
    _told(
        "button renamed", "renamed", "$('#find').textContent = 'Search now'", "Find", "Search now"
    ),
    _told(
        "button extended", "renamed", "$('#new').textContent = 'New assignment…'", "New assignment"
    ),
    _told("link renamed", "renamed", "$('#nav-grades').textContent = 'Marks'", "Grades", "Marks"),
    _told(
        "header link renamed", "renamed", "$('#people-link').textContent = 'Participants'", "People"
    ),
    _told(
        "third row's button renamed",
        "renamed",
        "all('.grade')[2].textContent = 'Mark'",
        "Grade",
        "Mark",
    ),
    _told(
        "field renamed",
        "renamed",
        "$('#search').parentNode.firstChild.textContent = 'Find by name '",
        "Search",
    ),
    _told(
        "checkbox renamed",
        "renamed",
        "$('#open-only').parentNode.lastChild.textContent = ' Only open ones'",
        "Open only",
    ),
    _told("image renamed", "renamed", "$('#logo').alt = 'A chart of marks'", "A chart of grades"),
    _told(
        "heading changed",
        "text changed",
        "$('#title').textContent = 'All assignments'",
        "Assignments",
        "All assignments",
    ),
    _told(
        "paragraph changed",
        "text changed",
        "$('#intro').textContent = 'Choose one to see it.'",
        "Choose",
    ),
    _told(
        "note changed",
        "text changed",
        "$('#note').textContent = 'Grades are published on Monday.'",
        "Friday",
        "Monday",
    ),
    _told(
        "cell changed",
        "text changed",
        "$('tbody tr td:nth-child(2)').textContent = '3 May'",
        "2 May",
        "3 May",
    ),
    _told(
        "number changed",
        "text changed",
        "all('tbody tr')[1].children[2].textContent = '22'",
        "21",
        "22",
    ),
    _told(
        "column head changed",
        "text changed",
        "all('th')[1].textContent = 'Deadline'",
        "Due",
        "Deadline",
    ),
    _told("title changed", "text changed", "document.title = 'Our courses'", "Our courses"),
    _told("value changed", "text changed", "$('#search').value = 'Regression'", "Regression"),
    _told("option chosen", "text changed", "$('#course').value = 'Physics'", "Physics"),
    _told(
        "navigation entry added",
        "added",
        "$('nav ul').insertAdjacentHTML('beforeend', '<li><a href=\"#x\">Archive</a></li>')",
        "Archive",
    ),
    _told(
        "navigation entry added first",
        "added",
        "$('nav ul').insertAdjacentHTML('afterbegin', '<li><a href=\"#x\">Home</a></li>')",
        "Home",
    ),
    _told(
        "button added",
        "added",
        "$('#new').insertAdjacentHTML('afterend', '<button>Copy</button>')",
        "Copy",
    ),
    _told(
        "row added",
        "added",
        "$('tbody tr').insertAdjacentHTML('afterend', '<tr><td>Variance</td><td>5 May</td><td>3</td><td><button>Grade</button></td></tr>')",
        "Variance",
    ),
    _told(
        "banner added",
        "added",
        "$('header').insertAdjacentHTML('afterend', '<p role=\"alert\" style=\"margin:0;padding:12px\">The server restarts at noon.</p>')",
        "noon",
    ),
    _told(
        "column added",
        "added",
        "all('tr').forEach((r, i) => r.insertAdjacentHTML('beforeend', i ? '<td>open</td>' : '<th>State</th>'))",
        "State",
    ),
    _told(
        "field added",
        "added",
        "$('#find').insertAdjacentHTML('beforebegin', '<label>Year <input></label>')",
        "Year",
    ),
    _told(
        "dialog added",
        "added",
        'document.body.insertAdjacentHTML(\'beforeend\', \'<div role="dialog" aria-label="Welcome" style="position:fixed;left:400px;top:300px;background:#fff;padding:20px">New here? <button>Start</button></div>\')',
        "Welcome",
    ),
    _told("navigation entry removed", "removed", "$('#nav-files').parentNode.remove()", "Files"),
    _told("button removed", "removed", "$('#new').remove()", "New assignment"),
    _told("row removed", "removed", "all('tbody tr')[1].remove()", "Regression"),
    _told("note removed", "removed", "$('#note').remove()", "Friday"),
    _told("image removed", "removed", "$('#logo').remove()", "A chart of grades"),
    _told("checkbox removed", "removed", "$('#open-only').parentNode.remove()", "Open only"),
    _told("paragraph removed", "removed", "$('#intro').remove()", "Choose"),
    _told("header link hidden", "removed", "$('#help-link').style.display = 'none'", "Help"),
    _told("button enabled", "state changed", "$('#export').disabled = false", "Export", "enabled"),
    _told(
        "button disabled",
        "state changed",
        "$('#new').disabled = true",
        "New assignment",
        "disabled",
    ),
    _told("box ticked", "state changed", "$('#open-only').checked = true", "Open only", "ticked"),
    _told(
        "field wrong",
        "state changed",
        "$('#search').setAttribute('aria-invalid', 'true')",
        "Search",
    ),
    _told(
        "button pressed", "state changed", "$('#find').setAttribute('aria-pressed', 'true')", "Find"
    ),
    _told(
        "link expanded",
        "state changed",
        "$('#nav-files').setAttribute('aria-expanded', 'true')",
        "Files",
    ),
    _told("button red", "restyled", "$('#find').style.background = '#c00'", "Find"),
    _told("heading coloured", "restyled", "$('#title').style.color = '#06c'", "Assignments"),
    _told("heading smaller", "restyled", "$('#title').style.fontSize = '20px'", "Assignments"),
    _told("note bold", "restyled", "$('#note').style.fontWeight = '700'", "Friday"),
    _told("header another colour", "restyled", "$('header').style.background = '#2a9d8f'"),
    _told("link faded", "restyled", "$('#nav-files').style.opacity = '0.3'", "Files"),
    _told("note moved up", "moved", "$('#note').style.marginTop = '60px'"),
    _told(
        "navigation moved right",
        "moved",
        "$('main').append($('nav')); $('main').style.gridTemplateColumns = '1fr 220px'",
    ),
    _told(
        "button moved",
        "moved",
        "$('#find').style.position = 'relative'; $('#find').style.top = '40px'",
        "Find",
    ),
    _told("button pushed left", "moved", "$('#new').style.marginLeft = '50px'", "New assignment"),
    _told("button larger", "resized", "$('#find').style.padding = '20px 40px'", "Find"),
    _told("image larger", "resized", "$('#logo').width = 240", "A chart of grades"),
    _told("field wider", "resized", "$('#search').style.width = '320px'", "Search"),
    _told("table narrower", "resized", "$('table').style.width = '560px'"),
    _told(
        "entries reordered",
        "reordered",
        "$('nav ul').prepend($('#nav-grades').parentNode)",
        "Grades",
    ),
    _told("rows reordered", "reordered", "$('tbody').append($('tbody tr'))", "Means and medians"),
    _told("buttons reordered", "reordered", "$('#find').before($('#export'))", "Export"),
    _told(
        "header links reordered", "reordered", "$('#courses-link').before($('#help-link'))", "Help"
    ),
    _told(
        "picture replaced",
        "picture only",
        "$('#logo').src = $('#logo').src.replace('%232a9d8f', '%23e76f51')",
        "A chart of grades",
    ),
    _told(
        "border drawn",
        "picture only",
        "$('#note').style.boxShadow = 'inset 0 0 0 4px #c00'",
        "Friday",
    ),
    _told(
        "background picture",
        "picture only",
        "$('#note').style.backgroundImage = 'linear-gradient(90deg, #f80, #fff)'",
        "Friday",
    ),
    _told(
        "text struck out",
        "picture only",
        "$('#intro').style.textDecoration = 'line-through 4px #c00'",
        "Choose",
    ),
    _told(
        "icon in a button",
        "picture only",
        "$('#new').style.backgroundImage = 'radial-gradient(#06c 30%, transparent 32%)'",
        "New assignment",
    ),
)
"""Changes of the plain page that are to be told."""

PLAIN_QUIET = (
    _quiet("nothing", ""),
    _quiet(
        "attributes in another order",
        "const b = $('#find'), i = b.id; b.removeAttribute('id'); b.title; b.setAttribute('data-x', '1'); b.id = i",
    ),
    _quiet("class names", "all('button').forEach((b) => b.className += ' btn css-1x2y3z')"),
    _quiet("a random id", "$('#intro').id = 'p-8f3a9c1e'"),
    _quiet("other ids of generated kind", "all('.grade').forEach((b, i) => b.id = `:r${i}:`)"),
    _quiet(
        "a wrapper",
        "const d = document.createElement('div'), t = $('table'); t.before(d); d.append(t)",
    ),
    _quiet(
        "two wrappers",
        "for (const css of ['#find', '#note']) { const d = document.createElement('div'), t = $(css); t.before(d); d.append(t) }",
    ),
    _quiet("a span in a button", "$('#find').innerHTML = '<span>Find</span>'"),
    _quiet("text in two nodes", "const t = $('#intro').firstChild; t.splitText(10)"),
    _quiet(
        "white space",
        "$('#intro').textContent = '  Choose an assignment   to see\\nwhat was handed in. '",
    ),
    _quiet("a shift of half a pixel", "$('main').style.transform = 'translate(0.5px, 0.4px)'"),
    _quiet("a pixel more of padding", "$('#note').style.paddingBottom = '13px'"),
    _quiet("focus left in a field", "$('#search').focus()"),
    _quiet("focus left on a button", "$('#new').focus()"),
    _quiet(
        "an empty element", "$('#intro').insertAdjacentHTML('afterend', '<div></div><span></span>')"
    ),
    _quiet("a comment", "$('#intro').after(document.createComment('hello'))"),
    _quiet(
        "a hidden element", "$('#intro').insertAdjacentHTML('afterend', '<p hidden>Not seen</p>')"
    ),
    _quiet("a script", "document.body.append(document.createElement('script'))"),
    _quiet("another shade that nobody sees", "$('#title').style.color = 'rgb(38, 36, 35)'"),
    _quiet("a link's address with a token", "$('#nav-files').href = '#d?token=9f8e7d6c'"),
    _quiet("a data attribute", "all('tr').forEach((r, i) => r.dataset.row = i + Math.random())"),
    _quiet(
        "transparent of another kind", "$('#intro').style.background = 'rgba(255, 255, 255, 0)'"
    ),
    _quiet(
        "an element of another tag",
        "const p = $('#note'), d = document.createElement('div'); d.id = p.id; d.className = p.className; d.style.margin = '16px 0'; d.textContent = p.textContent; p.replaceWith(d)",
    ),
    _quiet("a caret", "$('#search').focus(); $('#search').style.caretColor = '#000'"),
    _quiet("a shade in the background", "$('#note').style.background = '#ecf1f6'"),
    _quiet(
        "letters drawn otherwise",
        "document.body.style.webkitFontSmoothing = 'antialiased'; document.body.style.textRendering = 'geometricPrecision'",
    ),
    _quiet("another time of day", "$('#clock').textContent = '23:59'"),
    _quiet("a time with seconds", "$('#clock').textContent = '9:05:11 PM'"),
    _quiet("a scroll position kept", "scrollTo(0, 0)"),
)
"""Changes of the plain page that nobody is to be told of."""

JUPYTERLAB = (
    _told(
        "menu renamed",
        "renamed",
        "all('.lm-MenuBar-itemLabel')[2].textContent = 'Display'",
        "View",
        "Display",
    ),
    _told(
        "launcher card renamed",
        "renamed",
        "all('.jp-LauncherCard-label p')[0].textContent = 'Python 4'",
        "Python",
    ),
    _told(
        "section heading changed",
        "text changed",
        "all('.jp-Launcher-sectionTitle')[1].textContent = 'Consoles'",
        "Console",
        "Consoles",
    ),
    _told(
        "column head changed",
        "text changed",
        "all('.jp-DirListing-headerItemText')[0].textContent = 'Title'",
        "Name",
        "Title",
    ),
    _told(
        "status text changed",
        "text changed",
        "all('#jp-main-statusbar *').filter((e) => e.textContent === 'Launcher' && !e.children.length).forEach((e) => { e.textContent = 'Start page' })",
        "Start page",
    ),
    _told("title changed", "text changed", "document.title = 'Our Lab'", "Our Lab"),
    _told("card removed", "removed", "all('.jp-LauncherCard').at(-1).remove()", "Contextual Help"),
    _told("menu removed", "removed", "all('.lm-MenuBar-item')[4].remove()", "Kernel"),
    _told("section removed", "removed", "all('.jp-Launcher-section')[1].remove()", "Console"),
    _told("toolbar button removed", "removed", "$('[data-jp-item-name=uploader]').remove()"),
    _told(
        "card added",
        "added",
        "const c = all('.jp-LauncherCard').at(-1).cloneNode(true); c.title = 'Julia'; c.querySelector('p').textContent = 'Julia 2'; all('.jp-Launcher-cardContainer').at(-1).append(c)",
        "Julia",
    ),
    _told(
        "banner added",
        "added",
        "document.body.insertAdjacentHTML('beforeend', '<div role=\"alert\" style=\"position:fixed;z-index:9999;top:0;left:40%;background:#fff;padding:8px\">The server restarts at noon.</div>')",
        "noon",
    ),
    _told(
        "card disabled",
        "state changed",
        "all('.jp-LauncherCard')[2].setAttribute('aria-disabled', 'true')",
        "Terminal",
        "disabled",
    ),
    _told(
        "heading coloured",
        "restyled",
        "all('.jp-Launcher-sectionTitle')[0].style.color = '#c00'",
        "Notebook",
    ),
    _told(
        "heading larger",
        "restyled",
        "all('.jp-Launcher-sectionTitle')[0].style.fontSize = '30px'",
        "Notebook",
    ),
    _told(
        "cards reordered",
        "reordered",
        "const c = all('.jp-Launcher-cardContainer').at(-1); c.prepend(c.lastElementChild)",
    ),
    _told(
        "menus reordered",
        "reordered",
        "const m = $('.lm-MenuBar-content'); m.insertBefore(m.children[5], m.children[1])",
    ),
    _told(
        "card moved",
        "moved",
        "const c = all('.jp-LauncherCard')[0]; c.style.position = 'relative'; c.style.left = '60px'",
        "Python",
    ),
    _told(
        "card larger",
        "resized",
        "const c = all('.jp-LauncherCard')[0]; c.style.width = '180px'; c.style.height = '150px'",
        "Python",
    ),
)
"""Changes of JupyterLab's launcher that are to be told."""

JUPYTERLAB_QUIET = (
    _quiet("nothing at all", ""),
    _quiet(
        "class names of cards",
        "all('.jp-LauncherCard').forEach((c, i) => c.classList.add(`x${i}`))",
    ),
    _quiet("random ids", "all('.lm-TabBar-tab').forEach((t) => t.dataset.id = Math.random())"),
    _quiet(
        "wrapped headings",
        "all('.jp-Launcher-sectionTitle').forEach((t) => { const d = document.createElement('div'); t.before(d); d.append(t) })",
    ),
    _quiet("focus in the file browser", "$('.jp-DirListing-content').focus()"),
    _quiet("focus on a card", "all('.jp-LauncherCard')[1].focus()"),
    _quiet(
        "comments", "all('.jp-LauncherCard').forEach((c) => c.before(document.createComment('x')))"
    ),
    _quiet("half a pixel", "$('.jp-Launcher-content').style.transform = 'translate(0.5px, 0.5px)'"),
    _quiet(
        "hidden text",
        "$('.jp-Launcher-content').insertAdjacentHTML('beforeend', '<p hidden>Not seen</p>')",
    ),
    _quiet(
        "empty elements",
        "$('.jp-Launcher-content').insertAdjacentHTML('beforeend', '<div></div><span></span>')",
    ),
)
"""Changes of JupyterLab's launcher that nobody is to be told of."""

LARGE = (
    _told(
        "a button far down renamed",
        "renamed",
        "all('button')[290].textContent = 'Open'",
        "Edit 290",
        "Open",
    ),
    _told(
        "a row added first",
        "added",
        "$('tbody').insertAdjacentHTML('afterbegin', '<tr><td>New</td><td>n</td><td>0</td><td><button>Edit new</button></td></tr>')",
        "New",
    ),
    _told("a row removed", "removed", "all('tbody tr')[100].remove()", "Course 100"),
    _told(
        "a cell changed",
        "text changed",
        "all('tbody tr')[3].children[1].textContent = 'Ada'",
        "Ada",
    ),
    _told(
        "a picture drawn in a cell",
        "picture only",
        "all('tbody tr')[3].children[0].style.backgroundImage = 'linear-gradient(#f80, #06c)'",
        "Course 3",
    ),
)
"""Changes of a page of 1,500 elements."""

LARGE_QUIET = (
    _quiet("nothing in a large page", ""),
    _quiet("classes in a large page", "all('td').forEach((t, i) => t.className = `c${i}`)"),
)
"""Changes of that page that nobody is to be told of."""
