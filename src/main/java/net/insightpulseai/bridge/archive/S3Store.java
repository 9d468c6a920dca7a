package net.insightpulseai.bridge.archive;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.config.StartRefused;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/** A bucket of AWS, or of another server with the same interface. */
final class S3Store implements ArchiveStore {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final int NOT_FOUND = 404;

  private final S3Client client;
  private final S3Address address;

  private S3Store(S3Client client, S3Address address) {
    this.client = client;
    this.address = address;
  }

  /**
   * Makes what calls the server, without a call.
   *
   * @throws StartRefused if nothing says the region
   */
  static S3Store open(S3Address address, ArchiveSettings settings, PlaintextHosts plaintext) {
    boolean elsewhere = !settings.endpoint().isEmpty();
    S3ClientBuilder builder =
        S3Client.builder()
            .region(region(settings))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE))
            // Checksums at the end of a request are AWS's own; the archive has its SHA-256.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(
                S3Configuration.builder()
                    .pathStyleAccessEnabled(elsewhere)
                    .chunkedEncodingEnabled(false)
                    .build())
            .overrideConfiguration(
                one -> one.addExecutionInterceptor(new PlaintextRule(plaintext)));
    if (elsewhere) {
      builder.endpointOverride(URI.create(settings.endpoint()));
    }
    if (!settings.accessKeyId().isEmpty()) {
      builder.credentialsProvider(
          StaticCredentialsProvider.create(
              AwsBasicCredentials.create(settings.accessKeyId(), settings.secretAccessKey())));
    }
    return new S3Store(builder.build(), address);
  }

  private static Region region(ArchiveSettings settings) {
    if (!settings.region().isEmpty()) {
      return Region.of(settings.region());
    }
    try {
      return new DefaultAwsRegionProviderChain().getRegion();
    } catch (SdkException e) {
      throw new StartRefused(
          ArchiveSettings.REGION, "nothing", "the region of the bucket, such as eu-central-1");
    }
  }

  @Override
  public boolean has(String name) throws IOException {
    try {
      client.headObject(one -> one.bucket(address.bucket()).key(address.key(name)));
      return true;
    } catch (AwsServiceException e) {
      if (e.statusCode() == NOT_FOUND) {
        return false;
      }
      throw failure(at(name), e);
    } catch (SdkException e) {
      throw failure(at(name), e);
    }
  }

  @Override
  public InputStream read(String name) throws IOException {
    try {
      return client.getObject(one -> one.bucket(address.bucket()).key(address.key(name)));
    } catch (SdkException e) {
      throw failure(at(name), e);
    }
  }

  @Override
  public ArchiveFile create(String name) {
    return new S3File(client, address, name);
  }

  @Override
  public String at(String name) {
    return address + name;
  }

  @Override
  public void close() {
    client.close();
  }

  /** In the words of the server where it answered; they name no key and quote no content. */
  static IOException failure(String where, SdkException cause) {
    String words = cause.getMessage();
    if (cause instanceof AwsServiceException answer) {
      AwsErrorDetails details = answer.awsErrorDetails();
      words = answer.statusCode() + (details == null ? "" : " " + details.errorCode());
    }
    return new IOException(where + ": " + words, cause);
  }
}
