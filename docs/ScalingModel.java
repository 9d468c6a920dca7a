import java.util.List;
import java.util.Locale;

/**
 * The table of docs/scaling.md: what a number of tenants costs, from the measured cost of one event, one delivery and
 * one action. Without arguments it prints the page's table:
 *
 * <pre>java docs/ScalingModel.java [EVENTS_A_DAY] [DELIVERIES_AN_EVENT] [ACTIONS_AN_EVENT] [PAYLOAD_BYTES] [PEAK]</pre>
 *
 * EVENTS_A_DAY are those of one tenant, PEAK is the busiest second against the mean one. Put in what `make bench`
 * measures on your machines.
 */
public final class ScalingModel {

  // Microseconds of processor time, docs/performance.md.
  private static final double EVENT_BRIDGE = 100;
  private static final double EVENT_DATABASE = 70;
  private static final double DELIVERY_BRIDGE = 130;
  private static final double DELIVERY_DATABASE = 150;
  private static final double ACTION_BRIDGE = 70;
  private static final double ACTION_DATABASE = 145;

  // Bytes in the database, with indexes and without the payload: measured after a million rows.
  private static final double EVENT_BYTES = 460;
  private static final double KEY_BYTES = 230;
  private static final double ROW_BYTES = 1_500;

  // The defaults of bridge.retention, in days.
  private static final int AUDIT_DAYS = 400;
  private static final int KEY_DAYS = 30;
  private static final int ROW_DAYS = 7;

  /** At the peak, half of a processor should be free. */
  private static final double BUSY = 0.5;

  private static final double SECONDS_A_DAY = 86_400;
  private static final int CONNECTIONS_OF_A_REPLICA = 12;
  private static final double CORES_OF_A_REPLICA = 2;

  /** Rows beyond which a deletion of the old ones is felt, docs/operations.md. */
  private static final double PARTITION_ROWS = 20_000_000;

  /** Cores of one PostgreSQL beyond which one database is too much to lose, back up or vacuum. */
  private static final double CORES_OF_A_DATABASE = 16;

  /** Deliveries a second beyond which rows of their own cost more than the events do. */
  private static final double STREAM_DELIVERIES = 2_000;

  private final double events;
  private final double deliveries;
  private final double actions;
  private final double payload;
  private final double peak;

  private ScalingModel(String[] arguments) {
    events = argument(arguments, 0, 5_000);
    deliveries = argument(arguments, 1, 2);
    actions = argument(arguments, 2, 0.2);
    payload = argument(arguments, 3, 1_000);
    peak = argument(arguments, 4, 10);
  }

  private static double argument(String[] arguments, int index, double usual) {
    double value = index < arguments.length ? Double.parseDouble(arguments[index]) : usual;
    if (!(value >= 0 && value < 1e12)) {
      throw new IllegalArgumentException(arguments[index] + " is no number from 0 to 1e12");
    }
    return value;
  }

  public static void main(String[] arguments) {
    ScalingModel model = new ScalingModel(arguments);
    System.out.println(
        "| Tenants | events a day | at the peak | cores: bridge | PostgreSQL"
            + " | replicas | connections | database | also |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    List.of(1, 10, 100, 1_000, 10_000).forEach(tenants -> System.out.println(model.row(tenants)));
  }

  private String row(int tenants) {
    double aDay = tenants * events;
    double perSecond = aDay / SECONDS_A_DAY * peak;
    double bridge =
        perSecond * (EVENT_BRIDGE + deliveries * DELIVERY_BRIDGE + actions * ACTION_BRIDGE) / 1e6 / BUSY;
    double database =
        perSecond * (EVENT_DATABASE + deliveries * DELIVERY_DATABASE + actions * ACTION_DATABASE) / 1e6 / BUSY;
    // The second one is for upgrades and failures, from the first tenant who minds.
    int replicas = (int) Math.max(tenants > 1 ? 2 : 1, Math.ceil(bridge / CORES_OF_A_REPLICA));
    double bytes =
        aDay
            * (AUDIT_DAYS * (EVENT_BYTES + payload)
                + KEY_DAYS * KEY_BYTES
                + ROW_DAYS * (deliveries * ROW_BYTES + actions * (ROW_BYTES + payload)));
    int databases = (int) Math.ceil(database / CORES_OF_A_DATABASE);
    StringBuilder also = new StringBuilder();
    if (aDay * AUDIT_DAYS > PARTITION_ROWS) {
      also.append("partitions");
    }
    if (perSecond * deliveries > STREAM_DELIVERIES) {
      also.append(", Kafka or pull");
    }
    if (databases > 1) {
      also.append(", ").append(databases).append(" databases");
    }
    return String.format(
        Locale.ROOT,
        "| %,d | %,.0f | %,.0f/s | %.1f | %.1f | %d | %d | %s | %s |",
        tenants,
        aDay,
        perSecond,
        Math.max(0.1, bridge),
        Math.max(0.1, database),
        replicas,
        replicas * CONNECTIONS_OF_A_REPLICA,
        size(bytes),
        also.length() == 0 ? "–" : also.toString().replaceFirst("^, ", ""));
  }

  private static String size(double bytes) {
    return bytes < 1e12
        ? String.format(Locale.ROOT, "%.0f GB", Math.max(1, bytes / 1e9))
        : String.format(Locale.ROOT, "%.1f TB", bytes / 1e12);
  }
}
