"""Damaged files at every door, for some minutes: `make fuzz`, or python tests/fuzz/fuzz.py 10."""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random, randrange

sys.path += [str(Path(__file__).parents[1] / room) for room in ("browser", "formats", "server")]

from damage import damaged
from doors import DOORS, Door

KEPT = Path("build/fuzz")
SECONDS = 20  # of processors, children's too, that no damaged file of a few kilobytes needs
MEGABYTES = 1500  # the same


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("minutes", type=float, nargs="?", default=10)
    parser.add_argument("--seed", type=int, default=randrange(10**6), help="of the first damage")
    parser.add_argument("--door", default="", help="only those whose name has this in it")
    wanted = parser.parse_args()
    doors = [door for door in DOORS if wanted.door in door.name]
    print(f"{len(doors)} doors, {wanted.minutes:g} minutes, from seed {wanted.seed}")
    found = run(doors, wanted.seed, time.monotonic() + 60 * wanted.minutes)
    sys.exit(1 if found else 0)


def run(doors: list[Door], seed: int, until: float) -> int:
    """How many faults there were; each is printed, and its file kept. Each door has the same share of the time."""
    taken: Counter[str] = Counter()
    spent: Counter[str] = Counter()
    faults = 0
    while (began := time.monotonic()) < until:
        door = min(doors, key=lambda door: spent[door.name])
        seeded = seed + taken[door.name]
        content = damaged(door.sound(), Random(seeded))
        if wrong := _tried(door, content):
            faults += 1
            KEPT.mkdir(parents=True, exist_ok=True)
            file = KEPT / f"{door.name.replace(' ', '-')}-{seeded}"
            file.write_bytes(content)
            print(f"\n{door.name}, seed {seeded}, kept as {file}\n{wrong}", flush=True)
        taken[door.name] += 1
        spent[door.name] += time.monotonic() - began
    print("\n".join(f"{count:8,} {name}" for name, count in taken.items()))
    print(f"{faults} faults in {taken.total():,} files")
    return faults


def _tried(door: Door, content: bytes) -> str:
    """What is wrong with how a door takes some bytes; "" where nothing is."""
    began, before = _processor_time(), _memory()
    with tempfile.TemporaryDirectory() as folder:
        try:
            door.take(content, Path(folder))
        except Exception:  # noqa: BLE001 - every one is what is looked for
            return traceback.format_exc()
    took, grown = _processor_time() - began, _memory() - before
    if took > SECONDS or grown > MEGABYTES:
        return f"It took {took:.0f} s and {grown} MB"
    return ""


def _processor_time() -> float:
    return sum(os.times()[:4])  # a clock would blame the other programs of a busy machine on a file


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
