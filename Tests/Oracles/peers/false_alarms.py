#!/usr/bin/env python3
"""How many false alarms Clearcoat gives on clean panels, against the 0.1 a picture that its recipe asks for.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install numpy scipy scikit-image opencv-python-headless
    nice -n 15 /tmp/venv/bin/python Tests/Oracles/peers/false_alarms.py .build/release/clearcoat /tmp/peers --panels 150

Panels of 1000 x 1000 px at 0.065 mm a pixel from paints.py (the simulator's optics; it has no paint for some of
these). Every finding on them is a false alarm. Two recipes: the built-in one, which reports nothing under 4 px,
and the same from 1 px on. The 95 % interval is that of a Poisson count; "within a factor of 3" asks whether the
rate is at most 0.3 (fewer alarms than asked for are no harm, and are marked "fewer" under a third).

The alarms are kept in WORK/alarms.ndjson, a line for each surface and round of panels, with detector, scale and
polarity of each; a second run with the same binary goes on where the first stopped. --report only prints.
"""

import argparse
import collections
import hashlib
import json
import pathlib

import cv2
import numpy as np

import paints
import pod
from inspector import Clearcoat

cv2.setNumThreads(1)
ROUND = 15
GRAY = (0.4, 1.4)  # base colour and exposure
PEEL = lambda shortest, longest, rms: dict(zip(("base", "exposure"), GRAY)) | {"peel": (shortest, longest, rms), "flake": None}


def preset(name):
    return dict(zip(("base", "exposure", "peel", "flake"), paints.PAINTS[name]))


# Heights such that all waves are about as steep as those of the simulator's fine orange peel.
SURFACES = {
    "white noise": dict(zip(("base", "exposure"), GRAY)) | {"peel": None, "flake": None, "light": "even"},
    "white noise, steep gradients and vignetting": dict(zip(("base", "exposure"), GRAY)) | {"peel": None, "flake": None, "light": "uneven"},
    "smooth light": preset("smoothLight"),
    "smooth light, steep gradients and vignetting": preset("smoothLight") | {"light": "uneven"},
    "solid dark": preset("solidDark"),
    "red": preset("red"),
    "orange peel 0.4-0.8 mm": PEEL(0.4, 0.8, 0.3),
    "orange peel 0.8-2.5 mm (fine)": preset("orangePeelFine"),
    "orange peel 1.5-4 mm": PEEL(1.5, 4, 1.3),
    "orange peel 2.5-8 mm (coarse)": preset("orangePeelCoarse"),
    "orange peel 6-20 mm": PEEL(6, 20, 5),
    "metallic silver": preset("metallicSilver"),
    "metallic dark": preset("metallicDark"),
}
JPEG = {"smooth light": (75, 85, 95), "orange peel 0.8-2.5 mm (fine)": (75, 85, 95), "metallic silver": (75, 85, 95)}


def variants(surface, panel):
    yield surface, panel
    for quality in JPEG.get(surface, ()):
        yield f"{surface}, JPEG {quality}", cv2.imencode(".jpg", panel, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def alarm(finding, side):
    box, detection = finding["boundingBox"], finding["explanation"]["detection"]
    gap = min(box["x"], box["y"], side - box["x"] - box["width"], side - box["y"] - box["height"])
    return {"detector": detection["detector"], "scale": detection["scalePx"], "bright": detection["response"] > 0,
            "threshold": round(detection["threshold"], 2), "response": round(abs(detection["response"]), 2),
            "size": finding["sizePx"], "border": gap < 4, "x": box["x"], "y": box["y"]}


def run(given, kept):
    own = Clearcoat(given.clearcoat, given.work / "pictures" / "false-alarms")
    recipes = {"4 px": None, "1 px": own.recipe("from-1px.yaml", {"min: 4 px": "min: 1 px"})}
    binary = hashlib.sha256(pathlib.Path(given.clearcoat).read_bytes()).hexdigest()[:16]
    done = {(line["surface"], line["round"]) for line in kept if line["binary"] == binary}
    for number in range((given.panels + ROUND - 1) // ROUND):
        for index, (surface, how) in enumerate(SURFACES.items()):
            if (surface, number) in done:
                continue
            seeds = [[20261123, index, number, place] for place in range(ROUND)]
            some = [dict(variants(surface, paints.panel(np.random.default_rng(seed), **how))) for seed in seeds]
            for name in some[0]:
                records = own.records([panels[name] for panels in some], recipes)
                line = {"binary": binary, "surface": name, "round": number, "panels": ROUND, "alarms": {
                    recipe: [[alarm(f, paints.SIDE) for f in record["findings"]] for record in many]
                    for recipe, many in records.items()}}
                with open(given.work / "alarms.ndjson", "a") as file:
                    file.write(json.dumps(line) + "\n")
        print(f"{(number + 1) * ROUND} panels of each surface", flush=True)


def report(kept):
    """The table of the newest binary, and where the alarms of the built-in recipe come from."""
    newest = kept[-1]["binary"]
    groups = collections.defaultdict(list)
    for line in kept:
        if line["binary"] == newest:
            groups[line["surface"]].append(line)
    names = [name for surface in SURFACES for name, _ in [(surface, 0)] + [(f"{surface}, JPEG {q}", 0) for q in JPEG.get(surface, ())]]
    print(f"Binary {newest}.\n\n| surface | panels | built-in recipe, from 4 px | within a factor of 3 | from 1 px | within a factor of 3 |"
          "\n| --- | ---: | ---: | --- | ---: | --- |")
    causes = []
    for name in [n for n in names if n in groups]:
        panels = sum(line["panels"] for line in groups[name])
        cells = []
        for recipe in ("4 px", "1 px"):
            alarms = [a for line in groups[name] for picture in line["alarms"][recipe] for a in picture]
            rate, low, high = pod.rate(len(alarms), panels)
            sure = rate <= 0.1 / 3 or high <= 0.3 or low > 0.3
            answer = "yes, fewer" if rate < 0.1 / 3 else ("yes" if rate <= 0.3 else "no") + ("" if sure else ", not certain")
            cells += [f"{rate:.3f} ({low:.3f}-{high:.3f})", answer]
            kinds = collections.Counter((a["detector"], f"scale {a['scale']:g}", "bright" if a["bright"] else "dark")
                                        + (("border",) if a["border"] else ()) for a in alarms)
            if rate > 0.3 or (recipe == "4 px" and rate > 0.15):
                causes.append(f"- {name}, from {recipe}: " + "; ".join(f"{n} {' '.join(k)}" for k, n in kinds.most_common(6)))
        print(f"| {name} | {panels} | " + " | ".join(cells) + " |")
    print("\nWhere most alarms come from:\n\n" + "\n".join(causes))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("clearcoat")
    options.add_argument("work", type=pathlib.Path)
    options.add_argument("--panels", type=int, default=150, help="panels of each surface, a multiple of 15")
    options.add_argument("--report", action="store_true")
    given = options.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    file = given.work / "alarms.ndjson"
    load = lambda: [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
    if not given.report:
        run(given, load())
    report(load())


if __name__ == "__main__":
    main()
