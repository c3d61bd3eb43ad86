#!/usr/bin/env python3
"""Times OpenCV's codecs on 12-megapixel pictures and leaves these for SpeedTests to time ours on.

    python3 Tests/Oracles/codecs/time_opencv.py FOLDER
    CLEARCOAT_SPEED=FOLDER swift test -c release --filter ClearcoatCodecsTests.SpeedTests

Needs numpy and opencv-python-headless. One thread; the best of seven.
"""
import sys
import time
from pathlib import Path

import cv2
import numpy as np

cv2.setNumThreads(1)
folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)

# A painted panel: uneven light, orange peel, noise of two grey levels.
rng = np.random.default_rng(16)
height, width = 3000, 4096
y, x = np.mgrid[0:height, 0:width].astype(np.float32)
light = 150 + 40 * np.sin(x / 1500) * np.cos(y / 1900)
peel = cv2.GaussianBlur(rng.normal(0, 60, (height, width)).astype(np.float32), (0, 0), 8)
gray = np.clip(light + peel + rng.normal(0, 2, (height, width)), 0, 255).astype(np.uint8)
color = cv2.merge([np.clip(gray.astype(np.int16) + d, 0, 255).astype(np.uint8) for d in (-40, -10, 30)])
# What an annotated picture adds.
for i in range(40):
    center = (int(rng.integers(width)), int(rng.integers(height)))
    cv2.circle(color, center, 30, (0, 0, 255), 3)
    cv2.putText(color, f"{i} crater 0.42 mm", center, cv2.FONT_HERSHEY_SIMPLEX, 1.2, (0, 0, 0), 2)


def timed(name, work):
    best = min(once(work) for _ in range(7))
    print(f"cv2 {name}: {best * 1000:.1f} ms")


def once(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


cv2.imwrite(str(folder / "gray.jpg"), gray, [cv2.IMWRITE_JPEG_QUALITY, 90])
cv2.imwrite(str(folder / "color.jpg"), color, [cv2.IMWRITE_JPEG_QUALITY, 90])
cv2.imwrite(str(folder / "gray.png"), gray)
cv2.imwrite(str(folder / "color.png"), color)
cv2.imwrite(str(folder / "gray16.png"), gray.astype(np.uint16) * 257)
for name in ("gray.jpg", "color.jpg", "gray.png", "color.png"):
    data = np.fromfile(folder / name, np.uint8)
    timed(f"{name} to gray", lambda: cv2.imdecode(data, cv2.IMREAD_GRAYSCALE))
    if name.startswith("color"):
        timed(f"{name} to color", lambda: cv2.imdecode(data, cv2.IMREAD_COLOR))
data = np.fromfile(folder / "gray16.png", np.uint8)
timed("gray16.png to gray", lambda: cv2.imdecode(data, cv2.IMREAD_UNCHANGED))
timed("color to PNG", lambda: cv2.imencode(".png", color))
timed("color to PNG, level 1", lambda: cv2.imencode(".png", color, [cv2.IMWRITE_PNG_COMPRESSION, 1]))
timed("color to JPEG 90", lambda: cv2.imencode(".jpg", color, [cv2.IMWRITE_JPEG_QUALITY, 90]))
timed("gray to JPEG 90", lambda: cv2.imencode(".jpg", gray, [cv2.IMWRITE_JPEG_QUALITY, 90]))
print(f"cv2 color to PNG: {len(cv2.imencode('.png', color)[1])} bytes")
