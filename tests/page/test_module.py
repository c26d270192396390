"""Modules as functions: what can stand in a page's one script."""

from __future__ import annotations

import pytest

from essay_explorer.page.module import as_function, is_standalone

MODULE = "// import nothing\nexport const a = 1;\nexport default { a };\n"


def test_a_module_becomes_a_function_that_gives_its_default() -> None:
    assert as_function(MODULE) == "(() => {\n// import nothing\nconst a = 1;\nreturn { a };\n})"


def test_a_module_may_stand_indented_in_its_class() -> None:
    assert as_function("\n    const a = 1;\n    export default a;\n") == "(() => {\n\n    const a = 1;\nreturn a;\n})"


@pytest.mark.parametrize(
    "module",
    [
        "export const a = 1;",
        f"{MODULE}export default 2;",
        f"import b from 'b';\n{MODULE}",
        f"{MODULE}\nconst here = import.meta.url;",
        f"{MODULE}const end = '</script>';",
    ],
)
def test_what_cannot_stand_alone_is_refused(module: str) -> None:
    assert not is_standalone(module)
    with pytest.raises(ValueError, match="one default export"):
        as_function(module)
