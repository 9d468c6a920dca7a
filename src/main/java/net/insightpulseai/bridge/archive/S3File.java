package net.insightpulseai.bridge.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * An object that is sent in parts, so that memory holds one of them. A server shows it when all
 * parts are there and it has been told so; an upload that ends before is no object.
 */
final class S3File implements ArchiveFile {

  /** The interface takes 10,000 of them. */
  static final int PART = 16 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(S3File.class);
  private static final String TYPE = "application/octet-stream";

  private final S3Client client;
  private final S3Address address;
  private final String name;
  private final List<CompletedPart> sent = new ArrayList<>();
  private final byte[] part = new byte[PART];
  private int size;
  private @Nullable String upload;

  S3File(S3Client client, S3Address address, String name) {
    this.client = client;
    this.address = address;
    this.name = name;
  }

  @Override
  public OutputStream stream() {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        for (int at = from, left = length; left > 0; ) {
          if (size == PART) {
            send();
          }
          int now = Math.min(left, PART - size);
          System.arraycopy(bytes, at, part, size, now);
          size += now;
          at += now;
          left -= now;
        }
      }
    };
  }

  private RequestBody body() {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(part, 0, size), size, TYPE);
  }

  private void send() throws IOException {
    String key = address.key(name);
    int number = sent.size() + 1;
    try {
      if (upload == null) {
        upload =
            client.createMultipartUpload(one -> one.bucket(address.bucket()).key(key)).uploadId();
      }
      String id = upload;
      String tag =
          client
              .uploadPart(
                  one -> one.bucket(address.bucket()).key(key).uploadId(id).partNumber(number),
                  body())
              .eTag();
      sent.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
      size = 0;
    } catch (SdkException e) {
      throw S3Store.failure(address + name, e);
    }
  }

  @Override
  public void keep() throws IOException {
    String key = address.key(name);
    try {
      if (upload == null) {
        client.putObject(one -> one.bucket(address.bucket()).key(key), body());
        return;
      }
      if (size > 0) {
        send();
      }
      String id = upload;
      client.completeMultipartUpload(
          one ->
              one.bucket(address.bucket())
                  .key(key)
                  .uploadId(id)
                  .multipartUpload(parts -> parts.parts(sent)));
      upload = null;
    } catch (SdkException e) {
      throw S3Store.failure(address + name, e);
    }
  }

  /** If it cannot, the parts stay in the bucket until its own rule removes them. */
  @Override
  public void close() {
    String id = upload;
    if (id != null) {
      upload = null;
      try {
        client.abortMultipartUpload(
            one -> one.bucket(address.bucket()).key(address.key(name)).uploadId(id));
      } catch (SdkException e) {
        LOG.warn("{}", S3Store.failure(address + name, e).getMessage());
      }
    }
  }
}
