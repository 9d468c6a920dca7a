package net.insightpulseai.bridge.archive;

import java.util.regex.Pattern;
import net.insightpulseai.bridge.config.BaseUrl;
import net.insightpulseai.bridge.config.StartRefused;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How buckets are reached, for places such as {@code s3://bucket/prefix}. What is empty is looked
 * up as the AWS SDK does: variables, files, the role of the machine or the container.
 *
 * @param s3Endpoint base URL of the server, whose buckets are then named in the path; empty: AWS
 * @param s3Region the region that requests are signed for
 * @param s3AccessKeyId the name of the key that requests are signed with
 * @param s3SecretAccessKey its secret
 */
@ConfigurationProperties("bridge.archive")
public record ArchiveSettings(
    @DefaultValue("") String s3Endpoint,
    @DefaultValue("") String s3Region,
    @DefaultValue("") String s3AccessKeyId,
    @DefaultValue("") String s3SecretAccessKey) {

  /** As errors name the setting. */
  public static final String ENDPOINT = "bridge.archive.s3-endpoint (AWS_ENDPOINT_URL_S3)";

  static final String REGION = "bridge.archive.s3-region (AWS_REGION)";

  /** It may become a part of a host name. */
  private static final Pattern REGION_NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  public ArchiveSettings {
    s3Endpoint =
        BaseUrl.of(ENDPOINT, s3Endpoint, "https://<ref>.storage.supabase.co/storage/v1/s3");
    s3Region = s3Region.strip();
    s3AccessKeyId = s3AccessKeyId.strip();
    s3SecretAccessKey = s3SecretAccessKey.strip();
    if (!s3Region.isEmpty() && !REGION_NAME.matcher(s3Region).matches()) {
      throw new StartRefused(REGION, s3Region, "the name of a region, such as eu-central-1");
    }
    if (s3AccessKeyId.isEmpty() != s3SecretAccessKey.isEmpty()) {
      throw new StartRefused(
          "bridge.archive.s3-access-key-id and bridge.archive.s3-secret-access-key",
          "one of them",
          "both, or none: then the variables, files and roles of AWS are looked at");
    }
  }

  /** Without the key: settings may end up in a log. */
  @Override
  public String toString() {
    return "ArchiveSettings[" + s3Endpoint + ", " + s3Region + "]";
  }
}
