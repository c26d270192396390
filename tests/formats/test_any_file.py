"""Files of every format as they come: read, or refused in one sentence, and never without end."""

from __future__ import annotations

import contextlib
import io
import shlex
import struct
import subprocess
import sys
import tracemalloc
import zipfile
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import ReadingError
from essay_explorer.files import limits
from essay_explorer.files.limits import bytes_of
from essay_explorer.formats import any_file as formats
from essay_explorer.formats import pandoc
from essay_explorer.formats.any_file import likely_text, manuscript_of
from essay_explorer.formats.languages import language_of
from pandoc_files import by_pandoc

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = """\
---
title: On *Trust*
author: Ann Lee
---

# First

He said *so*.[^1] And **more**.

> Quoted words.

- one

1. first

# Second

[^1]: The note *here*.
"""
EXPECTED = (
    "# First",
    "He said *so*.[1] And **more**.",
    "> Quoted words.",
    "- one",
    "1. first",
    "# Second",
    "[1] The note *here*.",
)
RTF = rb"{\rtf1\ansi\ansicpg1252 He said{\footnote A \i note\i0 .} so, \'93ja\'94.\par Next \b bold\b0  one.\par}"


@cache
def written(kind: str, source: str = SOURCE) -> bytes:
    """A file as pandoc writes it."""
    return by_pandoc(source, kind)


@pytest.mark.parametrize("kind", ["docx", "odt", "epub", "html"])
def test_headings_quotations_emphasis_and_notes_are_kept(kind: str) -> None:
    made = manuscript_of(written(kind), f"trust.{kind}")
    expected = (*EXPECTED[:-2], EXPECTED[-1], EXPECTED[-2]) if kind == "epub" else EXPECTED  # each page has its notes
    assert made.blocks == expected
    assert (made.title.replace("*", ""), made.author) == ("On Trust", "Ann Lee")


def test_rich_text_is_read() -> None:
    assert manuscript_of(RTF, "a.rtf").blocks == ("He said[1] so, “ja”.", "Next **bold** one.", "[1] A *note*.")


@pytest.mark.parametrize(
    ("content", "file", "block"),
    [
        (b"one *two*", "a.txt", r"one \*two\*"),
        (b"one *two*", "a.md", "one *two*"),
        (b"one *two*", "essay", r"one \*two\*"),
        (b"<p>one <i>two</i>", "a.HTM", "one *two*"),
        (b"\n<!DOCTYPE html><p>one", "a.txt", "one"),
        (RTF, "a.doc", "He said[1] so, “ja”."),
    ],
)
def test_what_a_file_is_tells_its_content_before_its_name(content: bytes, file: str, block: str) -> None:
    assert manuscript_of(content, file).blocks[0] == block


def test_what_rich_text_holds_besides_is_counted() -> None:
    source = rb"{\rtf1\ansi A {\v secret }lamp{\deleted gone}{\revised new}{\*\annotation why}\v0\par\vern5 Two.\par}"
    assert manuscript_of(source, "a.rtf").notices == (
        '1 hidden word left out: "secret".',
        '1 tracked deletion left out: "gone".',
        '1 comment left out: "why".',
        '1 tracked insertion taken as if accepted: "new".',
    )


def test_a_renamed_word_file_is_known_by_its_content() -> None:
    assert manuscript_of(written("docx"), "trust.txt").blocks == EXPECTED


TEXTS = {
    "utf-8-sig": "Café “so”",
    "utf-16": "Café “so”",
    "utf-16-le": "A longer line of plain words.",
    "utf-16-be": "A longer line of plain words.",
    "utf-32": "Café 🤖",
    "cp1252": "The critic’s “no” was a long – and a patient – one.",
    "cp1250": "Zażółć gęślą jaźń. To jest dłuższy tekst po polsku, który ma wiele znaków.",
    "cp1251": "Это длинный текст на русском языке. Он говорит о доверии.",
    "shift_jis": "これは日本語の文章です。信頼について書いています。",
    "gb18030": "这是一篇关于信任的中文文章。",
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_an_encoding_is_found(encoding: str) -> None:
    text, notice = likely_text(TEXTS[encoding].encode(encoding), "a.txt")
    assert text == TEXTS[encoding]
    guess = "" if encoding.startswith("utf") else f"Read as {encoding}. If letters are wrong, save it again as UTF-8."
    assert notice == guess


OLD_TEXTS = {
    "mac_roman": (
        "I don’t know.\rIt’s late.",
        "Die Straße ist groß.\rEr weiß es.",
        "En grøn ø på en sø.\rSlut.",
        "El café cerró.",
        "Él no sabe dónde está.",
    ),
    "cp1252": (
        "Hun går på gata.",
        "Elle a déjà vu ça.",
        "La col·lecció és del col·legi.",
        "Où est-il passé ? L’été dernier, à Genève, les élèves étaient déjà très fatigués.",
        "§ 5 gilt, das weiß ich.",
    ),
    "cp1250": (
        "Příliš žluťoučký kůň úpěl ďábelské ódy.",
        "Šuma, život, noć i žena.",
        "A nő és az erdő között nagyűrű fű nő.",
    ),
    "cp1254": ("Güven, insanların birbirine verdiği şeydir.", "İstanbul'da ışık."),
}


@pytest.mark.parametrize(("encoding", "text"), [(name, text) for name, texts in OLD_TEXTS.items() for text in texts])
@pytest.mark.parametrize("times", [1, 20])
def test_the_encoding_of_a_short_text_is_found_by_its_words(encoding: str, text: str, times: int) -> None:
    assert likely_text((text + "\r").encode(encoding) * times, "a.txt")[0] == (text + "\r") * times


def test_a_web_page_tells_its_encoding_itself() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"><p>Łódź'.encode("iso-8859-2")
    assert manuscript_of(page, "a.html").blocks == ("Łódź",)


@pytest.mark.parametrize("name", ["nonsense", "utf-16", "idna", "hex"])
def test_a_web_page_that_tells_a_wrong_encoding_is_read_by_its_letters(name: str) -> None:
    made = manuscript_of(f"<meta charset={name}><p>A café by the sea".encode("cp1252"), "a.html")
    assert made.blocks == ("A café by the sea",)
    assert made.notices == ("Read as cp1252. If letters are wrong, save it again as UTF-8.",)


def test_letters_that_are_damaged_are_counted() -> None:
    text = "“Trust” is “chosen”, and not “proved”."
    made = manuscript_of(text.encode().replace(b"\x9c", b"", 1), "a.txt")
    assert made.blocks == (text.replace("“", "\ufffd", 1),)
    assert made.notices == ("Letters that could not be read as utf-8: 1. They show as \ufffd.",)


def zipped(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), part)
    return made.getvalue()


def changed(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            data = source.read(name)
            archive.writestr(name, data.replace(old, new) if name == part else data)
    return made.getvalue()


ENTITY = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document '


@pytest.mark.parametrize(
    ("content", "file", "why"),
    [
        (b"", "a.txt", "holds no text"),
        (b" \r\n\t", "a.md", "holds no text"),
        (b"<script>x</script>", "a.html", "holds no text"),
        (b"%PDF-1.7 ...", "a.txt", "is a PDF: it holds pages, not paragraphs"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a.doc", r"is an old Word file.*save it as \.docx"),
        (b"\x89PNG\r\n", "a.md", "is a picture"),
        (bytes(range(256)) * 4, "a.txt", r"is not text\. Save it as"),
        (b"\xff\xfe\x00\xd8", "a.txt", "is not readable as utf-16"),
        (b"plain words", "a.docx", r"is named \.docx but is no such file"),
        (b"plain words", "a.rtf", r"is named \.rtf but is no such file"),
        (zipped(readme_txt=b"no"), "a.docx", "is an archive without a text in a known format"),
        (b"PK\3\4\0\0", "a.docx", r"is broken or locked\. Open it in its own program and save it again"),
        (
            zipped(word__document_xml=b"<w:"),
            "a.docx",
            r"is not readable as \.docx\. Open it in its own program and save it again",
        ),
        (b"x\n" * 30_000, "a.txt", "is hardly more than line breaks and tags"),
    ],
)
def test_what_is_no_essay_is_refused_in_a_sentence(content: bytes, file: str, why: str) -> None:
    with pytest.raises(ReadingError, match=f'^"{file}" (?:{why}).*\\.$'):
        manuscript_of(content, file)


def test_a_file_cut_off_anywhere_is_refused() -> None:
    content = written("docx")
    for cut in (100, len(content) // 2, len(content) - 1):
        with pytest.raises(ReadingError, match="is broken"):
            manuscript_of(content[:cut], "trust.docx")


def test_an_archive_that_unpacks_without_end_is_refused() -> None:
    bomb = changed(written("docx"), "word/document.xml", b"<w:body>", b"<w:body>" + b" " * 80_000_000)
    assert len(bomb) < 200_000
    with pytest.raises(ReadingError, match="unpacks to more than an essay can hold"):
        manuscript_of(bomb, "bomb.docx")


def test_an_archive_that_tells_its_size_is_refused_before_it_is_unpacked() -> None:
    bomb = changed(written("docx"), "word/document.xml", b"<w:body>", b"<w:body>" + b" " * 80_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(ReadingError, match="unpacks to more than an essay can hold"):
            manuscript_of(bomb, "bomb.docx")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 10 * len(bomb)


def test_an_archive_that_lies_about_its_size_is_refused() -> None:
    bomb = bytearray(changed(written("docx"), "word/document.xml", b"<w:body>", b"<w:body>" + b" " * 80_000_000))
    at = bomb.rfind(b"PK\1\2", 0, bomb.rfind(b"word/document.xml"))
    bomb[at + 24 : at + 28] = struct.pack("<I", 1000)
    with pytest.raises(ReadingError, match=r"is broken|unpacks to more|not readable"):
        manuscript_of(bytes(bomb), "bomb.docx")


def test_words_that_stand_for_others_are_refused() -> None:
    laughs = changed(written("docx"), "word/document.xml", b"<w:document ", ENTITY)
    with pytest.raises(ReadingError, match="defines abbreviations of its own"):
        manuscript_of(laughs, "laughs.docx")


def test_pictures_are_not_unpacked() -> None:
    big = io.BytesIO(written("docx"))
    with zipfile.ZipFile(big, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image1.png", b"\0" * 80_000_000)
    assert manuscript_of(big.getvalue(), "pictures.docx").blocks == EXPECTED


@pytest.mark.slow
def test_pandoc_ends_when_it_takes_too_long_or_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    long = written("docx", "One paragraph of *some* words.\n\n" * 5000)
    monkeypatch.setattr(pandoc, "MOST", 4 * 1024**2)
    with pytest.raises(ReadingError, match=r"takes more time or memory than an essay needs"):
        manuscript_of(long, "a.docx")
    monkeypatch.undo()
    monkeypatch.setattr(pandoc, "SECONDS", 0.001)
    with pytest.raises(ReadingError, match=r"takes more time or memory than an essay needs"):
        manuscript_of(written("docx"), "a.docx")


def test_pandoc_may_read_no_other_file(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []
    run = subprocess.run
    monkeypatch.setattr(
        pandoc.subprocess, "run", lambda command, **rest: (commands.append(command), run(command, **rest))[1]
    )
    manuscript_of(RTF, "a.rtf")
    assert all("--sandbox" in command for command in commands)
    assert len(commands) == 1


def test_without_pandoc_a_command_that_works_anywhere_gets_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    with pytest.raises(ReadingError, match=r"needs pandoc") as refused:
        manuscript_of(written("docx"), "a.docx")
    command = shlex.split(str(refused.value).partition("Install it with: ")[2].removesuffix("."))
    assert command[:4] == [sys.executable, "-m", "pip", "install"]
    assert command[4].startswith("pypandoc-binary>=")
    dry = [*command[:4], "--dry-run", "--no-deps", "--no-index", "--quiet", *command[4:]]
    assert subprocess.run(dry, cwd=tmp_path, check=False).returncode == 0  # it is there already, so nothing is fetched
    assert manuscript_of(b"<p>text", "a.html").blocks == ("text",)


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReadingError, match="cannot be read: No such file"):
        bytes_of(tmp_path / "none.txt")
    with pytest.raises(ReadingError, match="cannot be read: Is a directory"):
        bytes_of(tmp_path)
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(limits.LARGEST + 1)
    with pytest.raises(
        ReadingError, match=r"a\.txt: is larger than 64 MB, the largest that is read\. Split it into parts"
    ):
        manuscript_of(bytes_of(tmp_path / "a.txt"), "a.txt")


FILES = st.sampled_from([f"a.{kind}" for kind in formats.KINDS])
STARTS = st.sampled_from(
    [b"", b"{\\rtf1 ", b"{\\rtf1{{{\\*\\", b"PK\3\4", b"\xff\xfe", b"\xef\xbb\xbf", b"<!doctype html>", b"---\n"]
)


def read_or_refused(content: bytes, file: str) -> None:
    with contextlib.suppress(ReadingError):
        Essay.from_markdown(manuscript_of(content, file, clean=True).essay("x"), report=lambda _: None)


@pytest.mark.slow
@settings(max_examples=150)
@given(STARTS, st.binary(max_size=200), FILES)
def test_any_bytes_are_read_or_refused(start: bytes, rest: bytes, file: str) -> None:
    read_or_refused(start + rest, file)


@settings(max_examples=40)
@given(st.sampled_from(["docx", "odt", "epub"]), st.data())
def test_a_damaged_archive_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    content = bytearray(written(kind))
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=8)):
        content[at] = data.draw(st.integers(0, 255))
    read_or_refused(bytes(content), f"a.{kind}")


@pytest.mark.slow
@settings(max_examples=25)
@given(st.binary(max_size=60), st.integers(0, 2000))
def test_a_damaged_text_in_a_sound_archive_is_read_or_refused(noise: bytes, at: int) -> None:
    with zipfile.ZipFile(io.BytesIO(written("docx"))) as archive:
        text = archive.read("word/document.xml")
    read_or_refused(
        changed(written("docx"), "word/document.xml", text, text[:at] + noise + text[at + len(noise) :]), "a.docx"
    )


@pytest.mark.slow
@pytest.mark.parametrize("deep", [b"{" * 100_000, b"{\\b " * 50_000, b"\\'e9" * 100_000, b"x" * 1_000_000], ids=len)
def test_rich_text_without_end_is_read_or_refused(deep: bytes) -> None:
    read_or_refused(b"{\\rtf1 " + deep, "a.rtf")


@pytest.mark.parametrize(
    "line",
    [
        b"x" * 3_000_000,
        b"x\n" * 20_000,
        b"A line of verse, and not a long one.\n" * 60_000,
        b"*" * 300_000,
        b"[" * 100_000,
    ],
)
def test_huge_lines_are_read(line: bytes) -> None:
    manuscript_of(line, "a.txt")


SENTENCES = {
    "en": "The film asks what it is that we want from the people we love, and how anyone can learn to trust another with it. ",
    "de": "Der Film fragt, was wir von den Menschen wollen, die wir lieben, und wie man lernt, sich auch einem anderen nicht zu verschließen. ",
    "fr": "Le film demande ce que nous voulons des gens que nous aimons, et comment on apprend à se fier à une autre dans la vie. ",
    "ja": "この映画は、私たちが愛する人に何を求めているのかを問いかけています。信頼とは何でしょうか。",
    "zh": "这部电影想知道，我们究竟想从所爱的人那里得到什么，又怎样学会把自己交到别人手里。信任是一种选择，不是证明。",
    "ru": "Фильм спрашивает, что мы хотим от людей, которых любим, и как вообще можно научиться доверять другому, если он не похож на нас. ",
    "uk": "Фільм питає, чого ми хочемо від людей, яких любимо, і як навчитися довіряти іншому, якщо він не такий, як ми. ",
    "ar": "يسأل الفيلم ماذا نريد من الناس الذين نحبهم، وكيف يتعلم المرء أن يثق في غيره مع كل ما لا يعرفه عن هذا الغير. ",
    "he": "הסרט שואל מה אנחנו רוצים מן האנשים שאנחנו אוהבים, ואיך לומדים לבטוח במישהו אחר בלי הוכחה. ",
    "hi": "फ़िल्म पूछती है कि हम उन लोगों से क्या चाहते हैं जिन्हें हम प्यार करते हैं, और किसी पर भरोसा करना कैसे सीखा जाए। ",
    "cs": "Film se ptá, co vlastně chceme od lidí, které máme rádi, a jak se dá naučit věřit někomu, kdo není jako my, když se to nedá dokázat. ",
    "pl": "Film pyta, czego chcemy od ludzi, których kochamy, i jak można się nauczyć ufać komuś, kto nie jest do nas podobny. ",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_language_is_named_where_it_is_certain(language: str) -> None:
    assert language_of(SENTENCES[language] * 3) == language
    assert language_of(SENTENCES[language][:20]) == ""


def test_a_language_is_not_guessed() -> None:
    assert language_of((SENTENCES["en"] + SENTENCES["de"]) * 3) == ""
    assert (
        language_of(
            "Film pita što želimo od ljudi koje volimo i kako se uči vjerovati drugome, ali to nije isto kao što bi bilo. "
            * 3
        )
        == ""
    )  # Croatian, Bosnian, Serbian
    assert language_of("Lorem ipsum dolor sit amet, consectetur adipiscing elit. " * 20) == ""
    assert language_of("a b\n" * 1000) == ""  # the commonest word of Hungarian
    assert language_of("Of the lamp, of the lamp\n" * 100) == ""


def test_a_damaged_stream_is_refused() -> None:
    content = bytearray(written("docx"))
    at = content.find(b"word/document.xml") + len(b"word/document.xml")
    content[at : at + 30] = b"\xff" * 30
    with pytest.raises(ReadingError, match="is broken"):
        manuscript_of(bytes(content), "a.docx")
