package dev.isthmus.client;

import com.google.protobuf.ByteString;
import dev.isthmus.model.v1.Matrix;
import dev.isthmus.model.v1.Vector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Vectors and matrices as arrays. The services send little-endian float32; every method copies. */
public final class Vectors {
  private Vectors() {}

  /**
   * A vector for a request.
   *
   * @param components finite numbers, 1 to 65,536
   * @return the message
   */
  public static Vector toVector(float... components) {
    return Vector.newBuilder().setDim(components.length).setValues(bytes(components)).build();
  }

  /**
   * The components of a vector.
   *
   * @param vector from an answer
   * @return {@code [dim]}
   * @throws IllegalArgumentException where the bytes do not match the dimension
   */
  public static float[] toArray(Vector vector) {
    return floats(vector.getValues(), vector.getDim(), "vector");
  }

  /**
   * The rows of a matrix.
   *
   * @param matrix from an answer
   * @return {@code [rows][columns]}
   * @throws IllegalArgumentException where the bytes do not match the shape
   */
  public static float[][] toRows(Matrix matrix) {
    int columns = matrix.getColumns();
    float[] entries = floats(matrix.getValues(), (long) matrix.getRows() * columns, "matrix");
    float[][] rows = new float[matrix.getRows()][columns];
    for (int row = 0; row < rows.length; row++) System.arraycopy(entries, row * columns, rows[row], 0, columns);
    return rows;
  }

  private static ByteString bytes(float[] components) {
    ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * components.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(components);
    return ByteString.copyFrom(buffer);
  }

  private static float[] floats(ByteString bytes, long count, String what) {
    if (bytes.size() != Float.BYTES * count) {
      throw new IllegalArgumentException(
          "a " + what + " of " + count + " components has " + bytes.size() + " bytes instead of " + Float.BYTES * count);
    }
    float[] components = new float[(int) count];
    bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(components);
    return components;
  }
}
