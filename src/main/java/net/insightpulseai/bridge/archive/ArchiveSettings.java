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
 * @param endpoint base URL of the server, whose buckets are then named in the path; empty: AWS
 * @param region the region that requests are signed for
 * @param accessKeyId the name of the key that requests are signed with
 * @param secretAccessKey its secret
 */
@ConfigurationProperties("bridge.archive")
public record ArchiveSettings(
    @DefaultValue("") String endpoint,
    @DefaultValue("") String region,
    @DefaultValue("") String accessKeyId,
    @DefaultValue("") String secretAccessKey) {

  /** As errors name the setting. */
  public static final String ENDPOINT = "bridge.archive.endpoint (AWS_ENDPOINT_URL_S3)";

  static final String REGION = "bridge.archive.region (AWS_REGION)";

  /** It may become a part of a host name. */
  private static final Pattern REGION_NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  public ArchiveSettings {
    endpoint = BaseUrl.of(ENDPOINT, endpoint, "https://<ref>.storage.supabase.co/storage/v1/s3");
    region = region.strip();
    accessKeyId = accessKeyId.strip();
    secretAccessKey = secretAccessKey.strip();
    if (!region.isEmpty() && !REGION_NAME.matcher(region).matches()) {
      throw new StartRefused(REGION, region, "the name of a region, such as eu-central-1");
    }
    if (accessKeyId.isEmpty() != secretAccessKey.isEmpty()) {
      throw new StartRefused(
          "bridge.archive.access-key-id and bridge.archive.secret-access-key",
          "one of them",
          "both, or none: then the variables, files and roles of AWS are looked at");
    }
  }

  /** Without the key: settings may end up in a log. */
  @Override
  public String toString() {
    return "ArchiveSettings[" + endpoint + ", " + region + "]";
  }
}
