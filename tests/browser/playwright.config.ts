// How the tests run: the system's Chromium, the built page, results below target/.

import { defineConfig } from "@playwright/test";

const results = "../../target/playwright";

export default defineConfig({
  testDir: ".",
  outputDir: `${results}/results`,
  reporter: [["list"], ["json", { outputFile: `${results}/report.json` }]],
  forbidOnly: Boolean(process.env["CI"]),
  snapshotPathTemplate: "pictures/{arg}{ext}",
  fullyParallel: true,
  workers: 2,
  // Generous, as a busy machine is no fault of the page.
  timeout: 120_000,
  expect: {
    timeout: 15_000,
    // What is not in the snapshot must not be in the page.
    toMatchAriaSnapshot: { pathTemplate: "spoken/{arg}{ext}", children: "deep-equal" },
  },
  // A test that passes only on the second try hides a fault.
  retries: 0,
  use: {
    locale: "en-GB",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      // `cargo xtask test` finds it; see xtask/src/tools.rs.
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
