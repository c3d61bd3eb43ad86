"""The peers of compare.py: OpenCV and scikit-image, as their documentation describes them, and how they are tuned.

All of them see the flattened picture: divided by its background (Gaussian blur), less 1, for some smoothed, in
units of its robust noise (1.4826 x median absolute deviation). What each is tuned in, for each paint by itself, on
development panels:

- its threshold, for dark and for bright marks apart (metallic flakes are bright: one threshold for both would
  cost the peers all dark defects there). The strongest mark of N clean panels is exceeded on a new panel in one
  case of N + 1, so on 20 panels the strongest of each side stands for 0.05 false alarms a panel;
- the settings of its grid (background, smoothing, least sigma), by the share of planted defects it then finds.

SimpleBlobDetector: thresholds from dark to k and from bright to k, half a sigma apart, seen at two or more of them
  (the default), filtered by area (up to 1500 px) alone: its documentation says to switch off what the blobs are
  not known to fulfil.
threshold and components: smoothed picture over k, 8-connected.
blob_log: sigma 0.7 or 2 to 6 px (documented radius sqrt(2) sigma: diameters of 2 to 17 px) in 8 steps, of the
  picture for bright and of its negative for dark ("assumed to be light on dark").
blob_doh: sigma 1 or 3 to 8 px (documented radius: sigma) in 8 steps, of the picture and of its negative: the
  documentation says both kinds of blobs are found, but at a dark one the approximate determinant of 0.26 is 0.

Around planted defects the peers look at cuts of 73 x 73 px of the prepared picture, which is what they would see
of the whole one: blob_log on everything would take hours.
"""

import cv2
import numpy as np
from scipy import ndimage
from skimage import feature

cv2.setNumThreads(1)
CUT = 36  # 8 px for the defect, the rest for the place of the mark and the filters


class Mark:
    """Pixels with a middle, x to the right, y down."""

    def __init__(self, x0, y0, pixels, middle):
        self.x0, self.y0, self.pixels, self.middle = x0, y0, pixels, middle
        self.box = (x0, y0, x0 + pixels.shape[1], y0 + pixels.shape[0])


def disk(x, y, radius):
    r = max(1, int(np.ceil(radius)))
    yy, xx = np.mgrid[-r:r + 1, -r:r + 1]
    return Mark(int(round(x)) - r, int(round(y)) - r, xx * xx + yy * yy <= max(radius, 1) ** 2, (x, y))


def flattened(picture, background, smoothing):
    picture = picture.astype(np.float32)
    flat = picture / np.maximum(cv2.GaussianBlur(picture, (0, 0), background), 1) - 1
    flat = cv2.GaussianBlur(flat, (0, 0), smoothing) if smoothing else flat
    return flat / max(1.4826 * float(np.median(np.abs(flat - np.median(flat)))), 1e-6)


class Peer:
    """A detector; `grid` lists its settings. `tune` before `alarms` and `near`."""

    sides = (-1, 1)  # dark, bright
    setting, thresholds = None, None

    def prepared(self, picture, setting):
        """The picture as the detector wants it."""
        return flattened(picture, *setting[:2])

    def strongest(self, ready):
        """For each side the strictest threshold at which there still is a mark."""
        raise NotImplementedError

    def found(self, ready, side, threshold):
        raise NotImplementedError

    def alarms(self, picture):
        """The number of marks on a clean panel."""
        ready = self.prepared(picture, self.setting)
        strongest = self.strongest(ready)
        return sum(len(self.found(ready, side, self.thresholds[side])) for side in self.sides
                   if strongest[side] >= self.thresholds[side])

    def near(self, picture, places):
        """The marks around some places, a list for each."""
        ready = self.prepared(picture, self.setting)
        answer = []
        for x, y in places:
            x0, y0 = max(int(x) - CUT, 0), max(int(y) - CUT, 0)
            cut = np.ascontiguousarray(ready[y0:int(y) + CUT + 1, x0:int(x) + CUT + 1])
            marks = [m for side in self.sides for m in self.found(cut, side, self.thresholds[side])]
            answer.append([Mark(m.x0 + x0, m.y0 + y0, m.pixels, (m.middle[0] + x0, m.middle[1] + y0)) for m in marks])
        return answer

    def tune(self, clean, rate, hit_share):
        """Setting and thresholds: `rate` marks a clean panel, and of the settings the one that finds most."""
        best = None
        for self.setting in self.grid:
            strongest = [self.strongest(self.prepared(p, self.setting)) for p in clean]
            number = max(round(rate * len(clean) / len(self.sides)), 1)
            self.thresholds = {side: float(sorted((s[side] for s in strongest), reverse=True)[number - 1]) + 1e-6
                               for side in self.sides}
            share = hit_share(self) if len(self.grid) > 1 else 0
            if best is None or share > best[0]:
                best = (share, self.setting, self.thresholds)
        _, self.setting, self.thresholds = best


class Components(Peer):
    name = "OpenCV threshold and components"
    grid = [(20, 0), (20, 1), (20, 2.5), (8, 1)]

    def strongest(self, ready):
        return {-1: -float(ready.min()), 1: float(ready.max())}

    def found(self, ready, side, threshold):
        mask = (side * ready > threshold).astype(np.uint8)
        count, labels, stats, centres = cv2.connectedComponentsWithStats(mask, connectivity=8)
        return [Mark(x, y, labels[y:y + h, x:x + w] == n, tuple(centres[n]))
                for n, (x, y, w, h, area) in enumerate(stats) if n > 0]


class SimpleBlob(Peer):
    name = "OpenCV SimpleBlobDetector"
    grid = [(20, 1), (8, 1)]

    def __init__(self):
        self.gains = {}

    def prepared(self, picture, setting):
        """In 8 bits, as it asks for: 8 gray levels a sigma, or fewer where clean paint would not fit."""
        smooth = super().prepared(picture, setting)
        if setting not in self.gains:
            self.gains[setting] = min(8, 100 / float(np.abs(smooth).max()))
        return np.clip(128.5 + self.gains[setting] * smooth, 0, 255).astype(np.uint8)

    def strongest(self, ready):
        """In gray levels from the middle."""
        answer = {}
        for side in self.sides:
            low, high = 0, 136 - int((ready if side < 0 else 255 - ready).min())  # something, nothing
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if self.found(ready, side, middle) else (low, middle)
            answer[side] = low
        return answer

    def found(self, ready, side, threshold):
        settings = cv2.SimpleBlobDetector_Params()
        settings.maxThreshold = 128 - float(threshold)
        settings.minThreshold = settings.maxThreshold % 4
        if settings.maxThreshold - settings.minThreshold <= 4:
            return []  # one threshold; two are asked for
        settings.thresholdStep, settings.minRepeatability, settings.minDistBetweenBlobs = 4, 2, 5
        settings.filterByArea, settings.minArea, settings.maxArea = True, 1, 1500
        settings.filterByCircularity = settings.filterByConvexity = settings.filterByInertia = False
        settings.filterByColor, settings.blobColor = True, 0
        # A bright blob is a dark one of the negative; so both use the same thresholds.
        points = cv2.SimpleBlobDetector_create(settings).detect(ready if side < 0 else 255 - ready)
        return [disk(*p.pt, p.size / 2) for p in points]


class BlobLog(Peer):
    name = "scikit-image blob_log"
    grid = [(8, 0, 0.7), (8, 0, 2)]  # the last is the least sigma

    def strongest(self, ready):
        sigmas = np.linspace(self.setting[2], 6, 8)
        scales = [s ** 2 * ndimage.gaussian_laplace(ready, s) for s in sigmas]
        return {-1: max(float(s.max()) for s in scales), 1: -min(float(s.min()) for s in scales)}

    def found(self, ready, side, threshold):
        blobs = feature.blob_log(side * ready, self.setting[2], max_sigma=6, num_sigma=8, threshold=threshold)
        return [disk(x, y, np.sqrt(2) * sigma) for y, x, sigma in blobs]


class BlobDoh(Peer):
    name = "scikit-image blob_doh"
    grid = [(20, 0, 1), (8, 0, 3)]

    def strongest(self, ready):
        sigmas = np.linspace(self.setting[2], 8, 8)
        return {side: max(float(feature.hessian_matrix_det(side * ready, s, approximate=True).max()) for s in sigmas)
                for side in self.sides}

    def found(self, ready, side, threshold):
        blobs = feature.blob_doh(side * ready, self.setting[2], max_sigma=8, num_sigma=8, threshold=threshold)
        return [disk(x, y, sigma) for y, x, sigma in blobs]


PEERS = [SimpleBlob(), Components(), BlobLog(), BlobDoh()]
