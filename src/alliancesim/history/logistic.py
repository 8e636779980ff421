"""Logistic regression of grouped counts, drawn weakly towards no effect."""

from __future__ import annotations

import attrs
import numpy as np
from numpy.typing import NDArray

from alliancesim.errors import InvalidInput

__all__ = ["Logistic", "fit_logistic"]

Array = NDArray[np.float64]
STEPS = 100


@attrs.frozen(eq=False)
class Logistic:
    """A logistic regression that was fitted.

    Attributes
    ----------
    intercept : float
        Log-odds at the means of the covariates.
    slopes : array, shape (covariates,)
        Change of the log-odds by a standard deviation of each covariate.
    centre, scale : array, shape (covariates,)
        Means and standard deviations of the covariates.
    covariance : array, shape (1 + covariates, 1 + covariates)
        Of the intercept and the slopes, from the curvature at the fit.
    """

    intercept: float
    slopes: Array
    centre: Array
    scale: Array
    covariance: Array

    def log_odds(self, covariates: Array) -> Array:
        """Return the log-odds for rows of covariates."""
        values: Array = self.intercept + ((covariates - self.centre) / self.scale) @ self.slopes
        return values

    def error(self, covariates: Array) -> Array:
        """Return the standard error of the log-odds for rows of covariates."""
        x = np.column_stack([np.ones(len(covariates)), (covariates - self.centre) / self.scale])
        variance: Array = np.einsum("ij,jk,ik->i", x, self.covariance, x)
        return np.sqrt(variance)

    def probability(self, covariates: Array) -> Array:
        """Return the probability for rows of covariates."""
        from scipy.special import expit

        found: Array = expit(self.log_odds(covariates))
        return found


def fit_logistic(
    covariates: Array,
    events: Array,
    trials: Array,
    *,
    prior: Array | None = None,
    precision: float = 1.0,
) -> Logistic:
    """Fit a logistic regression by Newton's method.

    Parameters
    ----------
    covariates : array, shape (rows, covariates)
        Finite; they are centred and scaled.
    events, trials : array, shape (rows,)
        How many of how many, 0 <= events <= trials.
    prior : array, shape (covariates,), optional
        What slopes are drawn towards, per unit of a covariate; zero by default.
    precision : float
        Weight of that: the precision of a normal prior on the slopes of the scaled covariates.

    Returns
    -------
    Logistic

    Raises
    ------
    InvalidInput
        If there is no trial.
    """
    from scipy.special import expit

    total = float(trials.sum())
    if total <= 0.0:
        raise InvalidInput("no case to fit on", where="logistic", allowed="one case or more")
    centre = (trials @ covariates) / total
    spread = np.sqrt((trials @ (covariates - centre) ** 2) / total)
    scale = np.where(spread > 0.0, spread, 1.0)
    x = np.column_stack([np.ones(len(covariates)), (covariates - centre) / scale])
    towards = np.zeros(x.shape[1])
    if prior is not None:
        towards[1:] = prior * scale
    hold = np.full(x.shape[1], precision)
    hold[0] = 1e-6
    mean = (float(events.sum()) + 0.5) / (total + 1.0)
    beta = towards.copy()
    beta[0] = np.log(mean / (1.0 - mean))

    def loss(at: Array) -> float:
        value = x @ at
        fit = trials @ np.logaddexp(0.0, value) - events @ value
        return float(fit + 0.5 * hold @ (at - towards) ** 2)

    now = loss(beta)
    for _ in range(STEPS):
        p = expit(x @ beta)
        slope = x.T @ (events - trials * p) - hold * (beta - towards)
        bend = (x * (trials * p * (1.0 - p))[:, None]).T @ x + np.diag(hold)
        step, size = np.linalg.solve(bend, slope), 1.0
        while loss(beta + size * step) > now and size > 1e-6:
            size /= 2.0
        new = loss(beta + size * step)
        if new > now:
            break
        done = now - new < 1e-10 * (1.0 + abs(now))
        beta, now = beta + size * step, new
        if done:
            break
    p = expit(x @ beta)
    bend = (x * (trials * p * (1.0 - p))[:, None]).T @ x + np.diag(hold)
    return Logistic(float(beta[0]), beta[1:], centre, scale, np.linalg.inv(bend))
