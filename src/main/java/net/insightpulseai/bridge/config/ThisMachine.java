package net.insightpulseai.bridge.config;

import java.util.regex.Pattern;

/** Which hosts are the loopback interface, by their spelling alone: no name is looked up. */
public final class ThisMachine {

  private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\." + BYTE + "){3}|::1|\\[::1]", Pattern.CASE_INSENSITIVE);

  private ThisMachine() {}

  /**
   * Whether it is {@code localhost}, an address of 127.0.0.0/8 in four numbers, or {@code ::1}.
   *
   * @param host as in a URL, with or without the brackets of IPv6
   */
  public static boolean is(String host) {
    return LOOPBACK.matcher(host).matches();
  }
}
