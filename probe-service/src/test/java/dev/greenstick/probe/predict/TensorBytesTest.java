package dev.greenstick.probe.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every datatype of the protocol, as bytes that others wrote down. */
class TensorBytesTest {

  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BOOL | [true,false] | 0100",
        "UINT8 | [0,255] | 00ff",
        "INT8 | [-128,127,-1] | 807fff",
        "UINT16 | [1,65535] | 0100ffff",
        "INT16 | [-2,258] | feff0201",
        "UINT32 | [1,2,4294967295] | 0100000002000000ffffffff",
        "INT32 | [-1,16909060] | ffffffff04030201",
        "UINT64 | [18446744073709551615,1] | ffffffffffffffff0100000000000000",
        "INT64 | [-9223372036854775808] | 0000000000000080",
        "FP16 | [1.0,-2.0,65504.0,0.5] | 003c00c0ff7b0038",
        "BF16 | [1.0,-2.0,3.140625] | 803f00c04940",
        "FP32 | [1.0,-0.5] | 0000803f000000bf",
        "FP64 | [1.0,0.1] | 000000000000f03f9a9999999999b93f",
        "BYTES | [\"O\",\"\",\"\u00e9x\"] | 010000004f0000000003000000c3a978",
      })
  void elementsAreWrittenAndReadAgain(String datatype, String elements, String hex)
      throws Exception {
    // Given
    ArrayNode data = (ArrayNode) JSON.readTree(elements);

    // When
    byte[] bytes = TensorBytes.of(datatype, data);
    ArrayNode read = TensorBytes.read(datatype, ByteBuffer.wrap(bytes));

    // Then
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hex);
    assertThat(JSON.readTree(read.toString())).isEqualTo(data);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BOOL | [1] | neither true nor false",
        "UINT8 | [256] | no UINT8",
        "UINT8 | [-1] | no UINT8",
        "INT8 | [128] | no INT8",
        "INT32 | [1.5] | no INT32",
        "UINT64 | [18446744073709551616] | no UINT64",
        "FP32 | [\"1\"] | no number",
        "BYTES | [1] | no text",
        "FP8 | [1] | not known",
      })
  void anElementThatIsNoneOfItsDatatypeIsRefused(String datatype, String elements, String why)
      throws Exception {
    // Given
    ArrayNode data = (ArrayNode) JSON.readTree(elements);

    // When, Then
    assertThatThrownBy(() -> TensorBytes.of(datatype, data)).hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({"FP32,000000", "BYTES,0100", "BYTES,0500000041", "BYTES,ffffffff41", "FP8,00"})
  void bytesThatAreNoTensorAreMalformed(String datatype, String hex) {
    // Given
    ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex));

    // When, Then
    assertThatThrownBy(() -> TensorBytes.read(datatype, bytes)).isInstanceOf(Malformation.class);
  }
}
