"""Reports made by hand, for the tests of views that must not need a grader."""

from __future__ import annotations

from grader.report import (
    SCHEMA_VERSION,
    Check,
    CheckStatus,
    Diagnosis,
    Environment,
    Exercise,
    ExerciseStatus,
    Place,
    Report,
    Status,
    SubmissionFile,
    Timing,
)


def make_check(
    name: str,
    status: CheckStatus = CheckStatus.PASSED,
    points: float = 5,
    message: str = "",
    line: Place | None = None,
) -> Check:
    """A check that earned all or nothing."""
    score = points if status is CheckStatus.PASSED else 0
    title = name.replace("_", " ")
    return Check(name, title, status, score, points, message=message, line=line)


def make_exercise(name: str, *checks: Check, message: str = "", cells: tuple[int, ...] = (4,),
                  status: ExerciseStatus | None = None,
                  diagnosis: Diagnosis | None = None) -> Exercise:  # fmt: skip
    """An exercise whose score is the sum of its checks."""
    score = sum(check.score for check in checks)
    best = sum(check.max_score for check in checks)
    if status is None:
        status = ExerciseStatus.PARTIAL if score else ExerciseStatus.FAILED
        if score == best:
            status = ExerciseStatus.PASSED
    return Exercise(name, status, score, best, cells, message, diagnosis, checks)


def make_report(
    *exercises: Exercise,
    status: Status = Status.GRADED,
    message: str = "",
    notes: tuple[str, ...] = (),
    file: str = "alice.ipynb",
    student: str | None = "alice",
) -> Report:
    """A report over these exercises."""
    score = sum(exercise.score for exercise in exercises)
    best = sum(exercise.max_score for exercise in exercises) or 100
    return Report(
        schema_version=SCHEMA_VERSION,
        status=status,
        student=student,
        submission=SubmissionFile(file, "0" * 64),
        score=None if status is Status.NOT_GRADED else score,
        max_score=best,
        message=message,
        exercises=exercises,
        notes=notes,
        environment=Environment("0.1.0", "abc", "3.11.7", "2.21.0", "3.15.0", "bubblewrap"),
        timing=Timing(4.25, 1.5),
    )


def mixed() -> Report:
    """One exercise of each kind: right, partly right, wrong, missing, broken."""
    here = Place(9, 4)
    return make_report(
        make_exercise("my_huber_loss", make_check("small_errors"), make_check("large_errors")),
        make_exercise(
            "my_huber_loss_with_threshold",
            make_check("small_errors"),
            make_check(
                "other_thresholds",
                CheckStatus.FAILED,
                6,
                "With other thresholds than 1 the values stay the same.",
                here,
            ),
            cells=(7, 9),
            diagnosis=Diagnosis(
                "threshold-hard-coded",
                "The threshold is always 1. Use the threshold that was given to the wrapper.",
                ("other_thresholds",),
            ),
        ),
        make_exercise(
            "MyHuberLoss",
            make_check(
                "small_errors", CheckStatus.ERROR, 5, "NameError: name 'a' is not defined", here
            ),
            make_check(
                "large_errors", CheckStatus.ERROR, 5, "NameError: name 'a' is not defined", here
            ),
            make_check("training", CheckStatus.TIMEOUT, 3, "Training took longer than 20 s."),
        ),
        make_exercise(
            "contrastive_loss",
            make_check("labels", CheckStatus.SKIPPED, 15, "is defined nowhere"),
            status=ExerciseStatus.MISSING,
            message="`contrastive_loss` is defined nowhere; `contrastve_loss` is, in cell 11.",
            cells=(),
        ),
        make_exercise(
            "ContrastiveLoss",
            make_check("labels", CheckStatus.SKIPPED, 15, "can't be run"),
            status=ExerciseStatus.BROKEN,
            message="Cell 13 is not valid Python: line 2: '(' was never closed.",
            cells=(13,),
        ),
        notes=("`my_huber_loss` is defined twice; the last one, in cell 4, counts.",),
    )
