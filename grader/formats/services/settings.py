"""What an instructor has to set where an export is uploaded."""

from __future__ import annotations

from grader.formats import wording

_GRADESCOPE = """\
On Gradescope, under "Configure Autograder":
  autograder points  {points}
  base image         Ubuntu 22.04 or 24.04; setup.sh finds the Python that it has, 3.11 or later
  container          0.5 CPU and 0.75 GB are enough; with 1 CPU and 1.5 GB it is twice as fast
  timeout            10 minutes
The first run says whether points and memory are right, in what students don't see.
"""

_COURSERA = """\
Unpack it, `docker build` it, and upload the image with coursera_autograder, or the zip itself.
  memory and CPU     1 GB and 1 CPU
  timeout            300 seconds
{parts}
"""

_PRAIRIELEARN = """\
Unpack it, `docker build` it, and push the image to a registry that PrairieLearn reads. In the
question's info.json stand the settings that info.json in the zip shows, with the image's name; in
question.html <pl-file-upload file-names="work.ipynb"> and <pl-external-grader-results>.
"""

_GITHUB = """\
Commit it in the repository that students start from. Each push is graded then: the job's
summary has the words, the artifact `feedback` the page. The job installs
  {package}
which has to be where pip finds it. Students can change a workflow of their repository: what
counts is what `grader batch` says of the clones.
"""


def gradescope(points: float) -> str:
    """For the zip with `setup.sh` and `run_autograder`."""
    return _GRADESCOPE.format(points=wording.points(points))


def coursera(parts: dict[str, str]) -> str:
    """For the zip with a Dockerfile."""
    listed = "".join(f"  part {part:14} {name}\n" for part, name in parts.items())
    return _COURSERA.format(parts=listed.rstrip("\n") or "Every part is graded as the whole.")


def prairielearn() -> str:
    """As for Coursera."""
    return _PRAIRIELEARN


def github(package: str) -> str:
    """For the workflow."""
    return _GITHUB.format(package=package)
