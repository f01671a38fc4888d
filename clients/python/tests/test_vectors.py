import numpy as np
import pytest
from isthmus.model.v1.vector_pb2 import Matrix, Vector

from isthmus_client import from_matrix, from_vector, to_vector


def test_vectors_go_there_and_back() -> None:
    vector = to_vector([0.5, -1.0, 3.0])
    assert vector.values.hex() == "0000003f000080bf00004040"
    assert from_vector(vector).tolist() == [0.5, -1.0, 3.0]


def test_a_matrix_has_rows_and_columns() -> None:
    values = np.arange(6, dtype="<f4")
    assert from_matrix(Matrix(rows=2, columns=3, values=values.tobytes())).tolist() == [[0, 1, 2], [3, 4, 5]]


def test_refuses_shapes_that_do_not_fit() -> None:
    with pytest.raises(ValueError, match="8 bytes instead of 12"):
        from_vector(Vector(dim=3, values=bytes(8)))
    with pytest.raises(ValueError, match="2"):
        to_vector(np.zeros((2, 2)))
