#!/usr/bin/env python3
"""Asks scikit-learn, statsmodels and SciPy for the measures of ClearcoatEvaluation.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install numpy scipy scikit-learn statsmodels
    /tmp/venv/bin/python Tests/Oracles/evaluation/make_golden.py > Tests/Golden/evaluation/measures.json

AUPRO follows the text of Bergmann et al., IJCV 129 (2021), section 4.2, in plain loops; nobody's package is
asked. The profile likelihood of a90 is maximised by SciPy over b0 and b1 under the constraint, which is another
way than ours.
"""

import json
import warnings

import numpy as np
import scipy
import sklearn
import statsmodels
import statsmodels.api as sm
from scipy import ndimage, optimize, stats
from sklearn import metrics
from statsmodels.stats import inter_rater, proportion

rng = np.random.default_rng(20261123)


def proportions():
    cases = [(0, 1), (1, 1), (0, 20), (20, 20), (3, 40), (17, 40), (599, 623), (1, 1000), (50000, 100000)]
    out = []
    for k, n in cases:
        beta = proportion.proportion_confint(k, n, 0.05, "beta")
        wilson = proportion.proportion_confint(k, n, 0.05, "wilson")
        out.append({"count": k, "total": n, "exact": list(map(float, beta)), "wilson": list(map(float, wilson))})
    return out


def rates():
    out = []
    for k, exposure in [(0, 1.0), (1, 1.0), (4, 42.0), (32, 280.0), (250, 3.7), (10000, 12345.6)]:
        lower = stats.chi2.ppf(0.025, 2 * k) / 2 if k else 0.0
        upper = stats.chi2.ppf(0.975, 2 * k + 2) / 2
        out.append({"count": k, "exposure": exposure, "interval": [lower / exposure, upper / exposure]})
    return out


def rankings():
    out = []
    for n, levels, shift in [(12, 4, 0.5), (60, 7, 1.0), (200, 0, 0.7), (200, 0, 0.0), (40, 2, 3.0), (500, 25, 1.5)]:
        truth = rng.random(n) < 0.35
        truth[:2] = [True, False]
        score = rng.normal(size=n) + shift * truth
        if levels:
            score = np.round(score * levels / 4) / 4
        precision, recall, thresholds = metrics.precision_recall_curve(truth, score)
        # precision_recall_curve ends with (1, 0), which has no threshold.
        f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-300)
        out.append({
            "scores": score.tolist(),
            "truth": [bool(t) for t in truth],
            "auroc": float(metrics.roc_auc_score(truth, score)),
            "averagePrecision": float(metrics.average_precision_score(truth, score)),
            "f1Max": float(f1[:-1].max()),
        })
    return out


def pixel_scores(limit=0.3):
    """Several small pictures with scores on a grid of 1/256, so that nothing is rounded."""
    out = []
    for pictures, strength in [(3, 1.0), (2, 0.3), (4, 3.0)]:
        entries = []
        labels_all, scores_all, regions = [], [], []
        for _ in range(pictures):
            height, width = 24, 32
            mask = np.zeros((height, width), int)
            for _ in range(rng.integers(1, 4)):
                y, x = rng.integers(0, height), rng.integers(0, width)
                h, w = rng.integers(1, 7), rng.integers(1, 9)
                mask[y:y + h, x:x + w] = 1
            score = np.abs(rng.normal(size=mask.shape)) + strength * mask * rng.random(mask.shape)
            score = np.floor(score * 256) / 256
            entries.append({"mask": ["".join("#" if v else "." for v in row) for row in mask], "scores": score.ravel().tolist()})
            labels_all.append(mask.ravel())
            scores_all.append(score.ravel())
            components, count = ndimage.label(mask, structure=np.ones((3, 3)))
            for number in range(1, count + 1):
                regions.append(score[components == number])
        truth = np.concatenate(labels_all)
        score = np.concatenate(scores_all)
        precision, recall, _ = metrics.precision_recall_curve(truth, score)
        f1 = (2 * precision * recall / np.maximum(precision + recall, 1e-300))[:-1].max()
        negatives = score[truth == 0]
        xs, ys = [0.0], [0.0]
        for threshold in sorted(set(score.tolist()), reverse=True):
            xs.append(float((negatives >= threshold).mean()))
            ys.append(float(np.mean([(region >= threshold).mean() for region in regions])))
        ious = [
            float(((score >= t) & (truth == 1)).sum() / ((score >= t) | (truth == 1)).sum()) for t in set(score.tolist())
        ]
        xs, ys = np.array(xs), np.array(ys)
        inside = xs < limit
        grid = np.append(xs[inside], limit)
        edge = np.interp(limit, xs, ys) if not np.any(xs == limit) else ys[xs == limit].min()
        curve = np.append(ys[inside], edge)
        out.append({
            "pictures": entries,
            "auroc": float(metrics.roc_auc_score(truth, score)),
            "averagePrecision": float(metrics.average_precision_score(truth, score)),
            "f1Max": float(f1),
            "iouMax": max(ious),
            "aupro": float(np.trapezoid(curve, grid) / limit),
        })
    return out


def hit_miss():
    out = []
    for n, b0, b1 in [(60, -3.0, 3.0), (300, -1.0, 2.0), (1000, 1.5, 1.2), (80, -6.0, 5.0)]:
        size = np.exp(rng.uniform(np.log(0.2), np.log(8), n))
        hit = rng.random(n) < 1 / (1 + np.exp(-(b0 + b1 * np.log(size))))
        x = np.log(size)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            fit = sm.GLM(hit.astype(float), sm.add_constant(x), family=sm.families.Binomial()).fit(tol=1e-14, maxiter=200)
        null = sm.GLM(hit.astype(float), np.ones((n, 1)), family=sm.families.Binomial()).fit(tol=1e-14, maxiter=200)
        a, b = fit.params

        def loglik(a, b):
            eta = a + b * x
            return -np.logaddexp(0, np.where(hit, -eta, eta)).sum()

        def profile(lx, odds):
            best = optimize.minimize_scalar(lambda s: -loglik(odds - s * lx, s), bounds=(1e-9, 60), method="bounded", options={"xatol": 1e-12})
            return -best.fun

        uppers = {}
        for probability in (0.5, 0.9):
            odds = np.log(probability / (1 - probability))
            start = (odds - a) / b
            fall = lambda lx: 2 * (fit.llf - profile(lx, odds)) - stats.chi2.ppf(0.90, 1)
            uppers[str(probability)] = float(np.exp(optimize.brentq(fall, start, start + 6, xtol=1e-12)))
        out.append({
            "sizes": size.tolist(),
            "hits": [bool(h) for h in hit],
            "intercept": float(a),
            "slope": float(b),
            "logLikelihood": float(fit.llf),
            "slopeStatistic": float(2 * (fit.llf - null.llf)),
            "a50": float(np.exp(-a / b)),
            "a90": float(np.exp((np.log(9) - a) / b)),
            "a5095": uppers["0.5"],
            "a9095": uppers["0.9"],
        })
    return out


def kappas():
    out = []
    for parts, captures, categories, noise in [(30, 2, 3, 0.2), (50, 5, 4, 0.3), (20, 3, 2, 0.05), (40, 2, 4, 0.9)]:
        base = rng.integers(0, categories, parts)
        ratings = np.where(rng.random((parts, captures)) < noise, rng.integers(0, categories, (parts, captures)), base[:, None])
        table, _ = inter_rater.aggregate_raters(ratings, n_cat=categories)
        entry = {"ratings": ratings.tolist(), "fleiss": float(inter_rater.fleiss_kappa(table, method="fleiss"))}
        if captures == 2:
            entry["cohen"] = float(metrics.cohen_kappa_score(ratings[:, 0], ratings[:, 1]))
        out.append(entry)
    return out


def gauges():
    out = []
    for counts, spread, noise in [([3] * 10, 0.5, 0.05), ([2, 3, 4, 5, 2], 1.0, 0.3), ([4] * 6, 0.01, 0.5)]:
        groups = [(1 + spread * rng.normal() + noise * rng.normal(size=n)).tolist() for n in counts]
        f = float(stats.f_oneway(*groups).statistic)
        n, k = sum(counts), len(counts)
        within = sum(((np.array(g) - np.mean(g)) ** 2).sum() for g in groups) / (n - k)
        n0 = (n - sum(c * c for c in counts) / n) / (k - 1)
        between = max(0.0, within * (f - 1) / n0)
        out.append({
            "sizes": groups,
            "repeatability": float(np.sqrt(within)),
            "variation": float(np.sqrt(between)),
            "percentGRR": float(100 * np.sqrt(within / (within + between))),
        })
    return out


def size_errors():
    true = rng.uniform(0.3, 5, 40)
    measured = true + rng.normal(0.05, 0.2, 40)
    uncertainty = rng.uniform(0.1, 0.6, 40)
    error = measured - true
    return {
        "true": true.tolist(),
        "measured": measured.tolist(),
        "uncertainty": uncertainty.tolist(),
        "bias": float(error.mean()),
        "spread": float(error.std(ddof=1)),
        "median": float(np.percentile(np.abs(error), 50)),
        "p95": float(np.percentile(np.abs(error), 95)),
        "within20": int((np.abs(error) <= 0.2 * true).sum()),
        "covered": int((np.abs(error) <= uncertainty).sum()),
    }


def special():
    out = []
    for a, b, x in [(0.5, 0.5, 0.2), (3, 40, 0.05), (599, 25, 0.96), (1e4, 1e4, 0.501), (2, 1, 0.999)]:
        out.append({"a": a, "b": b, "x": x, "beta": float(stats.beta.cdf(x, a, b)), "gamma": float(stats.gamma.cdf(10 * x, a))})
    return out


print(json.dumps({
    "made by": f"numpy {np.__version__}, scipy {scipy.__version__}, scikit-learn {sklearn.__version__}, statsmodels {statsmodels.__version__}",
    "special": special(),
    "proportions": proportions(),
    "rates": rates(),
    "rankings": rankings(),
    "pixels": pixel_scores(),
    "hitMiss": hit_miss(),
    "kappas": kappas(),
    "gauges": gauges(),
    "sizes": size_errors(),
}, indent=None, separators=(",", ":")))
