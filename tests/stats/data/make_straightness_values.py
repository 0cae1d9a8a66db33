"""Writes straightness.json: how straight the line of finished networks is under the flip, by SciPy.

The accuracies are those of `default` as published on 2026-11-27, networks by
the number of images that they were trained on; those of the label shift are for
the contrast between the two. Made with SciPy 1.17.1 and NumPy
2.4.6:

    python3 tests/stats/data/make_straightness_values.py > tests/stats/data/straightness.json
"""
import json

import numpy as np
import scipy
from scipy.special import expit, logit
from scipy.stats import chi2, f, norm, t

sizes = {
    "2000": [[0.49130000000000007, 0.2851000000000001], [0.488, 0.2804], [0.4993000000000001, 0.2846000000000001]],
    "5000": [[0.5611, 0.3151], [0.5655, 0.3165], [0.556, 0.31520000000000004]],
    "10000": [[0.6064, 0.3378], [0.6160000000000001, 0.343], [0.6057, 0.3306]],
    "20000": [[0.6718000000000001, 0.36430000000000007], [0.6557000000000001, 0.35550000000000004], [0.6657000000000001, 0.3496000000000001], [0.6608, 0.3481], [0.6641000000000001, 0.3580000000000001], [0.6645, 0.36439999999999995]],
    "40000": [[0.7111999999999999, 0.36310000000000003], [0.7189000000000001, 0.36540000000000006], [0.7109, 0.35760000000000003]],
}
networks = {
    "photo": [[0.712, 0.4113], [0.7074, 0.40019999999999994], [0.7088000000000002, 0.396], [0.7062000000000002, 0.40559999999999996], [0.7097000000000001, 0.39660000000000006]],
    "narrow": [[0.7314, 0.35519999999999996], [0.7335, 0.36690000000000006], [0.7346, 0.3519], [0.7370000000000001, 0.3623]],
}

label_sizes = {
    "2000": [[0.50204, 0.19436], [0.49244000000000004, 0.17756]],
    "5000": [[0.54408, 0.25392], [0.54108, 0.24132]],
    "10000": [[0.5934, 0.3426], [0.59604, 0.35196000000000005]],
    "20000": [[0.67168, 0.52732], [0.66816, 0.50484], [0.66564, 0.49776000000000004], [0.66428, 0.50912]],
    "40000": [[0.6761999999999999, 0.5172], [0.67912, 0.51988]],
}
label_photo = [[0.7014, 0.5652], [0.7038400000000001, 0.57736], [0.6999200000000001, 0.57668], [0.69908, 0.5781200000000001], [0.7038, 0.5808]]

# From accuracies to each scale, and back.
scales = {
    "probit": (norm.ppf, norm.cdf),
    "logit": (logit, expit),
    "linear": (lambda accuracy: accuracy, lambda accuracy: accuracy),
}

# Standard error that the images give the mean of the photo networks, beyond their spread.
IMAGES = 0.001464


def line(names, degree=1, sizes=sizes, scale="probit"):
    forward, _ = scales[scale]
    x, y = np.array([point for name in names for point in sizes[name]]).T
    return np.polyfit(forward(x), forward(y), degree)


def heights(points, fit, scale="probit"):
    """Of accuracies over the line, in accuracy."""
    forward, inverse = scales[scale]
    x, y = np.array(points).T
    return y - inverse(np.polyval(fit, forward(x)))


def residuals(name, fit):
    x, y = np.array(sizes[name]).T
    return norm.ppf(y) - np.polyval(fit, norm.ppf(x))


def gains(fit, scale="probit"):
    own = {kind: heights(points, fit, scale).mean() for kind, points in networks.items()}
    return {**own, "difference": own["photo"] - own["narrow"]}


def contrast(names, degree=1, scale="probit"):
    """Of the photo networks under the flip minus under the label shift, each over its line of these sizes."""
    flip = heights(networks["photo"], line(names, degree, scale=scale), scale)
    label = heights(label_photo, line(names, degree, label_sizes, scale), scale)
    return flip.mean() - label.mean()


def without(name):
    return [other for other in sizes if other != name]


whole = line(sizes)
parabola = line(sizes, 2)
own = [residuals(name, whole) for name in sizes]
n, k = sum(map(len, own)), len(own)
between = sum(len(r) * r.mean() ** 2 for r in own) / (k - 2)
within = sum(r.var() * len(r) for r in own) / (n - k)
about_line = sum((r**2).sum() for r in own)
about_parabola = sum((residuals(name, parabola) ** 2).sum() for name in sizes)
added = (about_line - about_parabola) / (about_parabola / (n - 3))


def coverage(bend, draws=40000):
    """How often the interval of the photo networks' mean holds the truth if sizes differ by `bend`, with standard errors as found."""
    rng = np.random.default_rng(7)
    x = norm.ppf(np.array([point[0] for name in sizes for point in sizes[name]]))
    size = np.repeat(np.arange(k), [len(r) for r in own])
    photo = np.array(networks["photo"])
    place = np.array([1, norm.ppf(photo[:, 0]).mean()])
    lift = norm.pdf(np.polyval(whole, place[1]))
    design = np.c_[np.ones(n), x]
    error = rng.normal(size=(draws, n)) * np.sqrt(within) + (rng.normal(size=(draws, k)) * bend)[:, size]
    fits = error @ np.linalg.pinv(design).T
    s2 = ((error - fits @ design.T) ** 2).sum(1) / (n - 2)
    line = s2 * (place @ np.linalg.inv(design.T @ design) @ place) * lift**2
    m = len(photo)
    gains = rng.normal(size=(draws, m)) * heights(photo, whole).std(ddof=1)
    spread = gains.var(1, ddof=1) / m
    error = gains.mean(1) - lift * (fits @ place) + rng.normal(size=draws) * IMAGES
    upper = [line * (n - 2) / chi2.ppf(0.25, n - 2), spread * (m - 1) / chi2.ppf(0.25, m - 1)]
    df = (upper[0] + upper[1] + IMAGES**2) ** 2 / (upper[0] ** 2 / (n - 2) + upper[1] ** 2 / (m - 1))
    return np.mean(abs(error) <= t.ppf(0.975, df) * np.sqrt(line + spread + IMAGES**2))


print(json.dumps({
    "madeWith": f"scipy {scipy.__version__}, numpy {np.__version__}",
    "tails": [[q, a, b, f.sf(q, a, b)] for q in (0.01, 0.5, 1, 3.2, 12.37, 80)
              for a, b in ((1, 1), (3, 13), (3, 7), (2, 5), (4, 40), (7, 300))],
    "sizes": sizes,
    "networks": networks,
    "heights": {name: heights(points, whole).mean() for name, points in sizes.items()},
    "f": between / within,
    "p": f.sf(between / within, k - 2, n - k),
    "coverage": {
        "straight": coverage(0),
        # Variance of the sizes' means beyond that of their networks.
        "bent": coverage(np.sqrt(max(0, between - within) * k / n)),
    },
    "whole": gains(whole),
    "without": {name: gains(line(without(name))) for name in sizes},
    "parabola": {"f": added, "p": f.sf(added, 1, n - 3), "gains": gains(parabola)},
    "onScale": {scale: gains(line(sizes, scale=scale), scale) for scale in scales},
    "contrast": {
        "sizes": label_sizes,
        "photo": label_photo,
        "whole": contrast(sizes),
        "without": {name: contrast(without(name)) for name in sizes},
        "parabola": contrast(sizes, 2),
        "onScale": {scale: contrast(sizes, scale=scale) for scale in scales},
    },
}, indent=1))
