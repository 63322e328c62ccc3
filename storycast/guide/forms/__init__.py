"""Forms: the files that a guide is published as, each made by a function that others can add to."""

from __future__ import annotations

from storycast.guide.forms.form import Form, Material
from storycast.guide.forms.register import ALL, choose_forms, describe_forms, open_forms

__all__ = ["ALL", "Form", "Material", "choose_forms", "describe_forms", "open_forms"]
