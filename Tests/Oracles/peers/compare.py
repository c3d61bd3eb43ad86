#!/usr/bin/env python3
"""Clearcoat beside OpenCV and scikit-image on the same simulated panels, at equal false alarms.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install numpy scipy scikit-image opencv-python-headless statsmodels
    nice -n 19 /tmp/venv/bin/python Tests/Oracles/peers/compare.py .build/release/clearcoat /tmp/peers --panels 24

For each paint, `--panels` panels are painted from a development seed and as many from a held-out seed; half of
them are clean. Every method gives marks with a score (or, where it has none, a ladder of settings from strict to
lax). On the development panels of a paint the laxest threshold with at most 0.1 false alarms a panel is taken, on
the held-out ones everything is counted. So each peer is tuned for each paint by itself; Clearcoat's recipe is
the built-in one for all of them, and its row "as it is" has its own threshold.

The peers, as their documentation describes them, on the picture divided by its background (a median over 51 px)
in units of its robust noise, so that uneven light is not held against them:
- SimpleBlobDetector: dark and bright blobs, steps of a half sigma, filtered by area alone; the ladder is the least
  number of thresholds at which a blob is seen.
- threshold and components: |residual| over k sigma after a 3 x 3 mean, 8-connected, at least 4 px; the ladder is k.
- blob_log, blob_doh: scales 1.5 to 16 px, ten of them, dark and bright; the score is the answer at the maximum.

Marks hit defects by the rule of `clearcoat evaluate`: they share a pixel with the defect widened by 2 px, the
middle of one is in the box of the other, and a mark is at most 3 times as long as the defect plus 10 px. a90 is
from a logistic fit in log size on defects of at least 5 sigma, size as the limits have it; "-" where the data do
not support one.
"""

import argparse
import json
import pathlib
import subprocess
import sys

import warnings

import cv2
import numpy as np
import scipy
import skimage
import statsmodels.api as sm
from scipy import ndimage
from skimage import feature

PAINTS = ["smoothLight", "solidDark", "red", "orangePeelFine", "orangePeelCoarse", "metallicSilver", "metallicDark"]
RATE = 0.1
cv2.setNumThreads(1)


class Mark:
    """Pixels with a middle and a score."""

    def __init__(self, x0, y0, pixels, score, middle=None):
        self.x0, self.y0, self.pixels, self.score = x0, y0, pixels, score
        height, width = pixels.shape
        self.box = (x0, y0, x0 + width, y0 + height)
        if middle is None:
            ys, xs = np.nonzero(pixels)
            middle = (x0 + xs.mean(), y0 + ys.mean())
        self.middle = middle


def disc(x, y, radius, score):
    r = max(1, int(round(radius)))
    yy, xx = np.mgrid[-r:r + 1, -r:r + 1]
    return Mark(int(round(x)) - r, int(round(y)) - r, xx * xx + yy * yy <= r * r + 0.5, score, (x, y))


def inside(point, box, margin):
    return box[0] - margin <= round(point[0]) < box[2] + margin and box[1] - margin <= round(point[1]) < box[3] + margin


def hits(mark, defect):
    longest = max(mark.box[2] - mark.box[0], mark.box[3] - mark.box[1])
    box = defect["box"]
    if longest > 3 * max(box[2] - box[0], box[3] - box[1]) + 10:
        return False
    if not (inside(mark.middle, box, 2) or inside(defect["middle"], mark.box, 2)):
        return False
    wide, wx, wy = defect["wide"], box[0] - 2, box[1] - 2
    x0, y0 = max(mark.x0, wx), max(mark.y0, wy)
    x1, y1 = min(mark.box[2], wx + wide.shape[1]), min(mark.box[3], wy + wide.shape[0])
    if x0 >= x1 or y0 >= y1:
        return False
    return bool((mark.pixels[y0 - mark.y0:y1 - mark.y0, x0 - mark.x0:x1 - mark.x0] & wide[y0 - wy:y1 - wy, x0 - wx:x1 - wx]).any())


def residual(image):
    gray = image.astype(np.float32)
    background = cv2.medianBlur(image, 51).astype(np.float32) if image.dtype == np.uint8 else cv2.GaussianBlur(gray, (0, 0), 15)
    flat = gray / np.maximum(background, 1) - 1
    return flat / max(1.4826 * float(np.median(np.abs(flat - np.median(flat)))), 1e-6)


def clearcoat(path, records):
    record = json.loads((records / (path.name + ".json")).read_text())
    marks = []
    for finding in record["findings"]:
        box, outline = finding["boundingBox"], np.round(np.array(finding["contour"])).astype(np.int32)
        pixels = np.zeros((box["height"] + 2, box["width"] + 2), np.uint8)
        cv2.fillPoly(pixels, [outline - [box["x"] - 1, box["y"] - 1]], 1)
        detection = finding["explanation"]["detection"]
        score = max(1.0, abs(detection["response"]) / detection["threshold"])
        middle = (finding["centroid"]["x"], finding["centroid"]["y"])
        marks.append(Mark(box["x"] - 1, box["y"] - 1, pixels > 0, score, middle))
    for drop in record["candidatesDropped"]:
        if drop["reason"] == "belowThreshold":
            box, detection = drop["boundingBox"], drop["detection"]
            score = min(abs(detection["response"]) / detection["threshold"], 1 - 1e-9)
            marks.append(Mark(box["x"], box["y"], np.ones((box["height"], box["width"]), bool), score))
    return marks


def simple_blob(noise):
    picture = np.clip(128 + 8 * cv2.blur(noise, (3, 3)), 0, 255).astype(np.uint8)
    ladder = {}
    for seen in (2, 3, 4, 6, 8, 12, 16):
        found = []
        for colour in (0, 255):
            settings = cv2.SimpleBlobDetector_Params()
            settings.minThreshold, settings.maxThreshold, settings.thresholdStep = 4, 252, 4
            settings.minRepeatability = seen
            settings.minDistBetweenBlobs = 4
            settings.filterByArea, settings.minArea, settings.maxArea = True, 4, 20000
            settings.filterByCircularity = settings.filterByConvexity = settings.filterByInertia = False
            settings.filterByColor, settings.blobColor = True, colour
            found += [disc(*k.pt, k.size / 2, seen) for k in cv2.SimpleBlobDetector_create(settings).detect(picture)]
        ladder[seen] = found
    return ladder


def components(noise):
    smooth = np.abs(cv2.blur(noise, (3, 3)))
    ladder = {}
    for k in (1.5, 1.75, 2, 2.5, 3, 3.5, 4, 5, 6, 8, 10, 14, 20):
        mask = (smooth > k).astype(np.uint8)
        count, labels, stats, centres = cv2.connectedComponentsWithStats(mask, connectivity=8)
        if count > 20000:
            continue
        ladder[k] = [
            Mark(x, y, labels[y:y + h, x:x + w] == number, k, tuple(centres[number]))
            for number, (x, y, w, h, area) in enumerate(stats) if number > 0 and area >= 4
        ]
    return ladder


def scale_space(noise, which):
    marks = []
    sigmas = None
    for sign in (1, -1):
        image = sign * noise.astype(np.float64)
        if which == "log":
            blobs = feature.blob_log(image, min_sigma=1.5, max_sigma=16, num_sigma=10, threshold=3.0)
            answer = lambda s: -ndimage.gaussian_laplace(image, s) * s * s
            radius = np.sqrt(2)
        else:
            if sign < 0:
                break  # the determinant has no sign: it sees dark and bright at once
            blobs = feature.blob_doh(image, min_sigma=1.5, max_sigma=16, num_sigma=10, threshold=0.01)
            answer = lambda s: feature.hessian_matrix_det(image, s)
            radius = 1.0
        for sigma in sorted(set(blobs[:, 2].tolist())):
            values = answer(sigma)
            for y, x, s in blobs[blobs[:, 2] == sigma]:
                marks.append(disc(x, y, radius * s, float(values[int(y), int(x)])))
    return marks


def truths(path):
    truth = json.loads((path.parent / "ground_truth" / (path.name + ".json")).read_text())
    labels = cv2.imread(str(path.parent / "ground_truth" / (path.name + ".png")), cv2.IMREAD_UNCHANGED)
    defects = []
    for defect in truth["defects"]:
        mask = labels == defect["id"]
        if not mask.any():
            continue
        ys, xs = np.nonzero(mask)
        x0, y0, x1, y1 = xs.min(), ys.min(), xs.max() + 1, ys.max() + 1
        wide = ndimage.binary_dilation(np.pad(mask[y0:y1, x0:x1], 2), np.ones((5, 5)))
        long = defect["lengthMm"] >= 3 * defect["widthMm"]
        size = defect["lengthMm"] if long else 2 * np.sqrt(defect["areaPx"] / np.pi) * truth["mmPerPixel"]
        defects.append({"box": (x0, y0, x1, y1), "middle": (xs.mean(), ys.mean()), "wide": wide, "size": size, "snr": defect["snr"]})
    return defects


def score(marks, defects):
    """The best score that hit each defect and the scores of marks that hit none."""
    best = [-np.inf] * len(defects)
    false = []
    for mark in marks:
        hit = [index for index, defect in enumerate(defects) if hits(mark, defect)]
        for index in hit:
            best[index] = max(best[index], mark.score)
        if not hit:
            false.append(mark.score)
    return best, false


def a90(sizes, found):
    sizes, found = np.array(sizes), np.array(found)
    if found.sum() < 5:
        return "- (few hits)"
    if (~found).sum() < 5:
        return f"< {np.quantile(sizes, 0.1):.2f} (few misses)"
    x = np.log(sizes)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = sm.GLM(found.astype(float), sm.add_constant(x), family=sm.families.Binomial()).fit()
        null = sm.GLM(found.astype(float), np.ones((len(x), 1)), family=sm.families.Binomial()).fit()
    if fit.params[1] <= 0 or 2 * (fit.llf - null.llf) < 3.84:
        return "- (size says nothing)"
    value = float(np.exp((np.log(9) - fit.params[0]) / fit.params[1]))
    return f"{value:.2f}" + (" (extrapolated)" if value > sizes.max() else "")


class Counts:
    """What a method made of one set of panels, at any threshold."""

    def __init__(self):
        self.panels = 0
        self.defects = []  # size, snr, best score or {setting: found}
        self.false = []  # score, or setting once for each mark

    def add(self, marks, defects):
        self.panels += 1
        if isinstance(marks, dict):
            found = [{} for _ in defects]
            for setting, some in marks.items():
                best, false = score(some, defects)
                self.false += [("setting", setting)] * len(false)
                for entry, value in zip(found, best):
                    entry[setting] = value > -np.inf
            self.settings = getattr(self, "settings", set()) | set(marks)
            self.defects += [(d["size"], d["snr"], f) for d, f in zip(defects, found)]
        else:
            best, false = score(marks, defects)
            self.false += false
            self.defects += [(d["size"], d["snr"], b) for d, b in zip(defects, best)]

    def alarms(self, threshold):
        count = sum(1 for f in self.false if (f[1] == threshold if isinstance(f, tuple) else f >= threshold))
        return count / self.panels

    def threshold(self):
        if hasattr(self, "settings"):
            good = [s for s in sorted(self.settings) if self.alarms(s) <= RATE]
            return good[0] if good else None
        allowed = int(RATE * self.panels)
        ordered = sorted(self.false, reverse=True)
        return np.nextafter(ordered[allowed], np.inf) if len(ordered) > allowed else (min(ordered, default=0))

    def row(self, threshold):
        if threshold is None:
            return ["-", "-", "-"]
        taken = [(s, f.get(threshold, False) if isinstance(f, dict) else f >= threshold) for s, snr, f in self.defects if snr >= 5]
        sizes, found = zip(*taken)
        return [f"{self.alarms(threshold):.2f}", f"{np.mean(found):.2f}", a90(sizes, found)]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("clearcoat")
    options.add_argument("work", type=pathlib.Path)
    options.add_argument("--panels", type=int, default=24)
    options.add_argument("--size", type=int, default=640)
    options.add_argument("--seeds", type=int, nargs=2, default=[1001, 2002], help="development, held out")
    options.add_argument("--paints", nargs="*", default=PAINTS)
    given = options.parse_args()
    print(f"{given.panels} + {given.panels} panels a paint of {given.size} x {given.size} px, seeds {given.seeds}; "
          f"OpenCV {cv2.__version__}, scikit-image {skimage.__version__}, SciPy {scipy.__version__}\n")
    print("| paint | method | false alarms a panel, held out | found of at least 5 sigma | a90, mm |\n| --- | --- | ---: | ---: | ---: |", flush=True)
    for paint in given.paints:
        methods = {}
        for kind, seed in zip(("development", "held out"), given.seeds):
            folder = given.work / paint / kind.replace(" ", "-")
            subprocess.run([given.clearcoat, "simulate", "-o", folder, "--count", str(given.panels), "--seed", str(seed),
                            "--surface", paint, "--width", str(given.size), "--height", str(given.size), "--clean", "0.5",
                            "--defects", "10"], check=True)
            subprocess.run([given.clearcoat, "inspect", folder, "-o", folder / "results", "--no-pictures", "--jobs", "1"],
                           check=True, stderr=subprocess.DEVNULL)
            for path in sorted(folder.glob("panel-*.png")):
                noise = residual(cv2.imread(str(path), cv2.IMREAD_GRAYSCALE))
                defects = truths(path)
                for name, marks in [
                    ("Clearcoat", clearcoat(path, folder / "results" / "records")),
                    ("OpenCV SimpleBlobDetector", simple_blob(noise)),
                    ("OpenCV threshold and components", components(noise)),
                    ("scikit-image blob_log", scale_space(noise, "log")),
                    ("scikit-image blob_doh", scale_space(noise, "doh")),
                ]:
                    methods.setdefault(name, {}).setdefault(kind, Counts()).add(marks, defects)
        for name, counts in methods.items():
            threshold = counts["development"].threshold()
            print("| " + " | ".join([paint, name] + counts["held out"].row(threshold)) + " |", flush=True)
            if name == "Clearcoat":
                print("| " + " | ".join([paint, "Clearcoat as it is"] + counts["held out"].row(1.0)) + " |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
