"""Single changes of the form of a book in Django's admin."""

from __future__ import annotations

from tests.storycast.drift.mutations.mutation import Page, quiet, told

__all__ = ["DJANGO_FORM"]

_BREAKS, _SHOWS, _ELSEWHERE = "breaks the guide", "shows", "elsewhere on the page"

_TOLD = (
    told(
        "save button renamed",
        "renamed",
        "$('[name=_save]').value = 'Save book'",
        "button “Save”",
        "“Save book”",
        weight=_BREAKS,
    ),
    told(
        "field renamed",
        "renamed",
        "$('label[for=id_shelf]').textContent = 'Place:'",
        "“Shelf:”",
        "“Place:”",
        weight=_SHOWS,
    ),
    told(
        "colons of all fields dropped",
        "renamed",
        "all('.aligned label').filter((l) => !l.children.length).forEach((l) => { l.textContent = l.textContent.replace(':', '') })",
        "“Title:”",
        "“Title”",
        "more",
    ),
    told(
        "help text changed",
        "text changed",
        "$('#id_published_helptext div').textContent = 'When it was first printed.'",
        "The day of the first edition.",
        "When it was first printed.",
    ),
    told(
        "fieldset renamed",
        "text changed",
        "$('#fieldset-0-1-heading').textContent = 'Place and tags'",
        "On the shelf",
        "Place and tags",
    ),
    told(
        "name of the book changed",
        "text changed",
        "$('#content h2').textContent = 'Adam Bede (1859)'",
        "Adam Bede",
        "(1859)",
    ),
    told("title of the book changed", "text changed", "$('#id_title').value = 'Adam'", "“Adam”"),
    told("language chosen", "text changed", "$('#id_language').value = 'fr'", "Language", "French"),
    told(
        "field added",
        "added",
        '$(\'.field-language\').insertAdjacentHTML(\'afterend\', \'<div class="form-row"><div><div class="flex-container"><label for="id_pages">Pages:</label><input type="number" class="vIntegerField" id="id_pages"></div></div></div>\')',
        "Pages",
    ),
    told(
        "fieldset added",
        "added",
        '$(\'fieldset\').insertAdjacentHTML(\'afterend\', \'<fieldset class="module aligned" aria-labelledby="lending"><h2 id="lending" class="fieldset-heading">Lending</h2><div class="form-row"><div><div class="flex-container"><label for="id_due">Due:</label><input type="text" class="vTextField" id="id_due"></div></div></div></fieldset>\')',
        "Lending",
    ),
    told(
        "error added",
        "added",
        "$('.field-title').insertAdjacentHTML('afterbegin', '<ul class=\"errorlist\"><li>This field is required.</li></ul>')",
        "This field is required.",
    ),
    told(
        "help text added",
        "added",
        "$('.field-shelf .flex-container').insertAdjacentHTML('afterend', '<div class=\"help\"><div>A letter and a number.</div></div>')",
        "A letter and a number.",
    ),
    told("field removed", "removed", "$('.field-shelf').remove()", "Shelf"),
    told(
        "button removed",
        "removed",
        "$('[name=_addanother]').remove()",
        "Save and add another",
        weight=_ELSEWHERE,
    ),
    told("fieldset removed", "removed", "all('fieldset')[2].remove()", "More about it"),
    told(
        "link of a widget removed",
        "removed",
        "$('#view_id_author').remove()",
        "View selected author",
    ),
    told("history gone", "removed", "$('.object-tools').remove()", "History"),
    told(
        "side navigation folded",
        "removed",
        "$('#toggle-nav-sidebar').click()",
        "Sidebar",
    ),
    told(
        "date widget's links moved before the field",
        "moved",
        "$('#id_published').before($('.datetimeshortcuts'))",
        "Today",
        "left",
    ),
    told(
        "history moved to the left", "moved", "$('.object-tools').style.float = 'left'", "History"
    ),
    told(
        "buttons moved to the top",
        "moved",
        "$('#book_form fieldset').before($('.submit-row'))",
        "Save",
        "up",
    ),
    told(
        "labels above their fields",
        "moved",
        "all('.aligned .flex-container:not(.checkbox-row)').forEach((e) => { e.style.flexDirection = 'column' })",
        "left",
        "more",
    ),
    told(
        "tag moved to the chosen ones",
        "moved",
        "$('#id_tags_to').append($('#id_tags_from option'))",
        "Crime",
        "right",
    ),
    told(
        "fields reordered",
        "reordered",
        "$('.field-author').before($('.field-language'))",
        "Language",
    ),
    told(
        "fieldsets reordered",
        "reordered",
        "const f = all('fieldset'); f[1].before(f[2])",
        "More about it",
    ),
    told(
        "buttons reordered",
        "reordered",
        "$('.submit-row').prepend($('[name=_continue]'))",
        "Save and continue editing",
    ),
    told(
        "field required",
        "state changed",
        "$('#id_shelf').required = true",
        "Shelf",
        "has to be filled in",
    ),
    told(
        "field read only",
        "state changed",
        "$('#id_title').readOnly = true",
        "Title",
        "cannot be changed",
        weight=_BREAKS,
    ),
    told("box ticked", "state changed", "$('#id_on_loan').checked = true", "On loan", "ticked"),
    told(
        "button enabled",
        "state changed",
        "$('#id_tags_add').disabled = false",
        "Choose selected tags",
        "enabled",
    ),
    told(
        "fieldset opened",
        "state changed",
        "$('details').open = true",
        "More about it",
        "open",
    ),
    told(
        "delete is a button",
        "state changed",
        "$('.deletelink').outerHTML = '<button type=\"button\" class=\"deletelink\">Delete</button>'",
        "Delete",
        "button",
    ),
    told(
        "widget's link restyled",
        "restyled",
        "$('.datetimeshortcuts a').style.color = '#c00'",
        "Today",
        "colour",
    ),
    told(
        "labels not bold",
        "restyled",
        "all('label.required').forEach((l) => { l.style.fontWeight = 400 })",
        "Title",
        "lighter",
        "3 more",
    ),
    told(
        "headings of another colour",
        "restyled",
        "all('.fieldset-heading, #nav-sidebar caption').forEach((e) => { e.style.background = '#6b2d5c' })",
        "background",
        "more",
    ),
    told(
        "heading larger",
        "restyled",
        "$('#content h1').style.fontSize = '2rem'",
        "Change book",
        "larger",
    ),
    told(
        "save button of another colour",
        "restyled",
        "$('[name=_save]').style.background = '#2a7d2e'",
        "Save",
        "background",
        weight=_ELSEWHERE,
    ),
    told(
        "field wider",
        "resized",
        "$('#id_title').style.width = '500px'",
        "Title",
        "larger",
    ),
    told(
        "all fields narrower",
        "resized",
        "all('.vTextField').forEach((e) => { e.style.width = '150px' })",
        "Title",
        "smaller",
    ),
    told(
        "calendar's icon replaced",
        "picture only",
        "$('.date-icon').style.cssText = 'background: radial-gradient(#c00 40%, transparent 42%)'",
        "Published",
    ),
    told(
        "icon of a link replaced",
        "picture only",
        "const i = $('#add_id_author img'); i.src = i.src.replace('icon-addlink', 'icon-viewlink')",
        "Add another author",
    ),
    told(
        "field with a thick border",
        "picture only",
        "$('#id_title').style.boxShadow = 'inset 0 0 0 4px #c00'",
        "Title",
    ),
    told(
        "list replaced by a field",
        "state changed",
        '$(\'#id_author\').outerHTML = \'<input type="text" id="id_author" name="author" value="George Eliot" style="width:133px;height:30px;box-sizing:border-box">\'',
        "Author",
        "text field now",
    ),
    told(
        "box moved before a field",
        "reordered",
        "$('.field-shelf').before($('.field-on_loan'))",
        "On loan",
    ),
    told(
        "help above its field",
        "moved",
        "$('.field-published .flex-container').before($('#id_published_helptext'))",
        "The day of the first edition.",
        "up",
    ),
)

_QUIET = (
    quiet("nothing in the form", ""),
    quiet("another shelf, which is masked", "$('#id_shelf').value = 'A17'"),
    quiet("another user of the form", "$('#user-tools strong').textContent = 'Maximiliane'"),
    quiet(
        "attributes of the form's fields in another order",
        "all('.vTextField').forEach((e) => { const kept = [...e.attributes].map((a) => [a.name, a.value]); kept.reverse().forEach(([n, v]) => { if (n !== 'value') { e.removeAttribute(n); e.setAttribute(n, v) } }) })",
    ),
    quiet(
        "class names of the form", "all('.form-row, label').forEach((e) => { e.className += ' x' })"
    ),
    quiet(
        "rows without their wrappers",
        "all('.form-row > div').forEach((e) => { e.replaceWith(...e.childNodes) })",
    ),
    quiet(
        "wrapped fieldsets",
        "all('fieldset').forEach((e) => { const d = document.createElement('div'); e.before(d); d.append(e) })",
    ),
    quiet("ids of helps", "all('.help').forEach((e, i) => { e.id = `help-${i}8f3a9c1e` })"),
    quiet("sub-pixel shift of the form", "$('#book_form').style.transform = 'translateY(0.5px)'"),
    quiet("focus left in the title", "$('#id_title').focus()"),
    quiet("focus left in a list", "$('#id_language').focus()"),
    quiet("focus left in a box", "$('#id_on_loan').focus()"),
    quiet(
        "caret at another place",
        "$('#id_title').setSelectionRange(0, 0)",
        given="$('#id_title').focus()",
    ),
    quiet(
        "an age",
        "$('#content h2 + p').textContent = 'Changed 14 hours ago'",
        given="$('#content h2').insertAdjacentHTML('afterend', '<p>Changed 2 minutes ago</p>')",
    ),
    quiet("another token", "$('#book_form [name=csrfmiddlewaretoken]').value = 'x'"),
    quiet("room for a scroll bar of the list", "$('#id_tags_from').style.overflowY = 'scroll'"),
    quiet("label with its text in two pieces", "$('label[for=id_title]').firstChild.splitText(3)"),
    quiet("field with a spelling hint", "$('#id_notes').spellcheck = false"),
    quiet(
        "field in its label",
        "const l = $('label[for=id_shelf]'), d = document.createElement('label'); d.style.cssText = 'display: contents'; $('#id_shelf').before(d); d.append($('#id_shelf'))",
    ),
    quiet("field with a completion", "$('#id_title').autocomplete = 'off'"),
    quiet("list as divisions", "$('.object-tools').style.listStyle = 'inside'"),
)

DJANGO_FORM = Page(
    _TOLD,
    _QUIET,
    path="catalogue/book/5/change/",
    masks=("#user-tools strong",),
    text_masks=(r"\bA\d+\b",),
    targets=("_save", "id_title"),
    prose="Write the title, and select **Save**.",
)
"""The form of a book in Django's admin."""
