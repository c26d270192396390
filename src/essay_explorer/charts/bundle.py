"""What a browser needs to draw charts without a network: Vega as one module, and a reading's charts.

Both take seconds to make, so they are made once and kept in the user's cache folder. Where vl-convert, which makes
them, is not installed, Vega is a file of the installed package, and a page compiles the charts itself.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from essay_explorer.anchoring.counting import word_for_browsers
from essay_explorer.core.fault import ReadingError
from essay_explorer.files.whole import write_whole
from essay_explorer.measures.findings import PHRASES
from essay_explorer.measures.measure import inside
from essay_explorer.words import ENGLISH, language
from essay_explorer.words.catalogue import as_bytes as catalogue_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from essay_explorer.core.reading import Reading

PACKAGE = Path(__file__).parents[1]
MAKERS = ("measures", "charts", "anchoring")  # charts that these made before a change are made anew
EMBED = "export default vegaEmbed;"
PACKAGED = Path(__file__).with_name("vega.js")  # which a wheel has


def vega_name() -> str:
    """The file name of `vega`; another Vega has another one."""
    if _converts():
        return f"vega-{_version('vl-convert-python')}.js"
    return f"vega-packaged-{_version('essay-explorer')}.js"


def vega() -> str:
    """An ES module whose default export is vega-embed, with Vega and Vega-Lite inside it.

    Raises ReadingError where neither vl-convert nor the file of a wheel is there.
    """
    if _converts():
        return kept(vega_name(), _bundle)
    try:
        return PACKAGED.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        message = "Charts need vl-convert-python, which is not installed here: pip install vl-convert-python"
        raise ReadingError(message) from error


def _converts() -> bool:
    """Whether vl-convert is installed; it is not loaded for that."""
    return find_spec("vl_convert") is not None


def charts_name(reading: Reading) -> str:
    """The file name of `charts`; another reading, and charts made in another way, have another one."""
    made_by = _makers() + vega_name().encode()
    spoken = language()
    if spoken != ENGLISH:
        made_by += catalogue_bytes(spoken)
    digest = hashlib.blake2b(reading.fingerprint.encode() + made_by, digest_size=8)
    return f"charts-{digest.hexdigest()}.json"


@cache
def _version(package: str) -> str:
    return version(package)


@cache
def _makers() -> bytes:
    """A digest of the modules that make charts, which every visit of a page asks for."""
    makers = [Path(__file__), *(path for maker in MAKERS for path in sorted((PACKAGE / maker).glob("*.py")))]
    return hashlib.blake2b(b"".join(path.read_bytes() for path in makers)).digest()


def charts(reading: Reading) -> str:
    """`charts.specs` of a reading as JSON, their Vega-Lite compiled to Vega: a page draws that in half the time."""
    return kept(charts_name(reading), lambda: _specs(reading))


def _specs(reading: Reading) -> str:
    from essay_explorer.charts import specs

    entries = specs(reading)
    if _converts():
        from vl_convert import vegalite_to_vega

        for drawn in (one for entry in entries for one in (entry, *entry["more"]) if one["spec"]):
            drawn["spec"] = vegalite_to_vega(drawn["spec"])
    # No page shows them beside another reading.
    long = any(row.get("last") for entry in entries for row in entry["rows"][:1])
    made = {"fingerprint": reading.fingerprint, "charts": entries, "counting": _counting(reading, long=long)}
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


def _counting(reading: Reading, *, long: bool) -> dict[str, Any]:
    """What a page needs to count other layers as the reading's own; of a long essay, to say that it does not."""
    phrases = {"phrases": {key: one.forms() for key, one in PHRASES.items()}}
    if long:
        return phrases
    themes = reading.codebook.tags_of("theme")
    return phrases | {"word": word_for_browsers(), "names": {tag.id: inside(tag, reading.essay) for tag in themes}}


def _bundle() -> str:
    import vl_convert

    return str(vl_convert.javascript_bundle(EMBED))


def kept(name: str, make: Callable[[], str]) -> str:
    """The text that is kept under a name; made, and kept if the disk allows it, when it is not there."""
    path = platformdirs.user_cache_path("essay-explorer") / name
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        text = make()
    with contextlib.suppress(OSError):  # a full disk, or a folder that is not ours: it is made again the next time
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text)
    return text
