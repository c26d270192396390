"""A notebook with its kernels: `essay-explorer read NOTEBOOK`, and Voila typed by hand."""

from __future__ import annotations

import re
import shutil
import signal
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import psutil
import pytest
from playwright.sync_api import expect

from essay_explorer import open_reading
from paint import expect_painted
from servers import dashboard, free_port, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page, Route, WebSocketRoute

    from conftest import Reader
    from servers import Server

READING = open_reading("her")
CHECKOUT = Path(__file__).parents[2]
NOTEBOOK = str(CHECKOUT / "notebooks" / "read.ipynb")

# A notebook that shows, below the page, what its kernel hears.
MIRROR = """
import ipywidgets
from IPython.display import display
from essay_explorer import Explorer, open_reading
explorer = Explorer(open_reading())
label = ipywidgets.Label("Python sees nothing")
button = ipywidgets.Button(description="Choose mirror in Python")
button.on_click(lambda _: explorer.lens.choose("mirror"))
explorer.lens.observe(lambda change: setattr(label, "value", "Python sees " + " ".join(change["new"])), names="chosen")
display(explorer, label, button)
"""


@pytest.fixture(scope="module")
def served() -> Iterator[Server]:
    """The notebook of *Her*, with two warm kernels; in place of the reading, which needs none."""
    with dashboard(NOTEBOOK, "--pool", "2") as server:
        yield server


@contextmanager
def voila(notebook: Path) -> Iterator[Server]:
    """Voila as one types it by hand."""
    port = free_port()
    command = [sys.executable, "-m", "voila", str(notebook), "--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1"]
    with serving(command, f"http://127.0.0.1:{port}/", cwd=CHECKOUT) as server:
        yield server


def choose(page: Page, tag: str) -> None:
    page.locator(f'.chip[data-tag="{tag}"] .choose').click()


def says(page: Page) -> str:
    return page.locator(".theme-filter .says").inner_text()


def gone(server: Server, *, beyond: int, watch: Page) -> bool:
    """Whether all kernels but so many end within half a minute."""
    for _ in range(150):
        if len(server.kernels()) <= beyond:
            return True
        watch.wait_for_timeout(200)  # nothing in a page tells that a process has ended
    return False


def linked(page: Page) -> None:
    page.wait_for_selector("html[data-kernel=linked]", state="attached")


def test_python_joins_what_the_reader_did_and_loses_nothing_when_it_dies(reader: Reader) -> None:
    with dashboard(NOTEBOOK, "--pool", "0") as server:
        page = reader.page()
        page.goto(server.url, wait_until="commit")
        page.wait_for_selector("html[data-essay-explorer=ready]")
        choose(page, "trust")  # before there is a kernel
        linked(page)
        assert says(page) == "23 of 67 passages about trust."
        (kernel,) = server.kernels()
        kernel.kill()
        expect(page.locator(".essay-explorer-note")).to_contain_text("Python has gone. The page works on without it")
        choose(page, "ending")
        count = len(READING.passages(theme=["trust", "ending"]))
        assert says(page) == f"{count} of 67 passages about trust or the ending critique."
        page.get_by_role("button", name="Reconnect").click()
        linked(page)
        assert says(page) == f"{count} of 67 passages about trust or the ending critique."
        expect(page.locator(".essay-explorer-note")).to_be_hidden()


def test_a_click_wins_over_the_kernel_also_before_the_address_has_it(reader: Reader, served: Server) -> None:
    page = reader.page()
    page.add_init_script("""
      history.replaceState = () => {};
      new MutationObserver((_, observer) => {
        if (document.documentElement.dataset.essayExplorer !== "ready") return;
        observer.disconnect();
        document.querySelector('.chip[data-tag="trust"] .choose').click();
      }).observe(document, { subtree: true, attributeFilter: ["data-essay-explorer"] });
    """)
    page.goto(served.url, wait_until="commit")
    linked(page)
    assert says(page) == "23 of 67 passages about trust."


def test_a_server_that_has_gone_takes_nothing_along(reader: Reader) -> None:
    page = reader.page()
    with dashboard(NOTEBOOK, "--pool", "0") as server:
        page.goto(server.url + "#theme=trust", wait_until="commit")
        linked(page)
    note = page.locator(".essay-explorer-note")
    expect(note).to_contain_text("The server does not answer.")
    page.get_by_role("button", name="Reconnect").click()  # does not leave for a page that is not there
    choose(page, "trust")
    choose(page, "mirror")
    assert says(page) == "5 of 67 passages about the critic in the mirror."
    expect_painted(note)
    expect_painted(note.get_by_role("button"))


def test_page_and_python_tell_each_other_and_other_outputs_stand_below(reader: Reader, tmp_path: Path) -> None:
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(MIRROR)], metadata={"voila": {"template": "essay-explorer"}}
    )
    nbformat.write(book, tmp_path / "mirror.ipynb")
    with voila(tmp_path / "mirror.ipynb") as server:
        page = reader.page()
        page.goto(server.url, wait_until="commit")
        choose(page, "trust")
        linked(page)
        expect(page.locator(".widget-label")).to_have_text("Python sees trust")
        assert says(page) == "23 of 67 passages about trust."
        page.get_by_role("button", name="Choose mirror in Python").click()
        expect(page.locator(".says")).to_have_text("26 of 67 passages about trust or the critic in the mirror.")
        choose(page, "trust")
        expect(page.locator(".widget-label")).to_have_text("Python sees mirror")
        assert page.locator(".essay-text").count() == 1


def test_kernels_end_with_their_readers_tab(reader: Reader) -> None:
    with dashboard(NOTEBOOK, "--pool", "1") as server:
        pages = [reader.page() for _ in range(3)]
        for page in pages:
            page.goto(server.url, wait_until="commit")
        for page in pages:
            linked(page)
        assert len(server.kernels()) >= 3
        for page in pages:
            page.close(run_before_unload=True)
        assert gone(server, beyond=1, watch=reader.page())


def test_an_edited_reading_reaches_the_next_reader_and_the_warm_kernels(reader: Reader, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(CHECKOUT / "data" / "her", mine)
    with dashboard(NOTEBOOK, "--pool", "1", env={"ESSAY_EXPLORER_READING": str(mine)}) as server:
        page = reader.page()
        page.goto(server.url, wait_until="commit")
        linked(page)
        used = None
        for _ in range(60):  # until the next reader's kernel has read the files, and does nothing any more
            before, used = used, [kernel.cpu_times()[:2] for kernel in server.kernels()]
            if len(used) == 2 and used == before:
                break
            page.wait_for_timeout(1_000)
        assert len(used) == 2
        rows = (mine / "annotations.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        (mine / "annotations.csv").write_text("".join(rows[:-1]), encoding="utf-8")
        for _ in range(2):
            page = reader.page()
            page.goto(server.url, wait_until="commit")
            expect(page.locator(".credit")).to_contain_text("66 passages")
            linked(page)
            assert page.locator(".essay-text .paragraph").count() == len(READING.essay.paragraphs)


def test_a_kernel_that_lost_its_reader_without_a_word_is_culled(reader: Reader) -> None:
    with dashboard(NOTEBOOK, "--pool", "0", "--idle", "2") as server:
        page = reader.page()
        page.goto(server.url, wait_until="commit")
        linked(page)
        assert len(server.kernels()) == 1
        page.context.set_offline(True)  # no goodbye gets through
        page.close()
        assert gone(server, beyond=0, watch=reader.page())


def test_ctrl_c_ends_the_server_and_all_its_kernels() -> None:
    with dashboard(NOTEBOOK, "--pool", "2") as server:
        for _ in range(300):
            if len(server.kernels()) == 2:
                break
            time.sleep(0.1)  # a pool fills without telling anybody
        kernels = server.kernels()
        assert len(kernels) == 2
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(20) == 0
        assert psutil.wait_procs(kernels, timeout=10)[1] == []


def test_the_page_works_while_the_kernel_keeps_it_waiting(reader: Reader, served: Server) -> None:
    page = reader.page()
    page.route_web_socket(re.compile("/channels"), lambda socket: waiting.append(socket))
    waiting: list[WebSocketRoute] = []
    page.goto(served.url, wait_until="commit")
    page.wait_for_selector("html[data-essay-explorer=ready]")
    choose(page, "alienness")
    assert says(page) == "13 of 67 passages about alienness."
    page.wait_for_function("performance.now() > 4_000")  # longer than anywidget waits for a module
    assert page.locator("html").get_attribute("data-kernel") is None
    assert len(waiting) == 1


def test_a_kernel_that_never_answers_is_given_up_and_the_page_goes_on(reader: Reader, served: Server) -> None:
    page = reader.page()
    page.clock.install()
    page.route_web_socket(re.compile("/channels"), lambda _: None)
    page.goto(served.url)
    page.wait_for_selector("html[data-essay-explorer=ready]")
    page.clock.fast_forward(80_000)
    expect(page.locator(".essay-explorer-note")).to_be_hidden()
    page.clock.fast_forward(15_000)
    expect(page.locator(".essay-explorer-note")).to_contain_text("Python has gone. The page works on without it")
    choose(page, "trust")
    expect(page.locator(".theme-filter .says")).to_have_text("23 of 67 passages about trust.")


def test_modules_of_jupyter_that_come_late_do_no_harm(reader: Reader, tmp_path: Path) -> None:
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(MIRROR)], metadata={"voila": {"template": "essay-explorer"}}
    )
    nbformat.write(book, tmp_path / "mirror.ipynb")
    held: list[Route] = []
    holding = True
    with voila(tmp_path / "mirror.ipynb") as server:
        page = reader.page()
        modules = re.compile(r"labextensions/anywidget/")
        page.route(modules, lambda route: held.append(route) if holding else route.continue_())
        page.goto(server.url, wait_until="commit")
        linked(page)
        choose(page, "alienness")
        assert says(page) == "13 of 67 passages about alienness."
        page.wait_for_function("performance.now() > 4_000")  # anywidget gives a module two seconds
        holding = False
        for route in held:
            route.continue_()
        expect(page.locator(".widget-label")).to_have_text("Python sees alienness")
        assert held


@pytest.mark.parametrize("query", ["?theme=dark", "?template=lab", "?theme=dark&template=nothing"])
def test_voilas_own_arguments_are_deaf(visit: Callable[..., Page], query: str) -> None:
    page = visit(f"{query}#theme=trust")
    assert says(page) == "23 of 67 passages about trust."
    linked(page)


def test_voila_typed_by_hand_gives_the_same_page(reader: Reader, visit: Callable[..., Page]) -> None:
    with voila(Path("notebooks/read.ipynb")) as server:
        page = reader.page()
        page.goto(server.url + "#theme=trust", wait_until="commit")
        page.wait_for_selector("html[data-essay-explorer=ready]")
        ours = visit("#theme=trust")
        expected = ours.locator("main").inner_html().replace(served_at(ours), served_at(page))
        for only_there, here in (  # the dashboard has addresses of its own for these
            ('class="quiet">Download this view', 'class="quiet" hidden="">Download this view'),
            ('<p>Have the original? <a href="essay-explorer/her-review.html">Open your own copy</a></p>', ""),
        ):
            assert only_there in expected
            expected = expected.replace(only_there, here)
        assert page.locator("main").inner_html() == expected
        linked(page)
        assert says(page) == "23 of 67 passages about trust."


def served_at(page: Page) -> str:
    return page.url.partition("#")[0]


def test_charts_draw_after_the_kernel_has_gone(reader: Reader) -> None:
    with dashboard(NOTEBOOK, "--pool", "0") as server:
        page = reader.page()
        page.goto(server.url, wait_until="commit")
        page.wait_for_selector("html[data-kernel=linked]")
        (kernel,) = server.kernels()
        kernel.kill()
        page.wait_for_selector("html[data-kernel=gone]")
        page.get_by_role("button", name="Charts", exact=True).click()
        page.wait_for_selector(".chart-panel[data-drawn=dispersion]")
