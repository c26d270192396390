"""A notebook with Python behind it: the page before its kernel, with it, and after it has gone."""

from __future__ import annotations

import re
import signal
import socket
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.sync_api import expect

from asleep import ASLEEP, wake
from notebooks import write_notebook
from paint import expect_painted
from servers import dashboard, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Locator, Page, WebSocketRoute

    from conftest import Reader
    from servers import Server

IMPORTS = "import ipywidgets as w\nfrom essay_explorer import *\n"
# What Python hears stands in a label; what it says comes from buttons and sliders, which only Jupyter can draw.
BOOK = f"""{IMPORTS}
lens = Lens(open_reading('her'))
heard = w.Label('Python has heard nothing')
def hear(change):
    heard.value = 'Python has heard ' + (' '.join(change['new']) or 'nothing')
lens.observe(hear, 'chosen')
button = w.Button(description='Choose mirror in Python')
button.on_click(lambda _: lens.choose('mirror'))
first = w.IntSlider(description='First', min=1, max=15, value=1)
first.observe(lambda change: setattr(lens, 'within', [change['new'], 15]), 'value')
w.VBox([w.HBox([first, button, EssayText(lens)]), heard, ThemeFilter(lens)])"""
WHOLE = f"""{IMPORTS}
explorer = Explorer(open_reading('her'))
heard = w.Label('Python has heard nothing')
def hear(change):
    heard.value = 'Python has heard ' + (' '.join(change['new']) or 'nothing')
explorer.lens.observe(hear, 'chosen')
w.VBox([heard, explorer])"""
# A small model of an author's own, and a tab: neither is known to kernel.js by name.
STARS = f"""{IMPORTS}
import traitlets
from essay_explorer.widgets.widget import Widget
class Stars(Widget):
    shared = ('given',)
    _esm = '''
    function render({{ model, el }}) {{
      const button = document.createElement("button");
      const draw = () => (button.textContent = `${{model.get("given")}} stars`);
      button.addEventListener("click", () => {{ model.set("given", model.get("given") + 1); model.save_changes(); }});
      model.on("change:given", draw);
      draw();
      el.replaceChildren(button);
    }}
    export default {{ render }};
    '''
    given = traitlets.Int(0).tag(sync=True)
stars, tab = Stars(), w.Tab([w.Label('first panel'), w.Label('second panel')], titles=['One', 'Two'])
heard = w.Label('-')
def hear(_):
    heard.value = f'{{stars.given}} stars and tab {{tab.selected_index}} in Python'
stars.observe(hear, 'given'); tab.observe(hear, 'selected_index')
w.VBox([EssayText(Lens(open_reading('her'))), stars, tab, heard])"""


OPENING = "Few films have annoyed me"


@contextmanager
def serving_book(folder: Path, cell: str, *options: str, port: int | None = None) -> Iterator[Server]:
    """The dashboard of a notebook of one cell; no kernel is kept warm unless the options say so."""
    notebook = write_notebook(folder / "book.ipynb", cell)
    with dashboard(str(notebook), "--pool", "0", *options, port=port) as server:
        yield server


@contextmanager
def serving_to(reader: Reader, folder: Path, cell: str, *options: str) -> Iterator[Server]:
    """`serving_book` for a reader who leaves before the server does."""
    with serving_book(folder, cell, *options) as server:
        yield server
        for context in reader.browser.contexts:
            context.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving_book(tmp_path_factory.mktemp("book"), BOOK) as server:
        yield server


def linked(page: Page) -> None:
    page.wait_for_selector("html[data-kernel=linked]", state="attached")


def visit(reader: Reader, server: Server, address: str = "") -> Page:
    page = reader.page()
    page.goto(server.url + address, wait_until="commit")
    page.wait_for_selector("html[data-essay-explorer=ready]")
    return page


def choose(page: Page, tag: str) -> None:
    page.locator(f'.chip[data-tag="{tag}"] .choose').click()


def says(page: Page) -> Locator:
    return page.locator(".theme-filter .says")


def python_says(page: Page, words: str) -> None:
    heard = page.get_by_text(words, exact=True)
    expect(heard).to_be_visible()
    expect_painted(heard, "text")


def until_kernels(server: Server, count: int, watch: Page) -> None:
    """Wait until so many are left; nothing in a page tells that a process has ended."""
    for _ in range(150):
        if len(server.kernels()) == count:
            return
        watch.wait_for_timeout(200)
    assert len(server.kernels()) == count


def test_reader_and_python_tell_each_other(reader: Reader, served: Server) -> None:
    page = visit(reader, served)
    linked(page)
    choose(page, "trust")
    python_says(page, "Python has heard trust")
    page.get_by_role("button", name="Choose mirror in Python").click()
    expect(says(page)).to_have_text("26 of 67 passages about trust or the critic on himself.")
    python_says(page, "Python has heard trust mirror")


def test_the_page_comes_and_works_before_its_kernel(reader: Reader, served: Server) -> None:
    waiting: list[WebSocketRoute] = []
    page = reader.page()
    page.route_web_socket(re.compile("/channels"), lambda socket: waiting.append(socket))
    page.goto(served.url, wait_until="commit")
    page.wait_for_selector("html[data-essay-explorer=ready]")
    expect_painted(page.locator(".essay-text .paragraph", has_text=OPENING), "text", count=1)
    choose(page, "alienness")
    expect(says(page)).to_have_text("13 of 67 passages about alienness.")
    python_says(page, "Python has heard nothing")
    page.wait_for_function("performance.now() > 4_000")  # longer than anywidget waits for a module
    for _ in range(300):
        if waiting:
            break
        page.wait_for_timeout(100)  # the kernel of a busy machine
    assert len(waiting) == 1
    expect(page.locator(".essay-explorer-note")).to_be_hidden()
    waiting[0].connect_to_server()


def test_what_the_reader_did_before_the_kernel_came_reaches_it(reader: Reader, served: Server) -> None:
    page = visit(reader, served, "#theme=trust")
    choose(page, "ending")
    linked(page)
    python_says(page, "Python has heard trust ending")
    expect(says(page)).to_have_text(re.compile("of 67 passages about trust or the ending critique."))


def test_what_was_pressed_before_the_page_woke_reaches_the_kernel(reader: Reader, tmp_path: Path) -> None:
    with serving_to(reader, tmp_path, WHOLE) as server:
        page = reader.page()
        page.add_init_script(ASLEEP)
        page.goto(server.url)
        choose(page, "trust")
        wake(page)
        linked(page)
        python_says(page, "Python has heard trust")
        expect(says(page)).to_have_text(re.compile("of 67 passages about trust."))


def test_a_killed_kernel_is_replaced_and_hears_what_happened_meanwhile(reader: Reader, tmp_path: Path) -> None:
    with serving_to(reader, tmp_path, BOOK) as server:
        page = visit(reader, server)
        linked(page)
        choose(page, "trust")
        python_says(page, "Python has heard trust")
        (kernel,) = server.kernels()
        kernel.kill()
        page.wait_for_selector("html[data-kernel=gone]", state="attached")
        choose(page, "mirror")
        expect(says(page)).to_have_text("26 of 67 passages about trust or the critic on himself.")
        linked(page)
        python_says(page, "Python has heard trust mirror")
        assert len(server.kernels()) == 1
        note = page.locator(".essay-explorer-note")  # what only Jupyter can draw knows one kernel
        expect(note).to_contain_text("Some controls need a fresh page to work again.")
        expect_painted(note, "text")
        note.get_by_role("button", name="Reload").click()
        expect(says(page)).to_have_text("26 of 67 passages about trust or the critic on himself.")
        linked(page)
        choose(page, "trust")
        python_says(page, "Python has heard mirror")


def test_a_server_that_stood_still_goes_on(reader: Reader, tmp_path: Path) -> None:
    with serving_to(reader, tmp_path, BOOK) as server:
        page = visit(reader, server)
        linked(page)
        server.process.send_signal(signal.SIGSTOP)
        choose(page, "trust")
        expect(says(page)).to_have_text("23 of 67 passages about trust.")
        server.process.send_signal(signal.SIGCONT)
        python_says(page, "Python has heard trust")


def test_a_server_that_was_killed_and_started_again_has_its_pages_back(reader: Reader, tmp_path: Path) -> None:
    port = free_port()
    with serving_book(tmp_path, STARS, port=port) as server:
        page = visit(reader, server)
        linked(page)
        stars = page.get_by_role("button", name=re.compile(r"\d stars"))
        stars.click()
        family = psutil.Process(server.process.pid).children(recursive=True)
        server.process.kill()
        page.wait_for_selector("html[data-kernel=gone]", state="attached")
        assert psutil.wait_procs(family, timeout=10)[1] == []  # nothing is left behind
    stars.click()
    note = page.locator(".essay-explorer-note")
    expect(note).to_contain_text("Live connection lost. You can keep reading; nothing is lost.")
    expect_painted(note, "text")
    with serving_book(tmp_path, STARS, port=port):
        linked(page)
        python_says(page, "2 stars and tab 0 in Python")
        expect(stars).to_have_text("2 stars")


def test_a_model_of_an_authors_own_and_a_tab_outlive_their_kernel(reader: Reader, tmp_path: Path) -> None:
    with serving_to(reader, tmp_path, STARS) as server:
        page = visit(reader, server)
        stars = page.get_by_role("button", name=re.compile(r"\d stars"))
        expect_painted(stars, "text")
        linked(page)
        stars.click()
        python_says(page, "1 stars and tab 0 in Python")
        (kernel,) = server.kernels()
        kernel.kill()
        page.wait_for_selector("html[data-kernel=gone]", state="attached")
        stars.click()
        page.get_by_role("tab", name="Two").click()
        expect_painted(page.get_by_text("second panel"), "text")
        expect(stars).to_have_text("2 stars")
        linked(page)
        python_says(page, "2 stars and tab 1 in Python")
        expect(page.locator(".essay-explorer-note")).to_be_hidden()  # nothing here is Jupyter's to draw


def test_who_serves_may_overrule_whether_readers_get_kernels(reader: Reader, tmp_path: Path) -> None:
    with serving_to(reader, tmp_path, f"{IMPORTS}Explorer(open_reading('her'))", "--kernel", "always") as server:
        linked(visit(reader, server))
        assert len(server.kernels()) == 1
    with serving_to(reader, tmp_path, BOOK, "--kernel", "never") as server:
        page = visit(reader, server)
        choose(page, "trust")
        expect(says(page)).to_have_text("23 of 67 passages about trust.")
        assert server.kernels() == []
        assert page.locator("html").get_attribute("data-kernel") is None


def test_another_reading_that_python_opens_takes_the_place_of_the_first(reader: Reader, tmp_path: Path) -> None:
    cell = f"""{IMPORTS}
explorer = Explorer(open_reading('her'))
texts = {{'essay.md': 'Snow fell on the quiet town.', 'codebook.yml': 'facets: []', 'annotations.csv': 'id,quote\\n'}}
button = w.Button(description='Winter')
button.on_click(lambda _: setattr(explorer, 'reading', Reading.from_texts(texts)))
w.VBox([button, explorer])"""
    with serving_to(reader, tmp_path, cell) as server:
        page = visit(reader, server)
        expect_painted(page.locator(".essay-text .paragraph", has_text=OPENING), "text", count=1)
        page.get_by_role("button", name="Winter").click()
        expect(page.locator(".essay-text .paragraph")).to_have_count(1)
        expect_painted(page.locator(".essay-text .paragraph", has_text="Snow fell on the quiet town."), "text")
        assert "Few films" not in page.locator("main").inner_text()


@pytest.mark.parametrize("query", ["?theme=dark", "?template=lab", "?theme=dark&template=nothing"])
def test_voilas_own_arguments_are_deaf(reader: Reader, served: Server, query: str) -> None:
    page = visit(reader, served, f"{query}#theme=trust")
    expect(says(page)).to_have_text("23 of 67 passages about trust.")
    linked(page)
    python_says(page, "Python has heard trust")


def test_kernels_end_with_their_readers_tab(reader: Reader, tmp_path: Path) -> None:
    with serving_to(reader, tmp_path, STARS) as server:
        pages = [visit(reader, server) for _ in range(3)]
        for page in pages:
            linked(page)
        assert len(server.kernels()) == 3
        pages[0].close(run_before_unload=True)
        until_kernels(server, 2, pages[1])
        pages[1].goto("about:blank")
        until_kernels(server, 1, pages[1])


def test_a_kernel_that_lost_its_reader_without_a_word_is_culled(reader: Reader, tmp_path: Path) -> None:
    with serving_to(reader, tmp_path, STARS, "--idle", "2") as server:
        page = visit(reader, server)
        linked(page)
        assert len(server.kernels()) == 1
        page.context.set_offline(True)  # no goodbye gets through
        page.close()
        until_kernels(server, 0, reader.page())


def test_ctrl_c_ends_the_server_and_all_its_kernels(tmp_path: Path) -> None:
    with serving_book(tmp_path, STARS, "--pool", "2") as server:
        end = time.monotonic() + 30
        while len(kernels := server.kernels()) < 2 and time.monotonic() < end:
            time.sleep(0.1)  # a pool fills without telling anybody
        assert len(kernels) == 2
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(20) == 0
        assert psutil.wait_procs(kernels, timeout=10)[1] == []


SLOW = f"{STARS}\nimport time\nprint('running', flush=True)\ntime.sleep(20)"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_server_ends_while_it_runs_the_notebook_for_a_reader(tmp_path: Path, number: signal.Signals) -> None:
    with serving_book(tmp_path, STARS, "--pool", "0") as server:
        write_notebook(tmp_path / "book.ipynb", SLOW)
        with socket.create_connection((urlsplit(server.url).hostname, urlsplit(server.url).port)) as reader:
            reader.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            end = time.monotonic() + 30
            while not (kernels := server.kernels()) and time.monotonic() < end:
                time.sleep(0.1)
            assert kernels
            time.sleep(1)  # it runs the first cell
            server.process.send_signal(number)
            assert server.process.wait(15) == 0
            assert psutil.wait_procs(kernels, timeout=10)[1] == []
        assert "Traceback" not in server.printed(), server.printed()


@pytest.mark.parametrize("after", [0, 0.2, 0.4, 0.6, 0.8])
def test_ctrl_c_while_kernels_are_warming_up_ends_quietly(tmp_path: Path, after: float) -> None:
    with serving_book(tmp_path, STARS, "--pool", "9") as server:
        time.sleep(after)  # the moment is what is tested: a kernel is starting, or runs the notebook
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(20) == 0
        assert "Traceback" not in server.printed(), server.printed()
