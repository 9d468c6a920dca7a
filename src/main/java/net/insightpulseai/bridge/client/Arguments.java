package net.insightpulseai.bridge.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.config.Nearest;
import org.jspecify.annotations.Nullable;

/**
 * What follows a command's name: words, and options as {@code --name value} or {@code
 * --name=value}.
 */
final class Arguments {

  /** A setting of the bridge: its name has dots, or is that of an environment variable. */
  private static final Pattern SETTING =
      Pattern.compile("--([a-z][\\w-]*(\\.[\\w\\[\\]-]+)+|[A-Z][A-Z0-9_]*)(=.*)?", Pattern.DOTALL);

  private final List<String> words = new ArrayList<>();
  private final Map<String, String> values = new LinkedHashMap<>();

  private Arguments() {}

  /** Whether an argument is a setting of the bridge and no option of a command. */
  static boolean isSetting(String argument) {
    return SETTING.matcher(argument).matches();
  }

  /**
   * Reads the arguments without the settings.
   *
   * @param known the command's options
   * @throws WrongArguments if one is unknown, is given twice, or lacks its value
   */
  static Arguments of(List<String> given, List<Option> known) throws WrongArguments {
    Arguments read = new Arguments();
    for (int i = 0; i < given.size(); i++) {
      String argument = given.get(i);
      if (!argument.startsWith("-") || argument.equals("-")) {
        read.words.add(argument);
        continue;
      }
      int equals = argument.indexOf('=');
      Option option = find(equals < 0 ? argument : argument.substring(0, equals), known);
      String value = equals < 0 ? null : argument.substring(equals + 1);
      if (option.hasValue() && value == null && i + 1 < given.size()) {
        value = given.get(++i);
      }
      read.put(option, value);
    }
    return read;
  }

  private static Option find(String name, List<Option> known) throws WrongArguments {
    for (Option option : known) {
      if (option.name().equals(name)) {
        return option;
      }
    }
    List<String> names = known.stream().map(Option::name).toList();
    throw new WrongArguments(
        "unknown option %s%s; the options here are %s"
            .formatted(name, Nearest.hint(name, names), String.join(", ", names)));
  }

  private void put(Option option, @Nullable String value) throws WrongArguments {
    if (option.hasValue() && (value == null || value.startsWith("--"))) {
      throw new WrongArguments(option.name() + " needs a value: " + option.written());
    }
    if (!option.hasValue() && value != null) {
      throw new WrongArguments(option.name() + " takes no value");
    }
    if (values.putIfAbsent(option.name(), value == null ? "" : value) != null) {
      throw new WrongArguments(option.name() + " is given twice");
    }
  }

  List<String> words() {
    return List.copyOf(words);
  }

  /** The value of an option; null if it is not given. */
  @Nullable String value(String name) {
    return values.get(name);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /**
   * A number from 1 on.
   *
   * @param byDefault if it is not given
   */
  int number(String name, int byDefault) throws WrongArguments {
    String text = value(name);
    if (text != null && !text.matches("[1-9][0-9]{0,6}")) {
      throw new WrongArguments(name + " is " + text + "; expected a number from 1 to 9999999");
    }
    return text == null ? byDefault : Integer.parseInt(text);
  }

  void requireNoWords() throws WrongArguments {
    if (!words.isEmpty()) {
      throw new WrongArguments("unexpected " + words.get(0) + "; options begin with --");
    }
  }
}
