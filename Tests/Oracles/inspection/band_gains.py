"""What a spot three samples across gives to the bands of `BandWeights`: the constants of `BandCovariance`.

The middle of a disk of diameter 3 (level 0, after a lens blur of 0.7 px), 6 (level 1) and 12 (level 2), in floating
point, averaged over places between pixels, as shares of its contrast. Bands as in `Surrounds`: the smoothed level less
the twice smoothed next one, that less the one after, and so on.

    pip install numpy scipy
    python3 band_gains.py
"""

import numpy as np
from scipy.ndimage import convolve1d, gaussian_filter

SIDE = 256
LENS = 0.7


def binomial(plane):
    for axis in (0, 1):
        plane = convolve1d(plane, np.array([1, 2, 1]) / 4, axis=axis, mode="mirror")
    return plane


def expanded(plane, shape):
    """On a grid twice as fine: samples stay on even places, the others are means of their neighbours."""
    result = np.zeros((2 * plane.shape[0], 2 * plane.shape[1]))
    result[::2, ::2] = plane
    result[1:-1:2] = (result[:-2:2] + result[2::2]) / 2
    result[:, 1:-1:2] = (result[:, :-2:2] + result[:, 2::2]) / 2
    return result[: shape[0], : shape[1]]


def bands(picture, level):
    levels = [picture]
    for _ in range(level + 3):
        levels.append(binomial(levels[-1])[::2, ::2])
    planes = [binomial(levels[level])]
    for distance in (1, 2, 3):
        plane = binomial(binomial(levels[level + distance]))
        for finer in range(level + distance - 1, level - 1, -1):
            plane = expanded(plane, levels[finer].shape)
        planes.append(plane)
    return np.array([one - next for one, next in zip(planes, planes[1:])])


def disk(diameter, x, y):
    """Its share of each pixel, from 8 x 8 points, after the lens."""
    fine = (np.arange(SIDE * 8) + 0.5) / 8 - 0.5
    inside = (fine[None, :] - SIDE / 2 - x) ** 2 + (fine[:, None] - SIDE / 2 - y) ** 2 <= diameter**2 / 4
    return gaussian_filter(inside.reshape(SIDE, 8, SIDE, 8).mean((1, 3)), LENS)


def main():
    generator = np.random.default_rng(0)
    for level in range(3):
        gains = []
        for x, y in generator.uniform(0, 4, (16, 2)):
            values = bands(disk(3 * 2**level, x, y), level)
            row, column = np.unravel_index(values[0].argmax(), values[0].shape)
            gains.append(values[:, row, column])
        print(f"level {level}:", *(f"{gain:.3f}" for gain in np.mean(gains, 0)))


if __name__ == "__main__":
    main()
