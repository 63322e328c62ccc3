"""Single changes of the list of books in Django's admin."""

from __future__ import annotations

from tests.storycast.drift.mutations.mutation import Page, quiet, told

__all__ = ["DJANGO_LIST"]

_BREAKS, _SHOWS, _ELSEWHERE, _BELOW = (
    "breaks the guide",
    "shows",
    "elsewhere on the page",
    "below notice",
)

_TOLD = (
    told(
        "search button renamed",
        "renamed",
        "$('#changelist-search [type=submit]').value = 'Find'",
        "button “Search”",
        "“Find”",
        weight=_SHOWS,
    ),
    told(
        "button of the step renamed",
        "renamed",
        "$('.actions button').textContent = 'Run'",
        "button “Go”",
        "“Run”",
        weight=_BREAKS,
    ),
    told(
        "add link renamed",
        "renamed",
        "$('.object-tools .addlink').textContent = 'New book'",
        "Add book",
        "New book",
    ),
    told(
        "column head renamed",
        "renamed",
        "$('.column-author a').textContent = 'Written by'",
        "Author",
        "Written by",
    ),
    told(
        "all links of a kind renamed",
        "renamed",
        "all('#nav-sidebar .addlink').forEach((a) => { a.textContent = 'New' })",
        "“Add”",
        "“New”",
        "4 more",
    ),
    told(
        "filter renamed",
        "renamed",
        "all('#changelist-filter summary')[0].textContent = 'By availability'",
        "By on loan",
        "By availability",
    ),
    told(
        "heading changed",
        "text changed",
        "$('#content h1').textContent = 'Books of the library'",
        "Select book to change",
        "Books of the library",
    ),
    told(
        "author of a book changed",
        "text changed",
        "all('.field-author')[2].textContent = 'Miss Austen'",
        "Jane Austen",
        "Miss Austen",
    ),
    told(
        "counter changed",
        "text changed",
        "$('.action-counter').textContent = 'None selected'",
        "0 of 10 selected",
        "None selected",
    ),
    told(
        "number of books changed",
        "text changed",
        "$('.paginator').textContent = '10 titles'",
        "10 books",
        "10 titles",
    ),
    told(
        "site renamed", "renamed", "$('#site-name a').textContent = 'City library'", "Town library"
    ),
    told("title of the page changed", "text changed", "document.title = 'Books'", "“Books”"),
    told(
        "column added",
        "added",
        'all(\'#result_list tr\').forEach((r, i) => r.insertAdjacentHTML(\'beforeend\', i ? `<td class="field-shelf">A${i}</td>` : \'<th scope="col" class="sortable column-shelf"><div class="text"><a href="?o=6">Shelf</a></div></th>\'))',
        "column",
        "Shelf",
    ),
    told(
        "column added in the middle",
        "added",
        'all(\'#result_list tr\').forEach((r, i) => r.children[2].insertAdjacentHTML(\'beforebegin\', i ? `<td class="field-shelf">A${i}</td>` : \'<th scope="col" class="sortable column-shelf"><div class="text"><a href="?o=6">Shelf</a></div></th>\'))',
        "column",
        "Shelf",
    ),
    told(
        "column removed",
        "removed",
        "all('.column-language, .field-language').forEach((e) => e.remove())",
        "column",
        "Language",
    ),
    told(
        "filter removed", "removed", "all('#changelist-filter details')[1].remove()", "By language"
    ),
    told("breadcrumbs gone", "removed", "$('nav[aria-label=Breadcrumbs]').remove()", "Breadcrumbs"),
    told("dates gone", "removed", "$('.toplinks').remove()", "1815"),
    told("all filters gone", "removed", "$('#changelist-filter').remove()", "Filter"),
    told("actions gone", "removed", "$('.actions').remove()", "Action", weight=_BREAKS),
    told(
        "message added",
        "added",
        "$('#main .content').insertAdjacentHTML('afterbegin', '<ul class=\"messagelist\"><li class=\"success\">The book “Emma” was changed successfully.</li></ul>')",
        "Emma",
        weight=_SHOWS,
    ),
    told(
        "link added beside another",
        "added",
        "$('.object-tools').insertAdjacentHTML('afterbegin', '<li><a href=\"import/\">Import</a></li>')",
        "Import",
    ),
    told(
        "footer added",
        "added",
        "$('#footer').innerHTML = '<p>Town library, release 5</p>'",
        "release 5",
        weight=_ELSEWHERE,
    ),
    told(
        "filters moved to the other side",
        "moved",
        "const f = $('#changelist-filter'); f.style.order = -1; f.style.margin = '0 30px 0 0'",
        "“Filter",
        "left",
    ),
    told(
        "side navigation moved to the right",
        "moved",
        "const n = $('#nav-sidebar'); n.style.order = 9; $('#toggle-nav-sidebar').style.order = 10",
        "“Sidebar”",
        "right",
    ),
    told(
        "breadcrumbs moved from the top to the left",
        "moved",
        "$('#nav-sidebar').before($('nav[aria-label=Breadcrumbs]')); all('.breadcrumbs a').forEach((a) => { a.style.display = 'block' }); $('.breadcrumbs').style.width = '120px'; $('.breadcrumbs').style.padding = '20px'",
        "“Breadcrumbs”",
    ),
    told(
        "user's links moved to the left",
        "moved",
        "$('#header').style.justifyContent = 'flex-start'; $('#user-tools').style.margin = '0 0 0 40px'",
        "left",
    ),
    told("add link moved", "moved", "$('.object-tools').style.marginRight = '200px'", "Add book"),
    told(
        "actions moved below the table",
        "moved",
        "$('.results').after($('.actions'))",
        "Action",
        "down",
    ),
    told(
        "columns reordered",
        "reordered",
        "all('#result_list tr').forEach((r) => r.children[3].after(r.children[2]))",
        "column",
        "Author",
    ),
    told(
        "books sorted otherwise",
        "reordered",
        "const b = $('#result_list tbody'); [...b.children].reverse().forEach((r) => b.append(r))",
    ),
    told(
        "filters reordered",
        "reordered",
        "const d = all('#changelist-filter details'); d[0].before(d[2])",
        "By tags",
    ),
    told(
        "search button disabled",
        "state changed",
        "$('#changelist-search [type=submit]').disabled = true",
        "Search",
        "disabled",
        weight=_SHOWS,
    ),
    told(
        "a book ticked",
        "state changed",
        "all('.action-select')[0].checked = true",
        "Adam Bede",
        "ticked",
    ),
    told(
        "a filter closed",
        "state changed",
        "all('#changelist-filter details')[0].open = false",
        "By on loan",
        "closed",
    ),
    told(
        "log out is a link",
        "state changed",
        "$('#logout-form').outerHTML = '<a id=\"logout\" href=\"/admin/logout/\">Log out</a>'",
        "Log out",
        "link",
    ),
    told("header of another colour", "restyled", "$('#header').style.background = '#6b2d5c'"),
    told(
        "links of another colour",
        "restyled",
        "document.documentElement.style.setProperty('--link-fg', '#a3301f')",
        "colour",
        "more",
    ),
    told(
        "titles bold",
        "restyled",
        "all('#result_list tbody th a').forEach((a) => { a.style.fontWeight = 700 })",
        "bolder",
        "9 more",
    ),
    told(
        "larger letters in the table",
        "restyled",
        "all('#result_list td, #result_list tbody th').forEach((c) => { c.style.fontSize = '15px' })",
        "larger",
        "more",
    ),
    told(
        "rows higher",
        "resized",
        "all('#result_list td, #result_list tbody th').forEach((c) => { c.style.paddingTop = c.style.paddingBottom = '14px' })",
        "larger",
    ),
    told(
        "search field wider", "resized", "$('#searchbar').style.width = '420px'", "Search", "larger"
    ),
    told(
        "filters narrower",
        "resized",
        "$('#changelist-filter').style.flexBasis = $('#changelist-filter').style.width = '170px'",
        "Filter",
        "smaller",
    ),
    told(
        "icon of a cell replaced",
        "picture only",
        "const i = $('.field-on_loan img'); i.src = i.src.replace('icon-no', 'icon-unknown')",
        "False",
    ),
    told(
        "shape of the add link",
        "picture only",
        "$('.object-tools .addlink').style.borderRadius = '0'",
        "Add book",
    ),
    told(
        "theme's icon replaced",
        "picture only",
        "all('.theme-toggle svg use').forEach((u) => u.setAttribute('href', '#icon-moon'))",
        "Toggle theme",
    ),
    told(
        "add link moved by a little",
        "moved",
        "$('.object-tools').style.marginRight = '5px'",
        "Add book",
        weight=_BELOW,
    ),
    told("search below the dates", "moved", "$('.toplinks').after($('#toolbar'))"),
    told(
        "link to all added",
        "added",
        "$('.paginator').insertAdjacentHTML('beforeend', ' <a href=\"?all=\" class=\"showall\">Show all</a>')",
        "Show all",
    ),
    told(
        "button moved before its list",
        "moved",
        "$('.actions label').before($('.actions button'))",
        "Go",
    ),
    told(
        "header higher", "resized", "$('#header').style.padding = '30px 40px'", "header", "larger"
    ),
    told(
        "heads of columns larger",
        "restyled",
        "all('#result_list thead th').forEach((e) => { e.style.fontSize = '14px' })",
        "larger",
        "more",
    ),
    told(
        "column wider",
        "resized",
        "$('.column-on_loan').style.width = '160px'",
        "On loan",
        "larger",
    ),
)

_QUIET = (
    quiet("nothing in the list", ""),
    quiet(
        "attributes of fields in another order",
        "all('#changelist input').forEach((e) => { const kept = [...e.attributes].map((a) => [a.name, a.value]); kept.forEach(([n]) => n !== 'type' && n !== 'value' && e.removeAttribute(n)); kept.reverse().forEach(([n, v]) => e.setAttribute(n, v)) })",
    ),
    quiet(
        "class names of cells",
        "all('td, th, tr').forEach((e) => { e.className += ' css-1q2w3e' })",
    ),
    quiet(
        "wrapped table",
        "const t = $('#result_list'), d = document.createElement('div'), s = document.createElement('section'); t.before(d); d.append(s); s.append(t)",
    ),
    quiet(
        "wrapped cells",
        "all('#result_list tbody td:not(.action-checkbox)').forEach((c) => { const s = document.createElement('span'); s.append(...c.childNodes); c.append(s) })",
    ),
    quiet("random ids of rows", "all('tbody tr').forEach((r, i) => { r.id = `row-${i}9f3a8c1e` })"),
    quiet(
        "sub-pixel shift of the table",
        "$('.results').style.transform = 'translate(0.6px, 0.4px)'",
    ),
    quiet("another user", "$('#user-tools strong').textContent = 'Kim'"),
    quiet("another user with a longer name", "$('#user-tools strong').textContent = 'Maximiliane'"),
    quiet("focus left in the search field", "$('#searchbar').focus()"),
    quiet("focus left on the action", "$('select[name=action]').focus()"),
    quiet("caret in the filter of the navigation", "$('#nav-filter').focus()"),
    quiet(
        "another clock time",
        "$('#footer p').textContent = 'Server time: 11:07 p.m.'",
        given="$('#footer').innerHTML = '<p>Server time: 10:42 a.m.</p>'",
    ),
    quiet(
        "another moment",
        "$('#footer p').textContent = 'Last import on 2026-11-21 at 09:15:31'",
        given="$('#footer').innerHTML = '<p>Last import on 2026-11-21 at 22:15:04</p>'",
    ),
    quiet(
        "phase of an animation",
        "document.getAnimations().forEach((a) => { a.currentTime += 700 })",
        given="const d = document.createElement('div'); d.style.cssText = 'width:40px;height:40px;background:#c00'; $('#toolbar').append(d); d.animate([{ transform: 'rotate(0deg)', background: '#c00' }, { transform: 'rotate(180deg)', background: '#06c' }], { duration: 2000, iterations: Infinity })",
    ),
    quiet("room for a scroll bar", "document.documentElement.style.overflowY = 'scroll'"),
    quiet("link with a token", "$('.addlink').href += '?_changelist_filters=o%3D1'"),
    quiet(
        "hidden column",
        "all('#result_list tr').forEach((r) => r.insertAdjacentHTML('beforeend', '<td hidden>x</td>'))",
    ),
    quiet("comment in the form", "$('#changelist-form').prepend(document.createComment('x'))"),
)

DJANGO_LIST = Page(
    _TOLD,
    _QUIET,
    path="catalogue/book/",
    masks=("#user-tools strong",),
    targets=("searchbar", "index"),
    prose="Type a name into the field, choose what is to be done, and select **Go**.",
)
"""The list of books in Django's admin."""
