"""How long it takes from the press on a theme to the mark that is on the screen, in *Her* and in a novel.

And what marks cost who comes back: the same visit with those forty kept on the device, and without.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import apps
import long
import usage
from novel import NOVEL, WAIT
from servers import dashboard

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from bench import Bench
    from reader import Reader

HER, A_NOVEL = "marked in Her", "marked in a novel"
WITH, WITHOUT = "marks on the device", "no marks on the device"
MARKS = 40
VISITS = 9  # with marks and without, in turn; the first of each warms
PATIENCE = 20_000  # ms
FIRST = ("paragraph", "filter")

# Mark one sentence as a reader does, and wait for the frame in which its line is there; the ms that it took.
MARK = """async (share) => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const paragraphs = [...document.querySelectorAll("article .paragraph")];
  const paragraph = paragraphs[Math.floor(share * paragraphs.length)];
  for (let again = 0; again < 3; again += 1) {
    paragraph.scrollIntoView({ block: "center" });
    await frame();
  }
  paragraph.querySelector(".segment").click();
  await frame();
  const tag = document.querySelector(".at-passage .tag");
  const lines = () => document.querySelectorAll(".line.mine.on").length;
  const [before, start] = [lines(), performance.now()];
  tag.click();
  while (lines() === before && performance.now() - start < 10_000) await frame();
  await frame();
  const took = performance.now() - start;
  document.querySelector(".at-passage .close").click();
  return took;
}"""


def measure(bench: Bench) -> None:
    """Mark one sentence after the other, in the essay and in a text of a million words with ten thousand annotations."""
    with dashboard(apps.READING) as server, ExitStack() as stack:
        reader = bench.reader(apps.PAGE, server, stack)
        reader.go()
        _note(bench, HER, _marks(reader.page))
        other = bench.reader(apps.PAGE, server, stack)
        for number in range(VISITS):
            for what, one in sorted({WITH: reader, WITHOUT: other}.items(), reverse=bool(number % 2)):
                _come_back(bench, what, one, counted=number > 0)
        bench.say({what: {key: bench.results.of(what, key) for key in FIRST} for what in (WITH, WITHOUT)})
    with NOVEL.start(bench.folder, 0) as server, ExitStack() as stack:
        usage.settle(server, 0, WAIT)
        reader = bench.reader(NOVEL, server, stack, long.THEMES[0])
        reader.go()
        _note(bench, A_NOVEL, _marks(reader.page))


def _note(bench: Bench, what: str, took: list[float]) -> None:
    bench.results.add(what, {"marks": took})
    bench.say(f"{what}:", sorted(map(round, took)))


def _come_back(bench: Bench, what: str, reader: Reader, *, counted: bool) -> None:
    """One more visit of a reader, in a new tab of the same browser."""
    reader.close()
    reader.open()
    reader.go()
    found = reader.arrive()
    if (reader.page.locator(".line.mine").count() > 0) != (what == WITH):
        bench.problem(f"{what}: the page shows something else")
    if counted:
        bench.results.add(what, found)


def _marks(page: Page) -> list[float]:
    """The ms of each; the first two warm the page."""
    page.wait_for_selector("html[data-essay-explorer=ready]", timeout=PATIENCE)
    page.locator(".tools .mark").click(timeout=PATIENCE)
    page.wait_for_selector(".mark-sheet .bar:visible", timeout=PATIENCE)
    page.wait_for_timeout(1000)
    return [page.evaluate(MARK, (number * 7 % MARKS) / MARKS) for number in range(MARKS + 2)][2:]
