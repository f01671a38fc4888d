"""Finds the polynomials of this folder: the best uniform approximations by the exchange algorithm of Remez (E. Remez, Comptes
rendus 198, 1934; Muller, Elementary Functions, 2016, section 3.6), with the coefficients rounded to the format at the end.

    pip install mpmath && python3 polynomials.py
"""
import struct

import mpmath as mp

mp.mp.dps = 40


def float32(value):
    return struct.unpack('f', struct.pack('f', float(value)))[0]


def approximate(name, function, weight, low, high, degree, rounding):
    """Coefficients c that make the largest |weight(x) (function(x) - sum of c[k] x^k)| on [low, high] least."""
    points = 1200 if rounding is float32 else 300
    grid = [(low + high) / 2 - (high - low) / 2 * mp.cos(mp.pi * (i + mp.mpf(0.5)) / points) for i in range(points)]
    values = [function(x) for x in grid]
    weights = [weight(x) for x in grid]
    free = degree + 1
    chosen = [(points - 1) * i // free for i in range(free + 1)]
    for _ in range(30):
        system = mp.matrix(free + 1, free + 1)
        right = mp.matrix(free + 1, 1)
        for row, i in enumerate(chosen):
            for k in range(free):
                system[row, k] = grid[i] ** k * weights[i]
            system[row, free] = (-1) ** row
            right[row] = values[i] * weights[i]
        solution = mp.lu_solve(system, right)
        coefficients = [solution[k] for k in range(free)]
        errors = weighted_errors(coefficients, grid, values, weights)
        extrema = alternating_extrema(errors, free + 1)
        if len(extrema) < free + 1 or max(map(abs, errors)) <= abs(solution[free]) * mp.mpf(1.0005):
            break
        chosen = extrema
    rounded = [rounding(c) for c in coefficients]
    largest = max(map(abs, weighted_errors(rounded, grid, values, weights)))
    print(f'{name}: error 2^{float(mp.log(largest, 2)):.1f}', *map(repr, rounded), sep='\n  ', flush=True)


def weighted_errors(coefficients, grid, values, weights):
    return [w * (v - mp.polyval(coefficients[::-1], x)) for x, v, w in zip(grid, values, weights)]


def alternating_extrema(errors, count):
    """Places of the largest error of each run of one sign, `count` of them at most: the smaller of the two ends go first."""
    places = []
    for i, error in enumerate(errors):
        if places and (errors[places[-1]] > 0) == (error > 0):
            if abs(error) > abs(errors[places[-1]]):
                places[-1] = i
        else:
            places.append(i)
    while len(places) > count:
        places.pop(0 if abs(errors[places[0]]) < abs(errors[places[-1]]) else -1)
    return places


def mills(y):
    """Upper tail of the normal distribution, times e^(y^2 / 2)."""
    return mp.erfc(y / mp.sqrt(2)) * mp.exp(y * y / 2) / 2


CENTRE = 3.5
ROOT = mp.findroot(lambda y: mills(y) - y / mp.sqrt(2 * mp.pi), 0.75)


def ratio(t):
    return CENTRE * (1 + t) / (1 - t)


def of_root(function):
    return lambda z: function(mp.sqrt(z))


if __name__ == '__main__':
    far = (14.5 - CENTRE) / (14.5 + CENTRE)
    gelu_tail = lambda t: mills(ratio(t)) * (ratio(t) + CENTRE)
    derivative_tail = lambda t: (mills(ratio(t)) - ratio(t) / mp.sqrt(2 * mp.pi)) / (ROOT - ratio(t))
    approximate('exp-reduction: (e^r - 1 - r) / r^2', lambda r: (mp.expm1(r) - r) / r**2,
                lambda r: r * r / mp.exp(r), -0.348, 0.348, 4, float32)
    approximate('log-polynomial: (ln(1 + f) - f + f^2 / 2) / f^3', lambda f: (mp.log1p(f) - f + f * f / 2) / f**3,
                lambda f: f**3 / mp.log1p(f), -0.2501, 0.5001, 7, float32)
    approximate('tanh: (tanh(x) / x - 1) / z, z = x^2', of_root(lambda x: (mp.tanh(x) / x - 1) / x**2),
                of_root(lambda x: x**3 / mp.tanh(x)), 1e-9, 0.75**2, 5, float32)
    approximate('erf, near: erf(x) / x - 1, z = x^2', of_root(lambda x: mp.erf(x) / x - 1),
                of_root(lambda x: x / mp.erf(x)), 1e-9, 0.875**2, 6, float32)
    approximate('erf, far: -ln(1 - erf x)', lambda x: -mp.log(mp.erfc(x)),
                lambda x: mp.erfc(x) / mp.erf(x), 0.875, 4.0, 6, float32)
    approximate('gelu-tail: e^r', mp.exp, lambda r: mp.exp(-r), -0.3467, 0.3467, 6, float)
    approximate('gelu: G', gelu_tail, lambda t: 1 / gelu_tail(t), -1, far, 9, float)
    approximate('gelu-derivative: K', derivative_tail, lambda t: 1 / derivative_tail(t), -1, far, 8, float)
    print('gelu-derivative: root', float(ROOT), float(ROOT - float(ROOT)))
