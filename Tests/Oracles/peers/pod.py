"""Probability of detection against size, and intervals of counts: what the tables of this folder are made of.

The curve is the hit/miss model of MIL-HDBK-1823A, logit POD = b (ln a - ln a90) + ln 9; a90/95 is the upper
one-sided 95 % bound of a90 by profile likelihood. Written anew and not taken from Clearcoat, in another
parametrisation and with SciPy's optimiser, so that the two can be held against each other.
"""

import numpy as np
from scipy import optimize, special, stats

LEAST = 5  # hits, and misses, without which there is no curve


def _loss(slope, place, x, found):
    odds = slope * (x - place) + np.log(9)
    return float(np.sum(np.logaddexp(0, odds) - np.where(found, odds, 0)))


def _profile(place, x, found):
    """The least loss for a given ln a90."""
    best = optimize.minimize_scalar(lambda u: _loss(np.exp(u), place, x, found), bounds=(-4, 5), method="bounded")
    return best.fun


def fit(sizes, found):
    """a50, a90, a90/95 - or the reason why the data do not support a curve."""
    x, found = np.log(np.asarray(sizes, float)), np.asarray(found, bool)
    hits, misses = int(found.sum()), int((~found).sum())
    answer = {"found": hits, "of": len(found)}
    if hits < LEAST:
        return answer | {"why": "almost none found"}
    if misses < LEAST:
        return answer | {"why": "almost all found"}
    if x[found].min() > x[~found].max():
        return answer | {"why": "separated", "between": [float(np.exp(x[~found].max())), float(np.exp(x[found].min()))]}
    # From several starts: the likelihood has one top, but far from it it is flat.
    runs = [optimize.minimize(lambda p: _loss(np.exp(p[0]), p[1], x, found), [start, np.median(x) + add],
                              method="Nelder-Mead", options={"maxiter": 2000, "xatol": 1e-7, "fatol": 1e-9})
            for start in (0, 1.5) for add in (0, 1)]
    top = min(runs, key=lambda r: r.fun)
    share = hits / len(found)
    flat = -len(found) * (share * np.log(share) + (1 - share) * np.log(1 - share))
    if top.x[0] < -3 or 2 * (flat - top.fun) < stats.chi2.ppf(0.95, 1):
        return answer | {"why": "size says nothing"}
    slope, place = float(np.exp(top.x[0])), float(top.x[1])
    fall = lambda p: 2 * (_profile(p, x, found) - top.fun) - stats.chi2.ppf(0.90, 1)
    far = place + 0.1
    while fall(far) < 0 and far < place + 12:
        far += 0.3
    upper = np.exp(optimize.brentq(fall, place, far)) if fall(far) > 0 else np.inf
    return answer | {"a50": float(np.exp(place - np.log(9) / slope)), "a90": float(np.exp(place)),
                     "a9095": float(upper), "slope": slope}


def rate(count, panels, level=0.95):
    """Events a panel with the exact interval of a Poisson count (Garwood)."""
    tail = (1 - level) / 2
    low = stats.chi2.ppf(tail, 2 * count) / 2 if count else 0.0
    high = stats.chi2.ppf(1 - tail, 2 * count + 2) / 2
    return count / panels, low / panels, high / panels


def share(count, total, level=0.95):
    """A share with Wilson's interval."""
    z = stats.norm.ppf(1 - (1 - level) / 2)
    p, n = count / max(total, 1), max(total, 1)
    middle, half = p + z * z / (2 * n), z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return p, (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


if __name__ == "__main__":
    generator = np.random.default_rng(1)
    a90s = []
    for _ in range(200):
        sizes = np.exp(generator.uniform(0, np.log(16), 250))
        found = generator.random(250) < special.expit(4 * (np.log(sizes) - np.log(5)) + np.log(9))
        a90s.append([fit(sizes, found)[k] for k in ("a90", "a9095")])
    a90s = np.array(a90s)
    print(f"true a90 5.00, mean of fits {a90s[:, 0].mean():.2f}; a90/95 above it in "
          f"{(a90s[:, 1] > 5).mean():.3f} of 200 (0.95 asked for)")
