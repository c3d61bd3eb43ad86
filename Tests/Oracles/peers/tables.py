"""The tables of compare.py, from the results it keeps."""

import json

import cv2
import numpy as np
import scipy
import skimage

import pod

OURS = "Clearcoat from 1 px, calibrated"  # at the false alarms of the peers
SMALLEST, LARGEST = 1.0, 16.0
# Of issue 4, at 0.1 false alarms an image: fixed thresholds, and each scale over its own local noise.
SMOOTH = ("0.70-0.86", "0.90-0.93")
ISSUE = {"smoothLight": SMOOTH, "solidDark": SMOOTH, "red": SMOOTH, "orangePeelFine": ("0.14-0.23", "0.54"),
         "orangePeelCoarse": ("0.01-0.05", "0.64"), "metallicSilver": ("0", "above 0.5 asked"),
         "metallicDark": ("0", "above 0.5 asked")}


def table(head, rows, right):
    """A Markdown table; the columns from `right` on are numbers."""
    marks = ["---" if index < right else "---:" for index in range(len(head))]
    print("\n".join("| " + " | ".join(row) + " |" for row in [head, marks] + rows) + "\n")


def curve(result, method, contrast, side=0):
    """The fit for the defects of one contrast: all, the dark (-1) or the bright (1)."""
    chosen = [(d["diameter"], hit) for d, hit in zip(result["truths"][contrast]["defects"], method["hit"][contrast])
              if side == 0 or d["contrast"] * side > 0]
    return pod.fit(*zip(*chosen))


def bound(fit, key="a90"):
    """The least and the greatest a90 can be, where sizes of 1 to 16 px were tried; None when the data say nothing."""
    if key in fit:
        return ((LARGEST, np.inf) if fit[key] > LARGEST else (0.0, SMALLEST) if fit[key] < SMALLEST
                else (fit[key], fit[key]))
    return {"almost all found": (0.0, SMALLEST), "almost none found": (LARGEST, np.inf),
            "separated": tuple(fit.get("between", ()))}.get(fit["why"])


def text(b):
    if b is None:
        return "-"
    return f"< {b[1]:.0f}" if b[0] == 0 else f"> {b[0]:.0f}" if b[1] == np.inf else (
        f"{b[0]:.1f}" if b[0] == b[1] else f"{b[0]:.1f}-{b[1]:.1f}")


def pair(result, contrast, side):
    """Our a90 beside the best peer's, and whether it is at most half of that."""
    bounds = {name: bound(curve(result, method, contrast, side)) for name, method in result["methods"].items()}
    own = bounds[OURS]
    peers = {n: b for n, b in bounds.items() if b and not n.startswith("Clearcoat")}
    name = min(peers, key=lambda n: peers[n], default=None)
    best = peers.get(name)
    if not own or not best:
        return f"{text(own)} : {text(best)}", "not known"
    if own[0] == best[0] == LARGEST:
        return f"{text(own)} : {text(best)}", "neither finds 90 %"
    low, high = own[0] / best[1], own[1] / best[0] if best[0] else np.inf
    return (f"{text(own)} : {text(best)}" + (f" ({name.split()[-1]})" if best[0] < LARGEST else ""),
            "yes" if high <= 0.5 else "no" if low > 0.5 else "not decided")


def report(work, paints, contrasts):
    files = {paint: work / "results" / f"{paint}.json" for paint in paints}
    results = {paint: json.loads(file.read_text()) for paint, file in files.items() if file.exists()}
    keys = [str(k) for k in contrasts]
    for result in results.values():  # ours first, however they came in
        result["methods"] = dict(sorted(result["methods"].items(), key=lambda item: not item[0].startswith("Clearcoat")))
    print(f"OpenCV {cv2.__version__}, scikit-image {skimage.__version__}, SciPy {scipy.__version__}, NumPy {np.__version__}.\n\n"
          "a90 (a90/95) in px; where there is no curve, found of all.\n")
    rows = []
    for paint, result in results.items():
        for name, method in result["methods"].items():
            alarms, mixed = method["alarms"], method["hit"]["mixed"]
            fits = [curve(result, method, k) for k in keys]
            rows.append([paint, name, "{:.2f} ({:.2f}-{:.2f})".format(*pod.rate(sum(alarms), len(alarms))),
                         "{:.2f} ({:.2f}-{:.2f})".format(*pod.share(sum(mixed), len(mixed)))]
                        + [f"{text(bound(f))} ({text(bound(f, 'a9095')) if 'a90' in f else str(f['found']) + '/' + str(f['of'])})"
                           for f in fits])
    table(["paint", "method", "false alarms a clean panel (95 %)", "mixed set found (95 %)"] + [f"{k} sigma" for k in keys], rows, 2)
    print(f"In short: mixed set found; a90 at {' / '.join(keys)} sigma.\n")
    short = lambda result, name: (f"{np.mean(result['methods'][name]['hit']['mixed']):.2f}; " + " / ".join(
        text(bound(curve(result, result["methods"][name], k))) for k in keys))
    methods = [OURS] + [n for n in next(iter(results.values()))["methods"] if not n.startswith("Clearcoat")]
    table(["paint"] + methods, [[paint] + [short(result, name) for name in methods] for paint, result in results.items()], 1)
    print("a90 in px, ours (from 1 px, calibrated) : the best peer's; is ours at most half?\n")
    rows = []
    for paint, result in results.items():
        for k in keys:
            both, dark, bright = (pair(result, k, side) for side in (0, -1, 1))
            rows.append([paint, k, both[0], both[1], dark[0], dark[1], bright[0], bright[1]])
    table(["paint", "sigma", "all", "half?", "dark", "half?", "bright", "half?"], rows, 1)
    print("Found of the mixed set, beside the figures of issue 4.\n")
    names = ["Clearcoat", "Clearcoat from 1 px", OURS]
    table(["paint"] + names + ["issue: thresholds, top-hats, LoG", "issue: each scale over its noise"],
          [[paint] + [f"{np.mean(result['methods'][n]['hit']['mixed']):.2f}" for n in names] + list(ISSUE[paint])
           for paint, result in results.items()], 1)
