"""Measures the reader of deeds on papers that it was not tuned on, beside other readers.

1. Papers are invented (`bench.deeds`), or taken from the last run.
2. The race: our reader and plain pytesseract read the same papers in turn, one thread each.
3. Our reader reads all papers, in a process of its own each, as on the site.
4. Rivals read a sample; their words go through our reader of fields.
5. First answers on long scans; pages a second with two workers; born-digital pages.
6. All figures are printed beside their targets and kept as JSON.

What was read once is kept until the reader changes. Run it on an idle machine: figures of time are
ratios of legs that take turns, yet waiting still tells.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from bench.deeds import LEVELS
from bench.deeds.__main__ import main as make_papers
from bench.deeds.making import make, plan, write
from bench.measuring import figures, pace, rivals, runs
from bench.measuring.figures import Figure
from bench.measuring.marking import Marks, mark
from bench.measuring.runs import READER, ROOT, Paper, Shelf, hash_of

PLAIN = ROOT / "bench" / "measuring" / "plain.py"
WORK = Path(os.environ.get("MITRA_DATA", ROOT / "var")) / "bench" / "reading"
LONG_PAGES = range(12, 19)
PEER_PAGES = 5  # rivals take up to twenty seconds a page


def main(arguments: list[str]) -> int:
    chosen = _parser().parse_args(arguments)
    work = chosen.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    papers = _papers(chosen, work)
    shelf = Shelf(work / "read")
    race = [_race(paper, n, shelf) for n, paper in enumerate(_race_papers(papers, chosen.race))]
    ours = [(paper, _ours(paper, shelf)) for paper in papers]
    marks = [mark(paper.told, told["read"]) for paper, told in ours]
    lines = [
        *figures.exact(marks),
        *figures.sure(marks),
        *figures.contradictions([(paper.told, told["read"]) for paper, told in ours]),
        *figures.evidence(marks),
        *figures.kinds(marks),
        *_race_figures(race),
        *_pace_figures(papers, chosen, work, shelf),
    ]
    peers = _peer_marks(papers, chosen, work, shelf)
    _print(lines, marks, ours, peers)
    told = {
        "set": {"half": chosen.half, "seed": chosen.seed, "documents": chosen.documents},
        "figures": [asdict(line) for line in lines],
        "by_field": figures.by_field(marks),
        "calibration": figures.curve(marks),
        "peers": peers,
    }
    (work / "reading.json").write_text(json.dumps(told, indent=1), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./mitra bench reading",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--half", default="reported", choices=["tuned", "reported"])
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--levels", default=",".join(LEVELS))
    parser.add_argument("--race", type=int, default=8, help="papers raced at each level")
    parser.add_argument("--long", type=int, default=3, help="long scans for the first answer")
    parser.add_argument("--rounds", type=int, default=2, help="of two workers; 0 leaves them out")
    parser.add_argument("--peers", default="plain,ocrmypdf,rapidocr")
    parser.add_argument("--peer-documents", type=int, default=6)
    parser.add_argument("--set", type=Path, help="a folder of papers that is there already")
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument(
        "--quick",
        action=_Quick,
        nargs=0,
        help="few papers: does it run, is nothing badly wrong",
    )
    return parser


class _Quick(argparse.Action):
    def __call__(self, parser, chosen, values, option=None) -> None:
        chosen.documents, chosen.race, chosen.long = 6, 2, 1
        chosen.rounds, chosen.peer_documents, chosen.peers = 1, 2, "plain"


def _papers(chosen: argparse.Namespace, work: Path) -> list[Paper]:
    folder = chosen.set or work / f"{chosen.half}-{chosen.documents}-{chosen.seed}"
    if not chosen.set:
        size = ["--documents", str(chosen.documents), "--seed", str(chosen.seed)]
        make_papers([str(folder), "--half", chosen.half, *size, "--levels", chosen.levels])
    told = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    return [Paper(one, folder) for one in told if one["level"] in chosen.levels.split(",")]


def _ours(paper: Paper, shelf: Shelf) -> dict:
    key = f"{paper.name}-{hash_of(READER, *paper.files)}"
    return shelf.ask("ours", key, lambda: _told("ours", paper, runs.read_by_us(paper)))


def _told(who: str, paper: Paper, answer: dict) -> dict:
    print(f"  {who} {paper.name}: {answer['cpu']:.1f} CPU s", file=sys.stderr, flush=True)
    return answer


# --- the race ------------------------------------------------------------------------------------


def _race_papers(papers: list[Paper], count: int) -> list[Paper]:
    levels = {paper.told["level"] for paper in papers} - {"clean"}
    return [
        paper
        for level in sorted(levels)
        for paper in [one for one in papers if one.told["level"] == level][:count]
    ]


def _race(paper: Paper, number: int, shelf: Shelf) -> dict:
    """Both legs on one paper, one after the other; which is first changes from paper to paper."""

    def both() -> dict:
        legs = {"ours": lambda: runs.read_by_us(paper), "plain": lambda: _plain(paper)}
        order = list(legs) if number % 2 else list(reversed(legs))
        told = {name: _told(name, paper, legs[name]()) for name in order}
        costs = {name: {"cpu": leg["cpu"], "wall": leg["wall"]} for name, leg in told.items()}
        is_read = "refusal" not in told["ours"]["read"]
        return {"level": paper.told["level"], "pages": paper.pages, "is_read": is_read, **costs}

    return shelf.ask("race", f"{paper.name}-{hash_of(READER, PLAIN, *paper.files)}", both)


def _plain(paper: Paper) -> dict:
    ran = runs.run([sys.executable, "-m", "bench.measuring.plain", *paper.files])
    return {"cpu": ran.cpu, "wall": ran.wall}


def _race_figures(race: list[dict]) -> list[Figure]:
    race = [one for one in race if one["is_read"]]  # to refuse is quick, and no reading
    if not race:
        return []
    lines = []
    for level in [*sorted({one["level"] for one in race}), "all levels"]:
        some = [one for one in race if level in {one["level"], "all levels"}]
        pages = sum(one["pages"] for one in some)
        ours, plain = (sum(one[leg]["cpu"] for one in some) for leg in ("ours", "plain"))
        ratio = ours / plain if plain else 0.0
        text = f"{ratio:.2f} ({ours / pages:.2f} / {plain / pages:.2f} s, {pages} pages)"
        is_all = level == "all levels"
        target, is_met = ("<= 0.7", ratio <= 0.7) if is_all else ("", None)
        lines.append(Figure(f"CPU a page, ours / plain, {level}", target, text, is_met))
    return lines


# --- first answers, two workers, born-digital pages ----------------------------------------------


def _pace_figures(
    papers: list[Paper], chosen: argparse.Namespace, work: Path, shelf: Shelf
) -> list[Figure]:
    lines = []
    if chosen.long:
        lines += _first_figures([_first(one, shelf) for one in _long_papers(chosen, work)])
    clean = [paper for paper in papers if paper.told["level"] == "clean"]
    if clean:
        took = pace.clean_pages(clean)
        pages = sum(one[0] for one in took)
        wall, cpu = (1000 * sum(one[n] for one in took) / pages for n in (1, 2))
        text = f"{cpu:.1f} ms CPU, {wall:.1f} ms wall ({pages} pages)"
        lines.append(Figure("clean PDF, a page", "<= 20 ms", text, cpu <= 20))
    scans = [one for one in papers if one.told["level"] == "scan300" and one.pages <= 5][:12]
    if chosen.rounds and scans:
        ours, bare = pace.side_by_side(scans, chosen.rounds, work)
        text = f"{ours / bare:.2f} ({ours:.2f} / {bare:.2f} pages/s)"
        lines.append(Figure("two workers, ours / bare", ">= 0.95", text, ours / bare >= 0.95))
    return lines


def _long_papers(chosen: argparse.Namespace, work: Path) -> list[Paper]:
    """Deeds of twelve and more pages as grey scans, from a set of their own."""
    folder = work / f"long-{chosen.half}"
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for planned in plan(chosen.half, 200, chosen.seed + 1000):
        if len(found) == chosen.long:
            break
        path = folder / f"{planned.name}.scan300.json"
        if not path.exists() and planned.is_long and planned.kind.startswith("akta_"):
            paper = make(planned)
            if len(paper.setting.pages) in LONG_PAGES:
                write(paper, "scan300", folder)
        if path.exists():
            found.append(Paper(json.loads(path.read_text(encoding="utf-8")), folder))
    return found


def _first(paper: Paper, shelf: Shelf) -> dict:
    """Our first answer against plain's whole time, one after the other."""

    def both() -> dict:
        ours, plain = runs.read_by_us(paper), _plain(paper)
        return {"first": ours["first"], "pages": paper.pages, "plain": plain, "whole": ours["cpu"]}

    return shelf.ask("first", f"{paper.name}-{hash_of(READER, PLAIN, *paper.files)}", both)


def _first_figures(told: list[dict]) -> list[Figure]:
    came = [one for one in told if one["first"]]
    if not came:
        return [Figure("first answer of a long scan", "<= 25 %", f"never, in {len(told)}", False)]
    shares = {
        unit: figures.percent(
            sum(one["first"][unit] for one in came), sum(one["plain"][unit] for one in came)
        )
        for unit in ("cpu", "wall")
    }
    pages = ", ".join(str(one["pages"]) for one in told)
    text = f"{shares['cpu']:.0f} % of plain's CPU, {shares['wall']:.0f} % of its time"
    text += f" ({len(came)} of {len(told)} scans: {pages} pages)"
    return [Figure("first answer of a long scan", "<= 25 %", text, shares["wall"] <= 25)]


# --- rivals --------------------------------------------------------------------------------------


def _peer_marks(
    papers: list[Paper], chosen: argparse.Namespace, work: Path, shelf: Shelf
) -> dict[str, object]:
    """Each rival's exact fields and CPU seconds a page, on the first papers of the set."""
    short = [paper for paper in papers if paper.pages <= PEER_PAGES]
    names = sorted({paper.told["id"].split(".")[0] for paper in short})[: chosen.peer_documents]
    some = [paper for paper in short if paper.told["id"].split(".")[0] in names]
    answer: dict[str, object] = {"ours": _peer_lines(some, [_ours(one, shelf) for one in some])}
    for rival in filter(None, chosen.peers.split(",")):
        if reason := rivals.why_not(rival, work):
            answer[rival] = reason
            continue
        told = [_rival(rival, paper, work, shelf) for paper in some]
        answer[rival] = _peer_lines(some, told)
    return answer


def _rival(rival: str, paper: Paper, work: Path, shelf: Shelf) -> dict:
    sources = [PLAIN, PLAIN.with_name("rivals.py"), PLAIN.with_name("rapid.py"), READER]
    key = f"{paper.name}-{hash_of(*sources, *paper.files)}"
    return shelf.ask(rival, key, lambda: _told(rival, paper, rivals.read_by(rival, paper, work)))


def _peer_lines(papers: list[Paper], told: list[dict]) -> dict[str, str]:
    lines = {}
    for level in LEVELS:
        both = [
            (paper, one)
            for paper, one in zip(papers, told, strict=True)
            if paper.told["level"] == level
        ]
        if both:
            marks: list[Marks] = [mark(paper.told, one["read"]) for paper, one in both]
            right = sum(hit for one in marks for hit, _ in one.asked.values())
            asked = sum(of for one in marks for _, of in one.asked.values())
            pages = sum(paper.pages for paper, _ in both)
            cpu = sum(one["cpu"] for _, one in both) / pages
            lines[level] = f"{figures.percent(right, asked):.1f} %, {cpu:.2f} s"
    return lines


# --- the table -----------------------------------------------------------------------------------


def _print(
    lines: list[Figure], marks: list[Marks], ours: list[tuple[Paper, dict]], peers: dict
) -> None:
    print(f"\n{'':36}{'target':22}measured")
    for line in lines:
        verdict = {True: "ok", False: "MISSED", None: ""}[line.is_met]
        print(f"{line.name:36}{line.target:22}{line.measured:52}{verdict}")
    _print_fields(marks)
    print(f"\n{'calibration':12}{'values':>8}{'said':>8}{'right':>9}")
    for name, values, said, right in figures.curve(marks):
        print(f"{name:12}{values:8}{said:8.3f}{right:8.1f}%")
    readings = [(paper.told, told["read"]) for paper, told in ours]
    for title, counts in figures.alarms(readings).items():
        print(f"\n{title}: {_counted(counts)}")
    print(f"\nkinds mistaken: {_counted(figures.confusions(marks))}")
    refused = [
        f"{p.name} {told['read']['refusal']}" for p, told in ours if "refusal" in told["read"]
    ]
    print(f"refused: {', '.join(refused) or 'none'}")
    print("\nothers on the same papers: exact fields, CPU s a page")
    for name, told in peers.items():
        cells = (
            [f"{level} {cell}" for level, cell in told.items()] if isinstance(told, dict) else []
        )
        print(f"{name:12}{'; '.join(cells) or told}")


def _print_fields(marks: list[Marks]) -> None:
    levels = [level for level in LEVELS if any(one.level == level for one in marks)]
    print(f"\n{'':20}" + "".join(f"{level:>12}" for level in levels))
    for name, row in figures.by_field(marks).items():
        cells = ("{}/{}".format(*row[level]) if level in row else "" for level in levels)
        print(f"{name:20}" + "".join(f"{cell:>12}" for cell in cells))
    extra = (str(sum(one.extra for one in marks if one.level == level)) for level in levels)
    print(f"{'extra list items':20}" + "".join(f"{cell:>12}" for cell in extra))


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "none"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
