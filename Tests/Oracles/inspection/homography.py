"""Asks OpenCV for the homography of six noisy pairs: the numbers of PointCalibrationTests.agreesWithOpenCV."""
import cv2
import numpy as np

px = np.array([[12, 7], [3980, 40], [3920, 2950], [60, 2890], [2010, 1400], [700, 2200]], float)
mm = np.array([[0.3, -0.2], [251.0, 4.1], [236.5, 190.2], [9.7, 176.9], [127.2, 88.4], [47.5, 139.0]], float)
h, _ = cv2.findHomography(px, mm, 0)
print(cv2.__version__)
for x, y in [(0, 0), (2000, 1500), (4000, 3000), (100, 2900)]:
    v = h @ [x, y, 1]
    print(x, y, repr(float(v[0] / v[2])), repr(float(v[1] / v[2])))
