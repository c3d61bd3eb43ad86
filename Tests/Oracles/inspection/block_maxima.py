"""The largest of 16 x 16 responses to white normal noise: what `TextureTail` and `NoiseMap` compare with.

The response of `Pyramid`, level 0, in floating point: neighbours are correlated, so the largest of 256 is
less than of 256 independent numbers. Sigma is a block's mean magnitude times sqrt(pi/2), as in `NoiseMap`,
over the whole picture. Prints mean and spread of four pictures of 16,384 blocks.

    pip install numpy scipy
    python3 block_maxima.py
"""

import numpy as np
from scipy.ndimage import convolve1d, zoom


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


generator = np.random.default_rng(1)
rows = []
for _ in range(4):
    noise = generator.standard_normal((2048, 2048))
    coarse = binomial(binomial(binomial(binomial(noise)[::2, ::2])[::2, ::2]))
    response = binomial(noise) - expanded(expanded(coarse))
    sigma = np.abs(response).mean() * np.sqrt(np.pi / 2)
    maxima = (response / sigma).reshape(128, 16, 128, 16).max(axis=(1, 3)).ravel()
    q25, q50, q75, q80, q95 = np.quantile(maxima, [0.25, 0.5, 0.75, 0.8, 0.95])
    rows.append((q50, q75 - q25, q80, (q95 - q50) / (q75 - q50)))
names = ("median", "interquartile range", "80 % level", "reach of the upper 5 %")
for name, values in zip(names, zip(*rows)):
    print(f"{name}: {np.mean(values):.3f} +- {np.std(values):.3f}")
