"""What the appearance of a surface should measure: the numbers of AppearanceTests.agreesWithSciPy.

A picture of waves, clouds, noise and uneven light, each known, is measured in floating point with SciPy: the texture
of the true contrast (light and clouds divided out, where the inspection has to estimate them), the brightness of
squares with NumPy's least squares. Prints also the constants of `WavelengthBand`: the energy gain of a level's
response over octaves of wavelength, its centre, and how evenly all levels together weigh wavelengths.

    pip install numpy scipy
    python3 appearance.py
"""

import numpy as np
from scipy.ndimage import convolve1d


def gain(wx, wy):
    """Of a level's response: smoothed, minus what is smoothed, halved twice, smoothed twice and brought back."""
    s = lambda w: np.cos(w / 2) ** 2
    return s(wx) * s(wy) - (s(wx) * s(2 * wx) * s(4 * wx) * s(wy) * s(2 * wy) * s(4 * wy)) ** 2


angles = (np.arange(90) + 0.5) / 90 * np.pi / 2


def energy(wavelength):
    w = 2 * np.pi / wavelength
    return np.mean(gain(w * np.cos(angles), w * np.sin(angles)) ** 2)


octaves = np.linspace(1, 12, 4401)
energies = np.array([energy(2.0**octave) for octave in octaves])
total = np.sum((energies[1:] + energies[:-1]) / 2 * np.diff(octaves))
centre = 2 ** (np.sum(energies * octaves) / np.sum(energies))
print(f"energy gain {total:.3f}, centre {centre:.1f} px")
for wavelength in 2.0 ** np.arange(4, 7.01, 0.5):
    levels = sum(energy(wavelength / 2**k) for k in range(9) if wavelength / 2**k >= 2)
    print(f"all levels at {wavelength:.0f} px: {levels / total:.3f}")


def binomial(plane):
    for axis in (0, 1):
        plane = convolve1d(plane, np.array([1, 2, 1]) / 4, axis=axis, mode="mirror")
    return plane


def expanded(plane, like):
    """Twice as fine: samples stay on even places, the others are means of their neighbours."""
    for axis in (0, 1):
        places = np.minimum(np.arange(like.shape[axis]) / 2, plane.shape[axis] - 1)
        low = np.floor(places).astype(int)
        high = np.minimum(low + 1, plane.shape[axis] - 1)
        share = (places - low).reshape((-1, 1) if axis == 0 else (1, -1))
        plane = np.take(plane, low, axis) * (1 - share) + np.take(plane, high, axis) * share
    return plane


def response(levels, k):
    coarse = binomial(binomial(levels[k + 2]))
    return binomial(levels[k]) - expanded(expanded(coarse, levels[k + 1]), levels[k])


WIDTH, HEIGHT = 1024, 768
y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(float)
u, v = x / WIDTH - 0.5, y / HEIGHT - 0.5
light = 1 + 0.12 * u - 0.1 * v - 0.2 * u * u - 0.15 * v * v + 0.05 * u * v
# Clouds of 300 px, whose mean over a square is what mottling sees.
clouds = 0.012 * np.cos(2 * np.pi * (x + 0.4 * y) / 300) * np.cos(2 * np.pi * (y - 0.3 * x) / 260)
waves = sum(
    a * np.cos(2 * np.pi * (x * np.cos(t) + y * np.sin(t)) / l + p)
    for a, l, t, p in [
        (0.010, 12, 0.3, 0.1), (0.012, 19, 1.1, 1.2), (0.015, 31, 2.0, 2.3), (0.011, 45, 2.7, 0.4),
        (0.014, 66, 0.8, 1.9), (0.013, 90, 1.7, 2.8), (0.010, 24, 2.3, 0.9), (0.012, 120, 0.1, 1.4),
    ]
)
# A hash of the place: noise that any language makes alike.
mixed = (x.astype(np.uint64) * np.uint64(73856093)) ^ (y.astype(np.uint64) * np.uint64(19349663))
noise = ((mixed * np.uint64(2654435761)) >> np.uint64(16)) % np.uint64(1024)
noise = (noise.astype(float) / 1023 - 0.5) * 0.02
picture = np.floor(40000 * light * (1 + clouds) * (1 + waves + noise) + 0.5)

contrast = picture / (40000 * light * (1 + clouds)) - 1
levels = [contrast]
for _ in range(6):
    levels.append(binomial(levels[-1])[::2, ::2])
SHORTEST, GAIN = 7.2, 1.725
variances = []
for k in range(5):
    r = np.abs(response(levels, k))
    rows, columns = r.shape[0] // 16, r.shape[1] // 16
    blocks = r[: rows * 16, : columns * 16].reshape(rows, 16, columns, 16).mean(axis=(1, 3))
    sigma2 = np.sort((blocks * np.sqrt(np.pi / 2)).ravel() ** 2)
    # As the inspection does: the lower one of the two in the middle; four blocks at least.
    if sigma2.size >= 4:
        variances.append(sigma2[(sigma2.size - 1) // 2] / GAIN)
print("bands %", [round(100 * float(np.sqrt(e)), 4) for e in variances])
MM = 0.08
low, high = max(1 / MM, SHORTEST), min(10 / MM, SHORTEST * 2 ** len(variances))
total = 0
for k, variance in enumerate(variances):
    a, b = max(SHORTEST * 2**k, low), min(SHORTEST * 2 ** (k + 1), high)
    if a < b:
        total += np.log2(b / a) * variance
print("waviness %", 100 * float(np.sqrt(total)))
# What it stands for: the waves of 1 to 10 mm, by their amplitudes.
print("true rms %", 100 * np.sqrt(sum(a * a / 2 for a, l in [
    (0.010, 12), (0.012, 19), (0.015, 31), (0.011, 45), (0.014, 66), (0.013, 90), (0.010, 24), (0.012, 120)
] if low <= l <= high)))

side = round(5 / MM / 8) * 8
rows, columns = HEIGHT // side, WIDTH // side
full = [(r, c) for r in range(-(-HEIGHT // side)) for c in range(-(-WIDTH // side))]
squares = []
for r, c in full:
    part = picture[r * side : (r + 1) * side, c * side : (c + 1) * side]
    if part.size >= side * side / 2:
        squares.append((c, r, part.mean()))
c, r, b = map(np.array, zip(*squares))
lower = lambda values, q: np.sort(values)[int(q * (len(values) - 1))]
spread = lambda values: 1.4826 * lower(np.abs(values - lower(values, 0.5)), 0.5)


def shares(n, radius=2):
    """How much place j weighs for place i: the places within a window of both."""
    near = (np.abs(np.subtract.outer(np.arange(n), np.arange(n))) <= radius).astype(float)
    return near @ near


across, down = shares(c.max() + 1), shares(r.max() + 1)
quiet = np.ones(len(b), bool)
for _ in range(2):
    fitted = []
    for i in range(len(b)):
        weight = np.sqrt(across[c[i], c] * down[r[i], r] * quiet)
        terms = np.stack([np.ones_like(b), c - c[i], r - r[i]], axis=1)
        fitted.append(np.linalg.lstsq(terms * weight[:, None], b * weight, rcond=None)[0][0])
    residuals = b / np.array(fitted) - 1
    quiet = np.abs(residuals) <= 3 * spread(residuals)
print("square", side, "px; squares", len(squares))
print("mottling %", 100 * spread(residuals))
print("unevenness %", 100 * (lower(b, 0.95) - lower(b, 0.05)) / lower(b, 0.5))
