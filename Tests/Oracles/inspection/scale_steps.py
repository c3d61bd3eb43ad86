"""What steps of two between levels cost against finer ones: how much of a matched filter's signal to noise a level's
even response keeps for disks of every diameter, in white noise.

For each diameter, the best level's response to a disk after the lens (0.7 px), in sigmas of that level's own response
to white noise, as a share of what a filter matched to the disk gives; mean over places between pixels. Beside it the
same with levels between, whose samples are smoothed once more and whose surround is the mean of the two around it:
half an octave apart.

    pip install numpy scipy
    python3 scale_steps.py
"""

import numpy as np

from band_gains import binomial, disk, expanded

LEVELS = 4


def surround(levels, level, distance):
    plane = binomial(binomial(levels[level + distance]))
    for finer in range(level + distance - 1, level - 1, -1):
        plane = expanded(plane, levels[finer].shape)
    return plane


def responses(picture, between):
    levels = [picture]
    for _ in range(LEVELS + 3):
        levels.append(binomial(levels[-1])[::2, ::2])
    planes = []
    for level in range(LEVELS):
        own = binomial(levels[level])
        planes.append(own - surround(levels, level, 2))
        if between:
            middle = (surround(levels, level, 2) + surround(levels, level, 3)) / 2
            planes.append(binomial(own) - middle)
    return planes


generator = np.random.default_rng(0)
noise = generator.normal(size=(1024, 1024))
sigmas = {between: [plane[8:-8, 8:-8].std() for plane in responses(noise, between)] for between in (False, True)}
print("diameter  octaves  half octaves   (share of a matched filter's signal to noise)")
for diameter in 1.5 * 2 ** (np.arange(0, 18) / 4):
    shares = {False: [], True: []}
    for x, y in generator.uniform(0, 8, (12, 2)):
        picture = disk(diameter, x, y)
        matched = np.sqrt((picture**2).sum())
        for between in shares:
            best = max(p.max() / s for p, s in zip(responses(picture, between), sigmas[between]))
            shares[between].append(best / matched)
    print(f"{diameter:8.2f}  {np.mean(shares[False]):7.3f}  {np.mean(shares[True]):12.3f}")
