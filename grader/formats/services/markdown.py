"""A report in Markdown: an exercise for a list of tests, or all of it as a summary.

The words are those of every other view. All that came from a student is made harmless first.
"""

from __future__ import annotations

from grader.formats import wording
from grader.formats.losses import Loss, losses, untold
from grader.harmless import markdown as text
from grader.report import Exercise, Report


def exercise(found: Exercise) -> str:
    """What became of one exercise: where its points went and what is to be done."""
    said = [wording.EXERCISE_STATUS[found.status], wording.cells(found.cells)]
    blocks = [f"**{_share(found)}**, {text(', '.join(filter(None, said)))}"]
    words = (found.message, wording.slip(found), untold(found))
    blocks += [text(part) for part in words if part]
    blocks += ["\n".join(map(_loss, losses(found)))]
    return "\n\n".join(filter(None, blocks))


def summary(report: Report) -> str:
    """The whole report, with a table of the exercises at its beginning."""
    score, best = wording.points(report.score), wording.points(report.max_score)
    blocks = [f"## {text(report.submission.file or 'Nothing handed in')}: {score} of {best} points"]
    blocks += [text(report.message)] if report.message else []
    if report.exercises:
        rows = [
            f"| `{one.name}` | {_share(one)} | {text(wording.EXERCISE_STATUS[one.status])} |"
            for one in report.exercises
        ]
        blocks.append("\n".join(["| exercise | points | |", "| --- | ---: | --- |", *rows]))
    for one in report.exercises:
        if wording.lost(one) > 0:
            blocks += [f"### {text(one.name)}", exercise(one)]
    blocks += ["\n".join(f"- {text(note)}" for note in report.notes)] if report.notes else []
    blocks.append(f"<sub>{text(wording.environment(report.environment))}</sub>")
    return "\n\n".join(blocks) + "\n"


def _share(found: Exercise) -> str:
    return f"{wording.points(found.score)} of {wording.points(found.max_score)}"


def _loss(loss: Loss) -> str:
    said = ": ".join(filter(None, (wording.place(loss.place), loss.message)))
    line = f"- **\N{MINUS SIGN}{wording.points(loss.points)}** {text(loss.heading, 500)}"
    # Two spaces end a line within a paragraph.
    return f"{line}  \n  {text(said)}" if said else line
