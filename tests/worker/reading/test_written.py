"""What cells write into files and other cells import, run or load stands in the notebook."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.worker.answering.defining.execution import place_of
from grader.worker.answering.defining.importing import Importer
from grader.worker.reading.cells import written
from grader.worker.wire import Spot
from tests.worker.cells import finding_of, run, survey_of


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """No test finds what another one wrote."""
    finders, modules = list(sys.meta_path), dict(sys.modules)
    yield
    sys.meta_path[:] = finders
    for name in sys.modules.keys() - modules.keys():
        del sys.modules[name]


HALF = "%%writefile helpers.py\nSCALE = 2\ndef half(x):\n    return x / SCALE\n"
WHOLE = "%%writefile losses.py\ndef f(x):\n    return x / 2\n"

# A cell or several that come after `HALF`; each defines `f`, which halves.
USES_A_HELPER = {
    "from import": "from helpers import half\ndef f(x):\n    return half(x)",
    "renamed": "from helpers import half as h\ndef f(x):\n    return h(x)",
    "module": "import helpers\ndef f(x):\n    return helpers.half(x)",
    "module renamed": "import helpers as hp\nf = lambda x: hp.half(x)",
    "star": "from helpers import *\ndef f(x):\n    return half(x)",
    "inside": "def f(x):\n    from helpers import half\n    return half(x)",
    "guarded": "try:\n    from helpers import half\nexcept ImportError:\n    0\nf = half",
    "beside others": "import os, helpers, no_such_module\nf = lambda x: helpers.half(x)",
    "by name": "import importlib\nh = importlib.import_module('helpers')\nf = lambda x: h.half(x)",
    "reloaded": "import helpers, importlib\nimportlib.reload(helpers)\nf = helpers.half",
    "run": "%run helpers.py\nf = lambda x: half(x)",
    "run with options": "%run -i ./helpers.py --fast\nf = lambda x: half(x)",
    "run without a suffix": "%run helpers\nf = lambda x: half(x)",
    "loaded": "%load helpers.py\nf = lambda x: half(x)",
    "run by code": "get_ipython().run_line_magic('run', 'helpers.py')\nf = lambda x: half(x)",
    "executed": "exec(open('helpers.py').read())\nf = lambda x: half(x)",
    "compiled": "exec(compile(open('./helpers.py').read(), 'x', 'exec'))\nf = lambda x: half(x)",
    "read by pathlib": "import pathlib\nexec(pathlib.Path('helpers.py').read_text())\nf = half",
    "executed below with": "with open('helpers.py') as it:\n    exec(it.read())\nf = half",
    "with a path": "import sys\nsys.path.append('.')\nfrom helpers import half\nf = half",
}  # fmt: skip


@pytest.mark.parametrize("cell", USES_A_HELPER.values(), ids=USES_A_HELPER)
def test_a_helper_that_a_cell_writes(cell: str) -> None:
    assert run(HALF, cell)["f"](6) == 3


@pytest.mark.parametrize(
    "cell",
    [
        "from losses import f", "from losses import *", "import losses", "import losses as ls",
        "%run losses.py", "run losses.py", "%load losses.py", "exec(open('losses.py').read())",
        "from losses import f as g\nf = g", "import losses\nf = losses.f",
        "try:\n    import losses\nexcept ImportError:\n    pass",
    ],
)  # fmt: skip
def test_a_definition_that_a_cell_writes(cell: str) -> None:
    """Its place is where it stands."""
    assert run(WHOLE, cell)["f"](6) == 3
    found = finding_of(WHOLE, cell)
    assert (found.state, found.spot) == ("found", Spot(1, 2)) or "=" in cell
    assert 1 in found.cells


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("%%file helpers.py", "import helpers"),
        ("%%writefile ./helpers.py", "import helpers"),
        ("%%writefile 'helpers.py'", "import helpers"),
        ("\n%%writefile   helpers.py  ", "import helpers"),
        ("%%writefile -a helpers.py", "import helpers"),
        ("%%writefile /content/helpers.py", "import helpers"),
        ("%%writefile src/helpers.py", "import sys\nsys.path.insert(0, 'src')\nimport helpers"),
        ("%%writefile pkg/helpers.py", "from pkg import helpers"),
        ("%%writefile pkg/helpers.py", "import pkg.helpers as helpers"),
        ("%%writefile pkg/inner/helpers.py", "from pkg.inner import helpers"),
        ("%%writefile pkg/helpers/__init__.py", "from pkg import helpers"),
    ],
)
def test_ways_to_name_a_file(header: str, line: str) -> None:
    body = HALF.partition("\n")[2]
    assert run(f"{header}\n{body}", f"{line}\nf = lambda x: helpers.half(x)")["f"](6) == 3


def test_files_that_import_each_other() -> None:
    ran = run(
        "%%writefile pkg/__init__.py\nfrom .losses import f\n",
        "%%writefile pkg/losses.py\nfrom .helpers import half\nfrom . import helpers\n"
        "def f(x):\n    return half(x) + helpers.ZERO\n",
        "%%writefile pkg/helpers.py\nZERO = 0\ndef half(x):\n    return x / 2\n",
        "from pkg import f",
    )
    assert ran["f"](6) == 3
    found = finding_of(
        "%%writefile a.py\nfrom b import *", "%%writefile b.py\nf = abs", "import a\nf = a.f"
    )
    assert found.cells == (1, 2, 3)


def test_a_file_that_is_added_to() -> None:
    more = "%%writefile -a helpers.py\ndef double(x):\n    return x * SCALE\n"
    ran = run(HALF, more, "from helpers import double\nf = lambda x: double(x)")
    assert ran["f"](6) == 12


def test_the_text_that_counts_is_that_of_a_run_from_top_to_bottom() -> None:
    wrong = HALF.replace("x / SCALE", "x * 100")
    use = "from helpers import half\nf = lambda x: half(x)"
    assert run(wrong, HALF, use)["f"](6) == 3
    assert run(HALF, use, wrong)["f"](6) == 3
    assert run(wrong, use, HALF, use)["f"](6) == 3


def test_a_file_that_is_written_further_down() -> None:
    """Cells need not stand in the order in which they were run."""
    for use in (
        "from helpers import half\nf = lambda x: half(x)",
        "%run helpers.py\nf = lambda x: half(x)",
    ):
        assert run(use, HALF)["f"](6) == 3


def test_a_constant_of_a_module_that_a_cell_changes() -> None:
    ran = run(HALF, "import helpers", "helpers.SCALE = 3\nf = lambda x: helpers.half(x)")
    assert ran["f"](6) == 2


def test_what_a_file_does_besides_costs_nothing() -> None:
    """A missing package, a mistake, an endless training, a part for the command line."""
    extra = (
        "import no_such_package\n1 / 0\nprint(no_such_package.x)\n"
        "if __name__ == '__main__':\n    raise SystemExit\n"
    )
    head, _, body = HALF.partition("\n")
    ran = run(f"{head}\n{extra}{body}", "from helpers import half\nf = lambda x: half(x)")
    assert ran["f"](6) == 3


def test_a_mistake_in_a_file_has_the_line_of_the_cell_that_writes_it() -> None:
    broken = HALF.replace("x / SCALE", "x / 0")
    ran = run("'''above'''", broken, "from helpers import half\nf = lambda x: half(x)")
    with pytest.raises(ZeroDivisionError) as caught:
        ran["f"](6)
    assert place_of(caught.value) == Spot(2, 4)
    failing = "%%writefile losses.py\n\nf = 1 / 0\n"
    ran = run(failing, "from losses import f")
    assert ran.error("f").startswith("ZeroDivisionError")
    assert place_of(ran.namespace.failures["f"]) == Spot(1, 3)


def test_a_file_that_nothing_imports_is_no_part_of_the_notebook() -> None:
    found = finding_of(WHOLE, "x = 1")
    assert found.state == "missing"
    assert "`%%writefile`" in found.hint


def test_a_written_module_is_no_missing_one() -> None:
    survey = survey_of(HALF, "from helpers import half\nf = lambda x: half(x)")
    assert survey.notes == ()
    survey = survey_of(HALF, "from other import half\nf = lambda x: half(x)")
    assert any("`other`, which is not there" in note for note in survey.notes)


def test_a_library_finds_its_own_modules() -> None:
    """A file that is called like one of Python's is for the notebook that wrote it."""
    run("%%writefile colorsys.py\nf = 1\n", "f = 1")
    finder = next(each for each in sys.meta_path if isinstance(each, Importer))
    assert finder.find_spec("colorsys") is None


def test_data_that_a_cell_writes_can_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    cells = (
        '%%writefile settings.json\n{"scale": 2}',
        "%%writefile no/such/folder/x.txt\nx",
        "import json\nS = json.load(open('settings.json'))['scale']\nf = lambda x: x / S",
    )
    written.lay_out(survey_of(*cells).files)
    assert run(*cells)["f"](6) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    "cells",
    [
        ("%%writefile", "import helpers\nf = 1"),
        ("%%writefile -a\nx", "f = 1"),
        ("%%writefile '\nx", "f = 1"),
        ("%%writefile a.py\n%run a.py", "%run a.py\nf = 1"),
        (
            "%%writefile a.py\n%run b.py",
            "%%writefile b.py\n%run a.py\n%run a.py",
            "%run a.py\nf = 1",
        ),
        (
            "%%writefile a.py\nimport b\nx = b.y",
            "%%writefile b.py\nimport a\ny = a.x",
            "import a\nf = 1",
        ),
        ("%%writefile a.py\nfrom a import *\ndef g(:\n", "from a import *\nf = 1"),
        ("%%writefile \x00.py\nx = 1", "f = 1"),
        *[(*[f"%%writefile f{n}.py\nx = {n}" for n in range(300)], "import f299\nf = 1")],
    ],
)
def test_whatever_is_written_is_read(cells: tuple[str, ...]) -> None:
    """Circles, files that run themselves, headers without a name: nothing of it is an error."""
    assert run(*cells)["f"] == 1
