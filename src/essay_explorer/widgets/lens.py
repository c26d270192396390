"""What the reader looks through now: the one state that all views share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import traitlets

from essay_explorer.core.brief import ArgumentTypeError, kind_of
from essay_explorer.core.fault import instead_of, shown
from essay_explorer.core.given import reading_given
from essay_explorer.widgets.content import content_of
from essay_explorer.widgets.module import module, style
from essay_explorer.widgets.widget import TraitValueError, Widget

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from essay_explorer.core.passage import Passage
    from essay_explorer.core.reading import Reading

MINE = "mine"  # the layer of the reader's marks
LAYER = re.compile(r"[\w.:-]{1,100}", re.ASCII)  # the id of a layer
MARK = re.compile(r"(?:[\w.:-]{1,100}:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)  # and of a mark
# What a reader changes.
SHARED = ("chosen", "excluded", "match", "show", "query", "within", "at", "chart", "tour", "hidden", "differ")


class Paragraphs(traitlets.List[int]):
    """The first and the last, or one number that is both, as `Reading.passages` takes them."""

    def validate(self, obj: Any, value: Any) -> Any:  # noqa: ANN401 - traitlets' signature
        """The two numbers of what is given."""
        return super().validate(obj, [value, value] if isinstance(value, int) else value)


class Lens(Widget):
    """What the reader looks through now; it has no view of its own.

    ========  =====================================================  ============
    trait     value                                                  written by
    ========  =====================================================  ============
    content   the reading as the page shows it                       Python
    chosen    ids of the tags chosen, in the order of choosing       both
    excluded  ids of the tags left out                               both
    match     "any" or "all" of the tags chosen in one facet         both
    show      "mark", "dim" (the rest) or "only" (the passages)      both
    query     words to find                                          both
    within    the first and the last paragraph looked at, or one     both
              number for both; [] for all
    at        the id of the passage in focus, or "p4" (paragraph)    both
    chart     the name of the chart that is open; "" when none is     both
    tour      the number of the stop on the tour; 0 when none is     both
    hidden    ids of the layers that are off: "reading" is the       both
              reading's own, "mine" the reader's marks
    differ    the id of the layer that mine is compared with; ""     both
              when none is
    address   where this view has an address, without what is        Python, page
              behind its "#"; "" where it has none
    file      where the page can be had as one file; "" where it     page
              cannot
    next      the next reading on the shelf: its address and its     page
              title, as runs of text; {} where there is none
    ========  =====================================================  ============

    >>> from essay_explorer import Lens, open_reading
    >>> lens = Lens(open_reading("her"))
    >>> lens.choose("trust")
    >>> len(lens.passages)
    23
    """

    shared = SHARED
    page = ("address", "file", "next")
    _esm = module(
        *("content", "finding", "lens_words", "lens_hash", "layers", "contents", "differences"),
        *("dom", "shadow", "fingerprint", "typesetting", "paper"),
        *(
            "essay_picture",
            "passage_picture",
            "picture",
            "bell",
            "notebook_cell",
            "openings",
            "lens_address",
            "lens_acts",
            "lens",
        ),
    )
    _css = style("lens", "layouts")
    host_style = style("classic")
    _view_name = traitlets.Unicode(None, allow_none=True).tag(sync=True)  # type: ignore[assignment] # None: no view

    content = traitlets.Dict().tag(sync=True)
    chosen = traitlets.List(traitlets.Unicode()).tag(sync=True)
    excluded = traitlets.List(traitlets.Unicode()).tag(sync=True)
    match = traitlets.Enum(("any", "all"), "any").tag(sync=True)
    show = traitlets.Enum(("mark", "dim", "only"), "mark").tag(sync=True)
    query = traitlets.Unicode().tag(sync=True)
    within = Paragraphs(traitlets.Int()).tag(sync=True)
    at = traitlets.Unicode().tag(sync=True)
    chart = traitlets.Unicode().tag(sync=True)
    tour = traitlets.Int(0).tag(sync=True)
    hidden = traitlets.List(traitlets.Unicode()).tag(sync=True)
    differ = traitlets.Unicode().tag(sync=True)
    address = traitlets.Unicode().tag(sync=True)
    file = traitlets.Unicode().tag(sync=True)
    next = traitlets.Dict().tag(sync=True)

    def __init__(self, reading: Reading, **state: Any) -> None:  # noqa: ANN401 - any of the traits
        self._reading = reading_given(reading, type(self).__name__)
        super().__init__(content=content_of(reading), **state)

    def __repr__(self) -> str:
        traits = self.traits(sync=True)
        state = {name: getattr(self, name) for name in self.shared}
        changed = [f"{name}={value!r}" for name, value in state.items() if value != traits[name].default()]
        return " ".join(filter(None, (super().__repr__(), ", ".join(changed))))

    @property
    def reading(self) -> Reading:
        """What is read; another one takes its place in every view, and what it does not have is dropped.

        >>> from essay_explorer import Lens, open_reading
        >>> len(Lens(open_reading("her")).reading)
        67
        """
        return self._reading

    @reading.setter
    def reading(self, reading: Reading) -> None:
        content = content_of(reading_given(reading, "reading", takes="is a Reading"))
        with self.hold_sync(), self.hold_trait_notifications():
            self._reading = reading
            tags, last = reading.codebook.tags, len(reading.essay.paragraphs)
            self.content = content
            self.chosen = [tag for tag in self.chosen if tag in tags]
            self.excluded = [tag for tag in self.excluded if tag in tags]
            self.within = self.within if all(end <= last for end in self.within) else []
            self.at = self.at if _is_place(self.at, self._places) else ""
            self.tour = self.tour if self.tour <= len(content["tour"]) else 0

    @traitlets.validate("chosen", "excluded")
    def _known_tags(self, proposal: Any) -> list[str]:  # noqa: ANN401 - what traitlets hands over
        known = self.reading.codebook.tags
        for name in proposal["value"]:
            if name not in known:
                message = f'tag "{name}" is not in the codebook. {instead_of(name, known)}'
                raise TraitValueError(message)
        return list(dict.fromkeys(proposal["value"]))

    @traitlets.validate("within")
    def _known_paragraphs(self, proposal: Any) -> list[int]:  # noqa: ANN401 - what traitlets hands over
        last = len(self.reading.essay.paragraphs)
        match proposal["value"]:
            case [] | [_, _] as ends if all(1 <= end <= last for end in ends):
                return sorted(ends)
        message = f"within {proposal['value']}: expected [] or two paragraphs in the range 1 to {last}"
        raise TraitValueError(message)

    @traitlets.validate("at")
    def _known_place(self, proposal: Any) -> str:  # noqa: ANN401 - what traitlets hands over
        place: str = proposal["value"]
        if not _is_place(place, self._places):
            message = f'"{place}" is neither a passage nor a paragraph. {instead_of(place, self._places)}'
            raise TraitValueError(message)
        return place

    @traitlets.validate("tour")
    def _known_stop(self, proposal: Any) -> int:  # noqa: ANN401 - what traitlets hands over
        stop, last = int(proposal["value"]), len(self.content["tour"])
        if not 0 <= stop <= last:
            message = f"tour {stop}: expected a stop in the range 0 to {last}"
            raise TraitValueError(message)
        return stop

    @traitlets.validate("hidden")
    def _plain_ids(self, proposal: Any) -> list[str]:  # noqa: ANN401 - what traitlets hands over
        for name in proposal["value"]:
            _check_layer(name)
        return list(dict.fromkeys(proposal["value"]))

    @traitlets.validate("differ")
    def _another_layer(self, proposal: Any) -> str:  # noqa: ANN401 - what traitlets hands over
        name: str = proposal["value"]
        if name == MINE:
            message = 'differ "mine": mine is compared with another layer, such as "reading"; "" compares with none'
            raise TraitValueError(message)
        if name:
            _check_layer(name)
        return name

    @property
    def _places(self) -> dict[str, None]:
        """What can be in focus: the passages, then the paragraphs."""
        paragraphs = (f"p{number}" for number, _ in enumerate(self.reading.essay.paragraphs, 1))
        return dict.fromkeys([*(passage.id for passage in self.reading.passages()), *paragraphs])

    def choose(self, *tags: str) -> None:
        """Show the passages with these tags too; a tag that was left out no longer is.

        >>> from essay_explorer import Lens, open_reading
        >>> lens = Lens(open_reading("her"))
        >>> lens.choose("trust", "ending")
        >>> len(lens.passages)
        35
        """
        _check_ids(tags, "choose")
        with self.hold_sync(), self.hold_trait_notifications():
            self.chosen = [*self.chosen, *tags]
            self.excluded = [tag for tag in self.excluded if tag not in tags]

    def exclude(self, *tags: str) -> None:
        """Leave out the passages with these tags.

        >>> from essay_explorer import Lens, open_reading
        >>> lens = Lens(open_reading("her"))
        >>> lens.choose("trust")
        >>> lens.exclude("ending")
        >>> len(lens.passages)
        20
        """
        _check_ids(tags, "exclude")
        with self.hold_sync(), self.hold_trait_notifications():
            self.excluded = [*self.excluded, *tags]
            self.chosen = [tag for tag in self.chosen if tag not in tags]

    def release(self, *tags: str) -> None:
        """Neither choose nor leave out these tags any longer.

        >>> from essay_explorer import Lens, open_reading
        >>> lens = Lens(open_reading("her"))
        >>> lens.choose("trust", "ending")
        >>> lens.release("ending")
        >>> list(lens.chosen)
        ['trust']
        """
        _check_ids(tags, "release")
        with self.hold_sync(), self.hold_trait_notifications():
            self.chosen = [tag for tag in self.chosen if tag not in tags]
            self.excluded = [tag for tag in self.excluded if tag not in tags]

    def clear(self) -> None:
        """Choose nothing, leave nothing out, seek no words; the passage in focus stays.

        >>> from essay_explorer import Lens, open_reading
        >>> lens = Lens(open_reading("her"))
        >>> lens.choose("trust")
        >>> lens.clear()
        >>> len(lens.passages)
        67
        """
        with self.hold_sync(), self.hold_trait_notifications():
            self.chosen, self.excluded, self.match, self.query, self.within = [], [], "any", "", []

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages shown now, in text order.

        >>> from essay_explorer import Lens, open_reading
        >>> lens = Lens(open_reading("her"))
        >>> lens.choose("ending")
        >>> lens.passages[0].id
        'a05'
        """
        facets: dict[str, list[str]] = {}
        for tag in self.chosen:
            facets.setdefault(self.reading.codebook.facet_of[tag].id, []).append(tag)
        asked: dict[str, Any] = {"exclude": self.excluded, "query": self.query, "within": self.within, **facets}
        return self.reading.passages(match=self.match, **asked)


def _check_ids(tags: Iterable[object], by: str) -> None:
    """Raise TypeError for what is no id of a tag, such as a list of them."""
    for other in (one for one in tags if not isinstance(one, str)):
        message = f'lens.{by} takes ids of tags, such as lens.{by}("trust", "ending"), and this is {kind_of(other)}'
        raise ArgumentTypeError(message)


def _check_layer(name: str) -> None:
    """Layers other than the reading's own are known to the page alone; an id has a form all the same."""
    if not LAYER.fullmatch(name):
        message = f'layer {shown(name)}: expected "reading", "mine" or the id of a layer that was opened'
        raise TraitValueError(message)


def _is_place(place: str, places: Collection[str]) -> bool:
    """Whether something can be in focus: a passage, a paragraph, or a mark that the page alone knows."""
    return not place or place in places or MARK.fullmatch(place) is not None
