package net.insightpulseai.bridge.browser;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's Chromium. One for all tests of this JVM; each opens a window of its own. */
final class Browser {

  private static final String CHROMIUM =
      System.getenv().getOrDefault("BROWSER", "/usr/bin/chromium");

  private static final com.microsoft.playwright.Browser BROWSER =
      Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))
          .chromium()
          .launch(
              new LaunchOptions()
                  .setExecutablePath(Path.of(CHROMIUM))
                  // Its sandbox needs rights that a container does not give; it meets our own pages
                  // only.
                  .setArgs(List.of("--no-sandbox")));

  private Browser() {}

  /** A window without any session. */
  static BrowserContext open(ColorScheme colors) {
    BrowserContext context =
        BROWSER.newContext(
            new NewContextOptions()
                .setViewportSize(1400, 950)
                .setColorScheme(colors)
                // Not UTC, which would hide what is taken for it.
                .setTimezoneId("Asia/Manila")
                .setLocale("en-GB"));
    context.setDefaultTimeout(30_000);
    return context;
  }

  /** Everything that goes wrong in a page's scripts from now on. */
  static List<String> faults(Page page) {
    List<String> faults = new ArrayList<>();
    page.onPageError(faults::add);
    page.onDialog(
        dialog -> {
          faults.add("a dialog: " + dialog.message());
          dialog.dismiss();
        });
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")
              && message.text().contains("Content Security Policy")) {
            faults.add(message.text());
          }
        });
    return faults;
  }
}
