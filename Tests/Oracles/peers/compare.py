#!/usr/bin/env python3
"""Clearcoat beside OpenCV and scikit-image on the same simulated panels, at equal false alarms.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install numpy scipy scikit-image opencv-python-headless
    nice /tmp/venv/bin/python Tests/Oracles/peers/compare.py .build/release/clearcoat /tmp/peers

For each paint of the simulator, clean panels of 1000 x 1000 px: development seed 1001, held-out seed 2002. The
peers (detectors.py) are tuned for each paint on the development panels to 0.1 false alarms a panel. Clearcoat has
three rows: the built-in recipe, which reports nothing under 4 px; the same from 1 px on; and that with the
threshold of `clearcoat calibrate` on the development panels, which is what stands beside the peers at equal false
alarms.

Defects are disks, dark or bright by turns, planted by this script into the held-out panels, nine a panel in
random places that keep apart: a share of each pixel lies inside (8 x 8 points), that is blurred by the
simulator's lens (0.7 px) and changes the pixels in proportion; pixels are stored as the camera would. Sigma is the
standard deviation of the clean paint's relative brightness around the place (24 px each way, its illumination
taken out), as in the simulator's ground truth: it holds orange peel and flakes.

- curves: diameters of 1 to 16 px, logarithmic; contrast of the defect before the lens is 1, 2, 4 or 8 sigma;
- mixed: diameters of 1.5 to 16 px, logarithmic, peak contrast after the lens 3 to 12 sigma, logarithmic.

A contrast darker than -0.9, or one at which bright pixels would saturate, cannot be: it is left out and counted.
Marks hit by the rule of `clearcoat evaluate` (MatchingRule.swift). Results are kept in
WORK/results/PAINT.json: a second run measures Clearcoat anew and keeps the peers; --report only prints tables.
"""

import argparse
import json
import pathlib
import subprocess
import time

import cv2
import numpy as np
import scipy
import skimage

import pod
from detectors import PEERS, Mark
from inspector import Clearcoat

PAINTS = ["smoothLight", "solidDark", "red", "orangePeelFine", "orangePeelCoarse", "metallicSilver", "metallicDark"]
SEEDS = {"development": 1001, "heldout": 2002}
RATE = 0.1
SIDE = 1000
LENS = 0.7
OURS = "Clearcoat from 1 px, calibrated"  # at the false alarms of the peers
CONTRASTS = (1, 2, 4, 8)
# Of issue 4, at 0.1 false alarms an image: fixed thresholds, and each scale over its own local noise.
ISSUE = {"smoothLight": ("0.70-0.86", "0.90-0.93"), "solidDark": ("0.70-0.86", "0.90-0.93"),
         "red": ("0.70-0.86", "0.90-0.93"), "orangePeelFine": ("0.14-0.23", "0.54"),
         "orangePeelCoarse": ("0.01-0.05", "0.64"), "metallicSilver": ("0", "> 0.5 asked"),
         "metallicDark": ("0", "> 0.5 asked")}


# MARK: panels and defects


def panels(clearcoat, work, paint, kind, count):
    folder = work / "panels" / paint / kind
    if not (folder / "done").exists():
        subprocess.run([clearcoat, "simulate", "-o", folder, "--count", str(count), "--seed", str(SEEDS[kind]), "--surface",
                        paint, "--width", str(SIDE), "--height", str(SIDE), "--clean", "1"], check=True)
        (folder / "done").touch()
    return [cv2.imread(str(p), cv2.IMREAD_GRAYSCALE) for p in sorted(folder.glob("panel-*.png"))[:count]]


def illumination(picture):
    """Light without texture: a polynomial of degree 8 each way through means of 10 x 10 px."""
    height, width = (n // 10 for n in picture.shape)
    means = picture[:height * 10, :width * 10].reshape(height, 10, width, 10).mean((1, 3))
    base = lambda n, at: np.polynomial.chebyshev.chebvander((2 * at + 1) / n - 1, 8)
    rows, columns = base(height, np.arange(height)), base(width, np.arange(width))
    weights = np.linalg.pinv(rows) @ means @ np.linalg.pinv(columns).T
    fine_rows = base(picture.shape[0], np.arange(picture.shape[0]))
    fine_columns = base(picture.shape[1], np.arange(picture.shape[1]))
    return fine_rows @ weights @ fine_columns.T


def blurred_disk(x, y, diameter):
    """Its strength on the pixel grid after the lens, the pixels it covers by half or more, and their corner."""
    r = int(np.ceil(diameter / 2)) + 4
    x0, y0 = int(round(x)) - r, int(round(y)) - r
    fine = (np.arange((2 * r + 1) * 8) + 0.5) / 8 - 0.5
    inside = (fine[None, :] + x0 - x) ** 2 + (fine[:, None] + y0 - y) ** 2 <= diameter ** 2 / 4
    share = inside.reshape(2 * r + 1, 8, 2 * r + 1, 8).mean((1, 3)).astype(np.float32)
    covered = share >= 0.5 * min(share.max(), 1)
    return cv2.GaussianBlur(share, (0, 0), LENS, borderType=cv2.BORDER_CONSTANT), covered, x0, y0


def planted(picture, light, generator, smallest, contrast_of):
    """The picture with nine disks, and the truth about them. `contrast_of(generator, peak)` is in sigmas."""
    relative = picture / np.maximum(light, 1) - 1
    changed = picture.astype(np.float64)
    truths, impossible = [], 0
    for place in range(9):
        x, y = (SIDE / 3 * (n + 0.5) + generator.uniform(-100, 100) for n in (place % 3, place // 3))
        diameter = float(np.exp(generator.uniform(np.log(smallest), np.log(16))))
        strength, covered, x0, y0 = blurred_disk(x, y, diameter)
        reach = int(diameter / 2) + 24
        window = np.s_[int(y) - reach:int(y) + reach + 1, int(x) - reach:int(x) + reach + 1]
        sigma = float(relative[window].std())
        contrast = contrast_of(generator, float(strength.max())) * sigma * (-1 if place % 2 else 1)
        box = np.s_[y0:y0 + strength.shape[0], x0:x0 + strength.shape[1]]
        dither = generator.uniform(-0.5, 0.5, strength.shape)  # rounded away again where nothing changes
        if contrast < -0.9 or light[box].max() * (1 + contrast * strength.max()) > 250:
            impossible += 1
            continue
        changed[box] = np.clip(np.round((picture[box] + dither) * (1 + contrast * strength)), 0, 255)
        ys, xs = np.nonzero(covered)
        widened = cv2.dilate(np.pad(covered, 2).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
        truths.append({"diameter": diameter, "contrast": contrast, "sigma": sigma, "x": x, "y": y,
                       "middle": (x0 + xs.mean(), y0 + ys.mean()), "widened": Mark(x0 - 2, y0 - 2, widened, None),
                       "box": (x0 + xs.min(), y0 + ys.min(), x0 + xs.max() + 1, y0 + ys.max() + 1)})
    return changed.astype(np.uint8), truths, impossible


# MARK: hits


def within(point, box, margin=0):
    return (box[0] - margin <= round(point[0]) < box[2] + margin) and (box[1] - margin <= round(point[1]) < box[3] + margin)


def hits(mark, truth):
    longest = lambda box: max(box[2] - box[0], box[3] - box[1])
    if longest(mark.box) > 3 * longest(truth["box"]) + 10:
        return False
    if not (within(mark.middle, truth["box"], 2) or within(truth["middle"], mark.box, 2)):
        return False
    wide = truth["widened"]
    x0, y0, x1, y1 = (f(a, b) for f, a, b in zip((max, max, min, min), mark.box, wide.box))
    if x0 >= x1 or y0 >= y1:
        return False
    part = lambda m: m.pixels[y0 - m.y0:y1 - m.y0, x0 - m.x0:x1 - m.x0]
    return bool((part(mark) & part(wide)).any())


def found(marks, truth):
    return any(hits(mark, truth) for mark in marks)


# MARK: one paint


def mixed_contrast(generator, peak):
    return float(np.exp(generator.uniform(np.log(3), np.log(12)))) / peak


def series(pictures, seed):
    """Name: pictures with planted defects. A set for each curve and the mixed one, each with its own random numbers."""
    lights = [illumination(p) for p in pictures]
    plant = lambda number, *how: [planted(p, light, np.random.default_rng([seed, number, i]), *how)
                                  for i, (p, light) in enumerate(zip(pictures, lights))]
    return {str(k): plant(k, 1, lambda g, peak, k=k: k) for k in CONTRASTS} | {"mixed": plant(100, 1.5, mixed_contrast)}


def peer_hits(peer, some):
    return [found(marks, truth) for picture, truths, _ in some
            for marks, truth in zip(peer.near(picture, [(t["x"], t["y"]) for t in truths]), truths)]


def compare(given, paint):
    development = panels(given.clearcoat, given.work, paint, "development", given.development)
    heldout = panels(given.clearcoat, given.work, paint, "heldout", given.heldout)
    training = [planted(p, illumination(p), np.random.default_rng([SEEDS["development"], i]), 1.5, mixed_contrast)
                for i, p in enumerate(development)]
    sets = series(heldout, SEEDS["heldout"])
    kept = given.work / "results" / f"{paint}.json"
    earlier = json.loads(kept.read_text()) if kept.exists() else {}
    result = {"panels": [len(development), len(heldout)], "methods": {}, "truths": {
        name: {"impossible": sum(s[2] for s in some),
               "defects": [{k: t[k] for k in ("diameter", "contrast", "sigma", "x", "y")} | {"panel": i}
                           for i, s in enumerate(some) for t in s[1]]} for name, some in sets.items()}}

    if all(earlier.get(k) == result[k] for k in ("panels", "truths")):  # the peers have not changed since
        result["methods"] = {k: v for k, v in earlier["methods"].items() if not k.startswith("Clearcoat")}

    def keep(name, alarms, hit, tuning, began):
        result["methods"][name] = {"alarms": alarms, "hit": hit, "tuning": str(tuning)}
        print(f"{paint}: {name}: {sum(alarms)} alarms on {len(alarms)} panels, found " + ", ".join(
            f"{k}: {np.mean(h):.2f}" for k, h in hit.items()) + f"; {tuning}; {time.time() - began:.0f} s", flush=True)

    own = Clearcoat(given.clearcoat, given.work / "pictures" / paint)
    from_1px = own.recipe("from-1px.yaml", {"min: 4 px": "min: 1 px"})
    calibrated, factor = own.calibrated(development, from_1px)
    recipes = {"Clearcoat": None, "Clearcoat from 1 px": from_1px, OURS: calibrated}
    began = time.time()
    pictures = {"": heldout} | {k: [s[0] for s in some] for k, some in sets.items()}
    marks = {k: own.marks(some, recipes) for k, some in pictures.items()}
    for name in recipes:
        keep(name, [len(m) for m in marks[""][name]],
             {k: [found(m, t) for m, (_, truths, _) in zip(marks[k][name], some) for t in truths] for k, some in sets.items()},
             factor if name == OURS else "built-in", began)
    for peer in PEERS:
        if peer.name in result["methods"]:
            continue
        began = time.time()
        peer.tune(development, RATE, lambda peer: np.mean(peer_hits(peer, training)))
        keep(peer.name, [peer.alarms(p) for p in heldout], {k: peer_hits(peer, some) for k, some in sets.items()},
             (peer.setting, {k: round(v, 3) for k, v in peer.thresholds.items()}), began)
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(json.dumps(result))


# MARK: tables


def size_text(fit, key):
    if key in fit:
        return "< 1" if fit[key] < 1 else f"{fit[key]:.1f}" if fit[key] <= 16 else "> 16"
    return {"almost all found": "< 1", "almost none found": "> 16"}.get(fit["why"], "-")


def report(work, paints):
    results = {p: json.loads((work / "results" / f"{p}.json").read_text()) for p in paints
               if (work / "results" / f"{p}.json").exists()}
    print(f"OpenCV {cv2.__version__}, scikit-image {skimage.__version__}, SciPy {scipy.__version__}, NumPy {np.__version__}; "
          f"seeds {SEEDS}\n\n| paint | method | false alarms a clean panel (95 %) | mixed set found (95 %) | "
          + " | ".join(f"a90 (a90/95) at {k} sigma, px" for k in CONTRASTS) + " |\n| --- | --- | ---: | ---: |" + " ---: |" * len(CONTRASTS))
    answers = []
    for paint, result in results.items():
        fits = {}
        for name, method in result["methods"].items():
            alarms = "{:.2f} ({:.2f}-{:.2f})".format(*pod.rate(sum(method["alarms"]), len(method["alarms"])))
            mixed = "{:.2f} ({:.2f}-{:.2f})".format(*pod.share(sum(method["hit"]["mixed"]), len(method["hit"]["mixed"])))
            fits[name] = {}
            for k in map(str, CONTRASTS):
                sizes = [d["diameter"] for d in result["truths"][k]["defects"]]
                fits[name][k] = pod.fit(sizes, method["hit"][k])
            curves = [f"{size_text(f, 'a90')} ({size_text(f, 'a9095')})" if "a90" in f
                      else f"{size_text(f, 'a90')} ({f['found']}/{f['of']})" for f in fits[name].values()]
            print(f"| {paint} | {name} | {alarms} | {mixed} | " + " | ".join(curves) + " |")
        answers += goal(paint, fits)
    print("\n| paint | contrast | our a90 | best peer's | ratio | at most half? |\n| --- | ---: | ---: | ---: | ---: | --- |")
    print("\n".join(answers))
    print("\n| paint, mixed set | Clearcoat | from 1 px | calibrated | issue: thresholds, top-hats, LoG | issue: each scale over its noise |\n| --- |" + " ---: |" * 5)
    for paint, result in results.items():
        hit = [np.mean(result["methods"][n]["hit"]["mixed"]) for n in ("Clearcoat", "Clearcoat from 1 px", OURS)]
        print(f"| {paint} | {hit[0]:.2f} | {hit[1]:.2f} | {hit[2]:.2f} | {ISSUE[paint][0]} | {ISSUE[paint][1]} |")


def goal(paint, fits):
    """One row a contrast: is our a90 at most half of the best peer's? An a90 outside 1 to 16 px is only bounded."""
    rows = []
    for k in map(str, CONTRASTS):
        bounds = {name: bound(f[k]) for name, f in fits.items()}
        own = bounds[OURS]
        known = {n: b for n, b in bounds.items() if b and not n.startswith("Clearcoat")}
        text = lambda b: "-" if not b else f"{b[0]:.1f}" if b[0] == b[1] else "< 1" if b[0] == 0 else "> 16"
        name = min(known, key=lambda n: known[n], default=None)
        best = known.get(name)
        if not own or not best:
            ratio, answer = "-", "the data do not say"
        elif own[0] == 16 and best[0] == 16:
            ratio, answer = "-", "neither finds 90 %"
        else:
            low, high = own[0] / best[1], own[1] / best[0] if best[0] else np.inf
            answer = "yes" if high <= 0.5 else "no" if low > 0.5 else "not decided"
            ratio = f"{low:.2f}" if low == high else f"{low:.2f} to {high:.2f}" if np.isfinite(high) else f"over {low:.2f}"
        rows.append(f"| {paint} | {k} | {text(own)} | {text(best)}{f' ({name})' if name and best else ''} | {ratio} | {answer} |")
    return rows


def bound(fit):
    """The least and the greatest a90 can be; None when the data say nothing."""
    if "a90" in fit:
        return (16.0, np.inf) if fit["a90"] > 16 else (0.0, 1.0) if fit["a90"] < 1 else (fit["a90"], fit["a90"])
    return {"almost all found": (0.0, 1.0), "almost none found": (16.0, np.inf)}.get(fit["why"])


def main():
    options = argparse.ArgumentParser()
    options.add_argument("clearcoat")
    options.add_argument("work", type=pathlib.Path)
    options.add_argument("--development", type=int, default=20, help="clean panels a paint to tune on")
    options.add_argument("--heldout", type=int, default=24, help="clean panels a paint to measure on")
    options.add_argument("--paints", nargs="*", default=PAINTS)
    options.add_argument("--report", action="store_true", help="print the tables of earlier runs")
    given = options.parse_args()
    for paint in [] if given.report else given.paints:
        compare(given, paint)
    report(given.work, given.paints)


if __name__ == "__main__":
    main()
