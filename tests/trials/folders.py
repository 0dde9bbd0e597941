"""Small folders of trials in the Metapsy format, and the mapping that reads them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from therapies.trials.mapping import Disorder, FileMap, ResponseMap, ResultSet, TherapyRule, TrialsMap

INDEX = ["file", "database", "doi", "version_date", "last_search"]
TRIAL = {  # one row of a file: a dull trial, whose averages give a g of 0.49
    "study": "Ada, 2001",
    "condition_arm1": "cbt",
    "condition_arm2": "wl",
    "multi_arm1": "NA",
    "instrument": "bdi",
    "rating": "self-report",
    "time": "post",
    "age_group": "adul",
    "rob": "high",
    "mean_arm1": "10",
    "sd_arm1": "10",
    "n_arm1": "40",
    "mean_arm2": "15",
    "sd_arm2": "10",
    "n_arm2": "40",
    "base_arm1": "24",
    "base_arm2": "24",
    "rand_arm1": "50",
    "rand_arm2": "50",
    "gone_arm1": "10",
    "gone_arm2": "5",
    "event_arm1": "NA",
    "event_arm2": "NA",
    "totaln_arm1": "NA",
    "totaln_arm2": "NA",
    ".g": "0,495",
    ".g_se": "0,22",
}
RESPONSE = {
    "study": "Ada, 2001",
    "disorder": "Worry",
    "therapy": "CBT",
    "patient": "Adults",
    "rob": "low",
    "improved.ig": "20",
    "n.ig": "50",
    "improved.cg": "10",
    "n.cg": "50",
}
MEASURE = "symptoms cut by half"


def trial(**values: Any) -> dict[str, str]:
    return {
        **TRIAL,
        **{name.replace("_g", ".g") if name in ("_g", "_g_se") else name: str(v) for name, v in values.items()},
    }


def response(study: str, **values: Any) -> dict[str, str]:
    return {**RESPONSE, "study": study, **{name.replace("_", "."): str(value) for name, value in values.items()}}


def named(*names: str) -> list[dict[str, str]]:
    """Trials that differ in name and a little in size."""
    return [trial(study=name, _g=f"0,{40 + 5 * place}") for place, name in enumerate(names)]


def folder(
    path: Path,
    trials: Sequence[Mapping[str, str]],
    responses: Sequence[Mapping[str, str]] = (),
    *,
    separator: str = ";",
) -> Path:
    """The folder, with a file of trials, the file of responses, and the index."""
    path.mkdir(parents=True, exist_ok=True)
    write(path / "worry.csv", trials, separator=separator)
    write(path / "responses.csv", responses or [response("Nobody, 1999", disorder="Other")], separator=separator)
    days = {"version_date": "2025-08-29", "last_search": "2024-01-01"}
    rows = [{"file": f"{n}.csv", "database": f"open {n}", "doi": f"10.5/{n}", **days} for n in ("worry", "responses")]
    write(path / "index.csv", rows, separator=",")
    return path


def write(path: Path, rows: Sequence[Mapping[str, str]], *, separator: str, encoding: str = "utf-8") -> None:
    lines = [list(rows[0]), *(list(row.values()) for row in rows)]
    path.write_text("\n".join(separator.join(f'"{cell}"' for cell in line) for line in lines) + "\n", encoding=encoding)


def mapping(*, people: Sequence[str] = ("halved",), **changes: Any) -> TrialsMap:
    """How the folder is read: CBT and its form in groups, for worry, against a waiting list or usual care."""
    file = {
        "source": "open-worry",
        "better": "higher",
        "treatment": "condition_arm1",
        "therapies": [
            TherapyRule("worry-therapy", {"condition_arm1": ["cbt"]}),
            TherapyRule("calm-therapy", {"condition_arm1": ["calm"]}),
        ],
        "comparison": "condition_arm2",
        "comparisons": {"wl": "waiting-list", "cau": "usual-care"},
        "ages": {"age_group": {"adul": "adult", "old": "older", "child": "child", "adol": "adolescent"}},
        "low_risk": {"rob": ["low"]},
        "clinician": {"rating": ["clinician"]},
        "baseline": ["base_arm1", "base_arm2"],
        "randomized": ["rand_arm1", "rand_arm2"],
        "left": ["gone_arm1", "gone_arm2"],
        "sets": [ResultSet("worry", {"time": ["post"]}, MEASURE, people)],
        **changes,
    }
    ages = {"patient": {"Adults": "adult", "Older Adults": "older"}}
    disorder = Disorder("worry", "Worry", ["worry"], {"CBT": "worry-therapy"})
    responses = ResponseMap("responses", "open-responses", ages, {"rob": ["low"]}, MEASURE, [disorder])
    return TrialsMap({"worry": FileMap(**file)}, responses, {}, {}, ["pswq"])
