"""Writes references.vectors.json: the elementary functions at chosen float32 inputs, computed with 60 digits.

    pip install mpmath && python3 make-reference-vectors.py > references.vectors.json
"""
import json
import random
import struct

import mpmath as mp

mp.mp.dps = 60


def float32(value):
    return struct.unpack('f', struct.pack('f', value))[0]


def density(x):
    return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def distribution(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


FUNCTIONS = {
    'exp': (mp.exp, -104, 89),
    'expm1': (mp.expm1, -18, 89),
    'log': (mp.log, 1e-44, 3e38),
    'log1p': (mp.log1p, -0.9999999, 3e38),
    'tanh': (mp.tanh, -10, 10),
    'sigmoid': (lambda x: 1 / (1 + mp.exp(-x)), -104, 20),
    'softplus': (lambda x: mp.log1p(mp.exp(x)), -104, 20),
    'erf': (mp.erf, -4.5, 4.5),
    'rsqrt': (lambda x: 1 / mp.sqrt(x), 1e-44, 3e38),
    'silu': (lambda x: x / (1 + mp.exp(-x)), -108, 20),
    'gelu': (lambda x: x * distribution(x), -14.5, 6),
    'geluDerivative': (lambda x: distribution(x) + x * density(x), -14.5, 6),
}
ROOT = 0.7517915246935645


def inputs(name, low, high):
    draw = random.Random(name)
    found = [draw.uniform(max(low, -110), min(high, 110)) for _ in range(24)]
    found += [sign * 2.0 ** draw.uniform(-149, 127) for sign in (1, -1) for _ in range(12)]
    found += [sign * 2.0 ** draw.uniform(-12, 4) for sign in (1, -1) for _ in range(12)]
    if name.startswith('log'):
        found += [(1 if name == 'log' else 0) + draw.uniform(-1, 1) * 2.0 ** -k for k in range(2, 24, 3)]
    if name == 'geluDerivative':
        found += [-ROOT + sign * 2.0**-k for sign in (1, -1) for k in range(2, 25)]
    return sorted({float32(x) for x in found if low <= float32(x) <= high})


if __name__ == '__main__':
    vectors = {}
    for name, (function, low, high) in FUNCTIONS.items():
        vectors[name] = [[x, float(function(mp.mpf(x)))] for x in inputs(name, low, high)]
    lines = [f'"{name}":[\n' + ',\n'.join(map(json.dumps, pairs)) + ']' for name, pairs in vectors.items()]
    print('{' + ',\n'.join(lines) + '}')
