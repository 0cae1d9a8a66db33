/**
 * The method in words and formulas.
 *
 * @module
 */

/** A section of the method page, in Markdown with TeX between dollar signs. */
export interface MethodText {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** The section on the line on which baselines lie. */
export const LINE_TEXT: MethodText = {
  id: "line",
  title: "Accuracy on the line",
  text:
    `A network is developed on a *reference* distribution and then meets a *shifted* one. Let $\\mathrm{Acc}_{\\text{ref}}$ and $\\mathrm{Acc}_{\\text{shift}}$ be its accuracies on the two. The paper, like others before it, finds that networks trained from scratch, the *baselines*, lie close to a line once both accuracies are transformed by $\\Phi^{-1}$, the inverse of the normal distribution function (the *probit*). With

$$x(M) = \\Phi^{-1}(\\mathrm{Acc}_{\\text{ref}}(M))$$

$$y(M) = \\Phi^{-1}(\\mathrm{Acc}_{\\text{shift}}(M))$$

and $x_i, y_i$ denoting the values of the baselines $M_1, \\dots, M_n$, the line $\\hat y = a x + b$ is fitted by least squares:

$$a = \\frac{\\sum_i (x_i - \\bar x)(y_i - \\bar y)}{S_{xx}}$$

with $b = \\bar y - a \\bar x$ and $S_{xx} = \\sum_i (x_i - \\bar x)^2$.

An accuracy of 0 or 1, for which $\\Phi^{-1}$ is infinite, is moved by half an image: to $1/(2n)$ or $1 - 1/(2n)$ with $n$ test images.`,
};

/** The section on effective robustness, which pre-training adds. */
export const ROBUSTNESS_TEXT: MethodText = {
  id: "effective-robustness",
  title: "Effective robustness",
  text:
    `A better network does better everywhere, so a higher shifted accuracy alone says nothing about robustness. **Effective robustness** (ER) is the shifted accuracy beyond what the reference accuracy predicts:

$$\\mathrm{ER}(M) = \\mathrm{Acc}_{\\text{shift}}(M) - \\Phi(a \\, x(M) + b) .$$

It is given in percentage points of accuracy, not in probit units.`,
};

/** The section on intervals and verdicts. */
export const INTERVAL_TEXT: MethodText = {
  id: "intervals",
  title: "Intervals",
  text:
    `With the residual standard error $s$, $s^2 = \\sum_i (y_i - \\hat y_i)^2 / (n - 2)$, the half-width of the mean line at $x$ is

$$e(x) = t_{0.975,\\, n-2} \\; s \\, \\sqrt{\\frac{1}{n} + \\frac{(x - \\bar x)^2}{S_{xx}}} ,$$

which gives the band in the figures. The paper's interval for a single network is that of the line alone: from $\\mathrm{Acc}_{\\text{shift}} - \\Phi(\\hat y + e)$ to $\\mathrm{Acc}_{\\text{shift}} - \\Phi(\\hat y - e)$.

Our interval of a *mean* effective robustness combines three sources of error. Each is a half-width with its own quantile of Student's distribution, and their squares are added:

$$h^2 = h_{\\text{networks}}^2 + h_{\\text{images}}^2 + h_{\\text{line}}^2 .$$

$h_{\\text{networks}}$ comes from the spread between networks, $t_{0.975,\\,m-1}\\, \\mathrm{sd} / \\sqrt{m}$ for $m$ of them; $h_{\\text{images}}$ comes from the binomial noise of both accuracies, where errors on the same test images add up; $h_{\\text{line}}$ is that of the mean line. As in the paper, checkpoints of one run count as independent points of the line, although they resemble each other; where they make the line, the band is too narrow.

A **verdict** compares the whole interval with a rule that was fixed before the run: *supported* if the whole interval satisfies it, *contradicted* if the whole interval violates it, and *inconclusive* otherwise.`,
};

/** The section on the theorem: why the support matters. */
export const THEORY_TEXT: MethodText = {
  id: "theory",
  title: "Why the support matters",
  text:
    `Theorem 4.1 of the paper is about linear classifiers. Let the training inputs, the rows of $X$, span a subspace $W$ of $\\mathbb{R}^d$, and let the logistic loss without intercept attain its minimum. Then gradient descent with step size $4 / \\lVert X \\rVert^2$ converges from any start $w_0$ to

$$\\hat w = w^{\\ast} + P_{W^{\\perp}} w_0 ,$$

where $w^{\\ast} \\in W$ does not depend on $w_0$ and $P_{W^{\\perp}}$ projects onto the orthogonal complement of $W$. Every gradient is a combination of training inputs and lies in $W$, so the part of the start outside $W$ never changes. The start is what pre-training provides; it can therefore only matter for inputs outside the span of the training data.`,
};

/** The section on splitting a shift. */
export const SPLIT_TEXT: MethodText = {
  id: "splitting",
  title: "Splitting a shift",
  text:
    `A natural shift is in support for some examples and out of support for others. A classifier is trained to distinguish $n_{\\text{shift}}$ shifted from $n_{\\text{ref}}$ reference examples. If $p(x)$ is its calibrated probability that $x$ is shifted, Bayes' rule gives the density ratio, corrected for the sizes of the two sets:

$$\\frac{p_{\\text{ref}}(x)}{p_{\\text{shift}}(x)} = \\frac{1 - p(x)}{p(x)} \\cdot \\frac{n_{\\text{shift}}}{n_{\\text{ref}}} .$$

An example is **out of support** if this ratio is below $\\varepsilon$, for which the paper takes 0.2: the reference distribution contains it less than a fifth as often. Each example is scored by a classifier that did not see it (cross-fitting), and each part has its own line and its own effective robustness.`,
};

/** The section on shifts where a network must extrapolate. */
export const EXTRAPOLATION_TEXT: MethodText = {
  id: "extrapolation",
  title: "Out of support: a network must extrapolate",
  text:
    "Some shifts bring inputs unlike any in the reference distribution. The training data do not say how to handle them, so a network relies on what it knew before. The paper finds that pre-training can help here.",
};

/** The section on shifts that are biases of the data. */
export const BIAS_TEXT: MethodText = {
  id: "bias",
  title: "In support: the data are biased",
  text:
    "Other shifts bring no new inputs: all of them also occur in the reference distribution, where a feature goes with the label more often than it should. The paper finds that pre-training does not help here: a network that learns the reference distribution well also learns the bias, whatever it knew before. Better data would help.",
};
