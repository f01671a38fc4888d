package dev.isthmus.client.proof;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * An entry of the log: {@code u8 version | u8 type | u64 time | u8 size of run id | run id | 32 bytes payload hash | u16
 * size of summary | summary as canonical JSON}, little-endian.
 */
record LogEntry(Type type, long timeMs, String runId, String payloadSha256) {
  /** What an entry says. The codes start at 1 in this order. */
  enum Type {
    START,
    COMMIT,
    VERDICT,
    ATTEST,
    REVOKE,
    DISPUTE
  }

  private static final int VERSION = 1;
  private static final int HASH_BYTES = 32;
  private static final int MIN_RUN_ID_BYTES = 16;
  private static final int MAX_RUN_ID_BYTES = 32;
  private static final int MAX_BYTES = 65_535;
  private static final long MAX_TIME_MS = (1L << 53) - 1;

  static LogEntry decode(byte[] bytes) {
    try {
      return read(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    } catch (BufferUnderflowException early) {
      throw invalid("ends early, at byte " + bytes.length);
    }
  }

  private static LogEntry read(ByteBuffer in) {
    int version = Byte.toUnsignedInt(in.get());
    if (version != VERSION) throw invalid("version " + version + ", this code reads " + VERSION);
    int code = Byte.toUnsignedInt(in.get());
    if (code < 1 || code > Type.values().length) throw invalid("unknown type " + code);
    long timeMs = in.getLong();
    if (timeMs < 0 || timeMs > MAX_TIME_MS) throw invalid("the time exceeds 2^53 - 1");
    int idBytes = Byte.toUnsignedInt(in.get());
    if (idBytes < MIN_RUN_ID_BYTES || idBytes > MAX_RUN_ID_BYTES) {
      throw invalid("a run id has 16 to 32 bytes, this one " + idBytes);
    }
    String runId = Codec.hex(take(in, idBytes));
    String payload = Codec.hex(take(in, HASH_BYTES));
    Object summary = StrictJson.parseCanonical(take(in, Short.toUnsignedInt(in.getShort())), MAX_BYTES);
    if (in.hasRemaining()) throw invalid(in.remaining() + " bytes follow its end");
    if (!(summary instanceof Map)) throw invalid("the summary is no object");
    return new LogEntry(Type.values()[code - 1], timeMs, runId, payload);
  }

  private static byte[] take(ByteBuffer in, int size) {
    byte[] bytes = new byte[size];
    in.get(bytes);
    return bytes;
  }

  private static ProofException invalid(String problem) {
    return new ProofException(ProofErrorCode.LOG_ENTRY_INVALID, "log entry: " + problem);
  }
}
