"""Vectors and matrices of the contract as numpy arrays."""

import numpy as np
from isthmus.model.v1.vector_pb2 import Matrix, Vector
from numpy.typing import ArrayLike, NDArray


def to_vector(values: ArrayLike) -> Vector:
    """Give a vector as the services take it: little-endian float32. Copies."""
    array = np.asarray(values, dtype="<f4")
    if array.ndim != 1:
        raise ValueError(f"a vector has one axis, this array has {array.ndim}")
    return Vector(dim=array.size, values=array.tobytes())


def from_vector(vector: Vector) -> NDArray[np.float32]:
    """Give the components, `[dim]`, without a copy and read-only. Raise ValueError where the bytes do not fit."""
    return _floats(vector.values, (vector.dim,), "vector")


def from_matrix(matrix: Matrix) -> NDArray[np.float32]:
    """Give the entries, `[rows, columns]`, without a copy and read-only. Raise ValueError where the bytes do not fit."""
    return _floats(matrix.values, (matrix.rows, matrix.columns), "matrix")


def _floats(data: bytes, shape: tuple[int, ...], what: str) -> NDArray[np.float32]:
    expected = 4 * int(np.prod(shape, dtype=np.int64))
    if len(data) != expected:
        raise ValueError(f"a {what} of shape {shape} has {len(data)} bytes instead of {expected}")
    return np.frombuffer(data, dtype="<f4").reshape(shape)
