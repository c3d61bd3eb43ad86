"""The largest of 16 x 16 responses to white normal noise: what `TextureTail` and `NoiseMap` compare with; and how many
samples there are for each independent look, which `InspectionPlan` counts.

The response of `Pyramid`, level 0, in floating point: neighbours are correlated, so the largest of 256 is
less than of 256 independent numbers. Sigma is a block's mean magnitude times sqrt(pi/2), as in `NoiseMap`,
over the whole picture. Prints mean and spread of four pictures of 16,384 blocks.

    pip install numpy scipy
    python3 block_maxima.py
"""

import numpy as np
from scipy.ndimage import convolve1d, label
from scipy.special import erfc


def binomial(plane):
    for axis in (0, 1):
        plane = convolve1d(plane, np.array([1, 2, 1]) / 4, axis=axis, mode="mirror")
    return plane


def expanded(plane):
    """Twice as fine: samples stay on even places, the others are means of their neighbours."""
    result = np.zeros((2 * plane.shape[0], 2 * plane.shape[1]))
    result[::2, ::2] = plane
    result[1:-1:2] = (result[:-2:2] + result[2::2]) / 2
    result[-1] = result[-2]
    result[:, 1:-1:2] = (result[:, :-2:2] + result[:, 2::2]) / 2
    result[:, -1] = result[:, -2]
    return result


def regions(response, threshold):
    """The number of connected regions beyond the threshold, on either side."""
    return sum(label(side > threshold, np.ones((3, 3)))[1] for side in (response, -response))


generator = np.random.default_rng(1)
rows = []
found = {3: 0, 3.5: 0, 4: 0, 4.5: 0}
for _ in range(4):
    noise = generator.standard_normal((2048, 2048))
    coarse = binomial(binomial(binomial(binomial(noise)[::2, ::2])[::2, ::2]))
    response = binomial(noise) - expanded(expanded(coarse))
    sigma = np.abs(response).mean() * np.sqrt(np.pi / 2)
    for threshold in found:
        found[threshold] += regions(response / sigma, threshold)
    maxima = (response / sigma).reshape(128, 16, 128, 16).max(axis=(1, 3)).ravel()
    q25, q50, q75, q80, q95 = np.quantile(maxima, [0.25, 0.5, 0.75, 0.8, 0.95])
    rows.append((q50, q75 - q25, q80, (q95 - q50) / (q75 - q50)))
names = ("median", "interquartile range", "80 % level", "reach of the upper 5 %")
for name, values in zip(names, zip(*rows)):
    print(f"{name}: {np.mean(values):.3f} +- {np.std(values):.3f}")
for threshold, count in found.items():
    expected = 4 * 2048 * 2048 * erfc(threshold / np.sqrt(2))
    print(f"samples per look at {threshold} sigma: {expected / count:.2f}")
