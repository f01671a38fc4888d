package dev.isthmus.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import dev.isthmus.model.v1.Matrix;
import dev.isthmus.model.v1.Vector;
import org.junit.jupiter.api.Test;

class VectorsTest {
  @Test
  void writesLittleEndianAndReadsItBack() {
    float[] components = {1, -0.1f, Float.MIN_VALUE, 3e38f};
    Vector vector = Vectors.toVector(components);
    assertEquals(4, vector.getDim());
    assertEquals(ByteString.copyFrom(new byte[] {0, 0, (byte) 0x80, 0x3f}), vector.getValues().substring(0, 4));
    assertArrayEquals(components, Vectors.toArray(vector));
  }

  @Test
  void readsAMatrixRowByRow() {
    Matrix matrix =
        Matrix.newBuilder().setRows(2).setColumns(3).setValues(Vectors.toVector(1, 2, 3, 4, 5, 6).getValues()).build();
    assertArrayEquals(new float[][] {{1, 2, 3}, {4, 5, 6}}, Vectors.toRows(matrix));
  }

  @Test
  void refusesBytesThatDoNotFitTheShape() {
    Vector short1 = Vectors.toVector(1, 2).toBuilder().setDim(3).build();
    assertThrows(IllegalArgumentException.class, () -> Vectors.toArray(short1));
    Matrix huge = Matrix.newBuilder().setRows(65536).setColumns(65536).build();
    assertThrows(IllegalArgumentException.class, () -> Vectors.toRows(huge));
  }
}
