"""Asks scikit-image for CIELAB: the numbers of LabConversionTests.agreesWithScikitImage.

    pip install scikit-image
    python3 lab.py
"""

import numpy as np
import skimage
from skimage.color import rgb2lab

print(skimage.__version__)
colours = [
    (0, 0, 0), (255, 255, 255), (128, 128, 128), (255, 0, 0), (0, 255, 0), (0, 0, 255), (10, 3, 5),
    (200, 180, 20), (70, 90, 160), (30, 200, 190), (171, 31, 36), (1, 1, 1), (254, 250, 245), (97, 105, 108),
]
for colour in colours:
    l, a, b = rgb2lab(np.array(colour, float).reshape(1, 1, 3) / 255)[0, 0]
    print(f"({colour[0]}, {colour[1]}, {colour[2]}, {l:.4f}, {a:.4f}, {b:.4f}),")
