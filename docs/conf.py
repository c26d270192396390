"""How the documentation is made: `make docs`. Nothing is asked of a network, neither here nor by whoever reads it."""

from __future__ import annotations

import os
import shutil
from importlib.metadata import version as version_of
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
MADE = ROOT / "build" / "docs"

project = "essay-explorer"
version = release = version_of(project)
copyright = "the authors of essay-explorer"  # noqa: A001 - Sphinx's name
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_static", "kernel.py"]
default_role = "code"
nitpicky = False

html_theme = "furo"
html_title = "essay-explorer"
html_static_path = ["_static"]
html_css_files = ["docs.css"]
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": False, "footer_icons": []}

myst_enable_extensions = ["deflist", "attrs_inline"]
myst_heading_anchors = 3
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_default_options = {"members": True, "exclude-members": "page, shared, __new__"}
python_use_unqualified_type_names = True

# Notebooks as they ran: each is run here, and its widgets stand as the text that they leave behind.
nb_execution_mode = "force"
nb_execution_timeout = 300
nb_execution_raise_on_error = True
nb_ipywidgets_js: dict[str, dict[str, str]] = {}
nb_mime_priority_overrides = [
    ("html", "application/vnd.jupyter.widget-view+json", None),
    ("html", "image/svg+xml", 5),
]

# Links are followed within these pages; those that lead elsewhere are named to whoever reads, and not asked here.
linkcheck_ignore = [r"https?://"]


def _prepared() -> None:
    """Notebooks beside these pages, and a kernel that draws charts without a network and keeps nothing."""
    for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
        (HERE / "notebooks").mkdir(exist_ok=True)
        shutil.copy2(notebook, HERE / "notebooks")
    startup = MADE / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True, exist_ok=True)
    shutil.copy2(HERE / "kernel.py", startup / "00-kernel.py")
    os.environ["IPYTHONDIR"] = str(MADE / "ipython")
    os.environ["ESSAY_EXPLORER_LIBRARY"] = str(MADE / "library")


_prepared()
