#!/usr/bin/env python3
"""Times OpenCV on the pixels that `clearcoat bench` uses, in the same run, and prints the ratios.

    pip install opencv-python-headless numpy
    swift build -c release
    Tests/Oracles/benchmark/compare_opencv.py > ratios.md

Prints tables in Markdown. Before any time counts, the components that the reference chain finds must be the
same in both: their number, areas and boxes, and their centroids to 1e-6 pixels.

Exit status: 0; 1 the components differ, or a command failed. A target that is missed is said, not hidden.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import cv2
import numpy as np

CROSS = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
CENTROID_TOLERANCE = 1e-6


def chain_mask(image):
    """The reference chain up to the mask; see issue 2, section 9."""
    smoothed = cv2.GaussianBlur(image, (5, 5), 0)
    background = cv2.blur(smoothed, (65, 65))
    difference = cv2.absdiff(smoothed, background)
    _, spots = cv2.threshold(difference, 14, 255, cv2.THRESH_BINARY)
    edges = cv2.Canny(smoothed, 40, 100)
    return cv2.morphologyEx(cv2.bitwise_or(spots, edges), cv2.MORPH_OPEN, CROSS)


def label(mask):
    """Components as rows of area, box and centroid, without the background."""
    _, _, stats, centroids = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return np.hstack([stats[1:, [4, 0, 1, 2, 3]].astype(float), centroids[1:]])


def operations(image, sparse):
    """What OpenCV has of the operations that `clearcoat bench` times, under the same names."""
    dense = (image & 1) * np.uint8(255)
    jpeg = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 90])[1]
    png = cv2.imencode(".png", image)[1]

    def sobel():
        return cv2.Sobel(image, cv2.CV_16S, 1, 0), cv2.Sobel(image, cv2.CV_16S, 0, 1)

    return {
        "chain": lambda: label(chain_mask(image)),
        "gaussian5": lambda: cv2.GaussianBlur(image, (5, 5), 0),
        "box65": lambda: cv2.blur(image, (65, 65)),
        "median3": lambda: cv2.medianBlur(image, 3),
        "median5": lambda: cv2.medianBlur(image, 5),
        "sobel": sobel,
        "canny": lambda: cv2.Canny(image, 40, 100),
        "openCross": lambda: cv2.morphologyEx(image, cv2.MORPH_OPEN, CROSS),
        "threshold": lambda: cv2.threshold(image, 128, 255, cv2.THRESH_BINARY),
        "otsu": lambda: cv2.threshold(image, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU),
        "labelSparse": lambda: label(sparse),
        "labelDense": lambda: label(dense),
        "decodeJPEG": lambda: cv2.imdecode(jpeg, cv2.IMREAD_GRAYSCALE),
        "decodePNG": lambda: cv2.imdecode(png, cv2.IMREAD_GRAYSCALE),
        "encodePNG": lambda: cv2.imencode(".png", image, [cv2.IMWRITE_PNG_COMPRESSION, 1]),
    }


def milliseconds(work, rounds):
    """Best and median of some rounds after a warm-up; no new round after two seconds, but at least three."""
    work()
    times = []
    start = time.perf_counter()
    while len(times) < rounds and (len(times) < 3 or time.perf_counter() - start < 2):
        before = time.perf_counter()
        work()
        times.append((time.perf_counter() - before) * 1000)
    return min(times), statistics.median(times)


def differences(ours, theirs):
    """What is not the same, in words. Neither side's order of the components matters."""
    ours, theirs = (np.array(sorted(map(tuple, rows))).reshape(-1, 7) for rows in (ours, theirs))
    if len(ours) != len(theirs):
        return [f"{len(ours)} components, OpenCV {len(theirs)}"]
    found = []
    for row, other in zip(ours, theirs):
        if (row[:5] != other[:5]).any() or (abs(row[5:] - other[5:]) > CENTROID_TOLERANCE).any():
            found.append(f"{row.tolist()}, OpenCV {other.tolist()}")
    return found


def table(head, rows):
    lines = [head, ["---"] + ["---:"] * (len(head) - 1)] + rows
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines) + "\n"


def opencv_times(image, sparse, rounds, threads):
    """Best and median of every operation with `threads` threads, in milliseconds."""
    cv2.setNumThreads(threads)
    return {name: milliseconds(work, rounds) for name, work in operations(image, sparse).items()}


def comparison(bench, theirs, rounds, threads):
    """A table of times with `threads` threads."""
    rows = []
    for operation in bench["operations"]:
        if operation["threads"] != threads or operation["sharing"] == "copies":
            continue
        name, best, median = operation["name"], operation["bestMs"], operation["medianMs"]
        ours = [name, f"{best:.2f} ({median:.2f})"]
        if name in theirs:
            other, other_median = theirs[name]
            rows.append(ours + [f"{other:.2f} ({other_median:.2f})", f"{other / best:.1f}x"])
        else:
            rows.append(ours + ["", ""])
    word = "thread" if threads == 1 else "threads"
    head = ["operation", "Clearcoat ms", "OpenCV ms", "ratio"]
    return f"{threads} {word}, best (median) of {rounds} rounds:\n\n" + table(head, rows)


def targets(bench, theirs):
    """What was asked for and what is reached; `theirs` are OpenCV's times with one thread."""
    ours = {o["name"]: o["bestMs"] for o in bench["operations"] if o["threads"] == 1}
    rows = []

    def row(what, target, value, unit, reached):
        rows.append([what, f"{target}{unit}", f"{value}{unit}", "yes" if reached else "**not reached**"])

    for name, what, target in [
        ("chain", "reference chain, one thread, against OpenCV", 4),
        ("labelSparse", "labelling a sparse mask, one thread, against OpenCV", 10),
    ]:
        ratio = theirs[name][0] / ours[name]
        row(what, f"at least {target}", f"{ratio:.1f}", "x", ratio >= target)
    for run in bench["throughput"]:
        if run["jobs"] == 2:
            what = f"JPEG to record, 2 jobs, {run['route']}"
            value, target = run["megapixelsPerSecond"], run["targetOnTwoCores"]
            row(what, f"at least {target}", f"{value:.0f}", " MP/s", value >= target)
    for use in bench["memory"]:
        kind = "with pictures" if use["pictures"] else "no pictures"
        what = (
            f"peak memory, {use['images']} x {use['pixelsPerImage'] / 1e6:.1f} MP, {use['jobs']} jobs, {kind} "
            f"({use['earlyBytes'] / 1e6:.0f} MB after a tenth)"
        )
        peak, target = use["peakBytes"], use["targetBytes"]
        row(what, f"at most {target / 1e6:.0f}", f"{peak / 1e6:.0f}", " MB", peak <= target)
    return table(["what", "target", "measured", "reached"], rows)


def main():
    root = pathlib.Path(__file__).resolve().parents[3]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--clearcoat", default=root / ".build/release/clearcoat", help="the command")
    parser.add_argument("--image", help="a gray picture of 8 bits; the standard one if it does not exist")
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--operations-only", action="store_true", help="no whole runs and no memory")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        path = options.image or f"{folder}/picture.png"
        command = [options.clearcoat, "bench", "--json", "--image", path, "--rounds", str(options.rounds)]
        if options.operations_only:
            command.append("--operations-only")
        bench = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        image = cv2.imread(path, cv2.IMREAD_GRAYSCALE)

    sparse = chain_mask(image)
    found = differences(bench["components"], label(sparse))
    if found:
        print(f"the components differ in {len(found)} places:", *found[:10], sep="\n", file=sys.stderr)
        sys.exit(1)

    size = f"{image.shape[1]} x {image.shape[0]}"
    print(f"{size} gray, {bench['cores']} cores, OpenCV {cv2.__version__}; ", end="")
    print(f"the reference chain finds the same {len(bench['components'])} components in both.\n")
    counts = sorted({1, bench["cores"]})
    theirs = {threads: opencv_times(image, sparse, options.rounds, threads) for threads in counts}
    print(targets(bench, theirs[1]))
    for threads in counts:
        print(comparison(bench, theirs[threads], options.rounds, threads))


if __name__ == "__main__":
    main()
