"""Clean panels from the optics of ClearcoatSimulator, in NumPy: for tables that ask for thousands of them, and for
textures that `clearcoat simulate` has no paint for.

The formulas are those of PanelScene.swift, PlaneWaves.swift, FlakeField.swift and PanelSensor.swift, the numbers
those of PanelPreset.swift; only the random numbers differ, and the lens (0.7 px) is OpenCV's. `python3 paints.py
FOLDER...` compares the spread of brightness with that of panels from `clearcoat simulate`.
"""

import sys

import cv2
import numpy as np

SIDE = 1000
PIXEL = 0.065  # mm
LENS, WELL, READ, BLACK = 0.7, 20000, 6, 2
SMOOTH = (1, 6, 0.15)  # shortest and longest wavelength in mm, rms height in micrometres
SILVER = dict(density=14, diameter=0.028, tilt=6, acceptance=4, gain=3.5, dark=0.2, grain=0.025, mottle=0.004)
DARK = dict(density=6, diameter=0.03, tilt=8, acceptance=4, gain=16, dark=0.1, grain=0.03, mottle=0.006)
PAINTS = {  # base colour (luminance), exposure, orange peel, flakes
    "smoothLight": (0.78, 0.82, SMOOTH, None),
    "solidDark": (0.02, 2.2, SMOOTH, None),
    "red": (0.2126 * 0.42 + 0.7152 * 0.022 + 0.0722 * 0.025, 1.15, SMOOTH, None),
    "orangePeelFine": (0.4, 1.4, (0.8, 2.5, 0.8), None),
    "orangePeelCoarse": (0.2, 2.2, (2.5, 8, 1.8), None),
    "metallicSilver": (0.2126 * 0.36 + 0.7152 * 0.37 + 0.0722 * 0.38, 1.3, SMOOTH, SILVER),
    "metallicDark": (0.2126 * 0.05 + 0.7152 * 0.052 + 0.0722 * 0.058, 2, SMOOTH, DARK),
}


def smooth_step(t):
    t = np.clip(t, 0, 1)
    return t * t * t * (t * (t * 6 - 15) + 10)


def waves(generator, count, shortest, longest, rms):
    """kx, ky, amplitude, phase of plane waves, lengths in mm."""
    index = np.arange(count)
    wavelength = shortest * (longest / shortest) ** ((index + generator.random(count)) / count)
    direction = 2 * np.pi * np.modf(index * 0.61803398875 + generator.random(count) / count)[0]
    amplitude = wavelength * rms / np.sqrt(np.sum(wavelength ** 2) / 2)
    return (2 * np.pi / wavelength * np.cos(direction), 2 * np.pi / wavelength * np.sin(direction), amplitude,
            generator.uniform(0, 2 * np.pi, count))


def wave_sum(kx, ky, phase, weight, sine):
    """Sum of weight sin or cos (kx x + ky y + phase), as two products of tables."""
    at = np.arange(SIDE, dtype=np.float64) * PIXEL
    along, down = np.outer(kx, at), np.outer(ky, at) + phase[:, None]
    first, second = (np.cos, np.sin) if sine else (np.sin, np.cos)
    sign = 1 if sine else -1
    table = lambda a: a.astype(np.float32)
    return (table(weight[:, None] * second(down)).T @ table(np.cos(along))
            + sign * table(weight[:, None] * first(down)).T @ table(np.sin(along)))


def flake_field(generator, flake):
    field = generator.standard_normal((SIDE, SIDE), np.float32) * np.float32(flake["grain"] * 0.1 / PIXEL)
    count = generator.poisson(flake["density"] * (SIDE * PIXEL) ** 2)
    x, y = generator.uniform(0, SIDE - 1.001, (2, count))
    diameter = flake["diameter"] * np.maximum(0.2, 1 + 0.25 * generator.standard_normal(count))
    lean = flake["tilt"] / flake["acceptance"] * generator.standard_normal((2, count))
    mirrored = np.exp(-0.5 * (lean ** 2).sum(0))
    light = np.pi / 4 * (diameter / PIXEL) ** 2 * np.where(generator.random(count) < flake["dark"], -1, flake["gain"] * mirrored)
    column, row = x.astype(int), y.astype(int)
    right, below = x - column, y - row
    for dx, dy, share in ((0, 0, (1 - right) * (1 - below)), (1, 0, right * (1 - below)),
                          (0, 1, (1 - right) * below), (1, 1, right * below)):
        np.add.at(field, (row + dy, column + dx), (light * share).astype(np.float32))
    kx, ky, amplitude, phase = waves(generator, 16, 8, 40, flake["mottle"])
    return field + wave_sum(kx, ky, phase, amplitude, sine=False)


def lamp(generator, place, tilt, height):
    return dict(y=height * place, width=height * generator.uniform(0.2, 0.3), softness=height * generator.uniform(0.4, 0.6),
                radiance=generator.uniform(1.4, 2.2), tilt=tilt)


def panel(generator, base, exposure, peel, flake, light="tunnel"):
    """A clean panel of 8 bits. `light`: "tunnel" as the simulator's, "even", or "uneven": four times the slopes and a
    corner at 60 %."""
    height = SIDE * PIXEL
    at = np.arange(SIDE, dtype=np.float32)
    tilt = generator.uniform(-0.25, 0.25)
    lamps = [lamp(generator, generator.uniform(*span), tilt, height) for span in ((0.1, 0.3), (0.7, 0.95))]
    steep = {"even": 0, "tunnel": 0.08, "uneven": 0.32}[light]
    rise_x, rise_y = generator.uniform(-steep, steep, 2)
    direction = generator.uniform(-0.5, 0.5) + np.pi * (generator.random() >= 0.5)
    slope_x = slope_y = np.zeros((SIDE, SIDE), np.float32)
    if peel:
        kx, ky, amplitude, phase = waves(generator, 72, peel[0], peel[1], peel[2] / 1000)
        slope_x, slope_y = (wave_sum(kx, ky, phase, -amplitude * k, sine=True) for k in (kx, ky))
    centred = (at + 0.5 - SIDE / 2) / (SIDE / 2)
    slow = 1 + rise_x * centred[None, :] + rise_y * centred[:, None]
    diffuse = slow * (1 - 0.7 * (np.cos(direction) * slope_x + np.sin(direction) * slope_y))
    if flake:
        diffuse *= 1 + flake_field(generator, flake)
    mirrored = np.full((SIDE, SIDE), 0.8, np.float32)
    for one in lamps if light != "even" else []:
        nx, ny = -np.sin(one["tilt"]), np.cos(one["tilt"])
        distance = (ny * (at[:, None] * PIXEL - one["y"]) + nx * (at[None, :] * PIXEL - height / 2)
                    + 1200 * (nx * slope_x + ny * slope_y))
        sides = [smooth_step(0.5 + (one["width"] / 2 + sign * distance) / one["softness"]) for sign in (-1, 1)]
        mirrored += one["radiance"] * sides[0] * sides[1]
    seen = cv2.GaussianBlur((base * diffuse + 0.04 * mirrored).astype(np.float32), (0, 0), LENS)
    corner = 1 / np.sqrt(1 - (0.4 if light == "uneven" else 0.08)) - 1
    far = ((at[:, None] - (SIDE - 1) / 2) ** 2 + (at[None, :] - (SIDE - 1) / 2) ** 2) / (2 * ((SIDE - 1) / 2) ** 2)
    electrons = np.maximum(exposure * seen / (1 + far * corner) ** 2, 0) * WELL
    counted = electrons + np.sqrt(electrons + READ ** 2) * generator.standard_normal((SIDE, SIDE), np.float32)
    return np.clip(np.floor(BLACK + (255 - BLACK) * counted / WELL + 0.5), 0, 255).astype(np.uint8)


def spread(picture):
    """Standard deviation of the picture over its blur of 20 px, and of the darkest and brightest thousandth."""
    relative = picture / cv2.GaussianBlur(picture.astype(np.float32), (0, 0), 20) - 1
    return relative.std(), *np.quantile(relative, [0.001, 0.999]), picture.mean()


if __name__ == "__main__":
    from pathlib import Path
    for folder in sys.argv[1:]:
        files = sorted(Path(folder).glob("panel-*.png"))
        name = next(n for n in PAINTS if n in folder)
        generator = np.random.default_rng(1)
        theirs = np.mean([spread(cv2.imread(str(f), 0)) for f in files], 0)
        ours = np.mean([spread(panel(generator, *PAINTS[name])) for _ in files], 0)
        print(name, len(files), "simulate:", theirs.round(4), "here:", ours.round(4))
