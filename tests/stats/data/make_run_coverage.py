"""Writes run_coverage.json: how often intervals hold the truth where runs and images are shared.

Made with numpy 2.4.6 and scipy 1.17.1, in about four minutes on one core:

    python3 tests/stats/data/make_run_coverage.py > tests/stats/data/run_coverage.json

Every draw makes baselines (8 checkpoints of each of 2 to 4 runs, or 8 or 12 finished networks)
that scatter about a true line, and pre-trained networks whose effective robustness has the
standard deviation `spread`, at `beyond` above the baselines' highest reference accuracy. All see
the same images. Whether a network is right on an image is a normal latent variable: a share of
its variance is the image's difficulty for all, for all of one kind, for all checkpoints of one
run; the rest is the network's own. Reference and shifted version of an image correlate, or are
different images. With 10,000 images accuracies are as good as normal; their covariance is that
of the hits, by bivariate normal integrals. The intervals are written out here again, not taken
from the code under test.

`groups` has the lowest, mean and highest coverage over the scenarios of each number of baselines,
the mean half-width in points, and the mean ratio of the half-width to that of someone who knows
the error (1.96 standard deviations of the estimate). Where the chosen interval covers less than
93.7 % or more than 96.7 % in 2,000 draws, 24,000 others count instead. `scenarios` are those that
a test repeats with hits drawn image by image.
"""
import itertools
import json

import numpy as np
from scipy.stats import f, norm, t

# Slope, r², lowest and highest reference accuracy, shifted accuracy in the middle.
SETTINGS = {
    "spurious tint": (1.27, 0.998, 0.55, 0.73, 0.47), "unseen tint": (1.18, 0.967, 0.52, 0.71, 0.55),
    "strong tint": (0.87, 0.906, 0.52, 0.71, 0.40), "flip": (0.21, 0.78, 0.52, 0.71, 0.33),
    "label shift": (1.91, 0.982, 0.57, 0.76, 0.45)}
# Shares of the latent variance: all networks, networks of a kind, checkpoints of a run; then the
# correlation of an image's reference and shifted version.
IMAGES = {"same": (0.5, 0.1, 0.3, 0.7), "disjoint": (0.5, 0.1, 0.3, 0), "alike": (0.7, 0.05, 0.2, 0.9)}
BASELINES = [("runs", 2), ("runs", 3), ("runs", 4), ("finished", 8), ("finished", 12)]
TRUTH, OTHERS = 0.03, 3
NODES, WEIGHTS = np.polynomial.legendre.leggauss(24)


def joint(a, b, correlation):
    """P(both right) less the product: the integral of the bivariate density over the correlation."""
    r = correlation[..., None] / 2 * (NODES + 1)
    a, b, q = a[..., None], b[..., None], 1 - r**2
    density = np.exp(-(a * a - 2 * r * a * b + b * b) / (2 * q)) / (2 * np.pi * np.sqrt(q))
    return correlation / 2 * np.sum(WEIGHTS * density, -1)


def fit(x, y):
    middle = x.mean(1, keepdims=True)
    d = x - middle
    sxx = (d**2).sum(1, keepdims=True)
    slope = (d * y).sum(1, keepdims=True) / sxx
    return slope, y.mean(1, keepdims=True) - slope * middle, d, sxx, middle


def chi_square_quantile(p, df):
    return df * (1 - 2 / (9 * df) + norm.ppf(p) * np.sqrt(2 / (9 * df))) ** 3  # Wilson and Hilferty


def howe(parts):
    return np.sqrt(sum(t.ppf(0.975, df) ** 2 * variance for variance, df in parts))


def welch(parts, guard=None):
    """Satterthwaite's interval; `guard` takes the variances in its degrees of freedom at that upper bound."""
    bound = [(v if guard is None or df == np.inf else v * df / chi_square_quantile(1 - guard, df), df)
             for v, df in parts]
    df = sum(v for v, _ in bound) ** 2 / np.maximum(sum(v**2 / df for v, df in bound), 1e-30)
    return t.ppf(0.975, np.minimum(df, 1e6)) * np.sqrt(sum(v for v, _ in parts))


TABLES = {}


def bootstrap(spread, line, known, draws=20000):
    """Parametric bootstrap-t at the estimated variances, from a table of their shares."""
    key = spread[1], line[1]
    shares = np.linspace(0, 1, 13)
    if key not in TABLES:
        own = np.random.default_rng(5)
        z, chi = own.normal(size=(3, draws)), [own.chisquare(df, draws) / df for df in key]
        TABLES[key] = np.array([[np.quantile(np.abs(
            np.sqrt(u * q) * z[0] + np.sqrt(u * (1 - q)) * z[1] + np.sqrt(1 - u) * z[2])
            / np.sqrt(u * q * chi[0] + u * (1 - q) * chi[1] + 1 - u), 0.95) for q in shares] for u in shares])
    estimated = spread[0] + line[0]
    total = estimated + known[0]
    i = np.rint(12 * estimated / total).astype(int)
    j = np.rint(12 * spread[0] / estimated).astype(int)
    return TABLES[key][i, j] * np.sqrt(total)


def simulate(setting, baselines, networks, spread, beyond, images, *, draws, rng, size=10000, checkpoints=8):
    slope, r2, lowest, highest, middle = SETTINGS[setting]
    alpha, beta, gamma, same = IMAGES[images]
    kind, runs = baselines
    low, high = norm.ppf(lowest), norm.ppf(highest)
    intercept = norm.ppf(middle) - slope * (low + high) / 2
    each = checkpoints if kind == "runs" else 1
    place = (np.tile(low + (high - low) * (np.arange(each) / (each - 1)) ** 0.6, (runs, 1)) if kind == "runs"
             else np.repeat(np.linspace(low, high, 4), runs // 4)[:, None])
    scatter = slope * place.std() * np.sqrt((1 - r2) / r2)
    n = runs * each

    # The networks as they would be on endless images: pre-trained ones, two other kinds, baselines.
    x = place + 0.012 * rng.normal(size=(draws, runs, 1))
    if kind == "runs":
        x = x + 0.006 * rng.normal(size=(draws, runs, each))
        walk = rng.normal(size=(draws, runs, each))
        for j in range(1, each):
            walk[..., j] = 0.7 * walk[..., j - 1] + np.sqrt(0.51) * walk[..., j]
        tilted = (place - place.mean()) / place.std()
        off = np.sqrt(0.45) * rng.normal(size=(draws, runs, 1)) + np.sqrt(0.15) * tilted * rng.normal(
            size=(draws, runs, 1)) + np.sqrt(0.4) * walk
    else:
        off = rng.normal(size=(draws, runs, 1))
    y = slope * x + intercept + scatter * off
    m, count = networks, networks + 2 * OTHERS
    spreads = spread * np.r_[np.ones(m + OTHERS), np.full(OTHERS, 1 / 3)]
    reference = highest + beyond + 0.005 * rng.normal(size=(draws, count))
    shifted = norm.cdf(slope * norm.ppf(reference) + intercept) + TRUTH + spreads * rng.normal(size=(draws, count))

    # The noise of the images.
    k = count + n
    at = norm.ppf(highest + beyond)
    z = np.r_[np.full(count, at), place.ravel(),
              np.full(count, norm.ppf(norm.cdf(slope * at + intercept) + TRUTH)), slope * place.ravel() + intercept]
    family = np.r_[np.zeros(count), np.ones(n)]
    unit = np.r_[np.arange(count), count + np.repeat(np.arange(runs), each)]
    alike = alpha + beta * (family[:, None] == family) + gamma * (unit[:, None] == unit)
    np.fill_diagonal(alike, 1)
    covariance = joint(*np.broadcast_arrays(z[:, None], z), np.minimum(
        np.block([[alike, same * alike], [same * alike, alike]]), 0.999))
    np.fill_diagonal(covariance, norm.cdf(z) * norm.cdf(-z))
    covariance /= size
    noise = rng.normal(size=(draws, 2 * k)) @ np.linalg.cholesky(covariance + 1e-12 * np.eye(2 * k)).T
    reference, shifted = reference + noise[:, :count], shifted + noise[:, k:k + count]
    x = norm.ppf(norm.cdf(x).reshape(draws, n) + noise[:, count:k])
    y = norm.ppf(norm.cdf(y).reshape(draws, n) + noise[:, k + count:])

    # Effective robustness over the fitted line.
    a, b, d, sxx, x_mean = fit(x, y)
    scaled = norm.ppf(reference)
    density = norm.pdf(a * scaled + b)
    gain = density * a / norm.pdf(scaled)
    robustness = shifted - norm.cdf(a * scaled + b)
    estimate = robustness[:, :m].mean(1)
    lift, tilt = density[:, :m].mean(1), (density[:, :m] * (scaled[:, :m] - x_mean)).mean(1)
    residual = ((y - a * x - b) ** 2).sum(1) / (n - 2)
    least_squares = residual * (lift**2 / n + tilt**2 / sxx[:, 0]), n - 2
    owner = np.repeat(np.arange(runs), each)

    def without(run):
        slope, intercept, *_ = fit(x[:, owner != run], y[:, owner != run])
        return norm.cdf(slope * scaled[:, :m] + intercept).mean(1)

    if kind == "runs":
        left_out = np.stack([without(run) for run in range(runs)], 1)
        line = (runs - 1) ** 2 / runs * left_out.var(1, ddof=1), runs - 1
    else:
        line = least_squares
    own = robustness[:, :m].var(1, ddof=1)
    between = own / m, m - 1

    # What the images add, beyond what the spreads of networks and of baselines hold of it.
    weight = np.zeros((draws, 2 * k))
    leverage = lift[:, None] / n + tilt[:, None] * d / sxx
    on_x, on_y = -a / norm.pdf(x), 1 / norm.pdf(y)
    weight[:, :m], weight[:, k:k + m] = -gain[:, :m] / m, 1 / m
    weight[:, count:k], weight[:, k + count:] = -leverage * on_x, -leverage * on_y
    all_images = ((weight @ covariance) * weight).sum(1)

    def between_points(on_x, on_y, points):
        """Covariance of the points' heights over the line, from the images alone."""
        i, j = points, points + k
        block = lambda left, a, right, b: left[:, :, None] * covariance[np.ix_(a, b)] * right[:, None, :]
        return block(on_x, i, on_x, i) + block(on_y, j, on_y, j) + block(on_x, i, on_y, j) + block(on_y, j, on_x, i)

    def trace(matrix):
        return np.trace(matrix, axis1=1, axis2=2)

    ours = between_points(-gain[:, :m], np.ones((draws, m)), np.arange(m))
    held = (trace(ours) - ours.sum((1, 2)) / m) / (m - 1) / m
    left = np.eye(n) - 1 / n - d[:, :, None] * d[:, None, :] / sxx[:, :, None]
    residuals = left @ between_points(on_x, on_y, count + np.arange(n)) @ left
    if kind == "runs":
        of_runs = leverage[:, None, :] * (owner == np.arange(runs)[:, None])
        held = held + runs / (runs - 1) * trace(of_runs @ residuals @ of_runs.transpose(0, 2, 1))
    else:
        held = held + trace(residuals) / (n - 2) * (leverage**2).sum(1)
    images = np.maximum(0, all_images - held), np.inf
    binomial = np.sqrt((shifted * (1 - shifted) + gain**2 * reference * (1 - reference)) / size)[:, :m].mean(1) ** 2, np.inf

    def pooled(other):
        ratio = own / other
        alike = (ratio > f.ppf(0.05, m - 1, OTHERS - 1)) & (ratio < f.ppf(0.95, m - 1, OTHERS - 1))
        variance = ((m - 1) * own + (OTHERS - 1) * other) / (m + OTHERS - 2)
        return np.where(alike, variance, own) / m, np.where(alike, m + OTHERS - 2, m - 1)

    def pooled_welch(other):
        variance, df = pooled(other)
        halves = [welch([(variance, some), line, images], guard=0.75) for some in (m - 1, m + OTHERS - 2)]
        return np.where(df == m - 1, *halves)

    error = estimate - TRUTH
    halves = {
        "today": howe([between, least_squares, binomial]),
        "points independent": welch([between, least_squares, images], guard=0.75),
        "howe": howe([between, line, images]),
        "welch": welch([between, line, images]),
        "bootstrap": bootstrap(between, line, images),
        "guarded": welch([between, line, images], guard=0.75),
        "guarded, all of the image noise": welch([between, line, (all_images, np.inf)], guard=0.75),
        "guarded, binomial": welch([between, line, binomial], guard=0.75),
        "guarded, pooled with a kind alike": pooled_welch(robustness[:, m:m + OTHERS].var(1, ddof=1)),
        "guarded, pooled with one of a third": pooled_welch(robustness[:, m + OTHERS:].var(1, ddof=1)),
    }
    return error.std(), {name: (np.mean(np.abs(error) <= half), half.mean()) for name, half in halves.items()}


def summary(results):
    ideal = np.array([1.96 * deviation for deviation, _ in results])
    table = {}
    for name in results[0][1]:
        coverage, half = np.array([methods[name] for _, methods in results]).T
        table[name] = {"lowest": round(coverage.min(), 4), "mean": round(coverage.mean(), 4),
                       "highest": round(coverage.max(), 4), "halfWidth": round(100 * half.mean(), 2),
                       "toIdeal": round((half / ideal).mean(), 3)}
    return table


def main():
    rng, groups, redrawn = np.random.default_rng(20261126), [], 0
    for baselines in BASELINES:
        results = []
        for scenario in itertools.product(SETTINGS, (3, 4), (0, 0.005, 0.018), (0, 0.05), IMAGES):
            setting, networks, spread, beyond, images = scenario
            one = simulate(setting, baselines, networks, spread, beyond, images, draws=2000, rng=rng)
            if baselines != ("runs", 2) and not 0.937 <= one[1]["guarded"][0] <= 0.967:
                redrawn += 1
                again = [simulate(setting, baselines, networks, spread, beyond, images, draws=4000, rng=rng)
                         for _ in range(6)]
                one = (np.mean([deviation for deviation, _ in again]),
                       {name: np.mean([methods[name] for _, methods in again], 0) for name in one[1]})
            results.append(one)
        groups.append({"kind": baselines[0], "count": baselines[1], "scenarios": len(results),
                       "methods": summary(results)})
    scenarios = []
    for baselines, networks, spread, beyond, images in (
            (("runs", 3), 3, 0.005, 0.05, "same"), (("runs", 4), 3, 0.02, 0, "disjoint"),
            (("finished", 8), 4, 0.01, 0.05, "alike")):
        _, methods = simulate("unseen tint", baselines, networks, spread, beyond, images,
                              draws=20000, rng=rng, size=500, checkpoints=4)
        scenarios.append({"kind": baselines[0], "count": baselines[1], "networks": networks, "spread": spread,
                          "beyond": beyond, "images": images, "coverage": round(float(methods["guarded"][0]), 4),
                          "halfWidth": round(float(methods["guarded"][1]), 5)})
    print(json.dumps({"redrawn": redrawn, "groups": groups, "scenarios": scenarios}, indent=1))


main()
