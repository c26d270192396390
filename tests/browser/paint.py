"""Whether something is really painted: not a class that says so, but ink with an area, in another colour than its ground."""

from __future__ import annotations

import base64
import time
from typing import TYPE_CHECKING, Literal

from playwright.sync_api import Error

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect, Locator, Page

    Ink = Literal["any", "background", "border", "text", "underline", "before", "shape"]

PATIENCE = 30  # seconds
# `(element, ink) => why it is not painted`, "" when it is. Colours are laid over each other as the browser lays them.
WHY_UNPAINTED = """(element, ink = "any") => {
  const LEAST = 24;  // of 765: how much the three channels of ink and ground differ together
  const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const lay = (colour, alpha = 1) => {
    context.globalAlpha = alpha;
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const lineage = [];
  for (let one = element; one; one = one.parentElement) lineage.unshift(one);
  const alpha = lineage.reduce((product, one) => product * Number(getComputedStyle(one).opacity), 1);
  const ground = (among) => {
    lay("Canvas");
    return among.reduce((_, one) => lay(getComputedStyle(one).backgroundColor), lay("transparent"));
  };
  const standsOut = (colour, among) => {
    const below = ground(among);
    return lay(colour, alpha).reduce((sum, channel, at) => sum + Math.abs(channel - below[at]), 0) >= LEAST;
  };
  const area = (box) => box.width * box.height > 0;
  const textBox = () => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return element.textContent.trim() && [...range.getClientRects()].some(area);
  };
  const style = getComputedStyle(element), before = getComputedStyle(element, "::before");
  const drawn = (content) => !["none", "normal", '""'].includes(content);
  const inks = {
    background: () => [...element.getClientRects()].some(area) && standsOut(style.backgroundColor, lineage.slice(0, -1)),
    border: () => ["Top", "Right", "Bottom", "Left"].some((side) =>
      parseFloat(style[`border${side}Width`]) && standsOut(style[`border${side}Color`], lineage)),
    text: () => textBox() && standsOut(style.color, lineage),
    underline: () => style.textDecorationLine.includes("underline") && textBox() && standsOut(style.textDecorationColor, lineage),
    before: () => drawn(before.content) && before.display !== "none" && before.visibility === "visible" && standsOut(before.color, lineage),
    shape: () => element instanceof SVGElement && (({ width, height }) => width > 0 || height > 0)(element.getBoundingClientRect()) &&
      ["fill", "stroke"].some((name) => style[name] !== "none" && Number(style[`${name}Opacity`]) > 0 && standsOut(style[name], lineage)),
  };
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return "hidden by its style";
  if (ink === "any") return Object.values(inks).some((has) => has()) ? "" : "nothing of it differs from its ground";
  return inks[ink]() ? "" : `no ${ink} that has an area and differs from its ground`;
}"""


def unpainted(locator: Locator, ink: Ink = "any") -> list[str]:
    """Of each element why it is not painted with this ink; "" for one that is. Of a page that is just leaving, nothing."""
    try:
        return locator.evaluate_all(f"(all, ink) => all.map((one) => ({WHY_UNPAINTED})(one, ink))", ink)
    except Error as error:
        if "context was destroyed" in error.message:
            return []
        raise


def expect_painted(locator: Locator, ink: Ink = "any", *, count: int | None = None) -> None:
    """Wait until there is one, or are `count`, and each of them is painted with this ink."""
    end = time.monotonic() + PATIENCE
    while True:
        reasons = unpainted(locator, ink)
        if reasons and not any(reasons) and count in (None, len(reasons)):
            return
        if time.monotonic() > end:
            wrong = [f"{at}: {reason}" for at, reason in enumerate(reasons) if reason]
            message = (
                f"{locator}: {len(reasons)} found, {count or 'some'} expected, {len(wrong)} not painted: {wrong[:5]}"
            )
            raise AssertionError(message)
        locator.page.wait_for_timeout(50)


# The contrast between the lightest and the darkest pixel of a picture, as WCAG reckons it.
PIXELS = """async (picture) => {
  const bytes = Uint8Array.from(atob(picture), (one) => one.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const linear = (value) => (value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  let least = 1, most = 0;
  for (let at = 0; at < data.length; at += 4) {
    const light = 0.2126 * linear(data[at]) + 0.7152 * linear(data[at + 1]) + 0.0722 * linear(data[at + 2]);
    least = Math.min(least, light);
    most = Math.max(most, light);
  }
  return (most + 0.05) / (least + 0.05);
}"""


LETTERS = """(element) => {
  element.scrollIntoView({ block: "center", behavior: "instant" });
  const range = document.createRange();
  range.selectNodeContents(element);
  const [widest] = [...range.getClientRects()].sort((one, other) => other.width - one.width);
  return { x: widest.x, y: widest.y, width: widest.width, height: widest.height };
}"""


def painted_contrast(locator: Locator) -> float:
    """The contrast of the letters of an element to their ground on the screen, whatever the styles say.

    Lines under them do not count, nor does what stands beside them.
    """
    plain = "* { text-decoration: none !important; outline: none !important; }"
    picture = locator.page.screenshot(clip=locator.evaluate(LETTERS), style=plain)
    return locator.page.evaluate(PIXELS, base64.b64encode(picture).decode())


def contrast_within(locator: Locator) -> float:
    """The contrast of what is painted where an element stands, such as a sign that its style puts there."""
    return locator.page.evaluate(PIXELS, base64.b64encode(locator.screenshot()).decode())


def contrast_at(page: Page, clip: FloatRect) -> float:
    """The contrast of what is painted in a part of the screen; 1 where nothing is."""
    return page.evaluate(PIXELS, base64.b64encode(page.screenshot(clip=clip)).decode())


# Of a picture of where a line starts: how many rows of its ink stand there above and below the line as it goes on.
END = """async ([picture, colour, edge, on]) => {
  const bytes = Uint8Array.from(atob(picture), (one) => one.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d", { willReadFrequently: true });
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const ink = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
  context.drawImage(image, 0, 0);
  const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
  const has = (x, y) => ink.every((channel, at) => Math.abs(channel - data[4 * (y * width + x) + at]) < 40);
  const rows = (from, to) => Array.from({ length: height }, (_, y) => y).filter((y) =>
    Array.from({ length: to - from }, (_, at) => from + at).some((x) => has(x, y)));
  const line = rows(on, on + 12);
  const end = rows(0, edge);
  return [end.filter((y) => y < line[0]).length, end.filter((y) => y > line.at(-1)).length, line.length];
}"""


def end_of_line(line: Locator) -> tuple[int, int, int]:
    """How many pixels the start of a line under text stands above it and below it, and how thick it is itself.

    The letters above it are taken away first: what is counted is the line.
    """
    line.scroll_into_view_if_needed()
    box = line.evaluate("(one) => (({ x, y, height }) => ({ x, y, height }))(one.getClientRects()[0])")
    colour = line.evaluate("(one) => getComputedStyle(one).textDecorationColor")
    around = {"x": box["x"] - 2, "y": box["y"] + 0.5 * box["height"], "width": 60, "height": 0.5 * box["height"] + 24}
    bare = ".essay-text article, .essay-text article * { color: transparent !important; }"
    picture = base64.b64encode(line.page.screenshot(clip=around, style=bare)).decode()
    above, below, thick = line.page.evaluate(END, [picture, colour, 10, 30])
    return above, below, thick


# Of a picture: the rows in which something is painted on the ground that its first pixel shows.
ROWS = """async (picture) => {
  const bytes = Uint8Array.from(atob(picture), (one) => one.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d", { willReadFrequently: true });
  context.drawImage(image, 0, 0);
  const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
  const differs = (at) => [0, 1, 2].some((channel) => Math.abs(data[at + channel] - data[channel]) > 40);
  return Array.from({ length: height }, (_, y) => y).filter((y) =>
    Array.from({ length: width }, (_, x) => 4 * (y * width + x)).some(differs));
}"""


def rows_of_lines(text: Locator, *, style: str = "") -> list[int]:
    """The rows of pixels, from the top of a piece of text down, in which lines are painted under its middle."""
    text.scroll_into_view_if_needed()
    box = text.evaluate("(one) => (({ x, y, width }) => ({ x, y, width }))(one.getClientRects()[0])")
    around = {"x": box["x"] + box["width"] / 2 - 6, "y": box["y"], "width": 12, "height": 80}
    bare = ".essay-text article, .essay-text article * { color: transparent !important; }"
    picture = base64.b64encode(text.page.screenshot(clip=around, style=f"{bare} {style}")).decode()
    return text.page.evaluate(ROWS, picture)


# Of a picture: the columns in which one colour is painted.
COLUMNS = """async ([picture, red, green, blue]) => {
  const bytes = Uint8Array.from(atob(picture), (one) => one.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d", { willReadFrequently: true });
  context.drawImage(image, 0, 0);
  const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
  const is = (at) => data[at] === red && data[at + 1] === green && data[at + 2] === blue;
  return Array.from({ length: width }, (_, x) => x).filter((x) =>
    Array.from({ length: height }, (_, y) => 4 * (y * width + x)).some(is));
}"""


def columns_of_ends(text: Locator) -> tuple[float, float]:
    """Where on the screen, from its left edge, the lines under a piece of text start and end, by what is painted."""
    style = (
        ".line.starts::before { border-color: #f0f !important; } .line.ends::after { border-color: #0f0 !important; }"
    )
    text.scroll_into_view_if_needed()
    left = text.evaluate("(one) => one.getBoundingClientRect().x")
    picture = base64.b64encode(text.screenshot(style=style)).decode()
    start = text.page.evaluate(COLUMNS, [picture, 255, 0, 255])
    end = text.page.evaluate(COLUMNS, [picture, 0, 255, 0])
    return left + sum(start) / len(start), left + sum(end) / len(end)
