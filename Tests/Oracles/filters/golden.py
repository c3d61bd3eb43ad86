#!/usr/bin/env python3
"""Asks OpenCV, SciPy and scikit-image what the filters should give.

Writes ../../Golden/filters/filters.json: a few small pictures and, for each operation, the picture it
was given, its parameters and every sample that came out. Run it with

    python3 Tests/Oracles/filters/golden.py

Made with OpenCV 5.0.0, SciPy 1.17.1, scikit-image 0.26.0.
"""

import json
import pathlib

import cv2
import numpy as np
import scipy.ndimage as ndi
import skimage.filters
import skimage.morphology

cv2.setNumThreads(1)
generator = np.random.default_rng(20260101)


def scene(width, height, depth):
    """Noise on a slope, a bright bar, a dark disk and a step: something for every kernel."""
    top = (1 << depth) - 1
    y, x = np.mgrid[0:height, 0:width]
    light = 0.35 + 0.2 * x / width + 0.1 * y / height
    light = light + 0.3 * (abs(x - width // 3) < 2) * (y > 4)
    light = light - 0.3 * ((x - 2 * width // 3) ** 2 + (y - height // 2) ** 2 < (height // 4) ** 2)
    light = light + 0.2 * (y > height - 5)
    noisy = light + generator.normal(0, 0.02, light.shape)
    return np.clip(np.rint(noisy * top), 0, top).astype(np.uint8 if depth == 8 else np.uint16)


pictures = {
    "scene8": scene(37, 23, 8),
    "noise8": generator.integers(0, 256, (17, 23)).astype(np.uint8),
    "scene16": scene(37, 23, 16),
    "noise16": generator.integers(0, 65536, (17, 23)).astype(np.uint16),
    "mask": (generator.random((17, 30)) < 0.75).astype(np.uint8) * 255,
}
cases = []


def case(operation, picture, output, **parameters):
    output = np.asarray(output)
    cases.append(
        {
            "operation": operation,
            "picture": picture,
            "parameters": parameters,
            "output": [float(v) if output.dtype.kind == "f" else int(v) for v in output.ravel()],
        }
    )


def disk(radius):
    return skimage.morphology.disk(radius).astype(np.uint8)


elements = {
    "cross": cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3)),
    "square5": np.ones((5, 5), np.uint8),
    "disk4": disk(4),
}
morphology = {
    "open": cv2.MORPH_OPEN,
    "close": cv2.MORPH_CLOSE,
    "topHat": cv2.MORPH_TOPHAT,
    "blackHat": cv2.MORPH_BLACKHAT,
}

for name, image in pictures.items():
    is8 = image.dtype == np.uint8
    case("gaussian5", name, cv2.GaussianBlur(image, (5, 5), 0))
    case("box", name, cv2.blur(image, (5, 3)), width=5, height=3)
    if is8:
        case("box", name, cv2.blur(image, (65, 65)), width=65, height=65)
    for size in (3, 5):
        case("median", name, cv2.medianBlur(image, size), size=size)
    # OpenCV has no 32-bit integer output: in doubles every sum is exact.
    case("sobelX", name, cv2.Sobel(image, cv2.CV_64F, 1, 0).astype(np.int64))
    case("sobelY", name, cv2.Sobel(image, cv2.CV_64F, 0, 1).astype(np.int64))
    case("scharrX", name, cv2.Scharr(image, cv2.CV_64F, 1, 0).astype(np.int64))
    case("scharrY", name, cv2.Scharr(image, cv2.CV_64F, 0, 1).astype(np.int64))
    if is8:
        for low, high in ((40, 100), (150, 300), (10, 700)):
            case("canny", name, cv2.Canny(image, low, high), low=low, high=high)
    case("otsu", name, [skimage.filters.threshold_otsu(image)])
    for sigma in (0.7, 3.0):
        smooth = ndi.gaussian_filter(image.astype(np.float64), sigma, mode="mirror", truncate=4)
        case("gaussian", name, np.round(smooth, 2), sigma=sigma)
    low, high = (110, 170) if is8 else (110 * 257, 170 * 257)
    # scikit-image's apply_hysteresis_threshold, over eight neighbours instead of four.
    labels, count = ndi.label(image > low, structure=np.ones((3, 3)))
    held = np.isin(labels, np.unique(labels[image > high])) & (labels > 0)
    case("hysteresis", name, held.astype(np.uint8) * 255, low=low, high=high)
    for label, element in elements.items():
        case("erode", name, cv2.erode(image, element), element=label)
        case("dilate", name, cv2.dilate(image, element), element=label)
        for operation, code in morphology.items() if name.startswith("noise") else []:
            case(operation, name, cv2.morphologyEx(image, code, element), element=label)


def chain(image):
    smoothed = cv2.GaussianBlur(image, (5, 5), 0)
    contrast = cv2.absdiff(smoothed, cv2.blur(smoothed, (65, 65)))
    mask = cv2.threshold(contrast, 14, 255, cv2.THRESH_BINARY)[1]
    mask = cv2.bitwise_or(mask, cv2.Canny(smoothed, 40, 100))
    return cv2.morphologyEx(mask, cv2.MORPH_OPEN, elements["cross"])


for name, image in pictures.items():
    if image.dtype == np.uint8:
        case("chain", name, chain(image))

# One row of JSON a case, so that a change shows as what it is.
target = pathlib.Path(__file__).parents[2] / "Golden" / "filters" / "filters.json"
target.parent.mkdir(parents=True, exist_ok=True)
compact = {"separators": (",", ":")}
with open(target, "w") as file:
    file.write('{"pictures":{\n')
    file.write(
        ",\n".join(
            json.dumps(name)
            + ":"
            + json.dumps(
                {"width": image.shape[1], "height": image.shape[0], "samples": image.ravel().tolist()}, **compact
            )
            for name, image in pictures.items()
        )
    )
    file.write('\n},"cases":[\n')
    file.write(",\n".join(json.dumps(entry, **compact) for entry in cases))
    file.write("\n]}\n")
print(target, len(cases), "cases")
