// How the tests run: the system's Chromium, the built page, results below target/.

import { defineConfig } from "@playwright/test";

const results = "../../target/playwright";

// What is off in Chromium: for each window it would load two pages of its own for the list below
// the address bar, which take half as long as a test. Of several lists it reads the last, so that
// Playwright's is in this one.
const off = [
  "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup",
  "AvoidUnnecessaryBeforeUnloadCheckSync", "BoundaryEventDispatchTracksNodeRemoval", "DestroyProfileOnBrowserClose",
  "DialMediaRouteProvider", "GlobalMediaControls", "HttpsUpgrades", "LensOverlay", "MediaRouter", "PaintHolding",
  "ThirdPartyStoragePartitioning", "Translate", "AutoDeElevate", "RenderDocument", "OptimizationHints",
];

export default defineConfig({
  testDir: ".",
  outputDir: `${results}/results`,
  reporter: [["list"], ["json", { outputFile: `${results}/report.json` }]],
  forbidOnly: Boolean(process.env["CI"]),
  snapshotPathTemplate: "spoken/{arg}{ext}",
  fullyParallel: true,
  workers: 2,
  // Generous, as a busy machine is no fault of the page.
  timeout: 120_000,
  expect: {
    timeout: 15_000,
    toHaveScreenshot: { pathTemplate: "pictures/{arg}{ext}" },
  },
  // A test that passes only on the second try hides a fault.
  retries: 0,
  use: {
    locale: "en-GB",
    screenshot: "only-on-failure",
    // The pages are large, and a picture of each before and after every act takes most of the time:
    // `--trace on` has them too.
    trace: { mode: "retain-on-failure", snapshots: false, screenshots: false },
    launchOptions: {
      // `cargo xtask test` finds it; see xtask/src/tools/known.rs.
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      // Chromium refuses to sandbox what root starts, as in most of continuous integration.
      chromiumSandbox: process.getuid?.() !== 0,
      args: [
        "--headless",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        `--disable-features=${off.join()}`,
      ],
    },
  },
});
