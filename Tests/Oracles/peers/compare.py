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

- curves: diameters of 1 to 16 px, logarithmic; contrast of the defect before the lens is 2, 4 or 8 sigma;
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

from detectors import PEERS, Mark
from inspector import Clearcoat
from tables import OURS, report

PAINTS = ["smoothLight", "solidDark", "red", "orangePeelFine", "orangePeelCoarse", "metallicSilver", "metallicDark"]
SEEDS = {"development": 1001, "heldout": 2002}
RATE = 0.1
SIDE = 1000
LENS = 0.7
CONTRASTS = (2, 4, 8)


# MARK: panels and defects


def panels(clearcoat, work, paint, kind, count):
    folder = work / "panels" / paint / kind
    if len(list(folder.glob("panel-*.png"))) < count:
        subprocess.run([clearcoat, "simulate", "-o", folder, "--count", str(count), "--seed", str(SEEDS[kind]), "--surface",
                        paint, "--width", str(SIDE), "--height", str(SIDE), "--clean", "1"], check=True)
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


def main():
    options = argparse.ArgumentParser()
    options.add_argument("clearcoat")
    options.add_argument("work", type=pathlib.Path)
    options.add_argument("--development", type=int, default=20, help="clean panels a paint to tune on")
    options.add_argument("--heldout", type=int, default=20, help="clean panels a paint to measure on")
    options.add_argument("--paints", nargs="*", default=PAINTS)
    options.add_argument("--report", action="store_true", help="print the tables of earlier runs")
    given = options.parse_args()
    for paint in [] if given.report else given.paints:
        compare(given, paint)
    print(f"Seeds {SEEDS}, {given.development} and {given.heldout} panels a paint.\n")
    report(given.work, given.paints, CONTRASTS)


if __name__ == "__main__":
    main()
