"""What scikit-learn makes of small tables: splits, a whole tree, a forest's accuracy, Platt's two numbers.

    python3 Tests/Oracles/training/make_golden.py      (scikit-learn 1.9.1, NumPy 2.4.6)

Writes Tests/Golden/training/training.json. Tables have few decimals and splits without ties: each tree is grown
with five seeds, which is the order in which scikit-learn tries inputs, and all must agree.
"""

import json
import pathlib

import numpy as np
from sklearn.calibration import _SigmoidCalibration
from sklearn.ensemble import RandomForestClassifier
from sklearn.tree import DecisionTreeClassifier

target = pathlib.Path(__file__).parents[2] / "Golden" / "training" / "training.json"


def blobs(seed, count, inputs, classes, spread):
    """Clouds around random centres; values are multiples of 1/64, which single precision holds exactly."""
    random = np.random.default_rng(seed)
    centres = random.uniform(-2, 2, (classes, inputs))
    labels = random.integers(0, classes, count)
    values = centres[labels] + random.normal(0, spread, (count, inputs))
    return np.round(values * 64) / 64, labels


def nodes(tree):
    """In the order of Clearcoat's trees, which is scikit-learn's: each node, what is below, what is above."""
    rows = []
    for index in range(tree.node_count):
        if tree.children_left[index] < 0:
            counts = tree.value[index][0] * tree.n_node_samples[index]
            rows.append({"counts": [int(round(c)) for c in counts]})
        else:
            rows.append(
                {
                    "input": int(tree.feature[index]),
                    "threshold": float(tree.threshold[index]),
                    "below": int(tree.children_left[index]),
                    "above": int(tree.children_right[index]),
                }
            )
    return rows


def tree_case(seed, count, inputs, classes, depth, leaf):
    values, labels = blobs(seed, count, inputs, classes, 0.9)
    grown = [
        nodes(
            DecisionTreeClassifier(max_depth=depth, min_samples_leaf=leaf, random_state=state)
            .fit(values, labels)
            .tree_
        )
        for state in range(5)
    ]
    if any(other != grown[0] for other in grown):
        return None
    return {
        "values": values.tolist(),
        "labels": labels.tolist(),
        "classes": classes,
        "maximumDepth": depth,
        "minimumLeaf": leaf,
        "nodes": grown[0],
    }


def trees():
    wanted = [(8, 2, 2, 1, 1), (12, 3, 3, 1, 1), (16, 2, 3, 2, 2), (40, 4, 3, 4, 3), (60, 3, 4, 5, 2)]
    cases, seed = [], 0
    for shape in wanted:
        found = None
        while found is None:
            seed += 1
            labels = blobs(seed, shape[0], shape[1], shape[2], 0.9)[1]
            found = tree_case(seed, *shape) if len(set(labels.tolist())) == shape[2] else None
        cases.append(found)
    return cases


def forest():
    values, labels = blobs(77, 300, 4, 3, 1.3)
    learn, test = slice(0, 180), slice(180, 300)
    scores = [
        RandomForestClassifier(
            n_estimators=24, max_depth=10, min_samples_leaf=4, max_features=2, random_state=state
        )
        .fit(values[learn], labels[learn])
        .score(values[test], labels[test])
        for state in range(20)
    ]
    return {
        "values": values.tolist(),
        "labels": labels.tolist(),
        "classes": 3,
        "learn": 180,
        "meanAccuracy": float(np.mean(scores)),
        "deviation": float(np.std(scores)),
    }


def platt():
    random = np.random.default_rng(5)
    votes = np.round(random.uniform(0.02, 0.98, 200), 3)
    odds = np.log(votes / (1 - votes))
    right = random.uniform(size=200) < 1 / (1 + np.exp(-(1.7 * odds + 0.4)))
    fitted = _SigmoidCalibration().fit(odds, right.astype(float))
    # scikit-learn writes 1 / (1 + exp(a f + b)).
    return {
        "votes": votes.tolist(),
        "right": right.tolist(),
        "slope": -float(fitted.a_),
        "offset": -float(fitted.b_),
    }


target.parent.mkdir(parents=True, exist_ok=True)
golden = {"trees": trees(), "forest": forest(), "platt": platt()}
target.write_text("{\n" + ",\n".join(f'"{key}": {json.dumps(value)}' for key, value in golden.items()) + "\n}\n")
