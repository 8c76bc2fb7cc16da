"""What is a notebook, and what is said of a file that is none."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from grader.worker.reading.documents.notebook import Cell, NotANotebook, Notebook, read


def as_json(value: Any) -> bytes:
    """A file that holds this value."""
    return json.dumps(value).encode()


def with_cell(**cell: Any) -> bytes:
    """A notebook of one code cell with these fields."""
    return as_json({"cells": [{"cell_type": "code", **cell}], "nbformat": 4})


class TestReads:
    """Whatever can be understood is."""

    def test_cells_are_counted_from_one_over_all_kinds(self) -> None:
        """Cell numbers are those a reader counts on the screen."""
        book = read(
            as_json(
                {
                    "cells": [
                        {"cell_type": "markdown", "source": "# Title"},
                        {"cell_type": "code", "source": "a = 1"},
                        {"cell_type": "raw", "source": "raw"},
                        {"cell_type": "code", "source": "b = 2"},
                    ]
                }
            )
        )
        assert [(cell.number, cell.source) for cell in book.code] == [(2, "a = 1"), (4, "b = 2")]
        assert [kind for kind, _ in book.cells] == ["markdown", "code", "raw", "code"]

    @pytest.mark.parametrize(
        ("cell", "source"),
        [
            pytest.param({"source": ["a = 1\n", "b = 2"]}, "a = 1\nb = 2", id="list of lines"),
            pytest.param({"source": "a = 1\nb = 2"}, "a = 1\nb = 2", id="one string"),
            pytest.param({"source": "a\r\nb\rc"}, "a\nb\nc", id="other line ends"),
            pytest.param({"source": "\ufeffa = 1"}, "a = 1", id="a mark at the start"),
            pytest.param({"source": []}, "", id="an empty list"),
            pytest.param({"source": None}, "", id="null"),
            pytest.param({}, "", id="no source at all"),
            pytest.param({"input": "a = 1"}, "a = 1", id="named input as in format 3"),
            pytest.param({"source": "é = 1"}, "é = 1", id="beyond ASCII"),
        ],
    )
    def test_sources(self, cell: dict[str, Any], source: str) -> None:
        """All spellings of a source are taken."""
        assert read(with_cell(**cell)).code[0].source == source

    def test_format_3_with_two_worksheets(self) -> None:
        """Old notebooks keep their cells in worksheets; headings are text."""
        sheets = [
            {"cells": [{"cell_type": "heading", "level": 1, "source": "T"}]},
            {"cells": [{"cell_type": "code", "input": ["a = 1"], "language": "python"}]},
        ]
        book = read(as_json({"nbformat": 3, "worksheets": sheets}))
        assert book == Notebook((Cell("markdown", "T"), Cell("code", "a = 1")))

    @pytest.mark.parametrize(
        "document",
        [
            pytest.param({"cells": []}, id="no cells and no format"),
            pytest.param(
                {"cells": [], "nbformat": 99, "metadata": 7}, id="any format and metadata"
            ),
            pytest.param({"worksheets": []}, id="no worksheets"),
        ],
    )
    def test_empty_notebooks(self, document: Any) -> None:
        """A notebook without cells is one."""
        assert read(as_json(document)).cells == ()

    def test_a_byte_order_mark(self) -> None:
        """Windows editors put one in front."""
        assert read(b"\xef\xbb\xbf" + with_cell(source="a")).code[0].source == "a"

    @pytest.mark.parametrize(
        "output",
        [
            pytest.param("NaN", id="NaN"),
            pytest.param("-Infinity", id="infinity"),
            pytest.param("9" * 5000, id="a number of 5000 digits"),
            pytest.param('"\x07"', id="a control character"),
            pytest.param('{"a": 1, "a": 2}', id="a repeated key"),
            pytest.param('"\\ud800"', id="half a surrogate pair"),
        ],
    )
    def test_outputs_never_matter(self, output: str) -> None:
        """What Python or Jupyter writes into outputs may be no strict JSON."""
        text = '{"cells": [{"cell_type": "code", "source": "a", "outputs": [%s]}]}' % output  # noqa: UP031
        assert read(text.encode()).code[0].source == "a"

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(
                '{"cells": [{"cell_type": "code", "source": "a", "metadata": {}, "metadata": 1}]}',
                id="of a cell",
            ),
            pytest.param(
                '{"nbformat_minor": 4, "cells": [{"cell_type": "code", "source": "a"}],'
                ' "nbformat_minor": 5}',
                id="of the notebook",
            ),
        ],
    )
    def test_metadata_twice(self, text: str) -> None:
        """It decides nothing, so it may stand there as often as it likes."""
        assert read(text.encode()).code[0].source == "a"

    def test_a_cell_without_a_type(self) -> None:
        """What it has besides the source says what it is."""
        cells = [{"source": "a", "outputs": []}, {"source": "text"}]
        assert [kind for kind, _ in read(as_json({"cells": cells})).cells] == ["code", "markdown"]

    def test_unknown_kinds_are_raw(self) -> None:
        """They are shown, never executed."""
        assert read(as_json({"cells": [{"cell_type": "sql", "source": "a"}]})).code == ()


NOT_NOTEBOOKS = [
    pytest.param(b"", "empty", id="no bytes"),
    pytest.param(b" \n\t ", "empty", id="blank"),
    pytest.param(b"<!DOCTYPE html><html></html>", "web page", id="HTML saved as ipynb"),
    pytest.param(b"\n  <html>", "web page", id="HTML after blanks"),
    pytest.param(b"PK\x03\x04rest", "zip archive", id="a zip"),
    pytest.param(b"%PDF-1.7", "PDF", id="a PDF"),
    pytest.param(b"\x89PNG\r\n", "picture", id="a screenshot"),
    pytest.param(b"\x1f\x8b\x08", "compressed", id="gzip"),
    pytest.param(b"Rar!\x1a\x07\x01\x00", "RAR archive", id="RAR"),
    pytest.param(b"7z\xbc\xaf\x27\x1c\x00", "7z archive", id="7z"),
    pytest.param(b"BZh91AY", "bzip2", id="bzip2"),
    pytest.param(b"\xfd7zXZ\x00", "xz", id="xz"),
    pytest.param(b"GIF89a", "picture", id="a GIF"),
    pytest.param(b"\xd0\xcf\x11\xe0\xa1", "old Office document", id="a .doc"),
    pytest.param('{"cells": []}'.encode("utf-16"), "UTF-16", id="UTF-16"),
    pytest.param(b'{"cells": "\xff"}', "not UTF-8", id="Latin-1"),
    pytest.param(b"import tensorflow as tf\n", "plain text", id="a Python file"),
    pytest.param(b"<<<<<<< HEAD\n{}", "merge conflict", id="a conflict from the start"),
    pytest.param(b'{"cells": [\n<<<<<<< HEAD\n]}', "merge conflict", id="a conflict inside"),
    pytest.param(b"version 1\noid sha256:0\nsize 9 git-lfs", "Git LFS", id="a Git LFS pointer"),
    pytest.param(b'{"cells": [{"cell_type": "co', "cut off", id="cut inside a string"),
    pytest.param(b'{"cells": [{"cell_type": "code"', "cut off", id="cut between"),
    pytest.param(b'{"cells": [}', "damaged: line 1", id="no JSON"),
    pytest.param(b'{"cells": []} {}', "damaged", id="two documents"),
    pytest.param(b"[1, 2]", "holds a list", id="a list"),
    pytest.param(b"3", "holds a number", id="a number"),
    pytest.param(b'{"name": "x"}', "no cells", id="an object of another kind"),
    pytest.param(b'{"cells": {}}', '"cells" are an object', id="cells of the wrong type"),
    pytest.param(b'{"cells": null}', '"cells" are null', id="cells that are null"),
    pytest.param(b'{"cells": [3]}', "cell 1 is a number", id="a cell that is a number"),
    pytest.param(b'{"cells": [{}, []]}', "cell 2 is a list", id="a cell that is a list"),
    pytest.param(b'{"cells": [{"cell_type": []}]}', "type of cell 1", id="a type that is a list"),
    pytest.param(b'{"cells": [{"source": {}}]}', "source of cell 1 is an object", id="a source"),
    pytest.param(b'{"cells": [{"source": true}]}', "true or false", id="a source that is true"),
    pytest.param(b'{"cells": [{"source": ["a", 1]}]}', "line of cell 1 is a number", id="a line"),
    pytest.param(b'{"cells": [{"source": ["a", null]}]}', "line of cell 1 is null", id="no line"),
    pytest.param(b'{"worksheets": 1}', '"worksheets" are a number', id="worksheets"),
    pytest.param(b'{"worksheets": [1]}', "worksheet is a number", id="a worksheet"),
    pytest.param(b'{"worksheets": [{"cells": 1}]}', "worksheet are a number", id="its cells"),
    pytest.param(b'{"cells": [], "cells": [1]}', "same entry twice", id="cells twice"),
    pytest.param(
        b'{"cells": [{"source": "a", "source": "b"}]}', "Cell 1 has the same", id="source twice"
    ),
    pytest.param(b"[" * 200_000, "nested too deeply", id="200,000 lists"),
    pytest.param(b'{"a":' * 200_000, "nested too deeply", id="200,000 objects"),
]


class TestRefuses:
    """What can't be understood is refused in words that help."""

    @pytest.mark.parametrize(("data", "words"), NOT_NOTEBOOKS)
    def test_says_what_the_file_is(self, data: bytes, words: str) -> None:
        """One line, which names what the file is."""
        with pytest.raises(NotANotebook) as caught:
            read(data)
        assert words in str(caught.value)
        assert "\n" not in str(caught.value)
        assert len(str(caught.value)) < 250

    def test_every_prefix_of_a_notebook(self) -> None:
        """A download that stopped is refused wherever it stopped."""
        data = with_cell(source=["a = 'é'\n", "b"], outputs=[{"data": 1.5}])
        for length in range(len(data)):
            with pytest.raises(NotANotebook):
                read(data[:length])


def test_a_large_notebook_is_read_quickly() -> None:
    """Twenty megabytes of pictures in outputs cost little."""
    picture = "A" * 1_000_000
    cells = [{"cell_type": "code", "source": "a", "outputs": [picture]} for _ in range(20)]
    data = as_json({"cells": cells})
    start = time.process_time()
    assert len(read(data).code) == 20
    assert time.process_time() - start < 2
