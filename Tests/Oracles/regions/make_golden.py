#!/usr/bin/env python3
"""Asks SciPy, scikit-image and OpenCV what a region measures; writes Tests/Golden/regions/*.json.

    python3 Tests/Oracles/regions/make_golden.py

Made with scipy 1.17.1, scikit-image 0.26.0, opencv-python 5.0.0, numpy 2.4.6. Masks are written as
text, one string a row, '#' for foreground, so that a reader sees what is measured.
"""
import json
import math
import pathlib
import warnings

import cv2
import numpy as np
from scipy import ndimage
from scipy.spatial import ConvexHull
from skimage import measure

warnings.filterwarnings("ignore")
GOLDEN = pathlib.Path(__file__).parents[2] / "Golden" / "regions"
random = np.random.default_rng(20)


def blobs(shape, sigma, share):
    noise = ndimage.gaussian_filter(random.standard_normal(shape), sigma)
    return noise > np.quantile(noise, 1 - share)


def disc(radius):
    y, x = np.mgrid[-radius - 1 : radius + 2, -radius - 1 : radius + 2]
    return x * x + y * y <= radius * radius


def drawn(text):
    return np.array([[c == "#" for c in row] for row in text.split()])


def masks():
    yield "single pixel", drawn("... .#. ...")
    yield "two pixels across", drawn("..## ....")
    yield "row of five", drawn("..... ##### .....")
    yield "column of four", drawn(".#. .#. .#. .#.")
    yield "diagonal", np.eye(6, dtype=bool)
    yield "other diagonal", np.eye(7, dtype=bool)[::-1]
    yield "square", drawn("###. ###. ###. ....")
    yield "plus", drawn(".#. ### .#.")
    yield "ring", drawn("##### #...# #...# #####")
    yield "two holes that meet at a corner", drawn("##### #.### ##.## #####")
    yield "ring of diagonals", drawn("..#.. .#.#. #...# .#.#. ..#..")
    yield "cut pixel at the start", drawn(".#. #.# #.#")
    yield "steep line", drawn("#.... #.... .#... .#... ..#.. ..#.. ..##. ....#")
    yield "disc of radius 5", disc(5)
    yield "disc of radius 12", disc(12)
    yield "coarse blobs", blobs((40, 44), 3.0, 0.3)
    yield "fine blobs", blobs((36, 40), 1.2, 0.4)
    yield "noise 0.3", random.random((20, 24)) < 0.3
    yield "noise 0.5", random.random((20, 24)) < 0.5
    yield "noise 0.8", random.random((20, 24)) < 0.8


def rows(mask):
    return ["".join("#" if v else "." for v in row) for row in mask]


def in_order_of_first_pixel(labels):
    order = {}
    flat = labels.ravel()
    for value in flat[flat > 0]:
        order.setdefault(int(value), len(order) + 1)
    return [[order.get(int(v), 0) for v in row] for row in labels]


def narrowest(region):
    """The width of the convex image between parallel lines, by the hull of scikit-image's contour."""
    padded = np.pad(region.image_convex, 2)
    points = np.vstack(measure.find_contours(padded, 0.5, fully_connected="high"))
    hull = points[ConvexHull(points).vertices]
    widths = []
    for a, b in zip(hull, np.roll(hull, -1, axis=0)):
        normal = np.array([b[1] - a[1], a[0] - b[0]])
        normal = normal / np.linalg.norm(normal)
        widths.append(np.ptp(hull @ normal))
    return float(min(widths))


def contours(image, offset):
    """The outer border and the hole borders of one 8-connected region, each clockwise around the region."""
    padded = np.pad(image.astype(np.uint8), 1)
    found, tree = cv2.findContours(padded, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE, offset=offset)
    outer, inner = [], []
    for contour, (_, _, _, parent) in zip(found, tree[0]):
        walk = [[int(v) for v in p[0]] for p in contour]
        walk = [walk[0]] + walk[:0:-1]
        (outer if parent < 0 else inner).append(walk)
    assert len(outer) == 1
    return outer[0], inner


def features(region):
    y, x = region.centroid
    contour, inner = contours(region.image, (region.bbox[1] - 1, region.bbox[0] - 1))
    orientation = math.pi / 2 - region.orientation
    orientation -= math.pi if orientation > math.pi / 2 + 1e-12 else 0
    stretched = measure.regionprops(region.image.astype(np.uint8), spacing=(0.5, 0.2))[0]
    return {
        "pixelCount": int(region.num_pixels),
        "boundingBox": [region.bbox[1], region.bbox[0], region.bbox[3], region.bbox[2]],
        "centroid": [x, y],
        "majorAxisLength": region.axis_major_length,
        "minorAxisLength": region.axis_minor_length,
        "orientation": orientation,
        "eccentricity": region.eccentricity,
        "equivalentDiameter": region.equivalent_diameter_area,
        "extent": region.extent,
        "convexPixelCount": int(region.area_convex),
        "solidity": region.solidity,
        "maxFeret": region.feret_diameter_max,
        "minFeret": narrowest(region),
        "perimeter": region.perimeter,
        "croftonPerimeter": region.perimeter_crofton,
        "eulerNumber": int(region.euler_number),
        "filledPixelCount": int(ndimage.binary_fill_holes(region.image).sum()),
        "contour": contour,
        "innerContours": inner,
        # The same region with columns 0.2 mm and rows 0.5 mm apart.
        "stretchedMaxFeret": stretched.feret_diameter_max,
        "stretchedMajorAxisLength": stretched.axis_major_length,
        "stretchedMinorAxisLength": stretched.axis_minor_length,
    }


def shapes():
    cases = []
    for name, mask in masks():
        labels = measure.label(mask, connectivity=2)
        cases.append(
            {
                "name": name,
                "mask": rows(mask),
                "regions": [features(r) for r in measure.regionprops(labels)],
            }
        )
    return cases


def labellings():
    cases = []
    for density in (0.35, 0.55, 0.75):
        mask = random.random((19, 23)) < density
        cases.append(
            {
                "mask": rows(mask),
                "four": in_order_of_first_pixel(ndimage.label(mask)[0]),
                "eight": in_order_of_first_pixel(ndimage.label(mask, np.ones((3, 3)))[0]),
            }
        )
    return cases


def intensities():
    cases = []
    for kind, top in (("uint8", 255), ("uint16", 65535), ("float", 1)):
        mask = blobs((14, 17), 1.5, 0.45)
        if kind == "float":
            image = random.random(mask.shape).astype(np.float32)
        else:
            image = random.integers(0, top + 1, mask.shape)
        measured = []
        for region in measure.regionprops(measure.label(mask), intensity_image=image.astype(np.float64)):
            measured.append(
                {
                    "mean": float(region.intensity_mean),
                    "minimum": float(region.intensity_min),
                    "maximum": float(region.intensity_max),
                    "standardDeviation": float(region.intensity_std),
                    "weightedCentroid": [float(v) for v in region.centroid_weighted[::-1]],
                }
            )
        cases.append({"kind": kind, "mask": rows(mask), "image": image.tolist(), "regions": measured})
    return cases


def write(name, cases):
    text = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    (GOLDEN / name).write_text(f"[\n{text}\n]\n")


GOLDEN.mkdir(parents=True, exist_ok=True)
write("shapes.json", shapes())
write("labels.json", labellings())
write("intensities.json", intensities())
