"""Single changes of the plain page."""

from __future__ import annotations

from tests.storycast.drift.mutations.mutation import Page, quiet, told

__all__ = ["PLAIN"]

_TOLD = (
    told(
        "button renamed", "renamed", "$('#find').textContent = 'Search now'", "Find", "Search now"
    ),
    told(
        "button extended", "renamed", "$('#new').textContent = 'New assignment…'", "New assignment"
    ),
    told(
        "text after a masked number", "text changed", "$('#due').lastChild.data = ' left.'", "left"
    ),
    told("link renamed", "renamed", "$('#nav-grades').textContent = 'Marks'", "Grades", "Marks"),
    told(
        "header link renamed", "renamed", "$('#people-link').textContent = 'Participants'", "People"
    ),
    told(
        "third row's button renamed",
        "renamed",
        "all('.grade')[2].textContent = 'Mark'",
        "Grade",
        "Mark",
    ),
    told(
        "field renamed",
        "renamed",
        "$('#search').parentNode.firstChild.textContent = 'Find by name '",
        "Search",
    ),
    told(
        "checkbox renamed",
        "renamed",
        "$('#open-only').parentNode.lastChild.textContent = ' Only open ones'",
        "Open only",
    ),
    told("icon gone", "removed", "$('#hint').remove()", "picture “What an assignment is”"),
    told(
        "icon drawn otherwise",
        "picture only",
        "$('#hint').className = 'hint done'",
        "What an assignment is",
    ),
    told("image renamed", "renamed", "$('#logo').alt = 'A chart of marks'", "A chart of grades"),
    told(
        "heading changed",
        "text changed",
        "$('#title').textContent = 'All assignments'",
        "Assignments",
        "All assignments",
    ),
    told(
        "paragraph changed",
        "text changed",
        "$('#intro').textContent = 'Choose one to see it.'",
        "Choose",
    ),
    told(
        "note changed",
        "text changed",
        "$('#note').textContent = 'Grades are published on Monday.'",
        "Friday",
        "Monday",
    ),
    told(
        "cell changed",
        "text changed",
        "$('tbody tr td:nth-child(2)').textContent = '3 May'",
        "2 May",
        "3 May",
    ),
    told(
        "number changed",
        "text changed",
        "all('tbody tr')[1].children[2].textContent = '22'",
        "21",
        "22",
    ),
    told(
        "column head changed",
        "text changed",
        "all('th')[1].textContent = 'Deadline'",
        "Due",
        "Deadline",
    ),
    told("title changed", "text changed", "document.title = 'Our courses'", "Our courses"),
    told("value changed", "text changed", "$('#search').value = 'Regression'", "Regression"),
    told("option chosen", "text changed", "$('#course').value = 'Physics'", "Physics"),
    told(
        "navigation entry added",
        "added",
        "$('nav ul').insertAdjacentHTML('beforeend', '<li><a href=\"#x\">Archive</a></li>')",
        "Archive",
    ),
    told(
        "navigation entry added first",
        "added",
        "$('nav ul').insertAdjacentHTML('afterbegin', '<li><a href=\"#x\">Home</a></li>')",
        "Home",
    ),
    told(
        "button added",
        "added",
        "$('#new').insertAdjacentHTML('afterend', '<button>Copy</button>')",
        "Copy",
    ),
    told(
        "row added",
        "added",
        "$('tbody tr').insertAdjacentHTML('afterend', '<tr><td>Variance</td><td>5 May</td><td>3</td><td><button>Grade</button></td></tr>')",
        "Variance",
    ),
    told(
        "banner added",
        "added",
        "$('header').insertAdjacentHTML('afterend', '<p role=\"alert\" style=\"margin:0;padding:12px\">The server restarts at noon.</p>')",
        "noon",
    ),
    told(
        "column added",
        "added",
        "all('tr').forEach((r, i) => r.insertAdjacentHTML('beforeend', i ? '<td>open</td>' : '<th>State</th>'))",
        "State",
    ),
    told(
        "field added",
        "added",
        "$('#find').insertAdjacentHTML('beforebegin', '<label>Year <input></label>')",
        "Year",
    ),
    told(
        "dialog added",
        "added",
        'document.body.insertAdjacentHTML(\'beforeend\', \'<div role="dialog" aria-label="Welcome" style="position:fixed;left:400px;top:300px;background:#fff;padding:20px">New here? <button>Start</button></div>\')',
        "Welcome",
    ),
    told("navigation entry removed", "removed", "$('#nav-files').parentNode.remove()", "Files"),
    told("button removed", "removed", "$('#new').remove()", "New assignment"),
    told("row removed", "removed", "all('tbody tr')[1].remove()", "Regression"),
    told("note removed", "removed", "$('#note').remove()", "Friday"),
    told("image removed", "removed", "$('#logo').remove()", "A chart of grades"),
    told("checkbox removed", "removed", "$('#open-only').parentNode.remove()", "Open only"),
    told("paragraph removed", "removed", "$('#intro').remove()", "Choose"),
    told("header link hidden", "removed", "$('#help-link').style.display = 'none'", "Help"),
    told("button enabled", "state changed", "$('#export').disabled = false", "Export", "enabled"),
    told(
        "button disabled",
        "state changed",
        "$('#new').disabled = true",
        "New assignment",
        "disabled",
    ),
    told("box ticked", "state changed", "$('#open-only').checked = true", "Open only", "ticked"),
    told(
        "field wrong",
        "state changed",
        "$('#search').setAttribute('aria-invalid', 'true')",
        "Search",
    ),
    told(
        "button pressed", "state changed", "$('#find').setAttribute('aria-pressed', 'true')", "Find"
    ),
    told(
        "link expanded",
        "state changed",
        "$('#nav-files').setAttribute('aria-expanded', 'true')",
        "Files",
    ),
    told("button red", "restyled", "$('#find').style.background = '#c00'", "Find"),
    told("heading coloured", "restyled", "$('#title').style.color = '#06c'", "Assignments"),
    told("heading smaller", "restyled", "$('#title').style.fontSize = '20px'", "Assignments"),
    told("note bold", "restyled", "$('#note').style.fontWeight = '700'", "Friday"),
    told("header another colour", "restyled", "$('header').style.background = '#2a9d8f'"),
    told("link faded", "restyled", "$('#nav-files').style.opacity = '0.3'", "Files"),
    told("note moved up", "moved", "$('#note').style.marginTop = '60px'"),
    told(
        "navigation moved right",
        "moved",
        "$('main').append($('nav')); $('main').style.gridTemplateColumns = '1fr 220px'",
    ),
    told(
        "button moved",
        "moved",
        "$('#find').style.position = 'relative'; $('#find').style.top = '40px'",
        "Find",
    ),
    told("button pushed left", "moved", "$('#new').style.marginLeft = '50px'", "New assignment"),
    told("button larger", "resized", "$('#find').style.padding = '20px 40px'", "Find"),
    told("image larger", "resized", "$('#logo').width = 240", "A chart of grades"),
    told("field wider", "resized", "$('#search').style.width = '320px'", "Search"),
    told("table narrower", "resized", "$('table').style.width = '560px'"),
    told(
        "entries reordered",
        "reordered",
        "$('nav ul').prepend($('#nav-grades').parentNode)",
        "Grades",
    ),
    told("rows reordered", "reordered", "$('tbody').append($('tbody tr'))", "Means and medians"),
    told("buttons reordered", "reordered", "$('#find').before($('#export'))", "Export"),
    told(
        "header links reordered", "reordered", "$('#courses-link').before($('#help-link'))", "Help"
    ),
    told(
        "picture replaced",
        "picture only",
        "$('#logo').src = $('#logo').src.replace('%232a9d8f', '%23e76f51')",
        "A chart of grades",
    ),
    told(
        "border drawn",
        "picture only",
        "$('#note').style.boxShadow = 'inset 0 0 0 4px #c00'",
        "Friday",
    ),
    told(
        "background picture",
        "picture only",
        "$('#note').style.backgroundImage = 'linear-gradient(90deg, #f80, #fff)'",
        "Friday",
    ),
    told(
        "text struck out",
        "picture only",
        "$('#intro').style.textDecoration = 'line-through 4px #c00'",
        "Choose",
    ),
    told(
        "icon in a button",
        "picture only",
        "$('#new').style.backgroundImage = 'radial-gradient(#06c 30%, transparent 32%)'",
        "New assignment",
    ),
)

_QUIET = (
    quiet("nothing", ""),
    quiet("icon's tooltip", "$('#hint').title = 'How assignments work'"),
    quiet(
        "attributes in another order",
        "const b = $('#find'), i = b.id; b.removeAttribute('id'); b.title; b.setAttribute('data-x', '1'); b.id = i",
    ),
    quiet("class names", "all('button').forEach((b) => b.className += ' btn css-1x2y3z')"),
    quiet("a random id", "$('#intro').id = 'p-8f3a9c1e'"),
    quiet("other ids of generated kind", "all('.grade').forEach((b, i) => b.id = `:r${i}:`)"),
    quiet(
        "a wrapper",
        "const d = document.createElement('div'), t = $('table'); t.before(d); d.append(t)",
    ),
    quiet(
        "two wrappers",
        "for (const css of ['#find', '#note']) { const d = document.createElement('div'), t = $(css); t.before(d); d.append(t) }",
    ),
    quiet("a span in a button", "$('#find').innerHTML = '<span>Find</span>'"),
    quiet("text in two nodes", "const t = $('#intro').firstChild; t.splitText(10)"),
    quiet(
        "white space",
        "$('#intro').textContent = '  Choose an assignment   to see\\nwhat was handed in. '",
    ),
    quiet("a shift of half a pixel", "$('main').style.transform = 'translate(0.5px, 0.4px)'"),
    quiet("a pixel more of padding", "$('#note').style.paddingBottom = '13px'"),
    quiet("focus left in a field", "$('#search').focus()"),
    quiet("focus left on a button", "$('#new').focus()"),
    quiet(
        "an empty element", "$('#intro').insertAdjacentHTML('afterend', '<div></div><span></span>')"
    ),
    quiet("a comment", "$('#intro').after(document.createComment('hello'))"),
    quiet(
        "a hidden element", "$('#intro').insertAdjacentHTML('afterend', '<p hidden>Not seen</p>')"
    ),
    quiet("a script", "document.body.append(document.createElement('script'))"),
    quiet("another shade that nobody sees", "$('#title').style.color = 'rgb(38, 36, 35)'"),
    quiet("a link's address with a token", "$('#nav-files').href = '#d?token=9f8e7d6c'"),
    quiet("a data attribute", "all('tr').forEach((r, i) => r.dataset.row = i + Math.random())"),
    quiet("transparent of another kind", "$('#intro').style.background = 'rgba(255, 255, 255, 0)'"),
    quiet(
        "an element of another tag",
        "const p = $('#note'), d = document.createElement('div'); d.id = p.id; d.className = p.className; d.style.margin = '16px 0'; d.textContent = p.textContent; p.replaceWith(d)",
    ),
    quiet("a caret", "$('#search').focus(); $('#search').style.caretColor = '#000'"),
    quiet("a shade in the background", "$('#note').style.background = '#ecf1f6'"),
    quiet(
        "letters drawn otherwise",
        "document.body.style.webkitFontSmoothing = 'antialiased'; document.body.style.textRendering = 'geometricPrecision'",
    ),
    quiet("another time of day", "$('#clock').textContent = '23:59'"),
    quiet("a time with seconds", "$('#clock').textContent = '9:05:11 PM'"),
    quiet("a scroll position kept", "scrollTo(0, 0)"),
    quiet("a masked number with another digit", "$('#count').textContent = '1 000'"),
)

PLAIN = Page(_TOLD, _QUIET, masks=("#count",))
"""The plain page."""
