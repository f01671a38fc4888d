package isthmus

import (
	"encoding/binary"
	"fmt"
	"math"

	modelv1 "github.com/isthmus-mesh/isthmus/clients/go/gen/isthmus/model/v1"
)

// NewVector gives a vector as the services take it: little-endian float32.
func NewVector(values []float32) *modelv1.Vector {
	bytes := make([]byte, 0, 4*len(values))
	for _, value := range values {
		bytes = binary.LittleEndian.AppendUint32(bytes, math.Float32bits(value))
	}
	return &modelv1.Vector{Dim: uint32(len(values)), Values: bytes}
}

// Floats gives the components of a vector; an error where the bytes do not fit its dimension.
func Floats(vector *modelv1.Vector) ([]float32, error) {
	return floatsOf(vector.GetValues(), uint64(vector.GetDim()))
}

// Rows gives the rows of a matrix, which share memory; an error where the bytes do not fit its shape.
func Rows(matrix *modelv1.Matrix) ([][]float32, error) {
	columns := uint64(matrix.GetColumns())
	entries, err := floatsOf(matrix.GetValues(), uint64(matrix.GetRows())*columns)
	if err != nil {
		return nil, err
	}
	if columns == 0 && matrix.GetRows() > 0 {
		return nil, fmt.Errorf("isthmus: a matrix of %d rows without columns", matrix.GetRows())
	}
	rows := make([][]float32, matrix.GetRows())
	for row := range rows {
		start := uint64(row) * columns
		rows[row] = entries[start : start+columns : start+columns]
	}
	return rows, nil
}

func floatsOf(bytes []byte, count uint64) ([]float32, error) {
	if len(bytes)%4 != 0 || uint64(len(bytes))/4 != count {
		return nil, fmt.Errorf("isthmus: %d numbers are announced, and %d bytes are there", count, len(bytes))
	}
	values := make([]float32, count)
	for index := range values {
		values[index] = math.Float32frombits(binary.LittleEndian.Uint32(bytes[4*index:]))
	}
	return values, nil
}
